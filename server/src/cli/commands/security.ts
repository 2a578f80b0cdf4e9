import type { SystemdVersion } from "../../facts/version.ts";
import { exposureSummary } from "../../features/exposureSummary.ts";
import { payloadReport } from "../../features/payload.ts";
import { exposureReport } from "../../features/report.ts";
import { FLEET, type FleetService, figuresOf, fleetSummary, isSampled } from "../../hardening/fleet.ts";
import { type Assessment, assess } from "../../security/exposure.ts";
import { type Policy, parsePolicy } from "../../security/policy.ts";
import { podmanService } from "../../service/containers/podmanService.ts";
import { RepeatedTexts, TextTable } from "../../syntax/textTable.ts";
import { underPodman } from "../../units/podman.ts";
import type { Unit } from "../../units/unit.ts";
import type { Printer } from "../batch.ts";
import { command } from "../command.ts";
import { CONFIGURATION_OPTIONS, configurationProblems, configurationsOn } from "../configurations.ts";
import { asConfigured, podmanFor, versionFor } from "../configuredFiles.ts";
import { isContainer, isNspawn } from "../containerFiles.ts";
import { emptyFolders } from "../emptyFolders.ts";
import { type Exposures, exposureChanges, exposuresIn } from "../exposureChanges.ts";
import { limitOf } from "../exposureLimit.ts";
import { findOnly, hasFolder, type InputFile, isService } from "../files.ts";
import type { Host } from "../host.ts";
import { hostedPath, hostedReader, isHosted, mayHaveServices, withHostedServices } from "../hostedServices.ts";
import { type ListedReport, securityPage } from "../html/securityPage.ts";
import { namedFile } from "../namedFile.ts";
import { anyText, choice, UsageError, valued } from "../option.ts";
import { PODMAN, scopeOf, TARGET } from "../options.ts";
import { ending } from "../outcome.ts";
import { MOST_UNITS, readInput } from "../readInput.ts";
import { type HostNotes, rememberedHost } from "../rememberedHost.ts";
import { collected, type ReportFormat } from "../reportFormat.ts";
import { type AssessedUnit, securityJson, securityTable, type UnitReport, withoutChecks } from "../securityReport.ts";

const OPTIONS = {
  format: choice(
    ["table", "json", "html"],
    "table",
    "how to print; html is a page of its own, with what is safe to add",
  ),
  ...TARGET,
  ...PODMAN,
  threshold: valued("TENTHS", 'the highest exposure that passes, 94 for "9.4" (default: 100)', thresholdOf),
  policy: anyText("FILE", "weights, ranges and texts, in the form that systemd-analyze takes", "files"),
  before: anyText("FILE", "print as Markdown what changed since an earlier run printed this JSON", "files"),
  ...CONFIGURATION_OPTIONS,
};

