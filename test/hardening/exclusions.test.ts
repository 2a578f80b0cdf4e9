import assert from "node:assert/strict";
import { describe, it } from "mocha";
import KINDS from "../../data/kinds.json";
import PROGRAMS from "../../data/programs.json";
import { addressFamily } from "../../server/src/facts/addressFamilies.ts";
import { CAPABILITIES } from "../../server/src/facts/capabilities.ts";
import { CALL_GROUPS } from "../../server/src/facts/systemCallGroups.ts";
import { handsSandboxOn, SETTING_GROUPS } from "../../server/src/hardening/exclusions.ts";
import { ROWS } from "../../server/src/hardening/profiles.ts";
import { NEEDS } from "../../server/src/needs/vocabulary.ts";
import { NAMESPACES } from "../../server/src/security/assign/assignRestrict.ts";

/** Kinds that a unit shows by other things than names of programs. */
const SHOWN_OTHERWISE = ["systemd", "script", "setup", "early"];

const SETTINGS = new Set<string>([
  ...ROWS.map((it) => it.directive),
  ...Object.keys(SETTING_GROUPS),
  ...NEEDS.map((it) => it.name),
  "ProtectHome=tmpfs",
  "ProtectSystem=strict",
  "ProtectSystem=full",
  "CapabilityBoundingSet=",
]);

interface KindRow {
  readonly noun: string;
  readonly excludes: Readonly<Record<string, string>>;
  readonly doubts?: Readonly<Record<string, string>>;
  readonly untried?: Readonly<Record<string, string>>;
  readonly needs?: Readonly<Record<string, string>>;
}

describe("the table of kinds", () => {
  for (const [kind, { noun, excludes, doubts = {}, untried = {}, needs = {} }] of Object.entries(
    KINDS as Readonly<Record<string, KindRow>>,
  )) {
    it(`${kind} excludes and needs what there is, each setting once`, () => {
      assert.match(noun, /^(?:a|an|the) \S/);
      for (const doubt of Object.keys({ ...doubts, ...untried })) assert.match(doubt, /^if [a-z][^.]*$/);
      const settings = [excludes, doubts, untried]
        .flatMap((them) => Object.values(them))
        .flatMap((it) => it.split(" "));
      assert.deepEqual(
        [...new Set(settings)].filter((it) => SETTINGS.has(it)),
        settings,
      );
      for (const it of needs.RestrictAddressFamilies?.split(" ") ?? []) assert.ok(addressFamily(it) !== undefined, it);
      for (const it of needs.SystemCallFilter?.split(" ") ?? []) assert.ok(it in CALL_GROUPS, it);
      for (const it of needs.CapabilityBoundingSet?.split(" ") ?? []) assert.ok(CAPABILITIES.includes(it), it);
      for (const it of needs.RestrictNamespaces?.split(" ") ?? []) assert.ok(NAMESPACES.includes(it), it);
      for (const it of needs.DeviceAllow?.split(" ") ?? []) assert.match(it, /^(?:char-|\/dev\/)[a-z/]+$/);
      for (const it of needs.ReadWritePaths?.split(" ") ?? []) assert.match(it, /^\/etc\/[a-z]+$/);
      const known = [
        "RestrictAddressFamilies",
        "SystemCallFilter",
        "CapabilityBoundingSet",
        "RestrictNamespaces",
        "DeviceAllow",
        "ReadWritePaths",
      ];
      assert.deepEqual(
        Object.keys(needs).filter((it) => !known.includes(it)),
        [],
      );
    });
  }

  it("hands no sandbox on but to sessions, jobs, guests and what else people run", () => {
    assert.deepEqual(
      Object.keys(KINDS)
        .filter((it) => handsSandboxOn(it as keyof typeof KINDS))
        .toSorted(),
      ["containers", "cron", "display", "guest", "login", "runner"],
    );
  });

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
