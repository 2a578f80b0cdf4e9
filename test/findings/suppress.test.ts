import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import type { Finding } from "../../server/src/findings/finding.ts";
import { suppressions } from "../../server/src/findings/suppress.ts";
import { safeFix } from "../../server/src/hardening/hardening.ts";
import type { Selection } from "../../server/src/rules/check.ts";
import { ignoring } from "../../server/src/rules/ignore.ts";
import { parse } from "../../server/src/syntax/parse.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { expectFindings, findingsOf } from "../kit/fixture.ts";
import { mangledUnit } from "../kit/mangled.ts";

const COMMAND = "ExecStart=/bin/true\n";

const codes = (text: string, selection?: Selection, path?: string): string[] =>
  findingsOf(text, path, selection).map((it) => it.code);

/** The codes in a service with a wrong line and what stands above it. */
const above = (...lines: readonly string[]): string[] =>
  codes(`[Service]\n${COMMAND}${lines.map((it) => `${it}\n`).join("")}LockPersonality=ja\nNice=99\n`);

const BOTH = ["value/boolean", "value/number"];

describe("suppression comments", () => {
  it("silence the codes and families that they name in the line below", () => {
    assert.deepEqual(above(), BOTH);
    for (const named of ["value/boolean", "value", "value/", "value/*", "value/…"])
      assert.deepEqual(above(`# unit-warden: ignore ${named}`), ["value/number"], named);
    assert.deepEqual(above("# unit-warden: ignore value/number"), ["style/unused-suppression", ...BOTH]);
  });

  it("are comments of either kind, with blanks, several codes and a reason", () => {
    for (const comment of [
      "; unit-warden: ignore value/boolean",
      "  #unit-warden:ignore value/boolean",
      "## unit-warden: ignore value/boolean -- value/x is meant here, is it not?",
      "#\tunit-warden:\tignore\tvalue/boolean\t--",
    ])
      assert.deepEqual(above(comment), ["value/number"], comment);
    const many =
      "[Service]\nExecStart=/bin/true\n# unit-warden: ignore value/path, value/boolean value/user\nLockPersonality=ja\n";
    assert.deepEqual(codes(many), ["style/unused-suppression", "style/unused-suppression"]);
  });

  it("reach over blank lines and other comments, but not over a line", () => {
    const comment = "# unit-warden: ignore value";
    assert.deepEqual(above(comment, "", "# the reason", ";"), ["value/number"]);
    assert.deepEqual(above(comment, "# unit-warden: ignore value/boolean"), ["value/number"]);
    assert.deepEqual(above(comment, "User=x"), ["style/unused-suppression", ...BOTH]);
  });

  it("are about the whole of a continued line, above it and in it", () => {
    const line = (before: string, inside: string): string =>
      `[Service]\n${COMMAND}${before}RestrictNamespaces=user \\\n${inside}  nonsense\n`;
    const [found] = findingsOf(line("", ""));
    assert.ok(found);
    const comment = `# unit-warden: ignore ${found.code}\n`;
    assert.deepEqual(codes(line(comment, "")), []);
    assert.deepEqual(codes(line("", comment)), []);
  });

  it("silence headers and lines without meaning", () => {
    assert.deepEqual(codes(`[Service]\n${COMMAND}# unit-warden: ignore section/unknown\n[Servce]\n`), []);
    assert.deepEqual(codes(`[Service]\n${COMMAND}# unit-warden: ignore syntax\njunk\n`), []);
  });

  it("at the top silence a whole file", () => {
    const text = `[Service]\n${COMMAND}LockPersonality=ja\nNice=99\n`;
    assert.deepEqual(codes(`# a service\n\n# unit-warden: ignore-file value -- as upstream\n# more\n${text}`), []);
    assert.deepEqual(codes(`# unit-warden: ignore-file value/number\n${text}`), ["value/boolean"]);
    assert.deepEqual(codes(`[Unit]\n# unit-warden: ignore-file value\n${text}`), ["style/unused-suppression", ...BOTH]);
  });

  it("leave what systemd does with the rest of the file as it is", () => {
    const text = "[Service]\n# unit-warden: ignore syntax\n[Unit\nLockPersonality=ja\n# unit-warden: ignore value/x\n";
    assert.deepEqual(codes(text.replace("# unit-warden: ignore syntax\n", "")), ["syntax/section-header"]);
    assert.deepEqual(codes(text), []);
    assert.deepEqual(codes(`[Service]\n# unit-warden: ignore value/path\nNice=1\n[Unit\n`), ["syntax/section-header"]);
  });
});

