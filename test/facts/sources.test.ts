import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import type { DirectiveFacts } from "../../build/extracts/unitDirectives.ts";
import type { VersionFacts } from "../../build/extracts/versionFacts.ts";
import { directivesIn, isIgnored } from "../../server/src/catalog/catalog.ts";
import { isSectionName, SECTIONS } from "../../server/src/catalog/sections.ts";
import { EXIT_STATUSES } from "../../server/src/facts/exitStatuses.ts";
import { partitionsIn } from "../../server/src/facts/images.ts";
import { isKnownSpecifier, SPECIFIERS } from "../../server/src/facts/specifiers.ts";
import { systemCalls } from "../../server/src/facts/systemCalls.ts";
import { targetNamed } from "../../server/src/facts/targets.ts";
import { holdsIn, type SystemdVersion, thoseIn } from "../../server/src/facts/version.ts";
import { CHECKS } from "../../server/src/security/checks.ts";
import { accepts } from "../../server/src/values/enumeration.ts";
import { ENUMERATIONS } from "../../server/src/values/enumerations.ts";

/** What the sources of 239 to 262 say; `npm run extracts` writes it. */
const FACTS: VersionFacts = JSON.parse(readFileSync("data/facts/versions.json", "utf8"));

const ROWS: readonly DirectiveFacts[] = JSON.parse(readFileSync("data/facts/unit-directives.json", "utf8"));

/** The releases whose sources were read. */
const RELEASES = Object.keys(FACTS.rows).map(Number);

/** All directives that a version reads, as `Section.Name`. */
const read = (version: SystemdVersion): string[] =>
  Object.keys(SECTIONS)
    .filter(isSectionName)
    .flatMap((section) => directivesIn(section, version).map(({ name }) => `${section}.${name}`))
    .sort();

/** What the first list has and the second one has not. */
const without = (all: readonly string[], other: readonly string[]): string[] => all.filter((it) => !other.includes(it));

/** [Install] is no part of the parser tables. */
const isParsed = (key: string): boolean => !key.startsWith("Install.");

/** What the fixes of 252 brought before their time. */
const FIXES: Readonly<Record<number, readonly string[]>> = { 252: ["Scope.OOMPolicy"] };

/** The keys of a table of names with their sections. */
const keysOf = (table: Readonly<Record<string, readonly string[]>>): string[] =>
  Object.entries(table).flatMap(([name, sections]) => sections.map((section) => `${section}.${name}`));

