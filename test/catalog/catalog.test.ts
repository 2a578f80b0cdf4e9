import assert from "node:assert/strict";
import { describe, it } from "mocha";
import data from "../../data/configs/types.json" with { type: "json" };
import {
  type Directive,
  directive,
  directivesIn,
  grammarIn,
  isIgnored,
  sectionsWith,
  typeIn,
} from "../../server/src/catalog/catalog.ts";
import { isSectionName, SECTIONS, type SectionName } from "../../server/src/catalog/sections.ts";
import { DAEMON_GRAMMARS } from "../../server/src/dialects/daemons/daemonTypes.ts";
import { IMAGE_GRAMMARS } from "../../server/src/dialects/images/imageTypes.ts";
import { NETDEV_GRAMMARS } from "../../server/src/dialects/network/netdevTypes.ts";
import { NETWORK_GRAMMARS } from "../../server/src/dialects/network/networkTypes.ts";
import { NSPAWN_GRAMMARS } from "../../server/src/dialects/nspawn/nspawnTypes.ts";
import { CONFIG_KINDS } from "../../server/src/facts/configKinds.ts";
import { QUADLET_SECTIONS, quadletKeysIn } from "../../server/src/facts/quadlets/keys.ts";
import { NEWEST_VERSION, OLDEST_VERSION } from "../../server/src/facts/version.ts";
import { configFamilyOf } from "../../server/src/families/configFamilies.ts";
import { GENERAL_GRAMMARS } from "../../server/src/values/configs/general.ts";
import { QUADLETS } from "../../server/src/values/grammars/quadletGrammars.ts";
import { UNIT_TYPES } from "../../server/src/values/unitTypes.ts";
import type { ValueTypeName } from "../../server/src/values/valueTypes.ts";

const ALL: readonly Directive[] = Object.keys(SECTIONS)
  .filter(isSectionName)
  .flatMap((section) => directivesIn(section, NEWEST_VERSION));

/** The settings of all kinds of configuration files, by section. */
const CONFIGS: readonly (readonly Directive[])[] = CONFIG_KINDS.flatMap((kind) =>
  Object.entries(configFamilyOf(kind).description.table.sections).map(([section, rows]) =>
    Object.keys(rows).flatMap((name) => configFamilyOf(kind).content.directive(section, name) ?? []),
  ),
);

const DESCRIBED: readonly Directive[] = [...ALL, ...CONFIGS.flat()];

/** `[Section] Name`, to read a failure by. */
const named = ({ section, name }: Directive): string => `[${section}] ${name}=`;

const found = (section: SectionName, name: string): Directive => {
  const known = directive(section, name);
  assert.ok(known, `[${section}] ${name}=`);
  return known;
};

describe("catalog: summaries", () => {
  it("are one line that starts with a capital letter and ends in a full stop", () => {
    assert.deepEqual(DESCRIBED.filter((it) => !/^[A-Z][^\n]*[^.]\.$/.test(it.summary)).map(named), []);
  });

  it("are short enough to read at a glance", () => {
    assert.deepEqual(DESCRIBED.filter((it) => it.summary.length > 125).map(named), []);
  });

  it("tell the directives of a section apart", () => {
    const units = Object.keys(SECTIONS)
      .filter(isSectionName)
      .map((section) => directivesIn(section, NEWEST_VERSION));
    for (const directives of [...units, ...CONFIGS]) {
      const first = new Map(directives.toReversed().map((it) => [it.summary, it]));
      assert.deepEqual(directives.filter((it) => first.get(it.summary) !== it).map(named), []);
    }
  });

  it("say of an assertion what they say of its condition", () => {
    const assertions = ALL.filter((it) => it.name.startsWith("Assert"));
    const conditions = assertions.map((it) => found("Unit", it.name.replace("Assert", "Condition")));
    assert.equal(assertions.length, 37);
    assert.deepEqual(
      assertions.map((it) => it.summary.replace("Fails the start with an error ", "")),
      conditions.map((it) => it.summary.replace("Skips the unit quietly ", "")),
    );
    assert.equal(directive("Unit", "AssertFirmware"), undefined);
    assert.equal(
      found("Unit", "AssertPathIsDirectory").summary,
      "Fails the start with an error unless the given path is a directory.",
    );
  });

  it("come with defaults that are phrases", () => {
    assert.deepEqual(ALL.filter((it) => it.default !== undefined && !/\S/.test(it.default)).map(named), []);
    assert.deepEqual(ALL.filter((it) => it.default?.endsWith(".")).map(named), []);
  });
});

