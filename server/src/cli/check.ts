import { check, type Selection } from "../lint/check.ts";
import type { Severity } from "../lint/finding.ts";
import { lineIndex } from "../text/lineIndex.ts";
import { decodeUtf8, isUtf8Clean } from "../text/utf8.ts";
import { readUnit } from "../units/unit.ts";
import type { CheckArguments } from "./arguments.ts";
import type { FileReport } from "./fileReport.ts";
import { dropInTexts, findTargets, reason, type Target, targetOf } from "./files.ts";
import { fixAll } from "./fix.ts";
import type { Host } from "./host.ts";
import type { Outcome } from "./outcome.ts";
import { jsonReport } from "./reportJson.ts";
import { textReport } from "./reportText.ts";

const RANK: Readonly<Record<Severity, number>> = { error: 4, warning: 3, info: 2, hint: 1 };

/** Runs `check`; `progress` is called after each file. Unreadable files are named and the rest is still checked. */
export function runCheck(
  args: CheckArguments,
  host: Host,
  colours: boolean,
  progress: (done: number, total: number) => void,
): Outcome {
  const { targets, problems: missing } = findTargets(host, args.paths, args.scope);
  const problems = [...missing];
  const reports: FileReport[] = [];
  const piped = args.stdinPath === undefined ? undefined : targetOf(args.stdinPath, args.scope);
  if (args.stdinPath !== undefined && !piped)
    problems.push(`${args.stdinPath}: this is no name of a unit file or drop-in`);
  const all = piped ? [piped, ...targets] : targets;
  for (const [i, target] of all.entries()) {
    try {
      reports.push(report(target, args, host, target === piped));
    } catch (error) {
      problems.push(reason(target.path, error));
    }
    progress(i + 1, all.length);
  }
  const least = args.failOn === "never" ? Number.POSITIVE_INFINITY : RANK[args.failOn];
  const failed = reports.some(({ findings }) => findings.some((it) => RANK[it.severity] >= least));
  return {
    stdout: args.format === "json" ? jsonReport(reports) : textReport(reports, colours),
    stderr: problems.map((it) => `unit-warden: ${it}\n`).join(""),
    status: problems.length > 0 ? 2 : failed ? 1 : 0,
  };
}

function report(target: Target, args: CheckArguments, host: Host, piped: boolean): FileReport {
  const { path, unit, kind } = target;
  let text = decodeUtf8(piped ? host.stdin() : host.read(path));
  const selection: Selection = {
    profile: args.profile,
    ignore: args.ignore,
    ...(args.select ? { select: args.select } : {}),
  };
  const dropIns = dropInTexts(host, target);
  if (unit && args.fix !== "none" && !piped && isUtf8Clean(text)) {
    const fixed = fixAll((it) => readUnit(unit, it, args.systemd, dropIns), text, selection, args.fix);
    if (fixed !== text) host.write(path, fixed);
    text = fixed;
  }
  const findings = unit ? check(readUnit(unit, text, args.systemd, dropIns), selection) : [];
  return { path, kind, text, lines: lineIndex(text), findings };
}
