import { describeTarget, targetOf } from "../../facts/targets.ts";
import { payloadReport } from "../../features/payload.ts";
import { FLEET, type FleetService, figuresOf, fleetSummary, isSampled } from "../../hardening/fleet.ts";
import { type Assessment, assess } from "../../security/exposure.ts";
import { podmanService } from "../../service/containers/podmanService.ts";
import { RepeatedTexts, TextTable } from "../../syntax/textTable.ts";
import { append, prepend } from "../../text/append.ts";
import type { Unit } from "../../units/unit.ts";
import type { Printer } from "../batch.ts";
import { tableLayout } from "../checkTable.ts";
import { command } from "../command.ts";
import { CONFIGURATION_OPTIONS, configurationProblems, configurationsOn } from "../configurations.ts";
import { asConfigured, podmanFor, versionFor } from "../configuredFiles.ts";
import { isContainer, isNspawn } from "../containerFiles.ts";
import { emptyFolders } from "../emptyFolders.ts";
import { limitOf, thresholdOf } from "../exposureLimit.ts";
import { findOnly, hasFolder, type InputFile, isService } from "../files.ts";
import { unreadDropIns } from "../gathering.ts";
import { hostedPath, hostedReader, isHosted, mayHaveServices, withHostedServices } from "../hostedServices.ts";
import type { ReportOrigin } from "../html/summaryPart.ts";
import { ifLoaded } from "../loadedUnit.ts";
import { demandTree } from "../namedFile.ts";
import { NAME_HELP, namedPaths } from "../names.ts";
import { anyText, choice, flag, UsageError, valued } from "../option.ts";
import { PODMAN, ROOT, scopeOf, TARGET } from "../options.ts";
import { ending } from "../outcome.ts";
import { NO_POLICY, readPolicy } from "../policyFile.ts";
import { shellWord } from "../putBackScript.ts";
import { MOST_UNITS, readInput } from "../readInput.ts";
import { type HostNotes, rememberedHost } from "../rememberedHost.ts";
import type { ReportFormat } from "../reportFormat.ts";
import { changesFormat, pageFormat, readBefore } from "../securityComparison.ts";
import { type AssessedUnit, securityJson, securityMarkdown, securityTable } from "../securityReport.ts";

const OPTIONS = {
  format: choice(
    ["table", "json", "html", "markdown"],
    "table",
    "how to print; html is a page of its own, with what is safe to add, markdown is for the summary of a pull request",
  ),
  ...ROOT,
  ...TARGET,
  ...PODMAN,
  threshold: valued("EXPOSURE", "the highest exposure that passes, such as 5.0 (default: 10.0)", thresholdOf),
  policy: anyText("FILE", "weights, ranges and texts, in the form that systemd-analyze takes", "files"),
  before: anyText(
    "FILE",
    "print what changed since an earlier run printed this JSON, here or on another machine",
    "files",
  ),
  each: flag("print every check in a line of its own, also those that pass, in the order of systemd-analyze"),
  ...CONFIGURATION_OPTIONS,
};

