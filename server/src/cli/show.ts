import { unitPath } from "../families/unitFiles/unitPath.ts";
import { type EffectiveUnit, effectiveUnit } from "../features/effective.ts";
import { annotatedText } from "../features/effectiveText.ts";
import { unitOfGathered } from "../units/index/gather.ts";
import { parseUnitName } from "../values/unitName.ts";
import type { ShowArguments } from "./arguments.ts";
import { reason } from "./files.ts";
import { gatherOver } from "./gathering.ts";
import type { Host } from "./host.ts";
import type { Outcome } from "./outcome.ts";

/** Runs `show`: each unit that is named with its drop-ins, merged. */
export function runShow(args: ShowArguments, host: Host): Outcome {
  const problems: string[] = [];
  const shown: EffectiveUnit[] = [];
  for (const path of args.paths) {
    try {
      const unit = show(path, args, host);
      if (typeof unit === "string") problems.push(`${path}: ${unit}`);
      else shown.push(unit);
    } catch (error) {
      problems.push(reason(path, error));
    }
  }
  return {
    stdout: args.format === "json" ? showJson(shown) : shown.map(annotatedText).join("\n"),
    stderr: problems.map((it) => `unit-warden: ${it}\n`).join(""),
    status: problems.length > 0 ? 2 : shown.some((it) => it.messages.length > 0) ? 1 : 0,
  };
}

function show(path: string, { root, systemd, scope }: ShowArguments, host: Host): EffectiveUnit | string {
  const here = path.includes("/") ? path : `./${path}`;
  const isThere = host.kind(path) === "file" || host.linkTarget(path) !== undefined;
  // An instance needs no file of its own.
  if (!isThere && !parseUnitName(unitPath(here)?.name ?? "")?.instance) return "there is no such file";
  const gathered = gatherOver(host, here, root === undefined ? {} : { root });
  if (!isThere && !gathered?.fragment) return "there is no such file, and no template of it";
  if (!gathered) return "this is no file of a single unit";
  if (gathered.masked) return `${gathered.id} is masked: systemd reads none of its files`;
  const unit = unitOfGathered(scope ? { ...gathered, scope } : gathered, systemd);
  if (!unit || !gathered.fragment) return `there is no unit file of ${gathered.id} to be seen`;
  return effectiveUnit(
    unit,
    [gathered.fragment, ...gathered.dropIns].map((it) => it.path),
  );
}

function showJson(units: readonly EffectiveUnit[]): string {
  const shown = units.map(({ name, files, messages, lines }) => ({
    name,
    files,
    messages,
    settings: lines.map(({ section, directive, value, state, origin, by, reason: why }) => ({
      section,
      directive,
      value,
      state,
      ...(origin ? { file: files[origin.file], line: origin.line } : {}),
      ...(by ? { by: { file: files[by.file], line: by.line } } : {}),
      ...(why === undefined ? {} : { reason: why }),
    })),
  }));
  return `${JSON.stringify({ version: 1, units: shown })}\n`;
}
