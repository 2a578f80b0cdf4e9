import type { QuadletTypeName } from "../../values/valueTypes.ts";

/** What is said of keys: the value type and one sentence in the third person. */
export type KeyDescriptions = Readonly<Record<string, readonly [type: QuadletTypeName, summary: string]>>;