describe("facts: releases", () => {
  for (const version of RELEASES)
    it(`read exactly the directives of ${version}`, () => {
      const expected = ROWS.filter(
        ({ since = 0, gone }) => since <= version && (gone === undefined || version < gone),
      ).flatMap(({ name, sections }) => sections.split(" ").map((section) => `${section}.${name}`));
      assert.deepEqual(read(version), [...expected, ...(FIXES[version] ?? [])].sort());
    });

  it("read as many as their parser tables have rows", () => {
    const counts = RELEASES.map((it) => [it, read(it).filter(isParsed).length - (FIXES[it]?.length ?? 0)]);
    assert.deepEqual(Object.fromEntries(counts), withoutInstall(FACTS.rows));
  });

  it("ignore a directive from the version on that its tables say", () => {
    for (const { name, sections, ignoredSince } of ROWS) {
      if (ignoredSince === undefined) continue;
      for (const row of directivesIn("Service", 262).filter((it) => it.name === name && sections.includes("Service")))
        assert.deepEqual(
          [ignoredSince - 1, ignoredSince].map((it) => isIgnored(row, it)),
          [ignoredSince === 0, true],
          name,
        );
    }
  });

  it("have as many checks with the same weights", () => {
    for (const version of RELEASES.filter((it) => it > 239)) {
      const checks = thoseIn(CHECKS, version);
      const fixes = version === 252 || version === 254 ? { count: 1, weight: 25 } : { count: 0, weight: 0 };
      assert.equal(checks.length - fixes.count, FACTS.checks[version], String(version));
      const sum = checks.reduce((total, { weight }) => total + weight, 0);
      assert.equal(sum - fixes.weight, FACTS.weights[version], String(version));
    }
  });

  it("know the same specifiers", () => {
    for (const version of RELEASES) {
      const letters = [...SPECIFIERS.keys()].filter((it) => it !== "%" && isKnownSpecifier(it, "full", version));
      assert.deepEqual(letters.sort(), [...wordsAt(FACTS.specifiers, version)].sort(), String(version));
    }
  });

  it("know the same names of exit statuses, since there are any", () => {
    for (const version of RELEASES.filter((it) => it >= 243)) {
      const names = thoseIn(EXIT_STATUSES, version).map(({ name }) => name);
      assert.deepEqual(names.sort(), [...wordsAt(FACTS.exitStatuses, version)].sort(), String(version));
    }
  });

  it("have the same groups of system calls", () => {
    for (const version of RELEASES)
      for (const [group, steps] of Object.entries(FACTS.callGroups)) {
        if (group === "@known") continue;
        const ours = systemCalls(version).groups.get(group) ?? [];
        const theirs = [...wordsAt(steps, version)];
        const fixed = CALL_FIXES[version] ?? [];
        const differ = [...without(ours, theirs), ...without(theirs, ours)].filter((it) => !fixed.includes(it));
        assert.deepEqual(differ, [], `${group} of ${version}`);
      }
  });

  for (const [table, { type, apart = [] }] of Object.entries(WORDS()))
    it(`take the same words of ${table}`, () => {
      const steps = FACTS.words[table] ?? [];
      const all = new Set(
        steps.flatMap(({ values = [], added = [], removed = [] }) => [...values, ...added, ...removed]),
      );
      const first = steps[0]?.version ?? 0;
      for (const version of RELEASES.filter((it) => it >= first))
        for (const word of without([...all], apart))
          assert.equal(accepts(type, word, version), wordsAt(steps, version).has(word), `${word} in ${version}`);
    });

  it("know the same partitions", () => {
    const steps = FACTS.words.partition_designator ?? [];
    for (const version of RELEASES)
      assert.deepEqual(
        partitionsIn(version)
          .map(({ text }) => text)
          .sort(),
        [...wordsAt(steps, version)].sort(),
      );
  });
});

/** What the fixes that distributions ship brought into groups, or took out of them, before a later release did. */
const CALL_FIXES: Readonly<Record<number, readonly string[]>> = {
  249: ["arch_prctl", "getrandom", "mprotect", "sched_getaffinity"],
  250: ["riscv_flush_icache"],
  252: [
    "futex_waitv",
    "riscv_hwprobe",
    "uretprobe",
    "fchmodat2",
    "quotactl_fd",
    "set_mempolicy_home_node",
    "arm_fadvise64_64",
  ],
  254: ["@sandbox", "uretprobe", "fchmodat2"],
  257: ["lsm_get_self_attr", "lsm_list_modules", "file_getattr", "file_setattr"],
};

/** Which value type takes the words of a table, and which words are read in another way than as a member. */
function WORDS() {
  return {
    emergency_action: { type: ENUMERATIONS.emergencyAction },
    /** The parser still takes the two that named syslog, as the journal. */
    exec_output: {
      type: ENUMERATIONS.execOutput,
      apart: ["syslog", "syslog+console", "file", "append", "truncate", "fd"],
    },
    /** 262 is the first one after 260 that was read. */
    exec_preserve_mode: { type: ENUMERATIONS.execPreserveMode },
    job_mode: { type: ENUMERATIONS.jobMode },
    kill_mode: { type: ENUMERATIONS.killMode },
    mpol: { type: ENUMERATIONS.numaPolicy },
    notify_access: { type: ENUMERATIONS.notifyAccess },
    private_users: { type: ENUMERATIONS.privateUsers },
    service_restart_mode: { type: ENUMERATIONS.serviceRestartMode },
    service_type: { type: ENUMERATIONS.serviceType },
  } as Readonly<
    Record<
      string,
      { readonly type: (typeof ENUMERATIONS)[keyof typeof ENUMERATIONS]; readonly apart?: readonly string[] }
    >
  >;
}

/** What a table has in a release. */
function wordsAt(steps: VersionFacts["specifiers"], version: number): ReadonlySet<string> {
  const words = new Set<string>();
  for (const step of steps.filter((it) => it.version <= version)) {
    if (step.absent) words.clear();
    for (const it of [...(step.values ?? []), ...(step.added ?? [])]) words.add(it);
    for (const it of step.removed ?? []) words.delete(it);
  }
  return words;
}

