import type { UnitPath } from "../../families/unitFiles/unitPath.ts";
import type { Finding, Severity } from "../../findings/finding.ts";
import { check, type Selection } from "../../rules/check.ts";
import { fixAllEdits } from "../../rules/fixAll.ts";
import { safeByVerdict } from "../../rules/verdict.ts";
import { lineIndex } from "../../text/lineIndex.ts";
import { applyEdits } from "../../text/span.ts";
import { decodeUtf8, isUtf8Clean } from "../../text/utf8.ts";
import { mainTexts } from "../../units/index/gather.ts";
import { type MainTexts, readDropIn, readUnit, type Unit } from "../../units/unit.ts";
import { command, type OptionValues } from "../command.ts";
import { allCodes } from "../explain/rule.ts";
import { type FileReport, isChecked, notChecked } from "../fileReport.ts";
import { attemptEach, dropInFiles, findFiles, type InputFile, inputFile } from "../files.ts";
import { gatherOver } from "../gathering.ts";
import type { Host } from "../host.ts";
import { type NeighboursOf, readNeighbours } from "../neighbours.ts";
import { anyText, choice, flag, UsageError, wordList } from "../option.ts";
import { PROFILES, scopeOf, TARGET } from "../options.ts";
import { ending, noted, type OutputPart } from "../outcome.ts";
import { githubReport } from "../reportGithub.ts";
import { gitlabReport } from "../reportGitlab.ts";
import { jsonReport } from "../reportJson.ts";
import { junitReport } from "../reportJunit.ts";
import { sarifReport } from "../reportSarif.ts";
import { textReport } from "../reportText.ts";
import { afterWriting, type Made } from "../writes.ts";

const codes = (): string[] => [...new Set(allCodes().flatMap((it) => [it.replace(/\/.*/, ""), it]))];

const OPTIONS = {
  format: choice(
    ["text", "json", "sarif", "github", "gitlab", "junit"],
    "text",
    "how to print; github is for the log of a workflow, gitlab for a report of code quality",
  ),
  profile: choice(["off", ...PROFILES], "basic", "how much hardening to ask of a service"),
  ...TARGET,
  "fail-on": choice(
    ["error", "warning", "info", "hint", "never"],
    "warning",
    "the lowest severity that makes the exit status 1",
  ),
  select: wordList("CODE,…", "report these codes alone, or whole families such as hardening", codes),
  ignore: wordList("CODE,…", "leave out these codes or families", codes),
  fix: flag("apply the fixes that keep the meaning of the file"),
  "unsafe-fixes": flag("apply all fixes, including those that are a guess"),
  "stdin-path": anyText("PATH", "check standard input as if it were this file", "files"),
  root: anyText("DIR", "judge the files as part of the system below this folder", "folders"),
};

type CheckOptions = OptionValues<typeof OPTIONS>;

const RANK: Readonly<Record<Severity, number>> = { error: 4, warning: 3, info: 2, hint: 1 };

export const checkCommand = command(
  {
    name: "check",
    synopsis: ["check [PATH…] [option…]"],
    summary: "finds what systemd rejects and which hardening is missing",
    details: "PATH is a unit file, a drop-in, or a folder, which is searched for them.",
    options: OPTIONS,
    operands: "files",
  },
  ({ options, operands }, { host, terminal }) => {
    const path = options["stdin-path"];
    if (operands.length === 0 && path === undefined) throw new UsageError("name a unit file or a folder to check");
    const scope = scopeOf(options);
    const { files, problems } = findFiles(host, operands, { scope });
    const piped = path === undefined ? undefined : inputFile(host, path, scope);
    if (path !== undefined && !piped) problems.push(`${path}: this is no name of a unit file or drop-in`);
    const neighbours = readNeighbours(host, piped ? [piped.path, ...operands] : operands, options.root);
    const work = (it: InputFile): Made<FileReport> => reportOf(it, options, host, it === piped, neighbours);
    const made = attemptEach(piped ? [piped, ...files] : files, problems, work, terminal.progress);
    return afterWriting(made, problems, (reports, failed) => {
      const isFound = reports.some(({ findings }) => findings?.some(failsWith(options)));
      const [report, as] = REPORTS[options.format];
      const text = report(reports, options, terminal.colours);
      const isNamed = (it: FileReport): boolean => it.path === path || operands.includes(it.path);
      const others = reports.filter((it) => !isChecked(it) && isNamed(it));
      const said = others.map((it) => `${it.path}: ${notChecked([it])}`);
      // Where nothing at all was checked, that is no all-clear.
      return reports.some(isChecked)
        ? noted(ending([{ text, as }], failed, isFound), said)
        : ending([{ text, as }], [...failed, ...said], isFound);
    });
  },
);

