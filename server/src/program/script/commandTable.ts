import TABLE from "../../../../data/program/commands.json" with { type: "json" };
import type { SignName } from "../sign.ts";

/** A command that runs the one in its arguments. */
interface Wrapper {
  /** Options with a word of their own. */
  readonly values?: string;
  /** Options before a line for a shell. */
  readonly line?: string;
  /** Options before the program. */
  readonly named?: string;
  /** Options with which it runs nothing. */
  readonly stops?: string;
  /** Words of its own before the command. */
  readonly operands?: number;
  /** Options without which one word of its own comes before the command. */
  readonly operandsWithout?: string;
  /** Whether it runs only lines for a shell. */
  readonly only?: string;
}

const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map(Object.entries<Wrapper>(TABLE.wrappers));

interface Row {
  readonly sign: SignName;
  /** What one of the arguments has to be. */
  readonly argument: RegExp | undefined;
}

const rows = new Map<string, Row[]>();
for (const [sign, commands] of Object.entries(TABLE.signs))
  for (const command of commands.split(" ")) {
    const [, name = "", argument] = /^([^:]+)(?::(.*))?$/.exec(command) ?? [];
    const row = {
      sign: sign as SignName,
      argument: argument === undefined ? undefined : new RegExp(`^(?:${argument})$`),
    };
    rows.set(name, [...(rows.get(name) ?? []), row]);
  }

/** What a command does, by its name and arguments. */
export function signsOfCommand(name: string, args: readonly string[]): readonly SignName[] {
  const known = rows.get(name) ?? rows.get(name.replace(/^(mkfs|fsck)\..*/, "$1")) ?? [];
  return known
    .filter(({ argument }) => argument === undefined || args.some((it) => it.length < 200 && argument.test(it)))
    .map(({ sign }) => sign);
}

/** What a wrapper runs: the words of a command, or lines for a shell. */
interface Wrapped {
  readonly command: readonly string[];
  readonly lines: readonly string[];
}

const NOTHING: Wrapped = { command: [], lines: [] };

/** What a command runs that runs others; undefined for one that does not. */
export function wrappedIn([name = "", ...args]: readonly string[]): Wrapped | undefined {
  if (name === "eval") return { command: [], lines: [args.join(" ")] };
  if (name === "trap") return { command: [], lines: /^(?:-.*)?$/.test(args[0] ?? "") ? [] : args.slice(0, 1) };
  if (name === "find") return { command: afterWord(args, /^-(?:exec|execdir|ok)$/), lines: [] };
  if (name === "ip")
    return args[0] === "netns" && args[1] === "exec" ? { command: args.slice(3), lines: [] } : undefined;
  const wrapper = WRAPPERS.get(name);
  return wrapper && behindOptions(wrapper, args);
}

function afterWord(args: readonly string[], word: RegExp): readonly string[] {
  const at = args.findIndex((it) => word.test(it));
  const end = args.findIndex((it, i) => i > at && /^[;+]$/.test(it));
  return at < 0 ? [] : args.slice(at + 1, end < 0 ? undefined : end);
}

function behindOptions(wrapper: Wrapper, args: readonly string[]): Wrapped {
  const { values = "", line = "", named = "", stops = "", operandsWithout } = wrapper;
  const has = (list: string, word: string): boolean => list !== "" && list.split(" ").includes(word);
  let operands = wrapper.operands ?? 0;
  if (operandsWithout !== undefined && !args.some((it) => has(operandsWithout, it))) operands = 1;
  const lines: string[] = [];
  const program = new Map<string, string>();
  let i = 0;
  for (; i < args.length; i++) {
    const word = args[i] ?? "";
    const [option = "", value] = word.startsWith("--") ? word.split("=", 2) : [word];
    if (word === "--") {
      i++;
      break;
    }
    if (has(stops, word)) return NOTHING;
    if (has(line, option) || has(named, option)) {
      const text = value ?? args[++i] ?? "";
      if (has(line, option)) lines.push(text);
      else program.set(option, text);
    } else if (word.startsWith("-") && word !== "-") {
      if (value === undefined && has(values, word)) i++;
    } else if (/^\w+=/.test(word) || word === "-" || wrapper.only !== undefined || named !== "") continue;
    else if (operands > 0) operands--;
    else break;
  }
  const rest = args.slice(i);
  if (wrapper.only !== undefined) return { command: [], lines };
  if (named === "") return { command: lines.length > 0 ? [] : rest, lines };
  const first = named.split(" ").find((it) => program.has(it));
  return { command: first === undefined ? [] : [program.get(first) ?? "", ...rest], lines };
}