describe("suppression comments: hardening", () => {
  const named = "hardening/protect-home";
  const found = (text: string): string[] => codes(text, { profile: "basic" }).filter((it) => /home|style/.test(it));

  it("count above the header and at the top", () => {
    assert.deepEqual(found(`[Service]\n${COMMAND}`), [named]);
    assert.deepEqual(found(`# unit-warden: ignore ${named}\n[Service]\n${COMMAND}`), []);
    assert.deepEqual(found(`# unit-warden: ignore-file hardening\n[Unit]\n[Service]\n${COMMAND}`), []);
    assert.deepEqual(found(`[Service]\n# unit-warden: ignore ${named}\n${COMMAND}`), [
      named,
      "style/unused-suppression",
    ]);
  });

  it("count there for a weak value too, as well as above it", () => {
    assert.deepEqual(found(`# unit-warden: ignore ${named}\n[Service]\n${COMMAND}ProtectHome=no\n`), []);
    assert.deepEqual(found(`[Service]\n${COMMAND}# unit-warden: ignore ${named}\nProtectHome=no\n`), []);
  });

  it("keep the setting out of what is added with all the rest", () => {
    const path = unitPath("x.service");
    assert.ok(path);
    const sets = (text: string): readonly string[] =>
      safeFix(readUnit(path, text, NEWEST_VERSION), "basic")?.sets?.filter((it) => /^ProtectHome/.test(it)) ?? [];
    assert.equal(sets(`[Service]\n${COMMAND}`).length, 1);
    assert.equal(sets(`# unit-warden: ignore ${named}\n[Service]\n${COMMAND}`).length, 0);
    assert.equal(sets(`# unit-warden: ignore-file ${named}\n[Service]\n${COMMAND}`).length, 0);
  });

  it("are not called needless where a higher profile would give the advice, or the reader does not look", () => {
    const strict = "# unit-warden: ignore hardening/system-call-filter, hardening/protect-home\n";
    for (const profile of ["off", "basic", "strict"] as const)
      assert.deepEqual(codes(`${strict}[Service]\n${COMMAND}`, { profile, select: ["style"] }), [], profile);
    const set = "# unit-warden: ignore hardening/protect-home\n[Service]\nProtectHome=tmpfs\nExecStart=/bin/true\n";
    assert.deepEqual(codes(set), ["style/unused-suppression"]);
    const text = `[Service]\n${COMMAND}# unit-warden: ignore value/boolean\nLockPersonality=ja\n`;
    for (const selection of [{ ignore: ["value"] }, { severities: { value: "off" } }, { select: ["style"] }] as const)
      assert.deepEqual(codes(text, { profile: "off", ...selection }), []);
  });
});

describe("suppression comments: what is said about them", () => {
  it("is that a code is needless, each on its own", () => {
    expectFindings(
      `[Service]\n${COMMAND}# unit-warden: ignore value/path, value/boolean\n${" ".repeat(22)}^^^^^^^^^^ style/unused-suppression hint: Unused suppression comment: the next line has no value/path finding\nLockPersonality=ja\n`,
    );
  });

  it("is nothing where another systemd than the assumed one would give the finding", () => {
    assert.deepEqual(codes(`[Service]\n${COMMAND}# unit-warden: ignore directive/too-new\nMemoryTHP=disable\n`), []);
  });

  it("is what may be meant by an unknown code, and where reasons go", () => {
    const messages = (comment: string): string[] =>
      findingsOf(`# ${comment}\n[Service]\n${COMMAND}`).map((it) => it.message);
    assert.deepEqual(messages("unit-warden: ignore value/bolean"), [
      "Unknown code value/bolean in a suppression comment; did you mean value/boolean?",
    ]);
    assert.match(messages("unit-warden: ignore valeu")[0] ?? "", /did you mean value\?$/);
    assert.match(messages("unit-warden: ignore because")[0] ?? "", /; write a reason after --$/);
    assert.match(messages("unit-warden: ignore")[0] ?? "", /Suppression comment without a code: ignore takes codes/);
    assert.match(messages("unit-warden: ignroe value")[0] ?? "", /; did you mean ignore\?$/);
    assert.match(messages("unit-warden: disable value")[0] ?? "", /; did you mean ignore\?$/);
    for (const prose of ["unit-warden: fine since 2.0", "unit-warden:", "see unit-warden: ignore x"])
      assert.deepEqual(messages(prose), [], prose);
  });

  it("can be silenced like anything else", () => {
    assert.deepEqual(
      codes(`# unit-warden: ignore-file style\n# unit-warden: ignore value/x\n[Service]\n${COMMAND}`),
      [],
    );
  });

  it("can be silenced by a comment above the comment", () => {
    for (const code of ["style/unused-suppression", "style/unknown-suppression"]) {
      const text = `# unit-warden: ignore ${code}\n# unit-warden: ignore value/path, value/x\n[Service]\n${COMMAND}`;
      const other = code === "style/unused-suppression" ? "style/unknown-suppression" : "style/unused-suppression";
      assert.deepEqual(codes(text), [other]);
    }
  });

  it("comes with fixes that leave nothing to say", () => {
    const fixed = (text: string, title: string): string => {
      const fix = findingsOf(text)
        .flatMap((it) => it.fixes)
        .find((it) => it.title === title);
      assert.ok(fix, title);
      assert.equal(fix.safe, false, "no program may remove what somebody wrote for people");
      return applyEdits(text, fix.edits());
    };
    const unit = `[Service]\r\nNice=1\r\n`;
    assert.equal(
      fixed(`${unit}  # unit-warden: ignore value -- x\r\nUser=x\r\n`, "Remove the comment"),
      `${unit}User=x\r\n`,
    );
    assert.equal(fixed(`${unit}# unit-warden: ignore value`, "Remove the comment"), "[Service]\r\nNice=1");
    const two = `${unit}# unit-warden: ignore value/path, value/user -- x\r\nUser=x\r\n`;
    assert.equal(fixed(two, "Remove value/path from the comment"), two.replace("value/path, ", ""));
    assert.equal(fixed(two, "Remove value/user from the comment"), two.replace(", value/user", ""));
    assert.equal(
      fixed(`${unit}# unit-warden: ignore value/bolean\r\n`, "Change to value/boolean"),
      `${unit}# unit-warden: ignore value/boolean\r\n`,
    );
  });
});

