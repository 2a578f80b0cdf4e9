import { lazy } from "../text/tables.ts";
import { DAEMON_GRAMMARS } from "./configs/daemons.ts";
import { GENERAL_GRAMMARS } from "./configs/general.ts";
import { IMAGE_GRAMMARS } from "./configs/imageGrammars.ts";
import type { ConfigGrammars } from "./configs/made.ts";
import { NETDEV_GRAMMARS } from "./configs/netdev.ts";
import { NETWORK_GRAMMARS } from "./configs/networkGrammars.ts";
import { renamedRoutine, tableType } from "./configs/tableTypes.ts";
import { unitType } from "./unitTypes.ts";
import type { ValueType } from "./valueType.ts";

/**
 * `config/` and what the tables of configuration files call a value type: the C routine in camel case without `config_parse_`, and after
 * a colon its argument where it has one, such as `stackedNetdev:vlan`.
 */
export type ConfigTypeName = string & { readonly config: true };

const ALL = lazy(
  (): ConfigGrammars => ({
    ...GENERAL_GRAMMARS(),
    ...NETWORK_GRAMMARS(),
    ...NETDEV_GRAMMARS(),
    ...DAEMON_GRAMMARS(),
    ...IMAGE_GRAMMARS(),
  }),
);

const made = new Map<string, ValueType | undefined>();

/** The value type of a name in a table; undefined where there is none. */
export function configType(name: string): ValueType | undefined {
  if (!made.has(name)) made.set(name, make(name));
  return made.get(name);
}

function make(name: string): ValueType | undefined {
  const [written = "", argument = ""] = name.slice("config/".length).split(":", 2);
  const routine = renamedRoutine(written, argument);
  const type = ALL()[routine];
  if (type) return typeof type === "function" ? type(argument) : type;
  return tableType(routine, argument) ?? unitType(routine);
}
