import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { MarkupContent } from "vscode-languageserver-types";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { codeActions } from "../../server/src/features/codeActions.ts";
import { hover } from "../../server/src/features/hover.ts";
import { learntSteps } from "../../server/src/features/learntOffers.ts";
import { exposureReport } from "../../server/src/features/report.ts";
import { reportMarkdown } from "../../server/src/features/reportMarkdown.ts";
import { sandboxOf } from "../../server/src/features/sandbox.ts";
import { learntFix, shownLearnt } from "../../server/src/features/shownLearnt.ts";
import type { View } from "../../server/src/features/view.ts";
import { contradictions } from "../../server/src/learn/contradictions.ts";
import { learn } from "../../server/src/learn/learn.ts";
import type { Learnt, LearntSetting } from "../../server/src/learn/learnt.ts";
import { writeLearnt } from "../../server/src/learn/learntFile.ts";
import { learntOf } from "../../server/src/learn/learntOf.ts";
import { writeNeeds } from "../../server/src/learn/needsFile.ts";
import { check } from "../../server/src/rules/check.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { lineIndexOf } from "../../server/src/units/fileLines.ts";
import { readUnit, withKnowledge, withText } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { needsOf, serviceOf, sight, uses } from "../learn/kit.ts";

const UNIT = serviceOf();
const NEEDS = needsOf({
  paths: {
    "/var/lib/food/db": uses(31, "write"),
    "/etc/food/a.conf": uses(20, "read"),
    "/usr/bin/helper": uses(34, "execute"),
  },
  capabilities: { CAP_NET_BIND_SERVICE: { sight: sight(9), reason: "bind to port 80" } },
  families: { AF_INET: sight(4), AF_UNIX: sight(5) },
  marks: { "writable-executable": sight(412, "mprotect(0x7f, 4096, PROT_EXEC) = 0") },
});
const SEEN = learn(NEEDS, UNIT);
const proving = (keys: readonly string[]): Learnt => ({
  ...SEEN,
  settings: SEEN.settings.map((it) => (keys.includes(it.key) ? { ...it, grade: "proven" } : it)),
});
const beside = (learnt: Learnt, unit: Unit = UNIT): Unit =>
  withKnowledge(unit, {
    learnt: {
      path: "/etc/systemd/system/food.service.learnt.json",
      text: writeLearnt(learnt),
      needs: writeNeeds(learnt),
    },
  });
const viewOn = (unit: Unit): View => ({ unit, lines: lineIndexOf(unit.file) });
const titles = (unit: Unit, views = true): string[] =>
  codeActions(
    viewOn(unit),
    "file:///food.service",
    { start: 1, end: 1 },
    { reported: [], folded: [], open: [] },
    { views },
  )
    .map((it) => it.title)
    .filter((it) => /learnt|proven|seen/.test(it));
const said = (unit: Unit, at: string): string => {
  const found = hover(viewOn(unit), unit.file.text.indexOf(at) + 1, true);
  return (found?.contents as MarkupContent | undefined)?.value ?? "";
};