describe("catalog: relations", () => {
  it("name successors that exist, are documented and still work", () => {
    for (const it of ALL) {
      const { successor } = it;
      if (!successor) continue;
      const next = found(successor.section, successor.name);
      assert.equal(next.undocumented, undefined, named(it));
      assert.equal(isIgnored(next, NEWEST_VERSION), false, named(it));
    }
  });

  it("name aliases that exist in the same section", () => {
    for (const it of ALL) if (it.alias !== undefined) assert.ok(directive(it.section, it.alias), named(it));
  });

  it("give every directive a manual page, or say that it is in none", () => {
    for (const it of DESCRIBED) assert.equal(it.page === undefined, it.undocumented === true, named(it));
  });

  it("give every directive a value type, in each version", () => {
    for (const it of DESCRIBED)
      for (const version of [OLDEST_VERSION, NEWEST_VERSION]) assert.ok(grammarIn(it, version), named(it));
  });

  it("leave no value type without a directive", () => {
    const used = new Set(ALL.flatMap((it) => [OLDEST_VERSION, NEWEST_VERSION].map((version) => typeIn(it, version))));
    const types = Object.keys(UNIT_TYPES) as ValueTypeName[];
    assert.deepEqual(
      types.filter((it) => !used.has(it)),
      [],
    );
  });

  it("leave no value type of configuration files and quadlets without a setting", () => {
    const rows = CONFIG_KINDS.flatMap((kind) =>
      Object.values(configFamilyOf(kind).description.table.sections).flatMap(Object.values),
    );
    const named = rows.flatMap(({ type }) => (typeof type === "string" ? [type] : Object.values<string>(type)));
    const all: Readonly<Record<string, object>> = {
      ...data.types,
      ...GENERAL_GRAMMARS(),
      ...NETWORK_GRAMMARS(),
      ...NETDEV_GRAMMARS(),
      ...DAEMON_GRAMMARS(),
      ...NSPAWN_GRAMMARS(),
      ...IMAGE_GRAMMARS(),
    };
    const routines = named.flatMap((it) => [it, it.replace(/:.*/, "")]);
    const same = routines.flatMap((it) =>
      Object.entries(all[it] ?? {}).flatMap(([key, to]) => (key === "as" ? to : [])),
    );
    const used = new Set([...routines, ...same]);
    const keys = new Set<string>(QUADLET_SECTIONS.flatMap((it) => quadletKeysIn(it)).map((it) => it.type));
    assert.deepEqual(
      [...Object.keys(all).filter((it) => !used.has(it)), ...Object.keys(QUADLETS).filter((it) => !keys.has(it))],
      [],
    );
  });

  it("lead from an old name to the new one of its own section", () => {
    assert.deepEqual(found("Service", "StartLimitInterval").successor, {
      section: "Unit",
      name: "StartLimitIntervalSec",
    });
    for (const section of ["Service", "Socket", "Mount", "Slice", "Scope"] as const)
      assert.deepEqual(found(section, "MemoryLimit").successor, { section, name: "MemoryMax" });
    assert.deepEqual(found("Swap", "ReadOnlyDirectories").successor, { section: "Swap", name: "ReadOnlyPaths" });
    assert.deepEqual(found("Unit", "BindTo").successor, { section: "Unit", name: "BindsTo" });
  });
});

describe("catalog: look-up", () => {
  it("knows a name only in its sections and its letter case", () => {
    assert.equal(found("Service", "ProtectHome").page, "systemd.exec");
    for (const [section, name] of [
      ["Unit", "ProtectHome"],
      ["Service", "protecthome"],
      ["Service", "ProtectHoem"],
      ["Nowhere", "ProtectHome"],
      ["Service", "constructor"],
      ["__proto__", "ProtectHome"],
      ["Service", ""],
    ] as const)
      assert.equal(directive(section, name), undefined, `[${section}] ${name}`);
  });

  it("describes the same name of another section by its own row", () => {
    assert.match(found("Mount", "Type").summary, /file system/);
    assert.equal(found("Service", "Type").page, "systemd.service");
    assert.notEqual(found("Service", "Type").summary, found("Mount", "Type").summary);
  });

  it("finds all sections of a name, in the order of the catalog", () => {
    assert.deepEqual(sectionsWith("ProtectHome"), ["Service", "Socket", "Mount", "Swap"]);
    assert.deepEqual(sectionsWith("MemoryMax"), ["Service", "Socket", "Mount", "Swap", "Slice", "Scope"]);
    assert.deepEqual(sectionsWith("OnCalendar"), ["Timer"]);
    assert.deepEqual(sectionsWith("Type"), ["Service", "Mount"]);
    assert.deepEqual(sectionsWith("Nothing"), []);
  });

  it("has nothing for targets and devices", () => {
    for (const section of ["Target", "Device"] as const)
      assert.deepEqual(directivesIn(section, NEWEST_VERSION), [], section);
  });

  it("leaves out what a version does not read yet", () => {
    const names = (version: number): string[] => directivesIn("Service", version).map((it) => it.name);
    assert.ok(names(261).includes("CPUPressureWatch"));
    assert.ok(!names(260).includes("CPUPressureWatch"));
    assert.ok(names(257).includes("MemoryPressureWatch"));
  });
});

describe("catalog: versions", () => {
  it("are none after the newest that is covered", () => {
    const sections = Object.keys(SECTIONS).filter(isSectionName);
    const all = sections.flatMap((section) => directivesIn(section, Number.POSITIVE_INFINITY));
    assert.deepEqual(all.filter((it) => Math.max(it.since ?? 0, it.until ?? 0) > NEWEST_VERSION).map(named), []);
  });

  it("ignore a removed directive from its version on, and the oldest ones always", () => {
    const memoryLimit = found("Service", "MemoryLimit");
    assert.deepEqual(
      [257, 258, 262].map((version) => isIgnored(memoryLimit, version)),
      [false, true, true],
    );
    const capabilities = found("Service", "Capabilities");
    assert.deepEqual(
      [257, 262].map((version) => isIgnored(capabilities, version)),
      [true, true],
    );
    assert.equal(isIgnored(found("Service", "ProtectHome"), 262), false);
  });

  it("know the value type of each version, where it was widened", () => {
    const hostname = found("Service", "ProtectHostname");
    assert.deepEqual(
      [257, 258, 262].map((version) => typeIn(hostname, version)),
      ["bool", "protectHostname", "protectHostname"],
    );
    const widened = ALL.flatMap((it) => (typeof it.type === "string" ? [] : [{ it, types: it.type }]));
    assert.ok(widened.length > 0);
    for (const { it, types } of widened) {
      const [, ...versions] = Object.keys(types).map(Number);
      for (const version of versions) {
        assert.ok(version > OLDEST_VERSION && version <= NEWEST_VERSION, named(it));
        assert.notEqual(typeIn(it, version), typeIn(it, version - 0.01), named(it));
      }
    }
  });
});
