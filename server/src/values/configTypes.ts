import { lazy } from "../text/tables.ts";
import { GENERAL_GRAMMARS } from "./configs/general.ts";
import type { ConfigGrammars } from "./configs/made.ts";
import { renamedRoutine, tableType } from "./configs/tableTypes.ts";
import { unitType } from "./unitTypes.ts";
import type { TypeLookup, ValueType } from "./valueType.ts";

/**
 * `config/` and what the tables of configuration files call a value type: the C routine in camel case without `config_parse_`, and after
 * a colon its argument where it has one, such as `stackedNetdev:vlan`.
 */
export type ConfigTypeName = string & { readonly config: true };

/** Finds the value types that the tables of a dialect name: its own, those of several dialects, those of rows, those of units. */
export function configTypes(own: () => ConfigGrammars): TypeLookup {
  const all = lazy((): ConfigGrammars => ({ ...GENERAL_GRAMMARS(), ...own() }));
  const made = new Map<string, ValueType | undefined>();
  return (name) => {
    if (!made.has(name)) made.set(name, make(name, all()));
    return made.get(name);
  };
}

function make(name: string, all: ConfigGrammars): ValueType | undefined {
  const [written = "", argument = ""] = name.slice("config/".length).split(":", 2);
  const routine = renamedRoutine(written, argument);
  const type = all[routine];
  if (type) return typeof type === "function" ? type(argument) : type;
  return tableType(routine, argument) ?? unitType(routine);
}
