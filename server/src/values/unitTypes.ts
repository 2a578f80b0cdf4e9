import { joinTables } from "../text/tables.ts";
import { ENUMERATIONS } from "./enumerations.ts";
import { GRAMMARS } from "./grammars.ts";
import type { ValueType } from "./valueType.ts";

/** Every value type that a directive of a unit file can have. */
export const UNIT_TYPES = joinTables(ENUMERATIONS, GRAMMARS) satisfies Record<string, ValueType>;

/** The one with a name. The build replaces this module by one that loads a table when one of its types is first asked for. */
export const unitType = (name: string): ValueType | undefined =>
  (UNIT_TYPES as Readonly<Record<string, ValueType>>)[name];
