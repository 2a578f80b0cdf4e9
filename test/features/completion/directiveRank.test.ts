import assert from "node:assert/strict";
import { describe, it } from "mocha";
import commonValues from "../../../data/common-values.json" with { type: "json" };
import ownUnits from "../../../data/own-units-by-directive.json" with { type: "json" };
import packages from "../../../data/packages-by-directive.json" with { type: "json" };
import { type DirectiveName, directive, directivesIn, sectionsWith } from "../../../server/src/catalog/catalog.ts";
import { SECTIONS, type SectionName } from "../../../server/src/catalog/sections.ts";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { LAST_RANK, rankOf } from "../../../server/src/features/completion/directiveRank.ts";

const COUNTED: readonly (readonly [section: string, names: Readonly<Record<string, number>>])[] = [
  ...Object.entries(packages),
  ...Object.entries(ownUnits),
];

const SECTION_NAMES = Object.keys(SECTIONS) as SectionName[];

describe("catalog: what was counted", () => {
  it("is about directives that the catalog knows", () => {
    for (const [section, names] of COUNTED)
      for (const name of Object.keys(names)) assert.ok(directive(section, name), `[${section}] ${name}=`);
    const named = [...Object.keys(commonValues.system), ...Object.keys(commonValues.user)];
    assert.deepEqual(
      named.filter((it) => sectionsWith(it).length === 0),
      [],
    );
  });

  it("stands in the order of the units that set it, then of the alphabet", () => {
    for (const [, names] of COUNTED) {
      const rows = Object.entries(names);
      assert.deepEqual(
        rows,
        rows.toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)),
      );
    }
  });
});

describe("catalog: rank", () => {
  it("tells the common directives of a section apart", () => {
    for (const section of SECTION_NAMES) {
      const ranks = directivesIn(section, NEWEST_VERSION).map((it) => rankOf(section, it.name));
      const common = ranks.filter((it) => it !== LAST_RANK);
      assert.equal(new Set(common).size, common.length, section);
      assert.ok(ranks.every((it) => Number.isInteger(it) && it >= 0 && it <= LAST_RANK));
    }
  });

  it("begins at 0 in every section that units have settings in", () => {
    for (const section of SECTION_NAMES) {
      const directives = directivesIn(section, NEWEST_VERSION);
      if (directives.length > 0)
        assert.ok(
          directives.some((it) => rankOf(section, it.name) === 0),
          section,
        );
    }
  });

  it("of what several sections share is that of services where a section hardly uses it", () => {
    assert.ok(rankOf("Socket", "ListenStream") < rankOf("Socket", "User"));
    assert.ok(rankOf("Socket", "User") < rankOf("Socket", "ProtectHome"));
    assert.ok(rankOf("Socket", "ProtectHome") < LAST_RANK);
    assert.equal(rankOf("Unit", "SurviveFinalKillSignal"), LAST_RANK);
  });
});

describe("completion: order of directives", () => {
  const comesBefore = (section: SectionName, first: DirectiveName, second: DirectiveName): void =>
    assert.ok(rankOf(section, first) < rankOf(section, second), `${first} before ${second}`);

  it("has a name before those that begin with it", () => {
    for (const section of ["Unit", "Service", "Socket", "Timer"] as const) {
      const names = directivesIn(section, NEWEST_VERSION)
        .map((it) => it.name)
        .filter((it) => rankOf(section, it) < 200);
      for (const name of names)
        for (const longer of names) if (longer !== name && longer.startsWith(name)) comesBefore(section, name, longer);
    }
    comesBefore("Service", "Environment", "EnvironmentFile");
  });

  it("does not let packages that are hardened in bulk decide what hands type", () => {
    comesBefore("Service", "MemoryMax", "MemoryDenyWriteExecute");
    comesBefore("Service", "WorkingDirectory", "PrivateTmp");
  });
});
