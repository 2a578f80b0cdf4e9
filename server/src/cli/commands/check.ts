import { FAIL_LEVELS, failsAt } from "../../configuration/failLevel.ts";
import { isAdvice } from "../../findings/advice.ts";
import { FLEET, figuresOf } from "../../hardening/fleet.ts";
import { LineTable } from "../../syntax/lineTable.ts";
import { RepeatedTexts, TextTable } from "../../syntax/textTable.ts";
import { append } from "../../text/append.ts";
import type { Unit } from "../../units/unit.ts";
import { attemptEach } from "../attempts.ts";
import { BASELINE_OPTIONS, baselinesOn, type PartedFindings } from "../baselines.ts";
import { type Batch, type Printer, reported, type Turn } from "../batch.ts";
import { changedHost } from "../changedHost.ts";
import { checkInputFile, MOST_LINES } from "../checkFile.ts";
import { demandOneOutput, FIX_OPTIONS, fixPatch, OUTPUT_OPTIONS, severeEnough } from "../checkOutput.ts";
import { type Checked, checkPrinter } from "../checkPrinter.ts";
import { CODE_OPTIONS, demandQuestion } from "../checkQuestion.ts";
import { command } from "../command.ts";
import { CONFIGURATION_OPTIONS, configurationProblems, configurationsOn } from "../configurations.ts";
import {
  asConfigured,
  configurationFiles,
  configurationReport,
  isConfiguration,
  runScopeOf,
  withConfiguration,
} from "../configuredFiles.ts";
import { emptyFolders } from "../emptyFolders.ts";
import { aboveLimit, limitOf } from "../exposureLimit.ts";
import { type CheckResult, isChecked, isNone, notChecked, suppressedIn } from "../fileReport.ts";
import { findFiles, hasFolder, type InputFile, type InputFiles, inputFile, isService } from "../files.ts";
import type { WriteFailures } from "../fileWrite.ts";
import { unreadDropIns } from "../gathering.ts";
import { isWorthReport } from "../hosted.ts";
import { demandTree } from "../namedFile.ts";
import { NAME_HELP, namedPaths, withoutStdin } from "../names.ts";
import { type NeighboursOf, readNeighbours } from "../neighbours.ts";
import { anyText, choice, flag } from "../option.ts";
import { mainVersion, PODMAN, PROFILES, ROOT, scopeOf, TARGETS } from "../options.ts";
import { ending, noted } from "../outcome.ts";
import { demandOutputFile, fileTerminal, intoFile } from "../outputFile.ts";
import { MOST_UNITS } from "../readInput.ts";
import { rememberedHost } from "../rememberedHost.ts";
import type { ReportFormat } from "../reportFormat.ts";
import { REPORT_FORMAT_NAMES, REPORT_FORMATS } from "../reportFormats.ts";
import { suppressedFindings, suppressedJson, suppressedText } from "../reportSuppressed.ts";
import { shownConfiguration } from "../shownConfiguration.ts";
import { nextSteps } from "../vendorFiles.ts";
import { afterWriting, type FileResult } from "../writes.ts";

const OPTIONS = {
  format: choice(
    REPORT_FORMAT_NAMES,
    "text",
    "how to print; github is for the log of a workflow, gitlab for a report of code quality, rdjson for reviewdog",
  ),
  profile: choice(["off", ...PROFILES], "basic", "how much hardening to ask of a service"),
  ...TARGETS,
  ...PODMAN,
  "fail-on": choice(
    FAIL_LEVELS,
    "warning",
    "the lowest severity that makes the exit status 1; what a service lacks does it with advice alone",
  ),
  ...CODE_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...FIX_OPTIONS,
  "stdin-path": anyText("PATH", "check standard input as if it were this file", "files"),
  ...ROOT,
  ...CONFIGURATION_OPTIONS,
  "show-config": flag("print as JSON what holds for each PATH and which configuration says so, and check nothing"),
  ...BASELINE_OPTIONS,
};

