import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { RHEL_9 } from "../../server/src/facts/targets.ts";
import { NEWEST_VERSION, OLDEST_VERSION } from "../../server/src/facts/version.ts";
import { parseBoolean } from "../../server/src/values/boolean.ts";
import { accepts, formOf, isDeprecated, memberOf, membersIn } from "../../server/src/values/enumeration.ts";
import { ENUMERATIONS } from "../../server/src/values/enumerations.ts";
import { GRAMMARS } from "../../server/src/values/grammars.ts";
import { UNIT_TYPES } from "../../server/src/values/unitTypes.ts";
import type { Enumeration } from "../../server/src/values/valueType.ts";
import { valueType } from "../../server/src/values/valueTypes.ts";

const ALL: readonly (readonly [name: string, type: Enumeration])[] = Object.entries(ENUMERATIONS);
const E = ENUMERATIONS;

/** The member that each value stands for, or whether it is taken without one. */
function taken(type: Enumeration, values: readonly string[], version = NEWEST_VERSION): (string | boolean)[] {
  return values.map((value) => memberOf(type, value, version)?.value ?? accepts(type, value, version));
}

/** Whether a version takes a word, but warns of it. */
function deprecated(type: Enumeration, value: string, version: number): boolean {
  const member = memberOf(type, value, version);
  return member !== undefined && isDeprecated(member, version);
}

describe("values: booleans", () => {
  it("takes six spellings of each, in any letter case", () => {
    for (const word of ["1", "yes", "y", "true", "t", "on", "YES", "True", "oN"]) {
      assert.equal(parseBoolean(word), true, word);
      assert.equal(memberOf(E.bool, word, NEWEST_VERSION)?.value, "yes", word);
    }
    for (const word of ["0", "no", "n", "false", "f", "off", "NO", "fALSE"]) {
      assert.equal(parseBoolean(word), false, word);
      assert.equal(memberOf(E.bool, word, NEWEST_VERSION)?.value, "no", word);
    }
  });

  it("takes no other word, number or blank", () => {
    for (const word of ["", "enable", "disabled", "2", "01", "+1", "ye", "yes ", "ja", "ﬀ"]) {
      assert.equal(parseBoolean(word), undefined, word);
      assert.equal(accepts(E.bool, word, NEWEST_VERSION), false, word);
    }
  });

  it("unsets a tristate, but no boolean, by an empty value", () => {
    assert.equal(accepts(E.tristate, "", NEWEST_VERSION), true);
    assert.equal(accepts(E.bool, "", NEWEST_VERSION), false);
    assert.equal(memberOf(E.tristate, "", NEWEST_VERSION), undefined);
  });

  it("stands for the members that the enumeration names", () => {
    assert.deepEqual(taken(E.socketBind, ["on", "Off", "default"]), ["ipv6-only", "both", "default"]);
    assert.deepEqual(taken(E.socketTimestamping, ["true", "OFF", "0"]), ["ns", "off", "off"]);
    assert.deepEqual(taken(E.serviceRestart, ["no", "NO", "false", "yes"]), ["no", false, false, false]);
  });

  it("refuses the unit where the C code does", () => {
    assert.deepEqual(
      ALL.filter(([, type]) => type.invalid === "refused").map(([name]) => name),
      ["boolFatal"],
    );
  });
});

describe("values: words", () => {
  it("minds the letter case, except of protocols", () => {
    assert.deepEqual(taken(E.protectHome, ["tmpfs", "Tmpfs", "TMPFS"]), ["tmpfs", false, false]);
    assert.deepEqual(taken(E.socketProtocol, ["sctp", "SCTP", "Mptcp", "tcp"]), ["sctp", "sctp", "mptcp", false]);
  });

  it("takes synonyms for their member", () => {
    assert.deepEqual(taken(E.privateTmp, ["connected", "disconnected", "Connected"]), ["yes", "disconnected", false]);
    assert.deepEqual(taken(E.privateUsers, ["self", "identity"]), ["yes", "identity"]);
    assert.deepEqual(taken(E.socketTimestamping, ["usec", "µs", "μs", "nsec", "ms"]), ["us", "us", "us", "ns", false]);
  });

  it("knows what a version brought", () => {
    const news: readonly (readonly [Enumeration, string, number])[] = [
      [E.privateUsers, "full", 258],
      [E.privateUsers, "managed", 260],
      [E.jobMode, "lenient", 258],
      [E.protectHostname, "private", 258],
      [E.protectHostname, "yes:box", 258],
      [E.execCpuSchedPolicy, "ext", 260],
      [E.execPreserveMode, "on-success", 261],
      [E.numaPolicy, "preferred-many", 262],
      [E.numaPolicy, "weighted-interleave", 262],
    ];
    for (const [type, value, since] of news) {
      assert.equal(accepts(type, value, since - 1), false, value);
      assert.equal(accepts(type, value, since), true, value);
    }
    assert.equal(accepts(E.privateTmp, "disconnected", OLDEST_VERSION), true);
    assert.deepEqual(
      membersIn(E.privateUsers, 258).map((it) => it.value),
      ["yes", "identity", "full", "no"],
    );
  });

  it("takes a deprecated word, and says so", () => {
    assert.deepEqual(
      [245, 246, 262].map((it) => deprecated(E.killMode, "none", it)),
      [false, true, true],
    );
    assert.equal(deprecated(E.killMode, "none", RHEL_9.nine), false);
    assert.deepEqual(
      [245, 246].map((it) => deprecated(E.execOutput, "syslog", it)),
      [false, true],
    );
    assert.doesNotMatch(formOf(E.killMode, NEWEST_VERSION), /none/);
  });

  it("never takes the names that every object has", () => {
    for (const [name, type] of ALL)
      for (const word of ["constructor", "toString", "__proto__"])
        assert.equal(accepts(type, word, NEWEST_VERSION), false, `${name}: ${word}`);
  });
});

