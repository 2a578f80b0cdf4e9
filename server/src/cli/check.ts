import type { UnitPath } from "../families/unitFiles/unitPath.ts";
import type { Severity } from "../findings/finding.ts";
import { check, type Selection } from "../rules/check.ts";
import { fixAllEdits } from "../rules/fixAll.ts";
import { lineIndex } from "../text/lineIndex.ts";
import { applyEdits } from "../text/span.ts";
import { decodeUtf8, isUtf8Clean } from "../text/utf8.ts";
import { mainTexts } from "../units/index/gather.ts";
import { type MainTexts, readDropIn, readUnit, type Unit } from "../units/unit.ts";
import type { CheckArguments } from "./arguments.ts";
import { type Around, aroundOf } from "./around.ts";
import type { FileReport } from "./fileReport.ts";
import { dropInTexts, findTargets, reason, type Target, targetOf } from "./files.ts";
import { gatherOver } from "./gathering.ts";
import type { Host } from "./host.ts";
import type { Outcome } from "./outcome.ts";
import { githubReport } from "./reportGithub.ts";
import { jsonReport } from "./reportJson.ts";
import { sarifReport } from "./reportSarif.ts";
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
  const piped = args.stdinPath === undefined ? undefined : targetOf(host, args.stdinPath, args.scope);
  if (args.stdinPath !== undefined && !piped)
    problems.push(`${args.stdinPath}: this is no name of a unit file or drop-in`);
  const all = piped ? [piped, ...targets] : targets;
  const around = aroundOf(host, piped ? [piped.path, ...args.paths] : args.paths, args.root);
  for (const [i, target] of all.entries()) {
    try {
      reports.push(report(target, args, host, target === piped, around));
    } catch (error) {
      problems.push(reason(target.path, error));
    }
    progress(i + 1, all.length);
  }
  const least = args.failOn === "never" ? Number.POSITIVE_INFINITY : RANK[args.failOn];
  const failed = reports.some(({ findings }) => findings.some((it) => RANK[it.severity] >= least));
  return {
    stdout: printed(reports, args, colours),
    stderr: problems.map((it) => `unit-warden: ${it}\n`).join(""),
    status: problems.length > 0 ? 2 : failed ? 1 : 0,
  };
}

function printed(reports: readonly FileReport[], { format, systemd }: CheckArguments, colours: boolean): string {
  switch (format) {
    case "text":
      return textReport(reports, colours);
    case "json":
      return jsonReport(reports);
    case "sarif":
      return sarifReport(reports, systemd);
    case "github":
      return githubReport(reports);
  }
}

function report(target: Target, args: CheckArguments, host: Host, piped: boolean, around: Around): FileReport {
  const { path, unit, kind } = target;
  let text = decodeUtf8(piped ? host.stdin() : host.read(path));
  const selection: Selection = {
    profile: args.profile,
    ignore: args.ignore,
    ...(args.select ? { select: args.select } : {}),
  };
  const dropIns = dropInTexts(host, target);
  const main = unit?.role === "drop-in" ? mainOf(target, host) : undefined;
  const read = (as: UnitPath, it: string): Unit =>
    main ? readDropIn(as, it, args.systemd, main) : readUnit(as, it, args.systemd, dropIns);
  if (unit && args.fix !== "none" && !piped && isUtf8Clean(text)) {
    const edits = fixAllEdits(
      (it) => read(unit, it),
      text,
      selection,
      args.fix,
      ({ file }) => around(path, file.text),
    );
    const fixed = applyEdits(text, edits);
    if (fixed !== text) host.write(path, fixed);
    text = fixed;
  }
  const findings = unit ? check(read(unit, text), selection, around(path, text)) : [];
  return { path, kind, text, lines: lineIndex(text), findings };
}

/** The unit that a drop-in belongs to, where its file is beside the folder of the drop-in and can be read. */
function mainOf({ path }: Target, host: Host): MainTexts | undefined {
  const here = path.includes("/") ? path : `./${path}`;
  try {
    const gathered = gatherOver(host, here, { alone: true });
    return gathered && mainTexts(gathered, here);
  } catch {
    return undefined;
  }
}
