import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Host } from "../../server/src/cli/host.ts";
import { memoryHost, runOver } from "../../test/kit/memoryHost.ts";
import { memoryFiles } from "../../test/program/kit.ts";
import { NOTHING, type Outcome, type Suite } from "./suite.ts";

/** A file of a case, with its path below the root of a machine. */
interface CaseFile {
  readonly path: string;
  readonly text: string;
  readonly mode?: string;
}

/** A mistake that systemd accepts, with what a running systemd did with it and variants that work. */
interface MistakeCase {
  readonly id: string;
  readonly grade: "surely" | "may" | "evidence";
  readonly files: readonly CaseFile[];
  readonly cause: readonly { readonly path: string; readonly line: number }[];
  readonly expect: { readonly directives: readonly string[]; readonly words: readonly string[] };
  readonly near: readonly { readonly files: readonly CaseFile[] }[];
  readonly observed?: { readonly journal?: readonly string[] };
}

/** A finding as `check --format json` prints it. */
interface PrintedFinding {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly directive?: string;
  readonly start: { readonly line: number };
  readonly end: { readonly line: number };
  readonly fixes?: readonly { readonly title: string }[];
}

type Placed = PrintedFinding & { readonly path: string };

/** A template without DefaultInstance= cannot be enabled; 98 packaged ones have WantedBy= and are enabled as instances. */
const SILENT = new Set(["dep-wantedby-service-template"]);

function casesBeside(corpus: string): readonly MistakeCase[] | undefined {
  try {
    return JSON.parse(readFileSync(join(corpus, "../fails/cases.json"), "utf8")).cases;
  } catch {
    return undefined;
  }
}

/** The files of a case below a folder of their own, which is the root of the machine that programs and what is beside them are read from. */
function hostOf(files: readonly CaseFile[], piped?: string): Host {
  const texts = Object.fromEntries(files.map(({ path, text }) => [`/case/${path}`, text]));
  const onMachine = files.map(({ path, text, mode = "644" }) => [
    `/${path}`,
    { bytes: text, mode: Number.parseInt(mode, 8) },
  ]);
  return {
    ...memoryHost(texts, { cwd: "/case", ...(piped === undefined ? {} : { piped }) }),
    programFiles: () => memoryFiles(Object.fromEntries(onMachine)),
  };
}

/** What `check` finds in the files, without hints; with what lies next to the units where the case needs it. */
function findingsIn(files: readonly CaseFile[], grade: MistakeCase["grade"]): readonly Placed[] {
  const found: Placed[] = [];
  for (const root of grade === "evidence" ? [[], ["--root", "."]] : [[]]) {
    const argv = ["check", ".", "--profile", "off", "--format", "json", "--fail-on", "never", ...root];
    const { stdout } = runOver(hostOf(files), ...argv);
    for (const { path, findings } of JSON.parse(stdout).files)
      for (const finding of findings as readonly PrintedFinding[]) {
        const placed = { ...finding, path: path.replace(/^(?:\.\/|\/case\/)/, "") };
        if (finding.severity !== "hint" && !found.some((it) => isDeepStrictEqual(it, placed))) found.push(placed);
      }
  }
  return found;
}

const names = ({ directive, message }: Placed, { directives }: MistakeCase["expect"]): boolean =>
  directives.some((it) => it === directive || new RegExp(`(?<![A-Za-z])${it}(?![A-Za-z])`).test(message));

function says({ message, fixes = [] }: Placed, { words }: MistakeCase["expect"]): boolean {
  const text = [message, ...fixes.map((it) => it.title)].join(" ").toLowerCase();
  return words.some((it) => text.includes(it.toLowerCase()));
}

/** The line of the header above a line, both from 1; 0 where there is none. */
function headerOf({ files }: MistakeCase, cause: MistakeCase["cause"][number]): number {
  const lines = files.find((it) => it.path === cause.path)?.text.split("\n") ?? [];
  return lines.slice(0, cause.line).findLastIndex((it) => /^\s*\[/.test(it)) + 1;
}

/** Findings that name the mistake: in its line or above it, else anywhere, in the words of what then happens. */
function answersTo(mistake: MistakeCase): readonly Placed[] {
  const found = findingsIn(mistake.files, mistake.grade).filter((it) => says(it, mistake.expect));
  const near = found.filter((it) =>
    mistake.cause.some(
      (cause) =>
        it.path === cause.path &&
        ((it.start.line < cause.line && cause.line <= it.end.line + 1) ||
          (it.start.line + 1 === headerOf(mistake, cause) && names(it, mistake.expect))),
    ),
  );
  return near.length > 0 ? near : found.filter((it) => names(it, mistake.expect));
}

function compare(corpus: string, differencesOf: (mistake: MistakeCase) => readonly string[] | undefined): Outcome {
  const cases = casesBeside(corpus);
  if (!cases) return NOTHING;
  const judged = cases.map(differencesOf).filter((it) => it !== undefined);
  const differences = judged.flat();
  return { agree: judged.filter((it) => it.length === 0).length, total: judged.length, differences };
}

/** Words of a journal from which somebody asks why. */
const FAILURE = /Failed with result|status=|timed out|too quickly|limit-hit|cycle|efus|gnoring|Failed (?:to|at)/;

/** The settings that `explain` names for the journal of a case, the most likely first; undefined where it says nothing of a failure. */
function explained({ files, cause, observed }: MistakeCase): readonly string[] | undefined {
  const { journal = [] } = observed ?? {};
  if (!journal.some((it) => FAILURE.test(it))) return undefined;
  const paths = [...cause, ...files].map((it) => it.path);
  const isUnit = /\.(?:service|socket|timer|path|mount|automount)$/;
  const [first = ""] = paths;
  const path = isUnit.test(first) ? first : (files.find((it) => it.path.endsWith(".service"))?.path ?? "");
  const { stdout } = runOver(hostOf(files, `${journal.join("\n")}\n`), "explain", "-", path, "--format", "json");
  const { causes } = JSON.parse(stdout) as { readonly causes: readonly { readonly directive: string }[] };
  return causes.map((it) => it.directive);
}

/** Each mistake is told before a start, in the line that makes it; what works is not, nor by the same finding. */
export const mistakes: readonly Suite[] = [
  {
    name: "mistakes told before a start",
    versions: [257],
    run: (corpus) =>
      compare(corpus, (it) => (SILENT.has(it.id) ? undefined : answersTo(it).length > 0 ? [] : [`${it.id}: silent`])),
  },
  {
    name: "mistakes that are none",
    versions: [257],
    run: (corpus) =>
      compare(corpus, (mistake) => {
        const codes = new Set(answersTo(mistake).map((it) => it.code));
        return mistake.near.flatMap(({ files }, i) =>
          findingsIn(files, mistake.grade)
            .filter((it) => names(it, mistake.expect) && (says(it, mistake.expect) || codes.has(it.code)))
            .map((it) => `${mistake.id} ${i}: ${it.code}: ${it.message}`),
        );
      }),
  },
  {
    name: "mistakes explained after a start",
    versions: [257],
    run: (corpus) =>
      compare(corpus, (mistake) => {
        const named = explained(mistake);
        if (!named) return undefined;
        const isRight = named[0] !== undefined && mistake.expect.directives.includes(named[0]);
        return isRight ? [] : [`${mistake.id}: ${named.join(" ") || "nothing"}`];
      }),
  },
];