export const securityCommand = command(
  {
    name: "security",
    synopsis: ["security PATH|NAME… [option…]"],
    summary: 'computes the exposure level, identical to "systemd-analyze security --offline=yes"',
    details: [
      "Of one service it prints what fails, and below it what `harden --profile strict` says where its programs can be read, of several an overview. With `--before` it prints the services whose exposure is",
      "another one than before, with the settings that changed, as a table, as Markdown (also where it is not printed to a",
      "terminal and no format is named) or as HTML; services are the same by path, else by name. Services that stand in a Nix file, script or the",
      "like are called FILE#NAME. Of a .container file it prints two tables that have nothing to do with each other: what podman",
      "gives the program in the container, and the exposure of the service that starts podman; of a .nspawn file the first of them",
      "alone, as systemd has no number for it. `--threshold` is only about services.",
      NAME_HELP,
    ].join(" "),
    options: OPTIONS,
    operands: "units",
  },
  ({ options, operands: written, given, words }, { host: plainHost, terminal }) => {
    if (written.length === 0) throw new UsageError("name a service file or a folder");
    const host = rememberedHost(plainHost, MOST_BYTES);
    const readHosted = hostedReader(host);
    const scope = scopeOf(options);
    const { root } = options;
    demandTree(host, root);
    const { paths: operands, problems: unnamed } = namedPaths(host, written, { root, scope, instances: true });
    if (options.before !== undefined && options.format === "json")
      throw new UsageError("--before prints a table, markdown or html, not json: compare two files of JSON yourself");
    const before = options.before === undefined ? undefined : readBefore(host, options.before);
    const { policy, ignored } = options.policy === undefined ? NO_POLICY : readPolicy(host, options.policy);
    const refusal = "only services, .container and .nspawn files are assessed";
    const configurations = configurationsOn(host, options);
    if (options.format === "html" && policy) throw new UsageError("--policy does not go with --format html");
    const formats: Readonly<Record<typeof options.format, () => ReportFormat<unknown, AssessedUnit>>> = {
      table: () => securityTable(terminal, options),
      json: () => securityJson,
      markdown: () => securityMarkdown,
      html: () => pageFormat(origin, before),
    };
    const origin = (): ReportOrigin => ({
      target: describeTarget(targetOf(options.systemd)),
      time: host.time(),
      machine: host.name(),
      command: ["unit-warden security", ...words.map(shellWord)].join(" "),
    });
    // What the page says of a unit has places in its text.
    const texts = new RepeatedTexts();
    const known = options.format === "html" ? undefined : new TextTable<Unit>(MOST_UNITS, (it) => texts.note(it));
    const isForPeople = given.includes("format") || terminal.isTerminal === true;
    const format =
      before && options.format !== "html"
        ? changesFormat(before, isForPeople && options.format === "table" ? tableLayout(terminal) : undefined)
        : formats[options.format]();
    return {
      find(met) {
        // The page says of each service what it lacks, which nobody knows of one with unknown values.
        const takes = options.format === "html" ? isService : mayBeAssessed;
        const found = findOnly<InputFile>(takes, refusal, host, operands, { scope, instances: true, met });
        const files = found.files.filter(
          (it) => configurations.for(it.path)?.excluded !== true || operands.includes(it.path),
        );
        const services = withHostedServices(host, { ...found, files }, operands);
        if (found.problems.length === 0) {
          const excluded = found.files.filter((it) => !files.includes(it));
          append(found.problems, emptyFolders(host, operands, [...services.files, ...excluded], "service"));
        }
        prepend(found.problems, unnamed);
        append(found.problems, configurationProblems(configurations));
        return services;
      },
      work(found, { at, total }): Assessed | undefined {
        const configuration = configurations.for(found.path);
        const file = asConfigured(found, configuration);
        const systemd = versionFor(options, given, configuration);
        if (isContainer(file)) {
          const podman = podmanFor(options, given, configuration);
          const read = readInput(host, file, { systemd, root, podman }).unit;
          const assessment = isNspawn(file) ? NO_ASSESSMENT : assess(podmanService(read), policy ? { policy } : {});
          const { path, unit } = file;
          const payload = payloadReport(read);
          // The threshold is about services: the number of podman's says nothing about a container.
          return {
            entry: format.entry({ path, unit, assessment, total, read, isSampled: false, payload }),
            isService: false,
            isExposed: false,
            notice: undefined,
            figures: undefined,
          };
        }
        if (!isService(file)) throw new Error(refusal);
        const isNamed = operands.includes(found.path);
        const inHost = isHosted(file) ? readHosted(file, systemd) : undefined;
        const own = inHost ? undefined : ifLoaded(isNamed, () => readInput(host, file, { systemd, root }, known));
        const read = inHost?.unit ?? own?.unit;
        const loaded = own?.loaded;
        // What overrides it is assessed at its own place.
        if (!read || (loaded?.state === "overridden" && !isNamed)) return undefined;
        const unknown = inHost?.unknown ?? 0;
        const path = isHosted(file) ? hostedPath(file.path, file.hosted, file.unit.name) : file.path;
        const assessment = assess(read, policy ? { policy } : {});
        const { exposure } = assessment;
        const limit = given.includes("threshold") ? undefined : limitOf(configurations, file.path, read.path.name);
        const inSample = !inHost && isSampled(at, total);
        const isCounted = total >= FLEET && options.format !== "html" && !before;
        const report = { path, unit: read.path, assessment, total, read, loaded, isSampled: inSample };
        return {
          entry: format.entry({ ...report, ...(limit && { limit }) }),
          isService: true,
          isExposed: exposure === undefined || exposure > (limit?.tenths ?? options.threshold),
          notice:
            [...(unknown > 0 ? [`${path}: ${unknownValues(unknown)}`] : []), ...unreadDropIns(host)].join("\n") ||
            undefined,
          figures: isCounted ? { path, ...figuresOf(read, { isSampled: inSample, policy, assessment }) } : undefined,
        };
      },
      mayBeMany: () => hasFolder(host, operands),
      notes: (files) => host.notesOf(files.map((it) => it.path)),
      tell: (notes) => host.take(notes as HostNotes),
      printer: () =>
        securityPrinter(format, ignored, {
          isTable: options.format === "table" && !before,
          wantsServices: given.includes("threshold"),
        }),
    };
  },
);

