import { sandboxOf } from "../features/sandbox.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { readUnit } from "../units/unit.ts";
import type { SandboxArguments } from "./arguments.ts";
import { dropInFiles, fileOf, findTargets, reason, type Target } from "./files.ts";
import type { Host } from "./host.ts";
import type { Outcome } from "./outcome.ts";
import { sandboxJson } from "./sandboxJson.ts";
import { sandboxText } from "./sandboxText.ts";
import type { WorldReport } from "./worldReport.ts";

/** Runs `sandbox` over all services that are named or found. */
export function runSandbox(args: SandboxArguments, host: Host, colours: boolean): Outcome {
  const found = findTargets(host, args.paths, args.scope, { instances: true });
  const problems = [...found.problems];
  const reports: WorldReport[] = [];
  for (const target of found.targets) {
    try {
      const report = reportOf(target, args, host);
      if (report) reports.push(report);
      else if (args.paths.includes(target.path))
        problems.push(`${target.path}: only service files have a world of their own`);
    } catch (error) {
      problems.push(reason(target.path, error));
    }
  }
  const refused = reports.some(({ sandbox }) => sandbox.messages.length > 0);
  return {
    stdout: args.format === "json" ? sandboxJson(reports) : sandboxText(reports, args.all, colours),
    stderr: problems.map((it) => `unit-warden: ${it}\n`).join(""),
    status: problems.length > 0 ? 2 : refused ? 1 : 0,
  };
}

function reportOf(target: Target, args: SandboxArguments, host: Host): WorldReport | undefined {
  if (target.unit?.kind !== "service" || target.unit.role !== "unit") return undefined;
  const dropIns = dropInFiles(host, target);
  const file = fileOf(host, target.path);
  const text = decodeUtf8(host.read(file));
  const texts = dropIns.map((it) => it.text);
  const sandbox = sandboxOf(readUnit(target.unit, text, args.systemd, texts), args.profile ?? "now", args.asked);
  return sandbox && { path: target.path, sandbox, files: [file, ...dropIns.map((it) => it.path)] };
}