export const checkCommand = command(
  {
    name: "check",
    synopsis: ["check [PATH|NAME…] [option…]"],
    summary: "finds what systemd rejects and which hardening is missing",
    details: `PATH is a unit file, a drop-in, a template of one, a Nix file, script or file of cloud-init, Butane or Ignition with units, or a folder, which is searched for them; without one the current folder is. ${NAME_HELP}`,
    options: OPTIONS,
    operands: "units",
  },
  ({ options: wanted, operands: written, given }, { host: plainHost, terminal }) => {
    demandOneOutput(wanted);
    // A diff shows what --fix would do.
    const options = { ...wanted, fix: wanted.fix || (wanted.diff && !wanted["unsafe-fixes"]) };
    const isFixing = options.fix || options["unsafe-fixes"];
    const remembered = isFixing ? undefined : rememberedHost(plainHost);
    // Whether a fix is safe may depend on what those before it have made of a unit and its drop-ins.
    const changed = isFixing ? changedHost(plainHost) : undefined;
    const host = remembered ?? changed ?? plainHost;
    const path = options["stdin-path"];
    demandTree(host, options.root);
    demandQuestion(options, given);
    demandOutputFile(host, options["output-file"]);
    const scope = scopeOf(options);
    const isCurrent = written.length === 0 && path === undefined;
    const { paths: operands, problems: unnamed } = isCurrent
      ? { paths: ["."], problems: [] }
      : namedPaths(host, withoutStdin(written, path), { root: options.root, scope, dropIns: true });
    const configurations = configurationsOn(host, options);
    if (options["show-config"]) {
      const paths = [...(path === undefined ? [] : [path]), ...operands];
      const text = shownConfiguration(paths, options, given, configurations);
      return ending([{ text, as: "json" }], configurationProblems(configurations), false);
    }
    const named = path === undefined ? undefined : inputFile(host, path, scope);
    const piped = named && asConfigured(named, configurations.for(named.path));
    const baselines = baselinesOn(host, options, configurations, piped ? [piped.path, ...operands] : operands);
    const {
      colours,
      isTerminal,
      width = 80,
    } = options["output-file"] === undefined ? terminal : fileTerminal(terminal);
    const lists = options["list-suppressed"];
    const listFormat = options.format === "json" ? suppressedJson : suppressedText;
    const format: ReportFormat<unknown> = lists
      ? listFormat
      : REPORT_FORMATS[options.format]({
          systemd: mainVersion(options.systemd),
          text: { ...options, colours, width: isTerminal ? width : undefined },
          folder: host.absolute("."),
        });
    let neighbours: NeighboursOf | undefined;
    const lines = new LineTable(MOST_LINES);
    const repeated = new RepeatedTexts();
    const units = new TextTable<Unit>(MOST_UNITS, (text) => repeated.has(text));
    const leftOut: string[] = [];
    const find: Batch["find"] = (met) => {
      const walk = (): InputFiles => findFiles(host, operands, { scope, met });
      // The index is made of the same folders.
      const { files: found, problems: unfound } = remembered ? remembered.beforeAnother(walk) : walk();
      const problems = [...unnamed, ...unfound];
      const excluded: InputFile[] = [];
      const files = attemptEach(piped ? [piped, ...found] : found, problems, (it) => {
        const configuration = configurations.for(it.path);
        if (configuration?.excluded) {
          excluded.push(it);
          if (isNamed(it) || lists)
            leftOut.push(`${it.path}: not checked: ${configurations.of(it.path)?.path} excludes it`);
          return undefined;
        }
        if (!isNamed(it) && !isWorthReport(host, it)) return undefined;
        return it === piped ? it : asConfigured(it, configuration);
      });
      if (isFixing && piped) leftOut.push(`${piped.path}: not fixed: standard input is only checked`);
      if (problems.length === 0)
        append(problems, emptyFolders(host, operands, [...files, ...excluded], "file to check"));
      if (files.length === 0 && excluded.some((it) => !isNamed(it)))
        problems.push(`no file is checked: the configuration excludes all ${excluded.length}`);
      if (path !== undefined && !piped) problems.push(`${path}: this is no name of a unit file or drop-in`);
      append(problems, configurationProblems(configurations, lists ? undefined : options));
      append(problems, baselines.problemsOf(files.map((it) => it.path)));
      return { files: lists ? files : [...files, ...configurationFiles(configurations, options)], problems };
    };
    const neighboursOf = (): NeighboursOf =>
      readNeighbours(host, piped ? [piped.path, ...operands] : operands, options.root, { lines, repeated });
    const work = (file: InputFile, { total }: Pick<Turn, "total">): FileResult<Checked> => {
      if (isConfiguration(file))
        return {
          value: checkedOf({ ...configurationReport(host, file, options), fails: failsAt(options["fail-on"]) }, file),
        };
      neighbours ??= neighboursOf();
      const ownOptions = withConfiguration(options, given, configurations.for(file.path));
      const keepsSuppressed = lists || format.tellsSuppressed === true;
      const surroundings = { neighbours, lines, units, tells: format.tells, keepsSuppressed };
      const { value: judged, ...rest } = checkInputFile(file, ownOptions, host, file === piped, surroundings);
      if (rest.write) changed?.change(rest.write);
      const { unit, ...judgement } = judged;
      const report = { ...judgement, isNamed: isNamed(file) };
      const isCounted = format.summarizes === true && ownOptions.profile !== "off" && total >= FLEET && isService(file);
      const figures = isCounted && unit ? { path: file.path, ...figuresOf(unit) } : undefined;
      const { text } = report;
      const configured = configurations.for(file.path);
      const reported = lists ? report.findings?.filter((it) => !it.suppressed) : report.findings;
      const part = (asNew?: boolean): PartedFindings | undefined =>
        reported &&
        baselines.part(file.path, { findings: reported, text, run: runScopeOf(ownOptions, given, configured) }, asNew);
      const checkedWith = (parted: PartedFindings | undefined): Checked => {
        if (lists) {
          const listed = suppressedFindings(report, parted?.known ?? [], configured?.exceptions);
          return { ...checkedOf({ ...report, ...listed, fails: () => false }, file), known: parted?.report };
        }
        const findings = parted ? parted.fresh : reported;
        const limit =
          unit && isService(file) && findings?.some(isAdvice) && limitOf(configurations, file.path, unit.path.name);
        const above = limit ? aboveLimit(unit, limit) : undefined;
        const fails = failsAt(ownOptions["fail-on"], { rules: ownOptions.rules, isExposed: above !== undefined });
        const suppressed = keepsSuppressed ? suppressedIn(report, findings) : undefined;
        const checked = checkedOf({ ...report, ...(findings && { findings }), suppressed, fails }, file, above);
        return { ...checked, figures, known: parted?.report };
      };
      const parted = part();
      const value = checkedWith(parted);
      const asNew = parted?.report.renamedFrom === undefined ? undefined : checkedWith(part(true));
      return { value: asNew ? { ...value, asNew } : value, ...rest };
    };
    const checkedOf = (report: CheckResult, file: InputFile, above?: string): Checked => ({
      entry: format.entry(severeEnough(report, options.severity)),
      isChecked: isChecked(report) || isNone(report),
      isFound: report.findings?.some(report.fails) === true,
      figures: undefined,
      known: undefined,
      problem: report.unread ? `${file.path}: not checked: ${report.unread}` : unread(file),
      notice: isChecked(report)
        ? above && `${file.path}: ${above}`
        : isNamed(file)
          ? `${file.path}: ${notChecked(report)}`
          : undefined,
    });
    // Of what a walk has found it meets the drop-ins, too.
    const unread = (file: InputFile): string | undefined => {
      const all = unreadDropIns(host).join("\n");
      return isNamed(file) && all !== "" ? all : undefined;
    };
    const printer = (failures?: WriteFailures): Printer<Checked> => {
      const made = checkPrinter(format, leftOut, (it) => baselines.notes(it, failures), options.quiet);
      const file = options["output-file"];
      return file === undefined ? made : intoFile(made, file, plainHost, terminal);
    };
    const operand = new Set(operands);
    const isNamed = (it: InputFile): boolean => it.path === path || operand.has(it.path);
    if (!isFixing && !options["update-baseline"])
      return {
        find,
        work(file, turn) {
          const { value, note } = work(file, turn);
          return note === undefined ? value : { ...value, notice: value.notice ?? note };
        },
        printer: () => printer(),
        alone: piped !== undefined,
        quiet: options.quiet,
        mayBeMany: () => hasFolder(host, operands),
        prepare() {
          neighbours ??= neighboursOf();
        },
      };
    const { files: all, problems } = find();
    const progress = options.quiet ? undefined : terminal.progress;
    const made = attemptEach(all, problems, (it) => work(it, { total: all.length }), progress);
    if (options.diff) {
      const notes = [...leftOut, ...made.flatMap((it) => it.note ?? [])];
      return noted(fixPatch(made, problems, terminal), options.quiet ? [] : notes);
    }
    const updates = baselines.writes(made.flatMap(({ value }) => value.known ?? []));
    return afterWriting(made, problems, (values, notices, failures) => reported(printer(failures), values, notices), {
      more: updates,
      next: (paths) => nextSteps(plainHost, paths),
    });
  },
);
