import { chmodSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What every file of a package may be used for, whoever made it: the mode is part of the package. */
const MODE = 0o644;

/** Puts files of the project into a folder, some of them with a text of their own; `executable` may be run. */
export function stage(
  folder: string,
  paths: readonly string[],
  texts: Readonly<Record<string, string>>,
  executable: readonly string[] = [],
): void {
  for (const path of paths) {
    const target = join(folder, path);
    const text = texts[path];
    mkdirSync(dirname(target), { recursive: true });
    if (text === undefined) cpSync(path, target);
    else writeFileSync(target, text);
    chmodSync(target, executable.includes(path) ? 0o755 : MODE);
  }
}
