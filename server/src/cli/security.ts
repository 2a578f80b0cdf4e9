import type { UnitPath } from "../families/unitFiles/unitPath.ts";
import { assess } from "../security/exposure.ts";
import { type Policy, parsePolicy } from "../security/policy.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { readUnit } from "../units/unit.ts";
import { type SecurityArguments, UsageError } from "./arguments.ts";
import { dropInTexts, fileOf, findTargets, reason, type Target } from "./files.ts";
import type { Host } from "./host.ts";
import type { Outcome } from "./outcome.ts";
import { securityJson } from "./securityJson.ts";
import { securityTable } from "./securityTable.ts";
import type { UnitReport } from "./unitReport.ts";

/** Runs `security` over all services that are named or found; `progress` is called after each. */
export function runSecurity(
  args: SecurityArguments,
  host: Host,
  colours: boolean,
  progress: (done: number, total: number) => void,
): Outcome {
  const { policy, ignored } = args.policy === undefined ? NO_POLICY : readPolicy(host, args.policy);
  const found = findTargets(host, args.paths, args.scope, { instances: true });
  const problems = [...found.problems];
  const services = found.targets.filter(isService);
  for (const { path } of found.targets) {
    if (args.paths.includes(path) && !services.some((it) => it.path === path)) {
      problems.push(`${path}: only services have an exposure level`);
    }
  }
  const reports: UnitReport[] = [];
  for (const [i, target] of services.entries()) {
    try {
      const text = decodeUtf8(host.read(fileOf(host, target.path)));
      const unit = readUnit(target.unit, text, args.systemd, dropInTexts(host, target));
      reports.push({ path: target.path, unit: target.unit, assessment: assess(unit, policy ? { policy } : {}) });
    } catch (error) {
      problems.push(reason(target.path, error));
    }
    progress(i + 1, services.length);
  }
  const exposed = reports.some(({ assessment: { exposure } }) => exposure === undefined || exposure > args.threshold);
  const failed = reports.length === 0 && problems.length > 0;
  return {
    // What went wrong is all that there is to say then, as systemd-analyze has it.
    stdout: args.format === "json" ? securityJson(reports) : failed ? "" : securityTable(reports, colours),
    stderr: [...ignored, ...problems].map((it) => `unit-warden: ${it}\n`).join(""),
    status: problems.length > 0 ? 2 : exposed ? 1 : 0,
  };
}

function isService(target: Target): target is Target & { unit: UnitPath } {
  return target.unit?.kind === "service" && target.unit.role === "unit";
}

/** The policy, and what it holds in vain. */
interface ReadPolicy {
  readonly policy: Policy | undefined;
  readonly ignored: readonly string[];
}

const NO_POLICY: ReadPolicy = { policy: undefined, ignored: [] };

function readPolicy(host: Host, path: string): ReadPolicy {
  let text: string;
  try {
    text = decodeUtf8(host.read(path));
  } catch (error) {
    throw new UsageError(reason(path, error));
  }
  const read = parsePolicy(text);
  if (read.kind === "error") throw new UsageError(`${path}: ${read.message}`);
  return { policy: read.policy, ignored: read.ignored.map((it) => `${path}: ${it}`) };
}