export const securityCommand = command(
  {
    name: "security",
    synopsis: ["security PATH… [option…]"],
    summary: 'computes the exposure level, identical to "systemd-analyze security --offline=yes"',
    details: [
      "Of one service it prints all checks, of several an overview. With `--before` it prints a table for the summary of a",
      "pull request: the services whose exposure is another one than before. Services that stand in a Nix file, script or the",
      "like are called FILE#NAME. Of a .container file it prints two tables that have nothing to do with each other: what podman",
      "gives the program in the container, and the exposure of the service that starts podman; of a .nspawn file the first of them",
      "alone, as systemd has no number for it. `--threshold` is only about services.",
    ].join(" "),
    options: OPTIONS,
    operands: "files",
  },
  ({ options, operands, given }, { host: asked, terminal }) => {
    if (operands.length === 0) throw new UsageError("name a service file or a folder");
    const host = rememberedHost(asked, MOST_BYTES);
    const readHosted = hostedReader(host);
    const scope = scopeOf(options);
    if (options.before !== undefined && options.format !== "table")
      throw new UsageError("--before has a form of its own: leave out --format");
    const before = options.before === undefined ? undefined : readBefore(host, options.before);
    const { policy, ignored } = options.policy === undefined ? NO_POLICY : readPolicy(host, options.policy);
    const refusal = "only services, .container and .nspawn files are assessed";
    const configurations = configurationsOn(host, options);
    if (options.format === "html" && policy) throw new UsageError("--policy does not go with --format html");
    const formats: Readonly<Record<typeof options.format, () => ReportFormat<unknown, AssessedUnit>>> = {
      table: () => securityTable(terminal.colours),
      json: () => securityJson,
      html: () => htmlFormat(options.systemd),
    };
    // What the page says of a unit has places in its text.
    const texts = new RepeatedTexts();
    const known = options.format === "html" ? undefined : new TextTable<Unit>(MOST_UNITS, (it) => texts.note(it));
    const format = before ? changesFormat(before) : formats[options.format]();
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
          found.problems.push(...emptyFolders(host, operands, [...services.files, ...excluded], "service"));
        }
        found.problems.push(...configurationProblems(configurations));
        return services;
      },
      work(found, { at, among }): Assessed {
        const configuration = configurations.for(found.path);
        const file = asConfigured(found, configuration);
        const systemd = versionFor(options, given, configuration);
        if (isContainer(file)) {
          const read = underPodman(readInput(host, file, systemd).unit, podmanFor(options, given, configuration));
          const assessment = isNspawn(file) ? NO_ASSESSMENT : assess(podmanService(read), policy ? { policy } : {});
          const { path, unit } = file;
          const payload = payloadReport(read);
          // The threshold is about services: the number of podman's says nothing about a container.
          return {
            entry: format.entry({ path, unit, assessment, among, read, isSampled: false, payload }),
            isService: false,
            isExposed: false,
            said: undefined,
            figures: undefined,
          };
        }
        if (!isService(file)) throw new Error(refusal);
        const inHost = isHosted(file) ? readHosted(file, systemd) : undefined;
        const { unit: read } = inHost ?? readInput(host, file, systemd, known);
        const unknown = inHost?.unknown ?? 0;
        const path = isHosted(file) ? hostedPath(file.path, file.hosted, file.unit.name) : file.path;
        const assessment = assess(read, policy ? { policy } : {});
        const { exposure } = assessment;
        const limit = given.includes("threshold") ? undefined : limitOf(configurations, file.path, read.path.name);
        const inSample = !inHost && isSampled(at, among);
        const isCounted = among >= FLEET && options.format !== "html" && !before;
        const report = { path, unit: read.path, assessment, among, read, isSampled: inSample };
        return {
          entry: format.entry({ ...report, ...(limit && { limit }) }),
          isService: true,
          isExposed: exposure === undefined || exposure > (limit?.tenths ?? options.threshold),
          said: unknown > 0 ? `${path}: ${unknownValues(unknown)}` : undefined,
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
  readonly said: string | undefined;
  readonly figures: FleetService | undefined;
}

function securityPrinter(
  format: ReportFormat<unknown, AssessedUnit>,
  ignored: readonly string[],
  { isTable, wantsServices }: { readonly isTable: boolean; readonly wantsServices: boolean },
): Printer<Assessed> {
  const { as } = format;
  const { add, end } = format.printer();
  const services: FleetService[] = [];
  const said: string[] = [];
  let [count, servicesCount, someExposed] = [0, 0, false];
  return {
    as,
    add({ entry, isService: isOne, isExposed, figures, said: more }) {
      count++;
      if (isOne) servicesCount++;
      if (more !== undefined) said.push(more);
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
      return { ...ended, messages: [...said, ...ended.messages] };
    },
  };
}

const unknownValues = (count: number): string =>
  count === 1 ? "1 value is unknown and counts as missing" : `${count} values are unknown and count as missing`;

function changesFormat(before: Exposures): ReportFormat<UnitReport, AssessedUnit> {
  return collected("report", withoutChecks, (all) => exposureChanges(all, before));
}

function htmlFormat(systemd: SystemdVersion): ReportFormat<ListedReport, AssessedUnit> {
  return collected(
    "xml",
    ({ path, read }) => ({ path, summary: exposureSummary(read, "basic"), report: exposureReport(read) }),
    (all) => securityPage(all, systemd),
  );
}

function thresholdOf(written = "100"): number {
  const threshold = Number(written);
  if (!/^\d+$/.test(written) || threshold > 100)
    throw new UsageError(`--threshold takes tenths from 0 to 100, not ${written}`);
  return threshold;
}

/** The policy, and what has no effect in it. */
interface ReadPolicy {
  readonly policy: Policy | undefined;
  readonly ignored: readonly string[];
}

const NO_POLICY: ReadPolicy = { policy: undefined, ignored: [] };

function readPolicy(host: Host, path: string): ReadPolicy {
  const read = parsePolicy(namedFile(host, path));
  if (read.kind === "error") throw new UsageError(`${path}: ${read.message}`);
  return { policy: read.policy, ignored: read.ignored.map((it) => `${path}: ${it}`) };
}

function readBefore(host: Host, path: string): Exposures {
  const known = exposuresIn(namedFile(host, path));
  if (!known) throw new UsageError(`${path} is not what security --format json prints`);
  return known;
}
