import type { ConfigurationEntry, ConfigurationSection } from "./entry.ts";
import { keyName } from "./keys.ts";

/** Blocks of Apache whose lines count only at times. */
const CONDITIONS: ReadonlySet<string> = new Set([
  "ifmodule",
  "ifdefine",
  "ifversion",
  "iffile",
  "ifdirective",
  "ifsection",
]);

/** Whether the lines of a section count: in a block for a module where that was loaded before, in one that something else decides never. */
export function isInForce(section: ConfigurationSection | undefined, modules: ReadonlySet<string>): boolean {
  let depth = 0;
  for (let it = section; it; it = it.parent) {
    if (++depth > MOST_DEPTH) return false;
    const name = keyName(it.words[0] ?? "");
    if (CONDITIONS.has(name) && !(name === "ifmodule" && modules.has(moduleNamed(it.words[1] ?? "")))) return false;
  }
  return true;
}

const MOST_DEPTH = 64;

/** The module that a line of Apache loads; lines of others name a file alone. */
export const moduleOf = ({ words: [name = ""] }: ConfigurationEntry): string | undefined =>
  name.endsWith("_module") ? name : undefined;

/** A module by its name or by that of its source: `ssl_module`, `mod_ssl.c`. */
const moduleNamed = (text: string): string => text.replace(/^mod_(.*)\.c$/, "$1_module");
