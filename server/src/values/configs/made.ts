import type { ValueType } from "../valueType.ts";

/** Value types by the name of their routine; those of routines with an argument are made for it. */
export type ConfigGrammars = Readonly<Record<string, ValueType | ((argument: string) => ValueType)>>;
