import type { ManualSource } from "../../features/manual.ts";
import type { Host } from "../host.ts";
import { run } from "../main.ts";
import type { ToolInput } from "./tools.ts";

/** What a tool answers. */
export interface ToolAnswer {
  readonly text: string;
  /** Whether the question was wrong or a file could not be read; findings are no error. */
  readonly isError: boolean;
}

/** More than a reader of answers takes in, in UTF-16 units. */
export const LONGEST_ANSWER = 100_000;

/** Runs the command that answers a tool. Nothing is written: what a command would write is dropped, and none is asked to. */
export function answerTool(input: ToolInput, host: Host, source?: Omit<ManualSource, "views">): ToolAnswer {
  const terminal = { colours: false, progress: () => undefined, width: 100 };
  const { stdout, stderr, status } = run(input.argv, hostOf(host, input), terminal, source).end(new Map());
  const problems = status === 2 ? withoutHint(stderr) : stderr;
  const text = [problems, stdout].filter((it) => it !== "").join("\n");
  return { text: shortened(text === "" ? "There is nothing to report.\n" : text), isError: status === 2 };
}

/** The files of the machine, but for what the question brings along. */
function hostOf(host: Host, { file, stdin = "" }: ToolInput): Host {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  const piped = { stdin: () => bytes(stdin), stdinEnd: (most: number) => bytes(stdin).slice(-most) };
  if (!file) return { ...host, ...piped };
  const isIt = (path: string): boolean => path === file.path;
  return {
    ...host,
    ...piped,
    read: (path) => (isIt(path) ? bytes(file.text) : host.read(path)),
    kind: (path) => (isIt(path) ? "file" : host.kind(path)),
    isLink: (path) => !isIt(path) && host.isLink(path),
    linkTarget: (path) => (isIt(path) ? undefined : host.linkTarget(path)),
    realPath: (path) => (isIt(path) ? host.absolute(path) : host.realPath(path)),
  };
}

/** Where the command line has its help is no help to whoever calls a tool. */
const withoutHint = (stderr: string): string => stderr.replace(/^unit-warden (?:[a-z]+ )?--help .*\n/m, "");

function shortened(text: string): string {
  if (text.length <= LONGEST_ANSWER) return text;
  const whole = text.slice(0, LONGEST_ANSWER);
  const cut = whole.slice(0, whole.lastIndexOf("\n") + 1 || LONGEST_ANSWER);
  return `${cut}\nThe rest is left out: the answer has ${text.length} characters. Ask about fewer files.\n`;
}
