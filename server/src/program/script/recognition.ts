import type { ProgramForm } from "../reading.ts";
import { interpreterOf } from "./interpreters.ts";

/** What a file is, and the words of its first line that run it. */
export interface Recognised {
  readonly form: ProgramForm;
  readonly interpreter: readonly string[];
}

const BY_ENDING: readonly (readonly [RegExp, string])[] = [
  [/\.(?:sh|bash)$/, "sh"],
  [/\.py[cw]?$/, "python"],
  [/\.p[lm]$/, "perl"],
  [/\.(?:rb|gemspec)$/, "ruby"],
  [/\.[cm]?[jt]sx?$/, "node"],
  [/\.(?:php|phar)$/, "php"],
  [/\.lua$/, "lua"],
  [/\.(?:jar|war|class)$/, "java"],
  [/\.(?:dll|exe)$/, "dotnet"],
];

/** Recognises a script or archive by its first bytes, the program that is given it, or its name; undefined for machine code. */
export function recognise(path: string, head: Uint8Array, given?: string): Recognised | undefined {
  const start = String.fromCharCode.apply(null, [...head.subarray(0, 300)]);
  if (start.startsWith("\x7fELF")) return undefined;
  if (given !== undefined) return { form: interpreterOf(given)?.form ?? "unknown", interpreter: [given] };
  const line = /^#![ \t]*([^\r\n]*)/.exec(start)?.[1];
  const words = line === undefined ? [] : commandOf(line.trim().split(/[ \t]+/));
  const [interpreter] = words;
  if (interpreter !== undefined && interpreter !== "")
    return { form: interpreterOf(interpreter)?.form ?? "other script", interpreter: words };
  if (/^PK\x03\x04/.test(start) && !/\.\w+$/.test(path)) return { form: "java", interpreter: ["java"] };
  const name = BY_ENDING.find(([ending]) => ending.test(path))?.[1];
  return name === undefined
    ? { form: "unknown", interpreter: [] }
    : { form: interpreterOf(name)?.form ?? "unknown", interpreter: [name] };
}

/** The interpreter behind env, with its options. */
function commandOf(words: readonly string[]): readonly string[] {
  if (!/(?:^|\/)env$/.test(words[0] ?? "")) return words;
  const at = words.findIndex((it, i) => i > 0 && !it.startsWith("-") && !/^\w+=/.test(it));
  const split = words.find((it) => /^(?:-S|--split-string=)./.test(it))?.replace(/^(?:-S|--split-string=)/, "");
  return split === undefined
    ? words.slice(at < 0 ? words.length : at)
    : [split, ...words.slice(words.findIndex((it) => it.endsWith(split)) + 1)];
}
