import { readScriptProgram, type ScriptProgram, type ScriptRun } from "../../server/src/program/readScriptProgram.ts";
import { memoryFiles } from "./kit.ts";

/** What a script shows, in words: `chown by chown:3` is the command in its third line. */
export interface ShownScript {
  /** Signs of the program itself, but for that it starts programs. */
  readonly signs: readonly string[];
  readonly starts: readonly string[];
  readonly hides: readonly string[];
  readonly unread: readonly string[];
  /** The files that were read. */
  readonly files: readonly string[];
}

/** Reads a script with the files next to it. */
export function shownScript(
  path: string,
  text: string,
  others: Readonly<Record<string, string>> = {},
  run: ScriptRun = {},
  packages: Readonly<Record<string, string>> = {},
): ShownScript {
  const all = Object.entries({ [path]: text, ...others }).map(([it, bytes]) => {
    const owner = Object.entries(packages).find(([folder]) => it.startsWith(folder))?.[1];
    return [it, owner === undefined ? bytes : { bytes, package: owner }] as const;
  });
  return inWords(readScriptProgram(path, memoryFiles(Object.fromEntries(all)), run));
}

/** A reading in words. */
function inWords({ files, starts, unread }: ScriptProgram): ShownScript {
  const own = files.filter((it) => it.own);
  return {
    signs: own.flatMap(({ signs }) =>
      signs.filter((it) => it.sign !== "exec").map(({ sign, what, line }) => `${sign} by ${what}:${line}`),
    ),
    starts,
    hides: own.flatMap((it) => it.hides),
    unread: unread.map(({ path, why }) => `${path} ${why}`),
    files: files.map((it) => it.path),
  };
}
