import type { DirectiveName } from "../../../catalog/catalog.ts";
import type { Found, Rule } from "../../../findings/rule.ts";
import type { FileVariable } from "../../../program/environmentFile.ts";
import type { ProgramFiles } from "../../../program/files.ts";
import { environmentFiles, readableFiles } from "../../../service/environmentFiles.ts";
import { ownLines } from "../../../service/linePlaces.ts";
import { isMissing } from "../../../service/missingFiles.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { memo } from "../../../units/memo.ts";
import type { Unit } from "../../../units/unit.ts";

const SHOWN: DirectiveName = "EnvironmentFile";

/** Follows parse_env_file_internal() and env_name_is_valid(), systemd 257; each case was seen with 257. */
export const environmentFile: Rule = {
  code: "unit/environment-file",
  needs: ["EnvironmentFile"],
  *check(unit) {
    const files = unit.defaults?.files;
    if (unit.path.role !== "unit" || unit.path.kind !== "service") return;
    const readable = readableFiles(unit);
    const read = readable ? environmentFiles(unit, readable) : [];
    for (const node of ownLines(unit, SHOWN)) {
      yield* severalPaths(node);
      if (files) yield* missing(unit, files, node);
      yield* mistakesIn(node, read.find((it) => it.word === node.text)?.variables ?? []);
    }
  },
};

function* severalPaths(node: Assignment): Iterable<Found> {
  const [first, ...others] = node.text.split(/(?<!\s)\s+(?=-?\/)/);
  if (first === undefined || others.length === 0) return;
  const lines = others.map((it) => `${SHOWN}=${it}`);
  yield {
    ...node.valueSpan,
    severity: "warning",
    message: "EnvironmentFile= takes one path: systemd looks for a file with blanks in its name; write a line for each",
    directive: SHOWN,
    fixes: [
      {
        title: "Write a line for each file",
        safe: false,
        edits: () => [{ ...node.valueSpan, newText: [first, ...lines].join("\n") }],
      },
    ],
  };
}

function* missing(unit: Unit, files: ProgramFiles, { text, valueSpan }: Assignment): Iterable<Found> {
  if (!isMissing(unit, files, text)) return;
  const { start } = valueSpan;
  yield {
    ...valueSpan,
    severity: "warning",
    message: `EnvironmentFile= names ${text}, which does not exist: systemd starts no command (result resources); with - before the path the file is optional`,
    directive: SHOWN,
    fixes: [{ title: "Add a - before the path", safe: false, edits: () => [{ start, end: start, newText: "-" }] }],
  };
}

/** The first line of each kind of mistake in a file. */
function* mistakesIn({ text: word, valueSpan }: Assignment, variables: readonly FileVariable[]): Iterable<Found> {
  for (const { line, text } of mistakesOf(variables)) {
    const message = `EnvironmentFile= reads ${word.replace(/^-/, "")}, whose line ${line} ${text}`;
    yield { ...valueSpan, severity: "warning", message, directive: SHOWN };
  }
}

interface Mistake {
  readonly line: number;
  readonly text: string;
}

const mistakesOf = memo((variables: readonly FileVariable[]): readonly Mistake[] =>
  KINDS.flatMap((kind) => {
    for (const it of variables) {
      const text = kind(it, variables);
      if (text !== undefined) return [{ line: it.line, text }];
    }
    return [];
  }),
);

type Judge = (variable: FileVariable, all: readonly FileVariable[]) => string | undefined;

const KINDS: readonly Judge[] = [
  ({ name }) => {
    if (/^[A-Za-z_]\w*$/.test(name)) return undefined;
    if (/^export\s/.test(name)) return "begins with export: systemd ignores the line; leave export out";
    return `has an invalid name "${name.slice(0, 40)}": systemd ignores the line; names have letters, digits and _ only`;
  },
  ({ name, value, written }) =>
    /^[^"'].*\s#(?:\s|$)/s.test(written)
      ? `has a comment after its value: ${name} is "${value.slice(0, 40)}"; comments stand on lines of their own`
      : undefined,
  ({ name, value, written }, all) => {
    const [part, other] = written.startsWith("'") ? [] : (/\$\{?([A-Za-z_]\w*)\}?/.exec(value) ?? []);
    const isKnown = other === "PATH" || other === "HOME" || all.some((it) => it.name === other);
    if (part === undefined || !isKnown || /(?:OPTS?|OPTIONS|ARGS?|FLAGS|CMD|COMMAND)$/.test(name)) return undefined;
    return `has ${part}, which no shell expands: ${name} is literally "${value.slice(0, 40)}"`;
  },
];
