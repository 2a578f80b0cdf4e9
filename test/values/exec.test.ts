import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { SystemdVersion } from "../../server/src/facts/version.ts";
import type { Where } from "../../server/src/values/grammar.ts";
import { issuesOf, slotsAt, tokensOf } from "../../server/src/values/read.ts";
import { parseUnitName } from "../../server/src/values/unitName.ts";
import { valueType } from "../../server/src/values/valueTypes.ts";
import { expectLinear } from "../kit/growth.ts";

const EXEC = valueType("exec");

function where(version: SystemdVersion = 262): Where {
  const unit = parseUnitName("m.service");
  assert.ok(unit);
  return { version, scope: "system", kind: unit.kind, unit, certain: true };
}

/** The slots at `$0`: what each replaces, its lookup and its offers. */
function slots(marked: string, version?: SystemdVersion): string[] {
  const cursor = marked.indexOf("$0");
  const text = marked.replace("$0", "");
  return slotsAt(EXEC, text, cursor, where(version)).map(
    ({ from, to, lookup, offers }) =>
      `${text.slice(from, to)}|${lookup?.kind ?? ""}|${offers()
        .map((it) => it.text)
        .join(" ")}`,
  );
}

const parts = (text: string, version?: SystemdVersion): string[] =>
  tokensOf(EXEC, text, where(version)).map(({ from, to, role }) => `${role} ${text.slice(from, to)}`);

const title = (text: string, part: string, version?: SystemdVersion): string | undefined => {
  const token = tokensOf(EXEC, text, where(version)).find(({ from, to }) => text.slice(from, to) === part);
  const topic = token?.topic?.();
  return topic?.kind === "prose" ? `${topic.title}: ${topic.text}` : topic?.kind;
};

describe("command lines: the parts", () => {
  it("are prefixes, programs, arguments, separators", () => {
    assert.deepEqual(parts("-@/bin/a b /c --d=/e ; \"f\" '/g' \\; h"), [
      "operator -",
      "operator @",
      "program /bin/a",
      "text b",
      "path /c",
      "text --d=/e",
      "operator ;",
      'program "f"',
      "path '/g'",
      "text \\;",
      "text h",
    ]);
    assert.deepEqual(parts("!!/a", 257), ["operator !!", "program /a"]);
    assert.deepEqual(parts("!!/a"), ["operator !", "operator !", "program /a"]);
    assert.deepEqual(parts("|a", 257), ["program |a"]);
    assert.deepEqual(parts("; a ; ;"), ["operator ;", "program a", "operator ;", "operator ;"]);
  });

  it("are variables, escapes and specifiers", () => {
    assert.deepEqual(parts(`/a $B "$C" x\${D}y $$E \\x41%n \${F:-g} $H-i`), [
      "program /a",
      "variable $B",
      'variable "$C"',
      "text x",
      "variable $" + "{D}",
      "text y",
      "escape $$",
      "text E",
      "text \\x41%n",
      "escape \\x41",
      "specifier %n",
      "text $" + "{F:-g}",
      "text $H-i",
    ]);
    assert.deepEqual(parts(":/a $B $" + "{C}"), ["operator :", "program /a", "text $B", "text $" + "{C}"]);
    assert.deepEqual(parts("%h/a"), ["program %h/a", "specifier %h"]);
  });

  it("say what they do", () => {
    assert.match(title("-/a", "-") ?? "", /^`-`: A failure/);
    assert.match(title("|/a", "|") ?? "", /shell of the user/);
    assert.match(title("/a ; /b", ";") ?? "", /the next command follows/);
    assert.match(title("/a $B", "$B") ?? "", /split at whitespace/);
    assert.match(title("/a $$", "$$") ?? "", /dollar sign/);
    assert.equal(title("/a %n", "%n"), "specifier");
  });
});

describe("command lines: what may stand there", () => {
  it("is a program, and the prefixes that are not there yet", () => {
    assert.deepEqual(slots("$0"), ["|programs|- + ! : @ |"]);
    assert.deepEqual(slots("$0", 257), ["|programs|- + ! : @ !!"]);
    assert.deepEqual(slots("-:$0/bin/a"), ["||+ ! @ |", "/bin/a|programs|"]);
    assert.deepEqual(slots("/bin/$0a b"), ["/bin/a|programs|"]);
    assert.deepEqual(slots("/bin/a b ; $0"), ["|programs|- + ! : @ |"]);
    assert.deepEqual(slots("/bin/a b ; $0 c"), ["|programs|- + ! : @ |"]);
    assert.deepEqual(slots("/bin/a b $0"), []);
  });

  it("is a variable behind its sign, a path behind its slash", () => {
    assert.deepEqual(slots("/a x${$0"), ["|variables|"]);
    assert.deepEqual(slots(`/a x\${FO$0O}`), ["FOO|variables|"]);
    assert.deepEqual(slots("/a $F$0OO"), ["FOO|variables|"]);
    assert.deepEqual(slots("/a x$F$0"), ["F|variables|"]);
    assert.deepEqual(slots("/a x$$F$0"), []);
    assert.deepEqual(slots(":/a $F$0"), []);
    assert.deepEqual(slots("/a --x=/et$0c/y b"), ["/etc/y|paths|"]);
    assert.deepEqual(slots("/a '/et$0'"), ["/et|paths|"]);
  });
});

describe("command lines: long ones", () => {
  it("are read in linear time", () => {
    for (const piece of [
      "a ",
      "-c ",
      '"',
      '"a" ',
      "$A-b ",
      "x=$A ",
      "/a ; ",
      "# ",
      "\\q ",
      "%Q ",
      "date -a +%",
      "\\",
      "%n ",
      "> ",
    ])
      expectLinear(
        2000,
        (size) => `/bin/a ${piece.repeat(size)}`,
        (text) => issuesOf(EXEC, text, where()),
      );
  });
});
