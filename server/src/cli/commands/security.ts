import { exposureSummary } from "../../features/exposureSummary.ts";
import { exposureReport } from "../../features/report.ts";
import { assess } from "../../security/exposure.ts";
import { type Policy, parsePolicy } from "../../security/policy.ts";
import { decodeUtf8 } from "../../text/utf8.ts";
import type { Unit } from "../../units/unit.ts";
import { command } from "../command.ts";
import { type Exposures, exposureChanges, exposuresIn } from "../exposureChanges.ts";
import { attemptEach, findOnly, type InputUnit, isService, readInput } from "../files.ts";
import type { Host } from "../host.ts";
import { type ListedReport, securityPage } from "../html/securityPage.ts";
import { anyText, choice, UsageError, valued } from "../option.ts";
import { scopeOf, TARGET } from "../options.ts";
import { ending, type OutputPart } from "../outcome.ts";
import { securityJson, securityTable, type UnitReport } from "../securityReport.ts";

const OPTIONS = {
  format: choice(
    ["table", "json", "html"],
    "table",
    "how to print; html is a page of its own, with what is safe to add",
  ),
  ...TARGET,
  threshold: valued("TENTHS", 'the highest exposure that passes, 94 for "9.4" (default: 100)', thresholdOf),
  policy: anyText("FILE", "weights, ranges and texts, in the form that systemd-analyze takes", "files"),
  before: anyText("FILE", "print in Markdown what changed since an earlier run printed this JSON", "files"),
};

export const securityCommand = command(
  {
    name: "security",
    synopsis: ["security PATH… [option…]"],
    summary: 'computes the exposure level, identical to "systemd-analyze security --offline=yes"',
    details: [
      "Of one service it prints all checks, of several an overview. With `--before` it prints a table for the summary of a",
      "pull request: the services whose exposure is another one than before.",
    ].join(" "),
    options: OPTIONS,
    operands: "files",
  },
  ({ options, operands }, { host, terminal }) => {
    if (operands.length === 0) throw new UsageError("name a service file or a folder");
    const scope = scopeOf(options);
    if (options.before !== undefined && options.format !== "table")
      throw new UsageError("--before has a form of its own: leave out --format");
    const before = options.before === undefined ? undefined : readBefore(host, options.before);
    const { policy, ignored } = options.policy === undefined ? NO_POLICY : readPolicy(host, options.policy);
    const refusal = "only services have an exposure level";
    const { files, problems } = findOnly(isService, refusal, host, operands, { scope, instances: true });
    if (options.format === "html" && policy) throw new UsageError("--policy does not go with --format html");
    const work = (file: InputUnit): UnitReport & { readonly listed?: ListedReport } => {
      const { unit } = readInput(host, file, options.systemd);
      const assessment = assess(unit, policy ? { policy } : {});
      const listed = options.format === "html" ? { listed: listedReport(file.path, unit) } : {};
      return { path: file.path, unit: file.unit, assessment, ...listed };
    };
    const reports = attemptEach(files, problems, work, terminal.progress);
    const isExposed = ({ assessment: { exposure } }: UnitReport): boolean =>
      exposure === undefined || exposure > options.threshold;
    // What went wrong is all that there is to say then, as systemd-analyze has it.
    const failed = reports.length === 0 && problems.length > 0;
    const printed = {
      table: (): OutputPart => ({ text: failed ? "" : securityTable(reports, terminal.colours), as: "report" }),
      json: (): OutputPart => ({ text: securityJson(reports), as: "json" }),
      html: (): OutputPart => {
        const listed = reports.flatMap((it) => it.listed ?? []);
        return { text: securityPage(listed, options.systemd), as: "xml" };
      },
    };
    const part: OutputPart = before
      ? { text: exposureChanges(reports, before), as: "report" }
      : printed[options.format]();
    const ended = ending([part], problems, reports.some(isExposed));
    return { ...ended, messages: [...ignored, ...ended.messages] };
  },
);

function listedReport(path: string, unit: Unit): ListedReport {
  return { path, summary: exposureSummary(unit, "basic"), report: exposureReport(unit) };
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
  const read = parsePolicy(readText(host, path));
  if (read.kind === "error") throw new UsageError(`${path}: ${read.message}`);
  return { policy: read.policy, ignored: read.ignored.map((it) => `${path}: ${it}`) };
}

function readBefore(host: Host, path: string): Exposures {
  const known = exposuresIn(readText(host, path));
  if (!known) throw new UsageError(`${path} is not what security --format json prints`);
  return known;
}

/** The text of a file that an option names. */
function readText(host: Host, path: string): string {
  const problems: string[] = [];
  const [text] = attemptEach([path], problems, () => decodeUtf8(host.read(path)));
  if (text === undefined) throw new UsageError(problems.join());
  return text;
}
