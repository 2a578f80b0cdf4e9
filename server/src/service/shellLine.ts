import type { Command } from "../syntax/commandLine.ts";
import { append } from "../text/append.ts";

/** A word of a command; offsets count in the text of the value that the command stands in. */
export interface CommandWord {
  readonly value: string;
  readonly from: number;
  readonly to: number;
  /** Whether it stands there as it is, so that it can be rewritten. */
  readonly exact: boolean;
}

/**
 * The commands that a command shows to run, word by word: itself, and those of a line that a shell is told to run. Where
 * such a line has escapes, its words stand for the place of the whole line.
 */
export function commandsIn({ path, args }: Command): readonly (readonly CommandWord[])[] {
  const words = [path, ...args];
  const shell = words.findIndex(({ value }) => RUNS_LINES.test(value.slice(-20)));
  const own: CommandWord[] = [];
  const lines: CommandWord[][] = [];
  for (const [i, { value, from, to }] of words.entries()) {
    const isScript = shell >= 0 && i > shell + 1 && /^-\w*c$/.test(words[i - 1]?.value.slice(0, 10) ?? "");
    own.push({ value: isScript ? "" : value, from, to, exact: true });
    if (!isScript || value.length > MAX_SHELL_LINE) continue;
    const quote = (to - from - value.length) / 2;
    append(lines, linesOf(value, quote === 0 || quote === 1 ? from + quote : undefined, { from, to }));
  }
  return [own, ...lines];
}

const RUNS_LINES = /(?:^|\/)(?:(?:ba|da|z|k|a)?sh|su|runuser|flock)$/;
/** More than anyone writes in one line of a shell. */
const MAX_SHELL_LINE = 5000;

/** The commands of a line of a shell, in which no quote, escape or substitution counts but for plain quotes. */
function linesOf(line: string, start: number | undefined, whole: { from: number; to: number }): CommandWord[][] {
  const lines: CommandWord[][] = [[]];
  for (const { 0: text, index } of line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"';&|()]+)+|[;&|()\n]/g)) {
    if (/^[;&|()\n]$/.test(text)) {
      lines.push([]);
      continue;
    }
    const place = start === undefined ? whole : { from: start + index, to: start + index + text.length };
    lines.at(-1)?.push({ value: text.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"), ...place, exact: start !== undefined });
  }
  return lines.filter((it) => it.length > 0);
}
