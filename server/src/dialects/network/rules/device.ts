import type { Assignment } from "../../../syntax/tree.ts";
import { memo } from "../../../units/memo.ts";
import type { Unit } from "../../../units/unit.ts";
import { type ConfigObject, objectNamed } from "./objects.ts";

/** What a .netdev file says of its device, as far as its settings depend on each other. */
export interface Device {
  readonly unit: Unit;
  readonly netdev: ConfigObject | undefined;
  /** The first Kind= that counts: later ones have no effect. */
  readonly kind: string | undefined;
  readonly kindLine: Assignment | undefined;
  /** Later lines of Kind= with another value. */
  readonly otherKinds: readonly Assignment[];
  readonly name: string | undefined;
  /** The last value of a setting in a section that does not repeat. */
  value(section: string, key: string): string | undefined;
}

/** Reads a .netdev file. */
export const deviceOf: (unit: Unit) => Device = memo((unit: Unit): Device => {
  const netdev = objectNamed(unit, "NetDev");
  const [kindLine, ...more] = netdev?.list("Kind") ?? [];
  return {
    unit,
    netdev,
    kind: kindLine?.text,
    kindLine,
    otherKinds: more.filter((it) => it.text !== kindLine?.text),
    name: netdev?.value("Name"),
    value: (section, key) => objectNamed(unit, section)?.value(key),
  };
});
