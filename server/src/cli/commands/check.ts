import type { UnitPath } from "../../families/unitFiles/unitPath.ts";
import type { Finding, Severity } from "../../findings/finding.ts";
import { FLEET, type FleetService, figuresOf, fleetSummary } from "../../hardening/fleet.ts";
import type { Selection } from "../../rules/check.ts";
import { fixAllEdits } from "../../rules/fixAll.ts";
import { checkWithLater } from "../../rules/severalTargets.ts";
import { safeByVerdict } from "../../rules/verdict.ts";
import { LineTable } from "../../syntax/lineTable.ts";
import { lineIndex } from "../../text/lineIndex.ts";
import { applyEdits } from "../../text/span.ts";
import { decodeUtf8, isUtf8Clean } from "../../text/utf8.ts";
import { readDropIn, readUnit, type Unit, withLearnt } from "../../units/unit.ts";
import { underManager } from "../../units/unitDefaults.ts";
import { type Printer, reported, type Turn } from "../batch.ts";
import { command, type OptionValues } from "../command.ts";
import { defaultsFor } from "../defaults.ts";
import { allCodes } from "../explain/rule.ts";
import { type FileReport, isChecked, notChecked } from "../fileReport.ts";
import {
  attemptEach,
  dropInFiles,
  findFiles,
  type InputFile,
  type InputFiles,
  inputFile,
  isService,
  learntFor,
} from "../files.ts";
import { mainOf } from "../gathering.ts";
import type { Host } from "../host.ts";
import { hostedReport, isWorthReport } from "../hosted.ts";
import { withInterpreters } from "../interpreters.ts";
import { type NeighboursOf, readNeighbours } from "../neighbours.ts";
import { anyText, choice, flag, UsageError, wordList } from "../option.ts";
import { mainVersion, PROFILES, scopeOf, TARGETS } from "../options.ts";
import { ending, noted } from "../outcome.ts";
import { rememberedHost } from "../rememberedHost.ts";
import type { ReportFormat } from "../reportFormat.ts";
import { githubFormat } from "../reportGithub.ts";
import { gitlabFormat } from "../reportGitlab.ts";
import { jsonFormat } from "../reportJson.ts";
import { junitFormat } from "../reportJunit.ts";
import { sarifFormat } from "../reportSarif.ts";
import { textFormat } from "../reportText.ts";
import { afterWriting, type Made } from "../writes.ts";

const codes = (): string[] => [...new Set(allCodes().flatMap((it) => [it.replace(/\/.*/, ""), it]))];

const OPTIONS = {
  format: choice(
    ["text", "json", "sarif", "github", "gitlab", "junit"],
    "text",
    "how to print; github is for the log of a workflow, gitlab for a report of code quality",
  ),
  profile: choice(["off", ...PROFILES], "basic", "how much hardening to ask of a service"),
  ...TARGETS,
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
    details:
      "PATH is a unit file, a drop-in, a Nix file, script or file of cloud-init, Butane or Ignition with units, or a folder, which is searched for them.",
    options: OPTIONS,
    operands: "files",
  },
  ({ options, operands }, { host: asked, terminal }) => {
    const host = options.fix || options["unsafe-fixes"] ? asked : rememberedHost(asked);
    const path = options["stdin-path"];
    if (operands.length === 0 && path === undefined) throw new UsageError("name a unit file or a folder to check");
    const scope = scopeOf(options);
    const piped = path === undefined ? undefined : inputFile(host, path, scope);
    const format: ReportFormat<unknown> = FORMATS[options.format](options, terminal.colours);
    let neighbours: NeighboursOf | undefined;
    const lines = new LineTable(MOST_LINES);
    const find = (): InputFiles => {
      const { files: found, problems } = findFiles(host, operands, { scope });
      const files = attemptEach(found, problems, (it) => (isNamed(it) || isWorthReport(host, it) ? it : undefined));
      if (path !== undefined && !piped) problems.push(`${path}: this is no name of a unit file or drop-in`);
      return { files: piped ? [piped, ...files] : files, problems };
    };
    const work = (file: InputFile, { among }: Pick<Turn, "among">): Made<Checked> => {
      neighbours ??= readNeighbours(host, piped ? [piped.path, ...operands] : operands, options.root, lines);
      const { value, ...rest } = reportOf(file, options, host, file === piped, {
        neighbours,
        lines,
        tellsSafe: format.tellsSafe === true,
      });
      const { unit, ...report } = value;
      const isCounted = format.summarizes === true && options.profile !== "off" && among >= FLEET && isService(file);
      const checked = {
        entry: format.entry(report),
        isChecked: isChecked(report),
        isFound: report.findings?.some(failsWith(options)) === true,
        figures: isCounted && unit ? { path: file.path, ...figuresOf(unit) } : undefined,
        said: isChecked(report) || !isNamed(file) ? undefined : `${file.path}: ${notChecked([report])}`,
      };
      return { value: checked, ...rest };
    };
    const printer = () => checkPrinter(format);
    const isNamed = (it: InputFile): boolean => it.path === path || operands.includes(it.path);
    if (!options.fix && !options["unsafe-fixes"])
      return { find, work: (file, turn) => work(file, turn).value, printer, alone: piped !== undefined };
    const { files: all, problems } = find();
    const made = attemptEach(all, problems, (it) => work(it, { among: all.length }), terminal.progress);
    return afterWriting(made, problems, (values, failed) => reported(printer(), values, failed));
  },
);

