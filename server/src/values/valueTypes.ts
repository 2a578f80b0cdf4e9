import type { ConfigTypeName } from "./configTypes.ts";
import { TEXTS } from "./grammars/names/texts.ts";
import { QUADLETS } from "./grammars/quadletGrammars.ts";
import { type UNIT_TYPES, unitType } from "./unitTypes.ts";
import type { TypeLookup, ValueType } from "./valueType.ts";

/** What the catalog calls the value type of a key of a quadlet. */
export type QuadletTypeName = keyof typeof QUADLETS;

/** What the catalog calls a value type. */
export type ValueTypeName = keyof typeof UNIT_TYPES | QuadletTypeName | ConfigTypeName;

/** The value type of a name, without the literal types of the tables; `types` of a dialect that has its own. */
export function valueType(name: ValueTypeName, types: TypeLookup = unitType): ValueType {
  return types(name) ?? QUADLETS[name as QuadletTypeName] ?? TEXTS.string;
}
