import type { DirectiveName } from "../../catalog/catalog.ts";
import type { SectionName } from "../../catalog/sections.ts";
import { lastOf } from "../../findings/findingPlace.ts";
import { alsoInDropIns } from "../../findings/inDropIns.ts";
import type { Described, Rule } from "../../findings/rule.ts";
import { effective } from "../../security/effective.ts";
import type { UnitSettings } from "../../security/settings.ts";
import { settingsIn } from "../../units/settingsReader.ts";
import type { Unit } from "../../units/unit.ts";
import { parseBoolean } from "../../values/boolean.ts";
import { removal } from "../removal.ts";

/** A setting that another one has to be there for, about which systemd says nothing. */
interface Idle extends Described {
  readonly kind: "service" | "timer";
  /** The setting without effect. */
  readonly name: DirectiveName;
  /** Why it has none; undefined where it has. */
  readonly find: (unit: Unit, settings: UnitSettings) => string | undefined;
}

const IDLE: readonly Idle[] = [
  {
    code: "unit/persistent",
    kind: "timer",
    name: "Persistent",
    find: (unit) =>
      isOn(unit, "Timer", "Persistent") && !has(unit, "Timer", "OnCalendar")
        ? "without OnCalendar= there is no event to catch up on"
        : undefined,
  },
  {
    code: "unit/fixed-random-delay",
    kind: "timer",
    name: "FixedRandomDelay",
    find: (unit) =>
      isOn(unit, "Timer", "FixedRandomDelay") && !has(unit, "Timer", "RandomizedDelaySec")
        ? "without RandomizedDelaySec= there is no random delay"
        : undefined,
  },
  {
    code: "unit/guess-main-pid",
    kind: "service",
    name: "GuessMainPID",
    find: (_, { type }) =>
      type === "forking" ? undefined : `systemd knows the main process of a service of Type=${type}`,
  },
  {
    code: "unit/descriptor-store",
    kind: "service",
    name: "FileDescriptorStorePreserve",
    find: (unit) =>
      has(unit, "Service", "FileDescriptorStoreMax") ? undefined : "without FileDescriptorStoreMax= nothing is stored",
  },
];

const ALL = IDLE.map(
  ({ kind, name, find, ...about }): Rule => ({
    ...about,
    needs: [name],
    *check(unit) {
      if (unit.path.role !== "unit" || unit.path.kind !== kind) return;
      const node = lastOf(unit, [name]);
      if (!node) return;
      const { settings, refusal } = effective(unit);
      const why = refusal ? undefined : find(unit, settings);
      if (why === undefined) return;
      yield {
        ...node.keySpan,
        severity: "info",
        message: `${name}= has no effect: ${why}`,
        directive: name,
        tag: "unnecessary",
        fixes: [removal(unit, name, true)],
      };
    },
  }),
);

/** Follows what systemd.service(5) and systemd.timer(5) say of each; no version warns of it. */
export const IDLE_RULES: readonly Rule[] = alsoInDropIns(ALL);

function has(unit: Unit, section: SectionName, name: DirectiveName): boolean {
  return settingsIn(unit, section).last(name) !== undefined;
}

function isOn(unit: Unit, section: SectionName, name: DirectiveName): boolean {
  return parseBoolean(settingsIn(unit, section).last(name)?.text ?? "") === true;
}
