import { parseUnitName, testInstance } from "../../values/unitName.ts";

/**
 * The folders next to a unit file that hold its drop-ins, the most specific first: the unit's own, its template's,
 * those of every prefix that ends in a dash, and the one of all units of the kind.
 * Follows unit_file_process_dir(), systemd 257 to 262; aliases are not known here.
 */
export function dropInFolders(name: string): string[] {
  const dot = name.lastIndexOf(".");
  const kind = name.slice(dot + 1);
  const stems = new Set<string>();
  const visit = (stem: string): void => {
    if (stems.has(stem)) return;
    stems.add(stem);
    const at = stem.indexOf("@");
    const prefix = at < 0 ? stem : stem.slice(0, at);
    const instance = at < 0 ? "" : stem.slice(at + 1);
    if (instance !== "") visit(`${prefix}@`);
    const dash = prefix.lastIndexOf("-", prefix.length - 2);
    if (dash > 0) visit(prefix.slice(0, dash + 1) + (instance === "" ? "" : `@${instance}`));
  };
  visit(name.slice(0, dot));
  return [...[...stems].map((stem) => `${stem}.${kind}.d`), `${kind}.d`];
}

/**
 * The folders whose drop-ins a unit is judged with: of a template those of the instance that systemd-analyze makes of it,
 * as verify and security do, systemd 257.
 */
export function judgedDropInFolders(name: string): string[] {
  const parts = parseUnitName(name);
  return dropInFolders(parts ? testInstance(parts).full : name);
}

/** Hidden files are not read. Follows conf_files_list(), systemd 257. */
const isRead = (file: string): boolean => file.endsWith(".conf") && !file.startsWith(".");

/**
 * Which drop-ins of these folders are read, in their order: sorted by file name, and of one name only the most specific.
 * `folders` lists the files of each folder, most specific first.
 */
export function orderDropIns(
  folders: readonly { folder: string; files: readonly string[] }[],
): { folder: string; file: string }[] {
  const chosen = new Map<string, string>();
  for (const { folder, files } of folders) {
    for (const file of files) if (isRead(file) && !chosen.has(file)) chosen.set(file, folder);
  }
  return [...chosen].map(([file, folder]) => ({ folder, file })).sort((a, b) => (a.file < b.file ? -1 : 1));
}
