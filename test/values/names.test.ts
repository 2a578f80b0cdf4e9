import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { EXIT_STATUSES } from "../../server/src/facts/exitStatuses.ts";
import { SIGNALS } from "../../server/src/facts/signals.ts";
import type { SystemdVersion } from "../../server/src/facts/version.ts";
import type { HoverTopic, Where } from "../../server/src/values/grammar.ts";
import type { NAMES } from "../../server/src/values/grammars/nameGrammars.ts";
import { issuesOf, slotsAt, tokensOf } from "../../server/src/values/read.ts";
import { parseSignal } from "../../server/src/values/signal.ts";
import { parseUnitName } from "../../server/src/values/unitName.ts";
import { type ValueTypeName, valueType } from "../../server/src/values/valueTypes.ts";
import { expectLinear } from "../kit/growth.ts";

type Name = keyof typeof NAMES & ValueTypeName;

function where(version: SystemdVersion = 262): Where {
  const unit = parseUnitName("m.service");
  assert.ok(unit);
  return { version, scope: "system", kind: unit.kind, unit, certain: true };
}

/** What is offered at `$0`, the stretches it replaces, and what the machine is asked for. */
function offered(type: Name, marked: string, version?: SystemdVersion) {
  const cursor = marked.indexOf("$0");
  const text = marked.replace("$0", "");
  const slots = slotsAt(valueType(type), text, cursor, where(version));
  return {
    texts: slots.flatMap((slot) => slot.offers().map((it) => it.text)),
    spans: [...new Set(slots.map((slot) => text.slice(slot.from, slot.to)))],
    lookups: slots.flatMap((slot) => (slot.lookup ? [slot.lookup.kind] : [])),
  };
}

/** The parts of a value with their roles, from the left. */
const parts = (type: Name, text: string, version?: SystemdVersion): string[] =>
  tokensOf(valueType(type), text, where(version)).map(({ from, to, role }) => `${role} ${text.slice(from, to)}`);

function topicOf(type: Name, text: string, part: string): HoverTopic | undefined {
  const tokens = tokensOf(valueType(type), text, where());
  return tokens.find(({ from, to }) => text.slice(from, to) === part)?.topic?.();
}

function prose(type: Name, text: string, part: string): { title: string; text: string } {
  const topic = topicOf(type, text, part);
  assert.ok(topic?.kind === "prose", `${part} in ${text}`);
  return topic;
}

describe("grammars of names: what may stand there", () => {
  it("is every signal, and for exit statuses their names too", () => {
    const { texts, spans } = offered("signal", "SIG$0");
    assert.ok(texts.includes("SIGTERM") && texts.includes("SIGRTMIN+3") && !texts.includes("TEMPFAIL"));
    assert.deepEqual(spans, ["SIG"]);
    assert.ok(offered("signal", "$0").texts.length > 60);
    const fifth = offered("setStatus", "1 2 TEMPFAIL SIGKILL $0");
    assert.ok(fifth.texts.includes("SIGTERM") && fifth.texts.includes("CONFIG"));
    assert.ok(!fifth.texts.includes("TEMPFAIL") && !fifth.texts.includes("SIGKILL"));
    assert.ok(offered("setStatus", "$0").texts.includes("MEMORY_THP"));
    assert.ok(!offered("setStatus", "$0", 257).texts.includes("MEMORY_THP"));
  });

  it("is a user or group of the machine", () => {
    assert.deepEqual(offered("userGroupCompat", "$0").lookups, ["users"]);
    assert.deepEqual(offered("groupCompat", "ww$0").lookups, ["groups"]);
    assert.deepEqual(offered("userGroupStrvCompat", "adm disk $0").lookups, ["groups"]);
  });

  it("is a variable, with its equals sign where a value follows", () => {
    assert.ok(offered("environ", "$0").texts.includes("LANG="));
    assert.deepEqual(offered("environ", 'A=1 "LA$0NG=C"').spans, ["LANG="]);
    assert.deepEqual(offered("environ", "A=$0").spans, ["A="]);
    assert.ok(offered("passEnviron", "A $0").texts.includes("PATH"));
    assert.deepEqual(offered("unsetEnviron", "A $0").lookups, ["variables"]);
  });

  it("is a scheme, a tag or a prefix in place of its own part alone", () => {
    assert.ok(offered("documentation", "$0").texts.includes("man:"));
    assert.deepEqual(offered("documentation", "man:a(1) htt$0p://x").spans, ["http://"]);
    assert.deepEqual(offered("mountNode", "$0").lookups, ["paths"]);
    assert.deepEqual(offered("mountNode", "UU$0ID=12").spans, ["UUID="]);
    assert.deepEqual(offered("xattr", "$0").texts, ["user."]);
    assert.deepEqual(offered("serviceRefreshOnReload", "~$0").texts.slice(0, 2), ["extensions", "credentials"]);
    assert.ok(offered("serviceRefreshOnReload", "$0").texts.includes("yes"));
    assert.deepEqual(offered("loadCredential", "a:/et$0").lookups, ["paths"]);
    assert.ok(offered("logExtraFields", "A=1 $0").texts.includes("PRIORITY="));
  });
});

