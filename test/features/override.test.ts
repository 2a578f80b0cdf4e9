import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CodeAction, TextDocumentEdit } from "vscode-languageserver-types";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitDocument } from "../../server/src/families/document.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { learntSteps } from "../../server/src/features/learntOffers.ts";
import { isVendorFile, overridePlaces } from "../../server/src/features/override.ts";
import { type OverrideFile, overrideActions } from "../../server/src/features/overrideAction.ts";
import { viewOf } from "../../server/src/features/view.ts";
import type { Profile } from "../../server/src/hardening/profiles.ts";
import { learn } from "../../server/src/learn/learn.ts";
import type { Learnt } from "../../server/src/learn/learnt.ts";
import { writeLearnt } from "../../server/src/learn/learntFile.ts";
import { contradictionsOf } from "../../server/src/learn/learntOf.ts";
import { check } from "../../server/src/rules/check.ts";
import { assess } from "../../server/src/security/exposure.ts";
import { parse } from "../../server/src/syntax/parse.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { lineIndexOf } from "../../server/src/units/fileLines.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { needsOf, serviceOf, sight, uses } from "../learn/kit.ts";

const PLAIN = "[Service]\nExecStart=/usr/sbin/x\nUser=x\n";
const URI = "file:///etc/systemd/system/x.service.d/override.conf";

interface Case {
  readonly text?: string;
  readonly path?: string;
  readonly override?: string;
  /** Whether the server has seen the override among the unit's drop-ins. */
  readonly seen?: boolean;
  readonly profile?: Profile;
  readonly vendor?: boolean;
  readonly version?: number;
  readonly opener?: string;
  readonly offset?: number;
  readonly learnt?: Learnt;
}

function actions({ text = PLAIN, path = "/usr/lib/systemd/system/x.service", override, ...more }: Case): CodeAction[] {
  const parts = unitPath(path);
  assert.ok(parts);
  const { seen = true, profile = "basic", vendor = true, version = null, opener, offset, learnt } = more;
  const view = viewOf(unitDocument(parts, text), NEWEST_VERSION, {
    dropIns: override !== undefined && seen ? [override] : [],
    ...(learnt && { learnt: { path: `${path}.learnt.json`, text: writeLearnt(learnt) } }),
  });
  const at = offset ?? text.indexOf("[Service]") + 2;
  const file: OverrideFile = { uri: URI, shown: "there", text: override, version, vendor };
  return overrideActions(view, { start: at, end: at }, file, { profile, opener });
}

const titles = (it: Case): string[] => actions(it).map(({ title }) => title);

/** The override once an action is applied. */
function applied(action: CodeAction | undefined, before = ""): string {
  const change = action?.edit?.documentChanges?.at(-1) as TextDocumentEdit | undefined;
  const lines = lineIndexOf(parse(before));
  const edits = (change?.edits ?? []).flatMap((it) =>
    "newText" in it
      ? [{ start: lines.offsetAt(it.range.start), end: lines.offsetAt(it.range.end), newText: it.newText }]
      : [],
  );
  return applyEdits(before, edits);
}

const LEARNT = learn(
  needsOf({
    paths: { "/var/lib/food/db": uses(31, "write") },
    families: { AF_INET: sight(4), AF_UNIX: sight(5) },
    syscalls: { socket: { sight: sight(4), failed: {} } },
  }),
  serviceOf(["ExecStart=/usr/sbin/x", "User=x"], "x.service"),
);
const PROVEN: Learnt = {
  ...LEARNT,
  settings: LEARNT.settings.map((it) => (/^Private(?:Tmp|Devices)$/.test(it.key) ? { ...it, grade: "proven" } : it)),
};

