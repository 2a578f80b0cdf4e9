import { runsCodeOf } from "../../service/programNames.ts";
import { plainText, readTyped, type TypedWord } from "./typedCommand.ts";

/** A typed command as a service has it, or why it cannot have it. */
export type ExecLine =
  | {
      readonly kind: "exec";
      /** The value of ExecStart=. */
      readonly value: string;
      /** The values of Environment=, from assignments in front of the command. */
      readonly environment: readonly string[];
      /** Whole sentences for the reader. */
      readonly notes: readonly string[];
    }
  | { readonly kind: "refused"; readonly message: string };

/** What an instance of a template puts into its command. */
const INSTANCE = /%[iI]/;

/**
 * The value of ExecStart= that runs a command as it would be typed in a terminal. What only a shell understands goes to
 * /bin/sh. In the unit of a template %i and %I are the instance; any other % is a character like all others.
 */
export function execLine(typed: string, { template = false }: { readonly template?: boolean } = {}): ExecLine {
  const command = readTyped(typed);
  if (command.kind === "refused") return command;
  const toText = (text: string): string => (template ? outsideInstance(text, percents) : percents(text));
  if (command.kind === "shell") {
    const line = quoted(toText(command.line).replaceAll("$", "$$$$"));
    const note = `${command.reason} needs a shell: /bin/sh runs the command.`;
    return { kind: "exec", value: `/bin/sh -c ${line}`, environment: [], notes: [note] };
  }
  const at = command.words.findIndex((it) => assignmentIn(it) === undefined);
  const [program, ...args] = at < 0 ? [] : command.words.slice(at);
  if (!program) return { kind: "refused", message: "The command has no program" };
  const path = plainText(program);
  if (path === undefined)
    return { kind: "refused", message: "The path of the program has a variable: systemd expands none there" };
  if (!path.startsWith("/")) return { kind: "refused", message: relative(path) };
  const unfit = unfitArgument(
    path,
    args.flatMap((it) => plainText(it) ?? []),
  );
  if (unfit !== undefined) return { kind: "refused", message: unfit };
  const environment = command.words.slice(0, at).map((it) => assignment(assignmentIn(it) ?? "", toText));
  const words = [quoted(toText(path)), ...args.map((it) => argument(it, toText))];
  return { kind: "exec", value: words.join(" "), environment, notes: notesOn(args, environment) };
}

const relative = (path: string): string =>
  `"${path}" is not an absolute path: systemd needs the absolute path of the program, such as /usr/bin/${path.replace(/^.*\//, "") || "program"}`;

/** A word such as PORT=3000 in front of the program. */
function assignmentIn(word: TypedWord): string | undefined {
  const text = plainText(word);
  return text !== undefined && /^[A-Za-z_]\w*=/.test(text) ? text : undefined;
}

/** Environment= expands specifiers and no variables. */
const assignment = (text: string, toText: (text: string) => string): string => quoted(toText(text));

function argument(word: TypedWord, toText: (text: string) => string): string {
  const [only] = word.parts;
  if (only && word.parts.length === 1 && !word.quoted && "variable" in only) return `$${only.variable}`;
  const text = word.parts.map((it) =>
    "variable" in it ? `\${${it.variable}}` : toText(it.text).replaceAll("$", "$$$$"),
  );
  return quoted(text.join(""));
}

const percents = (text: string): string => text.replaceAll("%", "%%");

function outsideInstance(text: string, change: (text: string) => string): string {
  const parts = text.split(new RegExp(`(${INSTANCE.source})`));
  return parts.map((it, i) => (i % 2 === 1 ? it : change(it))).join("");
}

/** A word as extract_first_word() reads it back, systemd 257 to 262; in quotes only where it must be. */
function quoted(word: string): string {
  if (word !== "" && word !== ";" && !/[\s"'\\\0-\x1f\x7f]/.test(word)) return word;
  const inner = word.replace(/[\\"]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t");
  return `"${inner}"`;
}

function notesOn(args: readonly TypedWord[], environment: readonly string[]): string[] {
  const variables = new Set(
    args.flatMap(({ parts }) => parts.flatMap((it) => ("variable" in it ? [it.variable] : []))),
  );
  const open = [...variables].filter((it) => !environment.some((set) => set.replace(/^"/, "").startsWith(`${it}=`)));
  const unset = open.map((it) => `$${it}`).join(", ");
  const pattern = args.find((it) => !it.quoted && /\*/.test(plainText(it) ?? "") && /[/.]/.test(plainText(it) ?? ""));
  return [
    ...(unset === "" ? [] : [`systemd expands ${unset}: set it with Environment= or EnvironmentFile=.`]),
    ...(pattern ? [`The program gets ${plainText(pattern)} as written: systemd expands no file name patterns.`] : []),
  ];
}

/** Why a program with these words does not run as a service. */
function unfitArgument(program: string, words: readonly string[]): string | undefined {
  const name = program.replace(/^.*\//, "");
  const first = words.find((it) => !it.startsWith("-"));
  if (runsCodeOf(name) && first !== undefined && SCRIPT.test(first))
    return `"${first}" is a relative path: a service starts in a folder of its own, so write the absolute path of the script`;
  const behind =
    words.find((it, i) => BACKGROUND.test(it) && !/^(?:no|off|false|0)$/.test(words[i + 1] ?? "")) ??
    (CONTAINERS.test(name) ? detachOf(words) : undefined);
  if (behind === undefined) return undefined;
  return `${behind} puts the program into the background: remove it, as systemd tracks the process that it starts`;
}

const SCRIPT = /^[^/].*\.(?:[mc]?js|ts|py|rb|pl|php|sh|jar)$/;
const CONTAINERS = /^(?:docker|podman|nerdctl)(?:-compose)?$/;

/** Among the options right after the verb; what follows the image is an option of another program. */
function detachOf(words: readonly string[]): string | undefined {
  const verb = words.findIndex((it) => it === "run" || it === "up");
  const options = verb < 0 ? [] : words.slice(verb + 1);
  const end = options.findIndex((it) => !it.startsWith("-"));
  return options.slice(0, end < 0 ? undefined : end).find((it) => /^-[it]*d[it]*$/.test(it));
}

const BACKGROUND = /^--(?:daemon|daemoni[sz]e|background|fork|detach)(?:=(?:yes|true|on|1))?$/;