describe("learnt settings as fixes", () => {
  it("are offered on the header, the proven ones first, each with how far it is known", () => {
    const some = titles(beside(proving(["PrivateTmp", "RestrictNamespaces"])));
    assert.match(some[0] ?? "", /^Add all 2 proven settings \(9\.4 → 8\.5\)$/);
    assert.match(some[1] ?? "", /^Add all \d+ learnt settings \(seen, 9\.4 → \d\.\d\)$/);
    assert.deepEqual(some.slice(2, 4), [
      "Add RestrictNamespaces=yes (proven, 9.4 → 8.7)",
      "Add PrivateTmp=yes (proven, 9.4 → 9.2)",
    ]);
    assert.equal(some.length, 5);
    assert.equal(titles(UNIT).length, 0);
  });

  it("are offered one by one where the client has no list of the rest, and never where a run speaks against them", () => {
    const all = titles(beside(SEEN), false);
    assert.ok(all.length > 10);
    assert.ok(all.some((it) => it.startsWith("Add ProtectSystem=strict with ")));
    assert.ok(!all.some((it) => it.includes("MemoryDenyWriteExecute")));
  });

  it("leave nothing to add and contradict nothing once all are added", () => {
    const unit = beside(SEEN);
    const after = withText(unit, applyEdits(unit.file.text, learntFix(unit, "all")));
    assert.deepEqual(learntSteps(after), { several: [], single: [] });
    assert.deepEqual(contradictions(SEEN, after), []);
    assert.match(after.file.text, /\n# File system\nProtectSystem=strict\n/);
  });

  it("take the place of other values of the file", () => {
    const lines = [
      "ExecStart=/usr/bin/food",
      "ProtectSystem=full",
      "CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_CHOWN",
    ];
    const unit = beside(SEEN, serviceOf(lines));
    const text = applyEdits(unit.file.text, learntFix(unit, "all"));
    assert.equal(text.match(/^ProtectSystem=/gm)?.length, 1);
    assert.deepEqual(text.match(/^CapabilityBoundingSet=.*$/gm), ["CapabilityBoundingSet=CAP_NET_BIND_SERVICE"]);
  });

  it("offer the proposals as a whole, an empty root only where it is proven", () => {
    const proposed = (
      key: string,
      value: string,
      part: "user" | "root",
      grade: LearntSetting["grade"],
    ): LearntSetting => ({
      ...{ key, value, part, grade, evidence: "it was seen", sights: [], mayBreak: undefined },
    });
    const user = proposed("User", "food", "user", "seen");
    const root = proposed("TemporaryFileSystem", "/:ro", "root", "seen");
    const several = (...more: readonly LearntSetting[]): readonly string[] => {
      const own = SEEN.settings.filter((it) => it.part === "settings");
      return learntSteps(beside({ ...SEEN, settings: [...own, ...more] })).several.map((it) => it.id);
    };
    assert.deepEqual(several(user, root), ["all", "user"]);
    assert.deepEqual(several(user, { ...root, grade: "proven" }), ["all", "user", "root"]);
    assert.deepEqual(several({ ...user, grade: "refused" }), ["all"]);
  });

  it("are none where nothing is derived at all", () => {
    const unit = beside({ ...SEEN, refused: "It opens sessions of users" });
    assert.deepEqual(learntSteps(unit).several, []);
    assert.match(shownLearnt(unit)?.summary ?? "", /Nothing is derived\. It opens sessions of users\.$/);
  });
});

describe("hover: what was learnt", () => {
  it("shows the evidence of a directive with the line of the log, in the unit and in a drop-in", () => {
    const unit = beside(SEEN, serviceOf(["ExecStart=/usr/bin/food", "MemoryDenyWriteExecute=yes"]));
    const text = said(unit, "MemoryDenyWriteExecute");
    assert.match(text, /\*\*Learnt\*\* from a run, 10 system calls in 5 s:\n/);
    assert.match(text, /`MemoryDenyWriteExecute=yes` refused: mprotect\(PROT_EXEC\) was seen\. `ExecStart:412/);
    assert.match(text, /`ExecStart:412: mprotect\(0x7f, 4096, PROT_EXEC\) = 0`/);
    const dropIn = "[Service]\nMemoryDenyWriteExecute=yes\n";
    const main = { path: UNIT.path, text: UNIT.file.text, dropIns: [dropIn], at: 0, learnt: beside(SEEN).learnt };
    const path = { ...UNIT.path, role: "drop-in" as const };
    assert.match(said(readUnit(path, dropIn, NEWEST_VERSION, { main }), "MemoryDeny"), /refused: mprotect/);
  });

  it("says on the header what can be added, and what was refused", () => {
    const text = said(beside(SEEN), "[Service]");
    assert.match(text, /- Add all \d+ learnt settings \\?\(seen\\?\): 9\.4 → \d\.\d/);
    assert.match(text, /Refused: .*`MemoryDenyWriteExecute=`/);
    const broken = withKnowledge(UNIT, { learnt: { path: "/food.service.learnt.json", text: "{" } });
    assert.match(said(broken, "[Service]"), /\*\*Learnt\*\*: The file cannot be used: the text is not JSON\./);
  });

  it("says once what is known of such services", () => {
    const unit = serviceOf(["ExecStart=/usr/sbin/nginx", "ProtectHome=read-only"]);
    const text = said(beside(learn(NEEDS, unit), unit), "ProtectHome");
    assert.equal(text.match(/sites may be in home/g)?.length, 1, text);
  });

  it("says nothing of what no run speaks about", () => {
    assert.doesNotMatch(said(beside(SEEN), "ExecStart"), /Learnt/);
  });
});

describe("report: what was learnt", () => {
  it("names what can be added with its evidence, what is refused, and what the unit contradicts", () => {
    const unit = beside(SEEN, serviceOf(["ExecStart=/usr/bin/food", "RestrictAddressFamilies=AF_UNIX"]));
    const text = reportMarkdown(unit);
    assert.match(
      text,
      /## Learnt from a run\n\nObserved in a run, 10 system calls in 5 s\.\n\n[^#]*Add all \d+ learnt settings/,
    );
    assert.match(text, /\n\nRestrictAddressFamilies= denies AF_INET/);
    assert.match(text, /## Refused by the run\n\n[^#]*- `MemoryDenyWriteExecute=yes`: mprotect/);
    assert.match(text, /## What a run cannot show\n/);
    assert.doesNotMatch(reportMarkdown(UNIT), /Learnt/);
  });

  it("says next to a line that takes away what was needed that a run speaks against it", () => {
    const unit = beside(SEEN);
    const { rows } = exposureReport(unit);
    const against = rows.flatMap((it) => (it.fix?.against ? [`${it.fix.line}: ${it.fix.against}`] : []));
    assert.ok(
      against.some((it) =>
        /^CapabilityBoundingSet=.*CAP_NET_BIND_SERVICE.*: What was learnt speaks against it: .*bind to port 80/.test(
          it,
        ),
      ),
      against.join("\n"),
    );
  });

  it("tells that other commands were observed", () => {
    assert.equal(shownLearnt(beside(SEEN))?.outdated, false);
    assert.equal(shownLearnt(beside(SEEN, serviceOf(["ExecStart=/usr/bin/food -v"])))?.outdated, true);
  });
});

describe("the world of a service: what was used", () => {
  it("marks what runs read, wrote and executed", () => {
    const paths = sandboxOf(beside(SEEN, serviceOf(["ExecStart=/usr/bin/food", "ProtectSystem=strict"])))?.paths ?? [];
    const used = new Map(paths.flatMap((it) => (it.used ? [[it.path, it] as const] : [])));
    assert.deepEqual(used.get("/var/lib/food")?.used, ["written"]);
    assert.equal(used.get("/var/lib/food")?.state, "read-only");
    assert.match(used.get("/etc/food")?.sentence ?? "", /; a run read here$/);
    assert.deepEqual(used.get("/usr")?.used, ["executed"]);
    assert.ok(!sandboxOf(UNIT)?.paths.some((it) => it.used));
  });
});

describe("files that anybody may have written", () => {
  const TEXT = writeLearnt(SEEN);
  /** A part of the file is gone, doubled, or something else. */
  const mangled = fc
    .tuple(
      fc.nat(TEXT.length),
      fc.nat(60),
      fc.constantFrom("", "null", '"', "[]", "-1", "1e400", "/../", "\\u0000", "%n"),
    )
    .map(([at, length, text]) => TEXT.slice(0, at) + text + TEXT.slice(at + length));
  /** Well-formed, with strange content in the places that are read. */
  const strange = fc
    .record({
      unit: fc.constantFrom("food.service", "", "\u001b[31m", "a/b"),
      key: fc.constantFrom(
        "ProtectSystem",
        "ReadWritePaths",
        "SystemCallFilter",
        "User",
        "CapabilityBoundingSet",
        "UMask",
      ),
      value: fc.oneof(fc.string({ maxLength: 20 }), fc.constantFrom("~", "%", "+/", '"', "\\", "@x", "yes no")),
      path: fc.oneof(
        fc.string({ maxLength: 20 }),
        fc.constantFrom("/", "//", "/../..", "/a\nb", "%", "/%i", "__proto__"),
      ),
      grade: fc.constantFrom("proven", "seen", "refused"),
      part: fc.constantFrom("settings", "user", "root"),
    })
    .map(({ unit, path, ...setting }) =>
      JSON.stringify({
        ...(JSON.parse(TEXT) as object),
        unit,
        settings: [{ ...setting, evidence: "x", sights: [sight(1, setting.value)] }],
        needs: {
          ...(JSON.parse(TEXT) as { needs: object }).needs,
          paths: { [path]: { used: { write: [1, 0, 0, "a", "b"] } } },
        },
      }),
    );

  it("never throw, and give one finding of their own at most", () => {
    const unit = serviceOf(["ExecStart=/usr/bin/food", "MemoryDenyWriteExecute=yes", "ProtectSystem=strict"]);
    fc.assert(
      fc.property(fc.oneof(mangled, strange), (text) => {
        const read = withKnowledge(unit, { learnt: { path: "/food.service.learnt.json", text } });
        const found = check(read, { profile: "strict" });
        const own = found.filter((it) => it.code === "learn/unusable" || it.code === "learn/outdated");
        assert.ok(own.length <= 1, text);
        for (const it of found) for (const fix of it.fixes) fix.edits();
        titles(read, false);
        said(read, "[Service]");
        said(read, "ProtectSystem");
        reportMarkdown(read);
        sandboxOf(read);
        for (const { fix } of [...learntSteps(read).several, ...learntSteps(read).single])
          assert.doesNotMatch(applyEdits(unit.file.text, fix.edits()), /^Exec(?!Start=\/usr\/bin\/food$|Paths=)/m);
        if (own.some((it) => it.code === "learn/unusable")) assert.equal(learntOf(read), undefined);
      }),
      { numRuns: 25 },
    );
  });
});
