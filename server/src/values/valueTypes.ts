import { joinTables } from "../text/tables.ts";
import { ENUMERATIONS } from "./enumerations.ts";
import { GRAMMARS } from "./grammars.ts";
import type { ValueType } from "./valueType.ts";

/** Every value type that a directive of a unit file can have. */
export const VALUE_TYPES = joinTables(ENUMERATIONS, GRAMMARS) satisfies Record<string, ValueType>;

/** What the catalog calls a value type. */
export type ValueTypeName = keyof typeof VALUE_TYPES;

/** The value type of a name, without the literal types of the table. */
export function valueType(name: ValueTypeName): ValueType {
  return VALUE_TYPES[name];
}
