import assert from "node:assert/strict";
import { describe, it } from "mocha";
import KINDS from "../../data/kinds.json";
import PROGRAMS from "../../data/programs.json";
import { addressFamily } from "../../server/src/facts/addressFamilies.ts";
import { CALL_GROUPS } from "../../server/src/facts/systemCallGroups.ts";
import { SETTING_GROUPS } from "../../server/src/hardening/exclusions.ts";
import { ROWS } from "../../server/src/hardening/profiles.ts";

/** Kinds that a unit shows by other things than names of programs. */
const SHOWN_OTHERWISE = ["systemd", "script", "setup", "early"];

const SETTINGS = new Set<string>([
  ...ROWS.map((it) => it.directive),
  ...Object.keys(SETTING_GROUPS),
  "ProtectHome=tmpfs",
  "ProtectSystem=strict",
]);

interface KindRow {
  readonly noun: string;
  readonly excludes: Readonly<Record<string, string>>;
  readonly needs?: { readonly RestrictAddressFamilies?: string; readonly SystemCallFilter?: string };
}

describe("the table of kinds", () => {
  for (const [kind, { noun, excludes, needs = {} }] of Object.entries(KINDS as Readonly<Record<string, KindRow>>)) {
    it(`${kind} excludes and needs what there is, each setting once`, () => {
      assert.match(noun, /^(?:a|an|the) \S/);
      const settings = Object.values(excludes).flatMap((it) => it.split(" "));
      assert.deepEqual(
        [...new Set(settings)].filter((it) => SETTINGS.has(it)),
        settings,
      );
      for (const it of needs.RestrictAddressFamilies?.split(" ") ?? []) assert.ok(addressFamily(it) !== undefined, it);
      for (const it of needs.SystemCallFilter?.split(" ") ?? []) assert.ok(it in CALL_GROUPS, it);
      assert.deepEqual(
        Object.keys(needs).filter((it) => it !== "RestrictAddressFamilies" && it !== "SystemCallFilter"),
        [],
      );
    });
  }

  it("has programs of each kind", () => {
    const known = new Set(PROGRAMS.flatMap((it) => it.kinds));
    assert.deepEqual(
      Object.keys(KINDS)
        .filter((it) => !known.has(it))
        .sort(),
      SHOWN_OTHERWISE.toSorted(),
    );
  });
});
