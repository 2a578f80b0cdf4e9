import type { ProgramCommand } from "../program/command.ts";
import type { ProgramFiles } from "../program/files.ts";
import { Recent } from "../text/recent.ts";
import { memo } from "../units/memo.ts";

/** What was read of commands, with what its files were then. */
interface Kept<T> {
  readonly found: T;
  readonly stamp: string;
}

/** So many are kept for a machine. */
const MOST_KEPT = 64;

/** Reads of commands what `read` does, and gives the same again until a path changes that it was found at, as after an edit of something else in the unit. */
export function keptByCommands<T>(
  read: (commands: readonly ProgramCommand[], files: ProgramFiles) => T,
  pathsIn: (found: T) => readonly string[],
  isFinal: (found: T) => boolean = () => true,
): (commands: readonly ProgramCommand[], files: ProgramFiles) => T {
  const keptOf = memo((_: ProgramFiles) => new Recent<string, Kept<T>>(MOST_KEPT));
  const stampOf = (found: T, files: ProgramFiles): string =>
    pathsIn(found)
      .map((it) => (it.startsWith("/") ? files.look(it) : undefined))
      .map((it) => `${it?.bytes} ${it?.changed}`)
      .join(" ");
  return (commands, files) => {
    const kept = keptOf(files);
    const key = JSON.stringify(commands);
    const known = kept.get(key);
    if (known && known.stamp === stampOf(known.found, files)) return known.found;
    const found = read(commands, files);
    if (isFinal(found)) kept.set(key, { found, stamp: stampOf(found, files) });
    return found;
  };
}