describe("grammars of names: the parts of a value", () => {
  it("are names, operators and texts", () => {
    assert.deepEqual(parts("environ", 'A=1 "B=x %h" C'), [
      "variable A",
      "operator =",
      "text 1",
      "variable B",
      "operator =",
      "text x %h",
      "specifier %h",
      "variable C",
    ]);
    assert.deepEqual(parts("setCredential", "a:b\\n\\x00"), [
      "name a",
      "operator :",
      "text b\\n\\x00",
      "escape \\n",
      "escape \\x00",
    ]);
    assert.deepEqual(parts("loadCredential", "a:/b"), ["name a", "operator :", "path /b"]);
    assert.deepEqual(parts("execApparmorProfile", "-x %i"), ["operator -", "text x %i", "specifier %i"]);
    assert.deepEqual(parts("logFilterPatterns", "~x"), ["operator ~", "text x"]);
    assert.deepEqual(parts("userGroupStrvCompat", "adm 5"), ["name adm", "number 5"]);
    assert.deepEqual(parts("setStatus", "143 TEMPFAIL SIGKILL x"), ["number 143", "word TEMPFAIL", "word SIGKILL"]);
    assert.deepEqual(parts("unitStringPrintf", "a %n"), ["text a %n", "specifier %n"]);
    assert.deepEqual(parts("string", "a %n"), ["text a %n"]);
  });

  it("say what they mean", () => {
    assert.match(prose("signal", "15", "15").text, /Its number is 15/);
    assert.equal(prose("signal", "RTMIN+3", "RTMIN+3").title, "`SIGRTMIN+3`");
    assert.equal(prose("setStatus", "1 203", "203").title, "`EXEC`");
    assert.equal(prose("setStatus", "TERM", "TERM").title, "`SIGTERM`");
    assert.equal(prose("documentation", "man:nginx(8)", "man:nginx(8)").title, "`nginx(8)`");
    assert.match(prose("execInputText", "a\\s", "\\s").text, /a space, U\+0020/);
    assert.match(prose("environ", "LANG=C", "LANG").text, /language/);
    assert.deepEqual(topicOf("busName", "org.%p", "%p"), { kind: "specifier", letter: "p" });
  });
});

describe("signals", () => {
  it("have one number in all spellings", () => {
    const cases = {
      TERM: 15,
      SIGTERM: 15,
      "15": 15,
      "0x9": 9,
      "015": 13,
      RTMIN: 34,
      "SIGRTMIN+30": 64,
      "RTMAX-3": 61,
      RTMAX: 64,
    };
    for (const [text, number] of Object.entries(cases)) assert.equal(parseSignal(text), number, text);
  });

  it("are different ones from 1 to 31, each with a summary", () => {
    assert.deepEqual(
      SIGNALS.map(({ number }) => number).sort((a, b) => a - b),
      Array.from({ length: 31 }, (_, i) => i + 1),
    );
    for (const { summary } of [...SIGNALS, ...EXIT_STATUSES]) assert.match(summary, /^[A-Z].*[^.]$/);
    assert.equal(new Set(SIGNALS.map(({ summary }) => summary)).size, 31);
  });
});

describe("LogFilterPatterns=", () => {
  const says = (text: string): string[] =>
    issuesOf(valueType("logFilterPatterns"), text, where()).map((it) => it.message ?? "");

  it("is what PCRE2 cannot compile", () => {
    const bad =
      "[ ( a) * ~* a{2,1} a** + ^* $* a|* (+a) a{2}{3} a{2}* a+++ a?+? [a [\\] \\Q[\\E( {2} (a|*) \\b* a{3,2}";
    for (const pattern of bad.split(" ")) assert.equal(says(pattern).length, 1, pattern);
  });

  it("is nothing that it can compile or that is beyond us", () => {
    const good =
      "(?<n>a) \\p{L} a*? []a] [^]] [[:alpha:]] \\Q[ (?i)a (|a) () x{,3} [[a] [\\Q]\\E] (?=a)* a{2,} a{2}+ (?x)a#( (?#()";
    for (const pattern of good.split(" ")) assert.deepEqual(says(pattern), [], pattern);
  });
});

describe("grammars of names: long values", () => {
  it("are read in linear time", () => {
    for (const [type, piece] of [
      ["environ", "A=1 "],
      ["environ", '"A"'],
      ["environ", "$B "],
      ["setStatus", "x "],
      ["userGroupStrvCompat", "a.b "],
      ["unitStringPrintf", " #"],
      ["unitStringPrintf", "%Q"],
      ["documentation", "x,y "],
      ["execInputText", "\\n"],
      ["logFilterPatterns", "([a]"],
      ["setCredential", "\\:"],
      ["luoSessions", "a "],
    ] as const)
      expectLinear(
        2000,
        (size) => piece.repeat(size),
        (text) => issuesOf(valueType(type), text, where()),
      );
  });
});
