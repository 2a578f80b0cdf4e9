import type { ProgramFiles } from "./files.ts";
import type { FileReading, UnreadFile } from "./reading.ts";
import { readCommandLine, readScript } from "./script/readScript.ts";
import { ScriptWalk } from "./script/scriptWalk.ts";

/** How a script is run, as far as that is known. */
export interface ScriptRun {
  /** The program that is given the script; else its first line says it. */
  readonly interpreter?: string;
  /** An empty list counts as unknown. */
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The folder in which it is run. */
  readonly folder?: string;
}

/** What a script and all that it loads show, and the programs that it starts. */
export interface ScriptProgram {
  readonly files: readonly FileReading[];
  readonly unread: readonly UnreadFile[];
  /** Absolute paths of programs and native modules, or names of programs that are not there. */
  readonly starts: readonly string[];
}

/**
 * Reads a script, or what an interpreter or wrapper is given by its arguments, with the files that it sources and its own modules.
 * Nothing throws; of a program of machine code it gives no files.
 */
export function readScriptProgram(path: string, files: ProgramFiles, run: ScriptRun = {}): ScriptProgram {
  const { interpreter, args = [], environment = {}, folder } = run;
  const walk = new ScriptWalk(files, path, environment, folder);
  const words = args.flatMap((it) => withValues(it, environment));
  const isKnown = words.every((it) => it !== undefined);
  const known = isKnown && words.length > 0 ? { args: words } : {};
  if (
    interpreter === undefined &&
    readCommandLine(
      path,
      words.filter((it) => it !== undefined),
      walk,
    )
  )
    return finished(walk);
  const task = { path, ...(interpreter === undefined ? {} : { interpreter }), ...known };
  walk.add(task);
  return finished(walk);
}

/** The words that an argument of a unit becomes; undefined for one whose variable is not known. */
export function withValues(
  arg: string,
  environment: Readonly<Record<string, string>>,
): readonly (string | undefined)[] {
  const given = (name: string): string | undefined =>
    Object.hasOwn(environment, name) ? environment[name] : undefined;
  const whole = /^\$(\w+)$/.exec(arg)?.[1];
  if (whole !== undefined) return given(whole)?.split(/\s+/).filter(Boolean) ?? [undefined];
  let isKnown = true;
  const text = arg.replace(/\$\{(\w+)\}/g, (written, name: string) => {
    const value = given(name);
    isKnown &&= value !== undefined;
    return value ?? written;
  });
  return isKnown ? [text] : [undefined];
}

/** Reads what is still to be read, which may name more. */
function finished(walk: ScriptWalk): ScriptProgram {
  for (let i = 0; i < walk.tasks.length; i++) {
    const next = walk.tasks[i];
    if (next) readScript(next, walk);
  }
  return walk.result;
}
