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
import type { FileReport } from "../fileReport.ts";
import { attemptEach, dropInFiles, findFiles, type InputFile, inputFile } from "../files.ts";
import { gatherOver } from "../gathering.ts";
import type { Host } from "../host.ts";
import { type NeighboursOf, readNeighbours } from "../neighbours.ts";
import { anyText, choice, flag, UsageError, wordList } from "../option.ts";
import { PROFILES, scopeOf, TARGET } from "../options.ts";
import { outcome } from "../outcome.ts";
import { githubReport } from "../reportGithub.ts";
import { jsonReport } from "../reportJson.ts";
import { sarifReport } from "../reportSarif.ts";
import { textReport } from "../reportText.ts";

const codes = (): string[] => [...new Set(allCodes().flatMap((it) => [it.replace(/\/.*/, ""), it]))];

const OPTIONS = {
  format: choice(["text", "json", "sarif", "github"], "text", "how to print; github is for the log of a workflow"),
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
    const work = (it: InputFile): FileReport => reportOf(it, options, host, it === piped, neighbours);
    const reports = attemptEach(piped ? [piped, ...files] : files, problems, work, terminal.progress);
    const least = options["fail-on"] === "never" ? Number.POSITIVE_INFINITY : RANK[options["fail-on"]];
    const failed = reports.some(({ findings }) => findings.some((it) => RANK[it.severity] >= least));
    return outcome(REPORTS[options.format](reports, options, terminal.colours), problems, failed);
  },
);

const REPORTS: Readonly<
  Record<CheckOptions["format"], (reports: readonly FileReport[], options: CheckOptions, colours: boolean) => string>
> = {
  text: (reports, _, colours) => textReport(reports, colours),
  json: jsonReport,
  sarif: (reports, { systemd }) => sarifReport(reports, systemd),
  github: githubReport,
};

function reportOf(
  file: InputFile,
  options: CheckOptions,
  host: Host,
  piped: boolean,
  neighbours: NeighboursOf,
): FileReport {
  const { path, unit, kind } = file;
  const { profile, ignore = [], select, systemd } = options;
  let text = decodeUtf8(piped ? host.stdin() : host.read(path));
  const selection: Selection = { profile, ignore, ...(select ? { select } : {}) };
  const dropIns = dropInFiles(host, path, unit).map((it) => it.text);
  const main = unit?.role === "drop-in" ? mainOf(path, host) : undefined;
  const read = (as: UnitPath, it: string): Unit =>
    main ? readDropIn(as, it, systemd, main) : readUnit(as, it, systemd, dropIns);
  const found = (as: UnitPath): readonly Finding[] => {
    const judged = read(as, text);
    const findings = check(judged, selection, neighbours(path, text));
    return safeByVerdict((it) => read(as, it), judged, text, findings);
  };
  const fixes = options["unsafe-fixes"] ? "all" : options.fix ? "safe" : undefined;
  if (unit && fixes && !piped && isUtf8Clean(text)) {
    const among = ({ file: { text: it } }: Unit): ReturnType<NeighboursOf> => neighbours(path, it);
    const fixed = applyEdits(
      text,
      fixAllEdits((it) => read(unit, it), text, selection, fixes, among),
    );
    if (fixed !== text) host.write(path, fixed);
    text = fixed;
  }
  return { path, kind, text, lines: lineIndex(text), findings: unit ? found(unit) : [] };
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
