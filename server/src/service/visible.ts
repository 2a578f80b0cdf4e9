import { memo } from "../units/memo.ts";
import type { Program } from "./program.ts";

/**
 * Tools of every system that do what their words say, and nothing else: no setting of theirs, plug-in or other program decides
 * what they open. What they are given to open is seen as paths are.
 */
const TOOLS: ReadonlySet<string> = new Set(
  `[ awk basename bzip2 cat chgrp chmod chown cp curl cut date dirname echo expr false find gawk grep gunzip gzip head kill ln
  logger ls mawk mkdir mktemp mv printf readlink realpath rm rmdir sed seq sleep sort sqlite3 stat sync systemctl tail test touch
  tr true uniq wc wget xz zcat zstd`.split(/\s+/),
);

/** Whether a program is one of these. */
export const isTool = (name: string): boolean => TOOLS.has(name);

/** Whether a command of a script is such a tool; those that have a language of their own may start others. */
export const isPlainTool = (name: string): boolean => TOOLS.has(name) && !/awk$|^(?:sed|sqlite3)$/.test(name);

const SHELL = /^(?:ba|da)?sh$/;

/** What hides the rest: values that only the run has, commands made of words, programs that others run, and files run as scripts. */
const HIDES =
  /[$`\\]|(?:^|\s)(?:-exec\w*|-ok\w*|eval|source|\.|xargs|env)(?:\s|$)|[|;&]\s*(?:\S*\/)?(?:ba|da)?sh\b|system\(/;

/** Rights of files that give those of their owner to whoever runs them, and the clock. */
const GIVES = /(?:^|\s)(?:[ugoa]*[+=]\w*s\w*|0?[2467][0-7]{3}|-s|--set(?:=\S*)?)(?:\s|$)/;

/** Whether all that a service runs are tools whose words show what they do, with no file of commands among them. */
export const showsAllItDoes = memo(
  (programs: readonly Program[]): boolean => programs.some(doesSomething) && programs.every(isPlain),
);

const doesSomething = ({ names }: Program): boolean =>
  names.some((it) => TOOLS.has(it) && !/^(?:true|false)$/.test(it));

function isPlain({ path, names, args, prefixes }: Program): boolean {
  // A program elsewhere, or a word of a shell line that names a place, may be another one of the same name.
  const isElsewhere = [path, ...args.flatMap((it) => it.split(/[\s;|&]+/))].some(
    (it) => TOOLS.has(it.replace(/^.*\//, "")) && /^\/(?!(?:usr\/)?s?bin\/[^/]+$)/.test(it),
  );
  if (isElsewhere) return false;
  const isShell = SHELL.test(path.replace(/^.*\//, ""));
  const others = names.filter((it) => !SHELL.test(it));
  if (isShell ? !(args[0] === "-c" && args.length === 2 && others.length > 0) : others.length !== names.length)
    return false;
  const line = args.join(" ");
  // A whole file system is more than its words show.
  const isWide = args.some((it) => /(?:^|\s)\/(?:(?:dev|proc|sys)\/?)?(?:\s|$)/.test(it));
  return (
    !prefixes.includes("!") && !HIDES.test(line) && !GIVES.test(line) && !isWide && others.every((it) => TOOLS.has(it))
  );
}