/** A text after "Ignore … for this line" of its first finding of a code. */
function ignored(text: string, code: string): string {
  const unit = unitOf(text);
  const found = findingsOf(text, "x.service", { profile: "basic" }).find((it) => it.code === code);
  const fix = found && ignoring(unit, found);
  assert.ok(fix, code);
  return applyEdits(text, fix.edits());
}

function unitOf(text: string, name = "x.service"): Unit {
  const path = unitPath(name);
  assert.ok(path);
  return readUnit(path, text, NEWEST_VERSION);
}

describe("suppression comments: written by a quick fix", () => {
  it("stand above the logical line, set in as it is, with the file's line ends", () => {
    const before = `[Service]\r\nExecStart=/bin/true\r\n`;
    assert.equal(
      ignored(`${before}\t LockPersonality=\\\r\n  ja`, "value/boolean"),
      `${before}\t # unit-warden: ignore value/boolean\r\n\t LockPersonality=\\\r\n  ja`,
    );
    assert.equal(
      ignored(`[Unit]\n[Service]\n${COMMAND}`, "hardening/protect-home"),
      `[Unit]\n# unit-warden: ignore hardening/protect-home\n[Service]\n${COMMAND}`,
    );
  });

  it("join the comment that is there", () => {
    const text = `[Service]\n${COMMAND}# unit-warden: ignore value/x -- why\n# more\nLockPersonality=ja\n`;
    assert.equal(ignored(text, "value/boolean"), text.replace("value/x", "value/x, value/boolean"));
  });

  it("are not offered for what is said about such comments", () => {
    const text = `[Service]\n# unit-warden: ignore value/x\n${COMMAND}`;
    const [found] = findingsOf(text);
    assert.ok(found && ignoring(unitOf(text), found) === undefined);
  });

  it("silence the finding and change nothing else, in any file", () => {
    const told = (found: readonly Finding[]): string[] => found.map((it) => `${it.code} ${it.message}`).sort();
    const meaning = (text: string): unknown =>
      parse(text).nodes.flatMap((it) => (it.kind === "comment" ? [] : [`${it.kind} ${it.content.text}`]));
    const path = fc.constantFrom("x.service", "x.socket", "x.timer", "x.service.d/y.conf");
    fc.assert(
      fc.property(mangledUnit, path, (text, name) => {
        const selection: Selection = { profile: "basic" };
        const found = findingsOf(text, name, selection);
        for (const it of found.slice(0, 20)) {
          const fix = ignoring(unitOf(text, name), it);
          if (!fix) continue;
          const after = applyEdits(text, fix.edits());
          assert.deepEqual(meaning(after), meaning(text), JSON.stringify([text, after]));
          const left = told(findingsOf(after, name, selection));
          const same = told(found).filter((other) => left.includes(other) || other.startsWith(`${it.code} `));
          assert.deepEqual(same, told(found), JSON.stringify([text, after]));
          assert.ok(left.length < found.length, JSON.stringify([text, after, left]));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("comments for Unit Warden", () => {
  it("are found wherever an edit puts them together, and no longer where it takes them apart", () => {
    const path = unitPath("/etc/systemd/system/a.service");
    assert.ok(path);
    const mark = "# unit-warden: ignore hardening";
    const texts = [
      "[Service]\nExecStart=/bin/true\n",
      `[Service]\n${mark}\nExecStart=/bin/true\n`,
      "[Service]\n# unit-\nwarden: ignore hardening\nExecStart=/bin/true\n",
      `[Service]\n${mark}\nExecStart=/bin/true\n`,
      `[Service]\nA=1 \\\n${mark}\n2\nExecStart=/bin/true\n`,
      "[Service]\nA=1 \\\n# \n2\nExecStart=/bin/true\n",
      `[Service]\nExecStart=/bin/true\n${mark}`,
      `${mark}\n[Service]\nExecStart=/bin/true\n`,
      "",
      mark,
    ];
    for (const first of texts) {
      for (const second of texts) {
        const before = readUnit(path, first, 262);
        for (const text of [second, `${second}\n`]) {
          const after = readUnit(path, text, 262, { previous: before });
          assert.deepEqual(
            suppressions(after.file)?.all.map((it) => [it.start, it.verb]),
            suppressions(readUnit(path, text, 262).file)?.all.map((it) => [it.start, it.verb]),
            JSON.stringify([first, text]),
          );
        }
      }
    }
  });
});