describe("values: numbers", () => {
  it("takes them in the bases of C, with a plus sign", () => {
    const threes = ["3", "+3", "0x3", "0X3", "0o3", "0b11", "03", "003"];
    assert.deepEqual(
      taken(E.logLevel, threes),
      threes.map(() => "err"),
    );
    assert.deepEqual(taken(E.logLevel, ["0", "-0", "00", "0x0"]), ["emerg", "emerg", "emerg", "emerg"]);
    assert.deepEqual(
      taken(E.logFacility, ["-1", "08", "0x", "0o8", "0b2", "1_0", "1.0", "1e1", "++1", "١"]),
      Array(10).fill(false),
    );
    assert.deepEqual(taken(E.logFacility, ["010", "20"]), ["uucp", "local4"]);
  });

  it("keeps to their range, whether they have a name or not", () => {
    assert.deepEqual(taken(E.logLevel, ["7", "8"]), ["debug", false]);
    assert.deepEqual(taken(E.logFacility, ["23", "24", "127", "128"]), ["local7", true, true, false]);
    assert.deepEqual(taken(E.ipTos, ["16", "0x10", "255", "256", ""]), ["low-delay", "low-delay", true, false, true]);
    assert.deepEqual(taken(E.execIoClass, ["2", "7", "8"]), ["best-effort", true, false]);
    assert.deepEqual(taken(E.socketProtocol, ["132", "0x106", "6", "133"]), ["sctp", "mptcp", false, false]);
    assert.deepEqual(taken(E.numaPolicy, ["0", "1"]), [false, false]);
  });

  it("asks the kernel's policies in newer versions only", () => {
    assert.deepEqual(taken(E.execCpuSchedPolicy, ["5", "7", "4", "42"], 262), ["idle", "ext", false, false]);
    assert.deepEqual(taken(E.execCpuSchedPolicy, ["5", "7", "4", "2147483648"], 257), ["idle", true, true, false]);
  });
});

describe("values: suffixes", () => {
  it("takes a host name after a true value of ProtectHostname=", () => {
    const good = [
      "yes:box",
      "TRUE:box.example.com",
      "1:a--b",
      "private:1",
      "private:%H",
      "yes:x-%i.example",
      `yes:${"a".repeat(64)}`,
    ];
    for (const value of good) assert.equal(accepts(E.protectHostname, value, 262), true, value);
    const bad = [
      "no:box",
      "off:box",
      "yes:",
      "yes:-a",
      "yes:a-",
      "yes:a.",
      "yes:.a",
      "yes:a..b",
      "yes:a_b",
      "yes: a",
      "yes:a:b",
    ];
    for (const value of [...bad, "yes:100%", "yes:%%", "yes:é", `yes:${"a".repeat(65)}`, "foo:a", ":a"])
      assert.equal(accepts(E.protectHostname, value, 262), false, value);
    assert.equal(memberOf(E.protectHostname, "on:box", 262)?.value, "yes");
    assert.equal(accepts(E.protectHome, "yes:box", 262), false);
  });

  it("takes an absolute, normalized path after `file:` and its like", () => {
    for (const value of [
      "file:/x",
      "append:/a b",
      "truncate:%t/x",
      "file:/a/./b//",
      "file:/..a",
      "file:/../x",
      "file:/..",
      "file:/x:y",
    ])
      assert.equal(accepts(E.execOutput, value, 262), true, value);
    for (const value of [
      "file:",
      "file:x",
      "file:..",
      "file:/a/..",
      "file:%t/../x",
      "file:%",
      "file:%%/x",
      "null:",
      "tty:x",
    ])
      assert.equal(accepts(E.execOutput, value, 262), false, value);
    assert.equal(accepts(E.execOutput, `file:/${"é/".repeat(1364)}b`, 262), true);
    assert.equal(accepts(E.execOutput, `file:/${"é/".repeat(1365)}`, 262), false);
    assert.equal(accepts(E.execInput, "append:/x", 262), false);
  });

  it("takes a descriptor name after `fd:`", () => {
    assert.deepEqual(taken(E.execInput, ["fd", "fd:", "fd:a b", "fd:%n"]), ["fd", "fd", "fd", "fd"]);
    assert.deepEqual(taken(E.execInput, ["fd:a:b", "fd:é", `fd:${"x".repeat(256)}`]), [false, false, false]);
  });
});

