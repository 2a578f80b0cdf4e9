import { joinTables } from "../text/tables.ts";
import { type ConfigTypeName, configType } from "./configTypes.ts";
import { ENUMERATIONS } from "./enumerations.ts";
import { QUADLETS } from "./grammars/quadletGrammars.ts";
import { GRAMMARS } from "./grammars.ts";
import type { ValueType } from "./valueType.ts";

/** Every value type that a directive of a unit file can have. */
export const VALUE_TYPES = joinTables(ENUMERATIONS, GRAMMARS) satisfies Record<string, ValueType>;

/** What the catalog calls the value type of a key of a quadlet. */
export type QuadletTypeName = keyof typeof QUADLETS;

/** What the catalog calls a value type. */
export type ValueTypeName = keyof typeof VALUE_TYPES | QuadletTypeName | ConfigTypeName;

/** The value type of a name, without the literal types of the tables. */
export function valueType(name: ValueTypeName): ValueType {
  return (
    (VALUE_TYPES as Readonly<Record<string, ValueType>>)[name] ??
    QUADLETS[name as QuadletTypeName] ??
    configType(name) ??
    VALUE_TYPES.string
  );
}
