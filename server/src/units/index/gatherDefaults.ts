import { type ManagerDefaults, managerDefaults } from "../managerDefaults.ts";
import { filePlaceOf } from "./filePlace.ts";
import type { Gathering } from "./gatherAsk.ts";

/** Where a manager looks for its configuration, the strongest first. */
const FOLDERS = ["/etc/systemd", "/run/systemd", "/usr/local/lib/systemd", "/usr/lib/systemd"] as const;

/**
 * What the manager of a unit file sets for units that do not: that of the system in whose load path the file lies, or of the
 * one below `root`, where that is said; a file in any other folder belongs to no manager. Follows systemd-system.conf(5).
 */
export function* gatherDefaults(path: string, root?: string): Gathering<ManagerDefaults | undefined> {
  const place = filePlaceOf(path);
  if (!place || (root === undefined && place.folder === place.root)) return undefined;
  const name = `${place.scope}.conf`;
  const own = /^(.*\/\.config\/systemd)\/user(?:\.control)?\//.exec(path)?.[1];
  const folders = [...(own === undefined ? [] : [own]), ...FOLDERS.map((it) => (root ?? place.root) + it)];
  const answers = yield folders.flatMap((folder) => [
    { kind: "file" as const, path: `${folder}/${name}` },
    { kind: "list" as const, folder: `${folder}/${name}.d` },
  ]);
  const main = answers.find((it) => it.text !== undefined)?.text;
  const dropIns = new Map<string, string>();
  for (const [i, folder] of folders.entries()) {
    for (const { name: file } of answers[2 * i + 1]?.names ?? []) {
      if (file.endsWith(".conf") && !dropIns.has(file)) dropIns.set(file, `${folder}/${name}.d/${file}`);
    }
  }
  const later = [...dropIns].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it);
  const texts = later.length === 0 ? [] : yield later.map((it) => ({ kind: "file" as const, path: it }));
  return managerDefaults([main ?? "", ...texts.map(({ text }) => text ?? "")]);
}