describe("the actions that put what was learnt into an override", () => {
  it("stand before the others on the header of a vendor's service, the proven ones first", () => {
    const all = titles({ learnt: PROVEN });
    assert.match(all[0] ?? "", /^Add all 2 proven settings \(\d\.\d → \d\.\d\) in an override \(there\)$/);
    assert.match(all[1] ?? "", /^Add all \d+ learnt settings \(seen, .*\) in an override \(there\)$/);
    const safe = all.findIndex((it) => /^Add all \d+ safe settings in an override/.test(it));
    assert.equal(safe, 5);
    const proven = /^Add Private(?:Tmp|Devices)=yes/;
    assert.ok(all.slice(2, 4).every((it) => proven.test(it) && it.includes("(proven")));
    assert.ok(!all.slice(safe).some((it) => proven.test(it)), "nothing is offered twice");
  });

  it("are given with the profile off, and in no override of a unit of the reader's own", () => {
    assert.equal(titles({ learnt: PROVEN, profile: "off" }).length, 5);
    assert.ok(!titles({ learnt: PROVEN, vendor: false }).some((it) => /learnt|proven/.test(it)));
  });

  it("leave nothing to add that was learnt, in a file of their own or in one that is there", () => {
    for (const override of [
      undefined,
      "# mine\n[Service]\nNice=5\nProtectSystem=full\nRestrictAddressFamilies=AF_NETLINK\n\n[Unit]\nAfter=a.service\n",
      "[Service]\nReadWritePaths=/srv/mine\nSystemCallFilter=@system-service @debug\n# File system\nProtectHome=yes\n",
    ]) {
      const given = { learnt: LEARNT, ...(override !== undefined && { override }) };
      const [all] = actions(given);
      const text = applied(all, override);
      assert.match(text, /^ReadWritePaths=-\/var\/lib\/food$/m);
      assert.equal(text.match(/^ProtectSystem=/gm)?.length, 1, text);
      if (override?.includes("mine\n["))
        assert.match(text, /^# mine\n\[Service\]\nNice=5\n[\s\S]*\n\[Unit\]\nAfter=a\.service\n$/);
      if (override?.includes("/srv/mine")) assert.match(text, /^ReadWritePaths=\/srv\/mine$/m);
      const path = unitPath("/usr/lib/systemd/system/x.service");
      assert.ok(path);
      const unit = readUnit(path, PLAIN, NEWEST_VERSION, {
        dropIns: [text],
        learnt: {
          path: "/x.learnt.json",
          text: writeLearnt(LEARNT),
        },
      });
      assert.deepEqual(learntSteps(unit), { several: [], single: [] }, text);
      assert.deepEqual(
        contradictionsOf(unit).map((it) => it.message),
        [],
      );
    }
  });

  it("take up the opener of files outside the workspace", () => {
    const [all] = actions({ learnt: LEARNT, opener: "open" });
    assert.match(all?.command?.arguments?.[1], /^\[Service\]\n# File system\nProtectSystem=strict\n/);
  });
});

describe("the actions that put settings into an override", () => {
  it("stand on the header of a vendor's service: all at once, then the three that matter most", () => {
    const [all, ...singles] = titles({});
    assert.match(all ?? "", /^Add all 1\d safe settings in an override \(there\)$/);
    assert.equal(singles.length, 3);
    assert.match(singles[0] ?? "", /^Add ProtectSystem=/);
    assert.match(singles[1] ?? "", /^Add ProtectHome=/);
    for (const title of singles) assert.match(title, /^Add \w+=\S.* in an override \(there\)$/);
    assert.deepEqual(titles({ text: `[Unit]\n\n${PLAIN}`, offset: 2 }), []);
  });

  it("are refactorings on the other lines of the section", () => {
    const onLine = actions({ offset: PLAIN.indexOf("ExecStart=") + 2 });
    assert.deepEqual(
      onLine.map((it) => it.title),
      titles({}),
    );
    assert.ok(onLine.every((it) => it.kind === "refactor.rewrite"));
  });

  it("are one for a unit of the reader's own", () => {
    const [one, ...more] = actions({ vendor: false });
    assert.deepEqual([one?.kind, more], ["refactor.rewrite", []]);
    assert.equal(actions({})[0]?.kind, "quickfix");
  });

  it("make a file with all that the profile adds, so that nothing is left to say", () => {
    const [all] = actions({});
    assert.deepEqual(all?.edit?.documentChanges?.[0], {
      kind: "create",
      uri: URI,
      options: { overwrite: false, ignoreIfExists: false },
    });
    const text = applied(all);
    assert.match(text, /^\[Service\]\n# File system\nProtectSystem=full\n/);
    const path = unitPath("/usr/lib/systemd/system/x.service");
    assert.ok(path);
    const unit = readUnit(path, PLAIN, NEWEST_VERSION, { dropIns: [text] });
    assert.deepEqual(check(unit, { profile: "basic" }), []);
    assert.deepEqual(titles({ override: text }), []);
  });

  it("extend an override that is there, in the version that is open", () => {
    const before = "# mine\n[Service]\nNice=5\n\n[Unit]\nAfter=a.service\n";
    for (const seen of [true, false]) {
      const [all] = actions({ override: before, seen, version: 7 });
      const [change, ...more] = (all?.edit?.documentChanges ?? []) as TextDocumentEdit[];
      assert.deepEqual([change?.textDocument, more], [{ uri: URI, version: 7 }, []]);
      const after = applied(all, before);
      assert.match(after, /^# mine\n\[Service\]\nNice=5\n\n# File system\nProtectSystem=full\n/);
      assert.match(after, /\n\n\[Unit\]\nAfter=a\.service\n$/);
    }
    const half = "[Service]\nProtectSystem=full\n";
    assert.equal(applied(actions({ override: half, seen: false })[0], half).match(/ProtectSystem=/g)?.length, 1);
    assert.match(applied(actions({ override: "" })[0]), /^\[Service\]\n/);
  });

  it("leave an override alone that systemd does not read to its end", () => {
    assert.deepEqual(titles({ override: "[Service\nNice=5\n" }), []);
  });

  it("are missing where systemd refuses the unit, and with the profile off", () => {
    assert.deepEqual(titles({ text: "[Service]\nUser=x\n" }), []);
    assert.deepEqual(titles({ text: "" }), []);
    assert.deepEqual(titles({ text: "[Serv\u0000\nExecStart=/x\n", offset: 0 }), []);
    assert.deepEqual(titles({ profile: "off" }), []);
    assert.deepEqual(
      titles({ text: "[Timer]\nOnCalendar=daily\n", path: "/usr/lib/systemd/system/x.timer", offset: 2 }),
      [],
    );
    assert.deepEqual(titles({ path: "/usr/lib/systemd/system/x.service.d/a.conf", text: "[Service]\nNice=1\n" }), []);
  });

  it("never protect a service less, also where it denies calls", () => {
    const path = unitPath("/usr/lib/systemd/system/x.service");
    assert.ok(path);
    for (const line of ["SystemCallFilter=~@mount", "RestrictAddressFamilies=~AF_PACKET", "ProtectSystem=yes"]) {
      const text = `${PLAIN}${line}\n`;
      const before = assess(readUnit(path, text, NEWEST_VERSION)).exposure ?? 0;
      for (const profile of ["basic", "strict", "isolated"] as const)
        for (const action of actions({ text, profile })) {
          const after = assess(readUnit(path, text, NEWEST_VERSION, { dropIns: [applied(action)] })).exposure;
          assert.ok(after !== undefined && after <= before, `${action.title}: ${before} → ${after}`);
        }
    }
  });

  it("open a file that is yet to be made by a command of the client, where it has one", () => {
    const [all] = actions({ opener: "open.it" });
    assert.equal(all?.edit, undefined);
    assert.equal(all?.command?.command, "open.it");
    assert.deepEqual(all?.command?.arguments, [URI, applied(actions({})[0])]);
    assert.ok(actions({ opener: "open.it", override: "" })[0]?.edit);
  });
});

describe("the place of an override", () => {
  const usual = (path: string, name = "x.service"): (string | undefined)[] =>
    overridePlaces(path, name).map((it) => `${it.path} ${it.shown}`);
  const file = "x.service.d/override.conf";

  it("is the administrator's for a vendor's file, then that beside it", () => {
    for (const folder of ["/usr/lib", "/lib", "/usr/local/lib", "/run"])
      assert.deepEqual(usual(`${folder}/systemd/system/x.service`), [
        `/etc/systemd/system/${file} /etc/systemd/system/${file}`,
        `${folder}/systemd/system/${file} ${folder}/systemd/system/${file}`,
      ]);
    for (const folder of ["/usr/lib", "/usr/share"])
      assert.equal(usual(`${folder}/systemd/user/x.service`)[0], `/etc/systemd/user/${file} /etc/systemd/user/${file}`);
  });

  it("stays in the tree of a package", () => {
    assert.deepEqual(usual("/home/me/pkg/usr/lib/systemd/system/x.service"), [
      `/home/me/pkg/etc/systemd/system/${file} etc/systemd/system/${file}`,
      `/home/me/pkg/usr/lib/systemd/system/${file} ${file}`,
    ]);
    assert.equal(
      usual("vscode-vfs://github/me/pkg/usr/lib/systemd/system/x.service")[0]?.split(" ")[0],
      `vscode-vfs://github/me/pkg/etc/systemd/system/${file}`,
    );
  });

  it("is beside the reader's own file", () => {
    assert.deepEqual(usual("/etc/systemd/system/x.service"), [
      `/etc/systemd/system/${file} /etc/systemd/system/${file}`,
    ]);
    assert.equal(usual("/home/me/.config/systemd/user/x.service").length, 1);
    assert.deepEqual(usual("/home/me/deploy/x.service"), [
      `/home/me/deploy/${file} ${file}`,
      `/etc/systemd/system/${file} /etc/systemd/system/${file}`,
    ]);
  });

  it("is named after the unit, whatever the file is called: an alias, an instance, a template", () => {
    assert.match(usual("/usr/lib/systemd/system/dbus-org.x.service", "x.service")[0] ?? "", /\/x\.service\.d\//);
    assert.match(usual("/usr/lib/systemd/system/x@.service", "x@.service")[0] ?? "", /\/x@\.service\.d\//);
    assert.deepEqual(overridePlaces("/etc/fstab", "x.service"), []);
  });

  it("tells a vendor's files from those of the reader", () => {
    const vendor = (path: string): boolean => isVendorFile(path);
    assert.ok(vendor("/usr/lib/systemd/system/x.service") && vendor("/lib/systemd/system/x.service"));
    assert.ok(vendor("/p/usr/lib/systemd/system/x.service") && vendor("/usr/share/systemd/user/x.service"));
    assert.ok(vendor("/run/systemd/generator/x.service"));
    assert.ok(!vendor("/etc/systemd/system/x.service") && !vendor("/p/deploy/x.service") && !vendor("/etc/fstab"));
    assert.ok(!vendor("/home/me/.config/systemd/user/x.service"));
  });
});