describe("values: empty", () => {
  it("undoes a setting only where the parser says so", () => {
    const unset = ALL.filter(([, type]) => accepts(type, "", NEWEST_VERSION)).map(([name]) => name);
    assert.deepEqual(unset.sort(), [
      "cpusetPartition",
      "execCpuSchedPolicy",
      "execIoClass",
      "execMountPropagationFlag",
      "ipTos",
      "killMode",
      "managedOomMode",
      "numaPolicy",
      "personality",
      "protectHostname",
      "tristate",
    ]);
  });
});

describe("values: forms", () => {
  it("names what a reader may write", () => {
    assert.equal(formOf(E.protectHome, 262), "`yes`, `read-only`, `tmpfs` or `no`");
    assert.equal(formOf(E.bool, 262), "`yes` or `no`");
    assert.equal(formOf(E.privateUsers, 257), "`yes`, `identity` or `no`");
    assert.equal(
      formOf(E.ipTos, 262),
      "`low-delay`, `throughput`, `reliability`, `low-cost` or a number from 0 to 255",
    );
    assert.equal(
      formOf(E.protectHostname, 262),
      "`yes` (or `yes:` with a host name), `private` (or `private:` with a host name) or `no`",
    );
    assert.equal(formOf(E.protectHostname, 257), "`yes` or `no`");
    assert.match(formOf(E.execInput, 262), /`file:` with an absolute path/);
  });
});

describe("values: tables", () => {
  it("has one table of all types", () => {
    assert.equal(valueType("killMode"), ENUMERATIONS.killMode);
    for (const [name, { routine }] of Object.entries(UNIT_TYPES))
      assert.match(routine, /^config_parse_[a-z0-9_]+$/, name);
  });

  it("writes summaries as different sentences in the third person", () => {
    for (const [name, { members }] of ALL) {
      const summaries = members.map((it) => it.summary);
      assert.equal(new Set(summaries).size, summaries.length, name);
      for (const summary of summaries) assert.match(summary, /^(?:Is|Leaves?|[A-Z][a-z]+s) \S.*[^.]\.$/, name);
    }
  });

  it("writes forms as phrases", () => {
    for (const [name, { form }] of Object.entries(GRAMMARS)) assert.match(form, /^(?![A-Z][a-z]).*[^.]$/, name);
  });

  it("offers only what the parser takes for that very member", () => {
    for (const [name, type] of ALL) {
      for (const version of [OLDEST_VERSION, NEWEST_VERSION]) {
        const words = membersIn(type, version).flatMap((it) => [it.value, ...(it.synonyms ?? [])]);
        assert.equal(new Set(words).size, words.length, name);
        for (const member of membersIn(type, version)) {
          for (const word of [member.value, ...(member.synonyms ?? [])])
            assert.equal(memberOf(type, word, version), member, `${name}: ${word}`);
          if (member.number === undefined) continue;
          assert.equal(memberOf(type, String(member.number), version), member, `${name}: ${member.number}`);
        }
      }
    }
  });

  it("lets booleans stand for members that there are", () => {
    for (const [name, type] of ALL) {
      if (type.boolean === undefined) continue;
      assert.equal(memberOf(type, "on", OLDEST_VERSION)?.value, type.boolean.yes, name);
      assert.equal(memberOf(type, "off", OLDEST_VERSION)?.value, type.boolean.no, name);
    }
  });

  it("names nothing as new or old that is so in every version covered", () => {
    for (const [name, type] of ALL)
      for (const fact of [...type.members, ...(type.numbers ?? [])])
        for (const version of [fact.since, fact.until])
          assert.ok(version === undefined || (version > OLDEST_VERSION && version <= NEWEST_VERSION), name);
  });
});