function withoutInstall(rows: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(rows).map(([version, count]) => [version, count - installRows(Number(version))]),
  );
}

const installRows = (version: number): number =>
  ROWS.filter(({ sections, since = 0 }) => sections === "Install" && since <= version).length;

/** What our names of the targets are. */
const NAMES: Readonly<Record<string, string>> = {
  "RHEL 8.10": "rhel-8",
  "Ubuntu 20.04": "ubuntu-20.04",
  "Debian 11": "debian-11",
  "Ubuntu 22.04": "ubuntu-22.04",
  "RHEL 9.9": "rhel-9",
  "Debian 12": "debian-12",
  "Debian 12 backports": "254",
  "Ubuntu 24.04": "ubuntu-24.04",
  "upstream v256": "256",
  "Debian 13": "debian-13",
};

describe("facts: targets", () => {
  for (const it of FACTS.targets) {
    const version = targetNamed(NAMES[it.target] ?? "")?.version ?? 0;
    describe(it.target, () => {
      specify("reads the same directives", () => {
        assert.deepEqual(without(read(257), read(version)), keysOf(it.keys_missing).sort());
        assert.deepEqual(without(read(version), read(257)), keysOf(it.keys_extra).sort());
      });

      specify("has the same checks", () => {
        const checks = thoseIn(CHECKS, version);
        assert.equal(checks.length, it.checks);
        assert.equal(
          checks.reduce((sum, { weight }) => sum + weight, 0),
          it.sum_of_weights,
        );
        const missing = CHECKS.filter((check) => !holdsIn(check, version)).map(({ name }) => name);
        assert.deepEqual(missing.sort(), without(it.checks_missing, it.checks_extra.map(renamed)).sort());
      });

      specify("has the same groups of system calls", () => {
        for (const group of Object.keys(FACTS.callGroups).filter((name) => name !== "@known")) {
          const [theirs, ours] = [257, version].map((at) => systemCalls(at).groups.get(group) ?? []) as [
            string[],
            string[],
          ];
          const { missing = [], extra = [] } = it.syscall_sets[group] ?? {};
          // Those of 257 are compared as its first release has them.
          assert.deepEqual(without(without(theirs, CALL_FIXES[257] ?? []), ours).sort(), [...missing].sort(), group);
          assert.deepEqual(without(ours, without(theirs, CALL_FIXES[257] ?? [])).sort(), [...extra].sort(), group);
        }
      });

      for (const [table, { missing, extra }] of Object.entries(it.enums_differ)) {
        const type = WORDS()[table]?.type;
        // A table that is missing as a whole was a boolean, or has no directive yet.
        if (type && !["private_users", "service_restart_mode"].includes(table))
          specify(`takes the same words of ${table}`, () => {
            for (const word of without(missing, DIFFERENT_WORDS))
              assert.ok(!accepts(type, word, version) || isSwitch(word), word);
            for (const word of without(extra, DIFFERENT_WORDS)) assert.ok(accepts(type, word, version), word);
          });
      }
    });
  }

  for (const [name, { keys, added }] of Object.entries(FACTS.rhel))
    it(`reads what the branch of ${name} does`, () => {
      const target = targetNamed(name === "rhel-8.10" ? "rhel-8" : name);
      assert.ok(target);
      const release = read(Math.floor(target.version)).filter(
        (key) => !(FIXES[Math.floor(target.version)] ?? []).includes(key),
      );
      assert.deepEqual(without(read(target.version), release), [...added].sort());
      assert.equal(read(target.version).filter(isParsed).length, keys - installRows(target.version));
    });
});

/** The name that a check has today. */
const NAMESPACES: Readonly<Record<string, string>> = { NEWNS: "mnt" };
const renamed = (name: string): string =>
  name
    .replace("CAP_RAWIO", "CAP_SYS_RAWIO")
    .replace(/CLONE_(NEW(\w+))/, (_, kind: string, rest: string) => NAMESPACES[kind] ?? rest.toLowerCase());

const DIFFERENT_WORDS: readonly string[] = ["syslog", "syslog+console"];

/** Words that stand for yes and no, which booleans take too. */
const isSwitch = (word: string): boolean => word === "yes" || word === "no";
