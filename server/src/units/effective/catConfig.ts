import type { GatheredUnit } from "../index/gather.ts";
import type { GatheredFile } from "../index/seenFiles.ts";

/**
 * All files of a configuration one after the other, each below its path, in the order in which they are read. `name` is what
 * the main file is called below `/etc`. Follows conf_files_cat(), systemd 257 and 262.
 */
export function catConfig({ fragment, dropIns }: Pick<GatheredUnit, "fragment" | "dropIns">, name: string): string {
  const parts = dropIns.map(partOf);
  if (fragment) return [partOf(fragment), ...parts].join("\n");
  return `# Main configuration file ${name} not found\n${parts.join("\n")}`;
}

const partOf = ({ path, text }: GatheredFile): string =>
  `# ${path}\n${text === "" || text.endsWith("\n") ? text : `${text}\n`}`;