/** Whether a finding makes the exit status 1. */
function failsWith({ "fail-on": lowest }: CheckOptions): (finding: Finding) => boolean {
  const least = lowest === "never" ? Number.POSITIVE_INFINITY : RANK[lowest];
  return ({ severity }) => RANK[severity] >= least;
}

/** What makes the output of a format. */
type Report = (reports: readonly FileReport[], options: CheckOptions, colours: boolean) => string;

const REPORTS: Readonly<Record<CheckOptions["format"], readonly [report: Report, as: OutputPart["as"]]>> = {
  text: [(reports, _, colours) => textReport(reports, colours), "report"],
  json: [jsonReport, "json"],
  sarif: [(reports, { systemd }) => sarifReport(reports, systemd), "json"],
  github: [githubReport, "commands"],
  gitlab: [gitlabReport, "json"],
  junit: [(reports, options) => junitReport(reports, failsWith(options)), "xml"],
};

function reportOf(
  file: InputFile,
  options: CheckOptions,
  host: Host,
  piped: boolean,
  neighbours: NeighboursOf,
): Made<FileReport> {
  const { path, unit, kind, leads } = file;
  const { profile, ignore = [], select, systemd } = options;
  const before = decodeUtf8(piped ? host.stdin() : host.read(path));
  const selection: Selection = { profile, ignore, ...(select ? { select } : {}) };
  const dropIns = dropInFiles(host, path, unit).map((it) => it.text);
  const main = unit?.role === "drop-in" ? mainOf(path, host) : undefined;
  const read = (as: UnitPath, it: string): Unit =>
    main ? readDropIn(as, it, systemd, main) : readUnit(as, it, systemd, dropIns);
  const found = (as: UnitPath, it: string): readonly Finding[] => {
    const judged = read(as, it);
    return safeByVerdict((other) => read(as, other), judged, it, check(judged, selection, neighbours(path, it)));
  };
  const fixes = options["unsafe-fixes"] ? "all" : options.fix ? "safe" : undefined;
  let fixed = before;
  if (unit && fixes && !piped && isUtf8Clean(before)) {
    const among = ({ file: { text: it } }: Unit): ReturnType<NeighboursOf> => neighbours(path, it);
    fixed = applyEdits(
      before,
      fixAllEdits((it) => read(unit, it), before, selection, fixes, among),
    );
  }
  const isFixed = fixed !== before && !leads;
  const text = isFixed ? fixed : before;
  const findings = unit && found(unit, text);
  const value = { path, kind, text, lines: lineIndex(text), ...(findings && { findings }) };
  if (isFixed) return { value, write: { path, before, text } };
  const far = leads && `${path} is not fixed: this link leads out of ${leads.outOf}, to ${leads.to}`;
  return { value, note: fixed === before ? undefined : far };
}

/** The unit that a drop-in belongs to, where its file is next to the folder of the drop-in and can be read. */
function mainOf(path: string, host: Host): MainTexts | undefined {
  const here = path.includes("/") ? path : `./${path}`;
  try {
    const gathered = gatherOver(host, here, { alone: true });
    return gathered && mainTexts(gathered, here);
  } catch {
    return undefined;
  }
}
