import type { ScriptWalk } from "./scriptWalk.ts";

/** The distribution, group and name that a script made by setuptools asks for. */
const ASKED = /^# EASY-INSTALL-ENTRY-SCRIPT: '([\w.-]+)(?:==[^']*)?','([\w.]+)','([^']+)'/m;
/** The same in the code of older ones. */
const LOADED =
  /\bload_entry_point\(\s{0,9}["']([\w.-]+)(?:==[^"']{0,40})?["'],\s{0,9}["']([\w.]+)["'],\s{0,9}["']([^"']{1,99})["']/;
const MAX_TABLE = 100_000;

/** The module that a script made by setuptools runs, which only the list of its package names. */
export function entryPointModule(source: string, folders: readonly string[], walk: ScriptWalk): string | undefined {
  const [, distribution = "", group = "", name = ""] =
    ASKED.exec(source.slice(0, 2000)) ?? LOADED.exec(source.slice(0, 5000)) ?? [];
  if (name === "") return undefined;
  for (const folder of folders)
    for (const it of walk.files.list(folder)) {
      if (!/\.(?:dist|egg)-info$/.test(it) || plain(it.split("-")[0] ?? "") !== plain(distribution)) continue;
      const bytes = walk.files.read(`${folder}/${it}/entry_points.txt`, 0, MAX_TABLE);
      const section = bytes && new TextDecoder().decode(bytes).split(`[${group}]`)[1]?.split(/^\[/m)[0];
      const line = section?.split("\n").find((row) => row.split("=")[0]?.trim() === name);
      const module = line?.split("=")[1]?.split(":")[0]?.trim();
      if (module !== undefined && module !== "") return module;
    }
  return undefined;
}

/** Names of distributions are equal whatever separates their words. */
const plain = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, "-");