/** What is left of a file that was looked at. */
interface Checked {
  readonly entry: unknown;
  readonly isChecked: boolean;
  /** Whether a finding makes the exit status 1. */
  readonly isFound: boolean;
  readonly figures: FleetService | undefined;
  /** What is said of a named file that was not checked. */
  readonly said: string | undefined;
}

function checkPrinter(format: ReportFormat<unknown>): Printer<Checked> {
  const { as } = format;
  const { add, end } = format.printer();
  const services: FleetService[] = [];
  const said: string[] = [];
  let [someChecked, someFound] = [false, false];
  return {
    as,
    add(it) {
      someChecked ||= it.isChecked;
      someFound ||= it.isFound;
      if (it.figures) services.push(it.figures);
      if (it.said !== undefined) said.push(it.said);
      return add(it.entry);
    },
    end(problems) {
      const last = [{ text: end(fleetSummary(services)), as }];
      // Where nothing at all was checked, that is no all-clear.
      return someChecked
        ? noted(ending(last, problems, someFound), said)
        : ending(last, [...problems, ...said], someFound);
    },
  };
}

/** Whether a finding makes the exit status 1. */
function failsWith({ "fail-on": lowest }: CheckOptions): (finding: Finding) => boolean {
  const least = lowest === "never" ? Number.POSITIVE_INFINITY : RANK[lowest];
  return ({ severity }) => RANK[severity] >= least;
}

const FORMATS: Readonly<
  Record<CheckOptions["format"], (options: CheckOptions, colours: boolean) => ReportFormat<unknown>>
> = {
  text: (_, colours) => textFormat(colours),
  json: () => jsonFormat,
  sarif: ({ systemd }) => sarifFormat(mainVersion(systemd)),
  github: () => githubFormat,
  gitlab: () => gitlabFormat,
  junit: (options) => junitFormat(failsWith(options)),
};

/** What files of one run share. */
interface Surroundings {
  readonly neighbours: NeighboursOf;
  readonly lines: LineTable;
  /** Whether the report tells which fixes are safe. */
  readonly tellsSafe: boolean;
}

/** So many different lines are known at a time, a kilobyte each: about as many as the services of a distribution have. */
const MOST_LINES = 12_288;

function reportOf(
  file: InputFile,
  options: CheckOptions,
  host: Host,
  piped: boolean,
  { neighbours, lines, tellsSafe }: Surroundings,
): Made<FileReport & { readonly unit: Unit | undefined }> {
  const { path, unit, kind, leads, is } = file;
  const { profile, ignore = [], select, systemd: targets, also } = options;
  const systemd = mainVersion(targets);
  const before = decodeUtf8(piped ? host.stdin() : host.read(path, is));
  const selection: Selection = { profile, ignore, ...(select ? { select } : {}) };
  const fixes = options["unsafe-fixes"] ? "all" : options.fix ? "safe" : undefined;
  const able = !piped && !leads && isUtf8Clean(before);
  const hosted = hostedReport(path, before, systemd, selection, { fixes: able ? fixes : undefined, tells: tellsSafe });
  if (hosted) return hosted;
  const dropIns = dropInFiles(host, path, unit).map((it) => it.text);
  const main = unit?.role === "drop-in" ? mainOf(path, host) : undefined;
  const learnt = unit && learntFor(host, path, unit);
  const defaults = unit && defaultsFor(host, path, options.root);
  const readAs = (as: UnitPath, it: string): Unit =>
    main
      ? readDropIn(as, it, systemd, main)
      : underManager(withLearnt(readUnit(as, it, systemd, dropIns, undefined, lines), learnt), defaults);
  // What runs the scripts decides about settings of these profiles alone.
  const looks = !main && (profile === "strict" || profile === "isolated");
  const read = (as: UnitPath, it: string): Unit =>
    looks ? withInterpreters(host, path, readAs(as, it)) : readAs(as, it);
  const found = (as: UnitPath, judged: Unit, it: string): readonly Finding[] => {
    const among = neighbours(path, piped || it !== before ? it : undefined);
    const its = checkWithLater(judged, { targets, also }, selection, among);
    return tellsSafe ? safeByVerdict((other) => read(as, other), judged, it, its) : its;
  };
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
  const judged = unit && read(unit, text);
  const findings = unit && judged && found(unit, judged, text);
  const value = { path, kind, text, lines: lineIndex(text), ...(findings && { findings }), unit: judged };
  if (isFixed) return { value, write: { path, before, text } };
  const far = leads && `${path} is not fixed: this link leads out of ${leads.outOf}, to ${leads.to}`;
  return { value, note: fixed === before ? undefined : far };
}