/** What systemd says of a container of systemd-nspawn. */
const NO_ASSESSMENT: Assessment = {
  loads: true,
  exposure: undefined,
  level: undefined,
  messages: [],
  refusal: undefined,
  checks: [],
};

/** So much is kept of what was read to tell services from what only looks like them: those of a large fleet. */
const MOST_BYTES = 32 << 20;

const mayBeAssessed = (file: InputFile): file is InputFile => isContainer(file) || mayHaveServices(file);

/** What is left of a service that was assessed. */
interface Assessed {
  readonly entry: unknown;
  /** Whether it has an exposure that a threshold is about. */
  readonly isService: boolean;
  /** Whether it is above the threshold. */
  readonly isExposed: boolean;
  /** What is said of it besides. */
  readonly notice: string | undefined;
  readonly figures: FleetService | undefined;
}

function securityPrinter(
  format: ReportFormat<unknown, AssessedUnit>,
  ignored: readonly string[],
  { isTable, wantsServices }: { readonly isTable: boolean; readonly wantsServices: boolean },
): Printer<Assessed | undefined> {
  const { as } = format;
  const { add, end } = format.printer();
  const services: FleetService[] = [];
  const notices: string[] = [];
  let [count, servicesCount, someExposed] = [0, 0, false];
  return {
    as,
    add(assessed) {
      if (!assessed) return "";
      const { entry, isService: isOne, isExposed, figures, notice: more } = assessed;
      count++;
      if (isOne) servicesCount++;
      if (more !== undefined) notices.push(more);
      someExposed ||= isExposed;
      if (figures) services.push(figures);
      return add(entry);
    },
    end(problems) {
      // What went wrong is all that there is to say to a person then, as systemd-analyze has it.
      const failed = count === 0 && problems.length > 0 && isTable;
      // A policy that says something else than was meant makes another number.
      const all = [...ignored, ...problems];
      if (wantsServices && count > 0 && servicesCount === 0)
        all.push("--threshold is about services, and none was assessed");
      const ended = ending([{ text: failed ? "" : end(fleetSummary(services)), as }], all, someExposed);
      return { ...ended, messages: [...notices, ...ended.messages] };
    },
  };
}

const unknownValues = (count: number): string =>
  count === 1 ? "1 value is unknown and counts as missing" : `${count} values are unknown and count as missing`;
