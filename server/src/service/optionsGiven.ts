import type { ConfigurationFact, ConfigurationKind } from "../program/daemons/fact.ts";
import { pathInWord } from "../program/daemons/namedPath.ts";
import type { ProgramFiles } from "../program/files.ts";
import { splitWords } from "../syntax/words.ts";
import type { Unit } from "../units/unit.ts";
import { environmentFiles } from "./environmentFiles.ts";
import { listenedPorts } from "./ports.ts";
import type { Program } from "./program.ts";
import { optionWrites } from "./writtenOptions.ts";

/** A value of a file of variables, with where it stands. */
interface Given {
  readonly value: string;
  readonly path: string;
  readonly line: number;
}

/** A word as a command gets it, with the variable that it comes from. */
interface GivenWord {
  readonly text: string;
  readonly from?: Given;
}

/**
 * What options say that commands take from files of variables, as `$ARGS` of Debian's exporters: where they listen, what they
 * write, and which files of the machine they read. What stands in the commands themselves is no configuration.
 */
export function optionsGiven(
  unit: Unit,
  programs: readonly Program[],
  files: ProgramFiles,
): readonly ConfigurationFact[] {
  const started = programs.filter(
    ({ setting, args }) => setting === "ExecStart" && args.some((it) => it.includes("$")),
  );
  if (started.length === 0) return [];
  const variables = new Map(
    environmentFiles(unit, files).flatMap(({ path, variables }) =>
      variables.map(({ name, value, line }) => [name, { value, path, line }] as const),
    ),
  );
  return started.flatMap((it) => factsOf(it, givenWords(it.args, variables), files));
}

/** Words as systemd makes them: `$NAME` alone becomes several, `${NAME}` a part of one. */
const givenWords = (args: readonly string[], variables: ReadonlyMap<string, Given>): readonly GivenWord[] =>
  args.flatMap((text): readonly GivenWord[] => {
    const whole = variables.get(/^\$(\w+)$/.exec(text)?.[1] ?? "");
    if (whole) return splitWords(whole.value, "escapes").words.map((it) => ({ text: it.value, from: whole }));
    const from = variables.get(/\$\{(\w+)\}/.exec(text)?.[1] ?? "");
    const known = text.replace(/\$\{(\w+)\}/g, (written, name: string) => variables.get(name)?.value ?? written);
    return [from ? { text: known, from } : { text: known }];
  });

function factsOf(program: Program, words: readonly GivenWord[], files: ProgramFiles): readonly ConfigurationFact[] {
  const args = words.map((it) => it.text);
  const placed = (text: string, key: string, fact: Pick<ConfigurationFact, "kind" | "value" | "port" | "isFolder">) => {
    const from = words.find((it) => it.from && it.text.includes(text))?.from;
    return from ? [{ ...fact, key, isWritten: WRITTEN.has(fact.kind), path: from.path, line: from.line }] : [];
  };
  const writes = optionWrites(program.path, args).flatMap(({ teller, path, directory }) =>
    placed(path, teller, {
      kind: kindOf(teller),
      value: path,
      ...(directory ? { isFolder: true } : {}),
    }),
  );
  const ports = listenedPorts([{ ...program, args }]).flatMap(({ option, port }) =>
    placed(`${port}`, option, { kind: "port", value: `${port}`, port: { from: port, to: port, protocol: "tcp" } }),
  );
  const reads = readPaths(words, files).flatMap(({ path, option, isFolder }) =>
    writes.some((it) => it.value === path)
      ? []
      : placed(path, option, { kind: "read", value: path, ...(isFolder ? { isFolder } : {}) }),
  );
  return [...ports, ...writes, ...reads];
}

const WRITTEN: ReadonlySet<ConfigurationKind> = new Set(["data", "log", "pid"]);

const kindOf = (option: string): ConfigurationKind =>
  /pid/i.test(option) ? "pid" : /log/i.test(option) ? "log" : "data";

interface ReadPath {
  readonly path: string;
  readonly option: string;
  readonly isFolder?: true;
}

/** The paths of options that are on the machine: what is not there may be no path at all. */
const readPaths = (words: readonly GivenWord[], files: ProgramFiles): readonly ReadPath[] =>
  words.flatMap(({ text, from }, i): readonly ReadPath[] => {
    const [, own, value = text] = /^(--?[\w.-]{1,60})=(.*)$/s.exec(text) ?? [];
    const option = own ?? words[i - 1]?.text ?? "";
    const path =
      from && option.startsWith("-") && value.startsWith("/") ? pathInWord(value, undefined)?.path : undefined;
    const found = path === undefined ? undefined : files.look(path);
    if (path === undefined || !found || found.kind === "other") return [];
    return [{ path, option, ...(found.kind === "folder" ? { isFolder: true } : {}) }];
  });
