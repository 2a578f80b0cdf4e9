import { configFamilyOf } from "../configFamilies.ts";
import type { ConfigPath } from "./configPath.ts";

const HEADER = /^[ \t]*\[([^\]\r\n]*)\]/gm;

/**
 * Whether a file outside of systemd's folders is what its name says: other programs have a `sleep.conf` or `x.link`, too. One
 * of its sections shows it; a text without any is yet to be written.
 */
export function isConfigText({ kind, placed }: Pick<ConfigPath, "kind" | "placed">, text: string): boolean {
  if (placed) return true;
  const names = [...text.matchAll(HEADER)].map(([, name = ""]) => name);
  const { sections } = configFamilyOf(kind).description.table;
  return names.length === 0 ? !/^[ \t]*[^\s#;]/m.test(text) : names.some((it) => Object.hasOwn(sections, it));
}
