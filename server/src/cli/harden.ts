import { folderBefore } from "../families/paths.ts";
import { dropInFolders } from "../families/unitFiles/dropIns.ts";
import type { UnitPath } from "../families/unitFiles/unitPath.ts";
import { nixServiceConfig } from "../features/nixConfig.ts";
import { type HardenedLine, hardenAsDropIn, hardenUnit, type LeftOut, leftOut } from "../hardening/profile.ts";
import { isSafeHeader } from "../security/effective.ts";
import { assess, formatExposure } from "../security/exposure.ts";
import { parse } from "../syntax/parse.ts";
import { applyEdits } from "../text/span.ts";
import { decodeUtf8, isUtf8Clean } from "../text/utf8.ts";
import { readUnit, type Unit } from "../units/unit.ts";
import type { HardenArguments } from "./arguments.ts";
import { unifiedDiff } from "./diff.ts";
import { dropInTexts, findTargets, reason, type Target } from "./files.ts";
import type { Host } from "./host.ts";
import type { Outcome } from "./outcome.ts";

/** What is to be done to one file. */
interface Plan {
  /** The file that changes: the unit file or the drop-in. */
  readonly path: string;
  /** Its text now; undefined where it is new. */
  readonly before: string | undefined;
  readonly text: string;
  readonly settings: readonly HardenedLine[];
  readonly unit: Unit;
  readonly hardened: Unit;
}

/** Why a file is left as it is; the message is for the reader. */
class LeftAlone extends Error {}

/** Runs `harden` over all services that are named or found; a file that cannot be hardened is named and the rest is done. */
export function runHarden(
  args: HardenArguments,
  host: Host,
  colours: boolean,
  progress: (done: number, total: number) => void,
): Outcome {
  const links = args.paths.filter((path) => leadsNowhere(host, path));
  const named = args.paths.filter((it) => !links.includes(it));
  const found = findTargets(host, named, args.scope);
  const problems = [
    ...links.map(
      (it) => `${it}: this link leads to no file, as that of a masked unit does: there is nothing to harden`,
    ),
    ...found.problems,
  ];
  // A link in a folder stands for a file that has its own place; one that is named is meant.
  const services = found.targets.filter(isService).filter(({ path }) => named.includes(path) || !host.isLink(path));
  for (const { path } of found.targets) {
    if (named.includes(path) && !services.some((it) => it.path === path))
      problems.push(`${path}: only service files can be hardened`);
  }
  let stdout = "";
  let open = false;
  for (const [i, target] of services.entries()) {
    try {
      const known = named.includes(target.path);
      const plan = known || !isMasked(target, host) ? planOf(target, args, host) : undefined;
      if (!plan) continue;
      if (args.format === "nix") stdout += (stdout && "\n") + nix(plan);
      else {
        if (args.write && plan.settings.length > 0) write(plan, host);
        if (known || plan.settings.length > 0) stdout += report(plan, args, colours);
      }
      open ||= plan.settings.length > 0 && !args.write && args.format !== "nix";
    } catch (error) {
      problems.push(reason(target.path, error));
    }
    progress(i + 1, services.length);
  }
  const stderr = problems.map((it) => `unit-warden: ${it}\n`).join("");
  return { stdout, stderr, status: problems.length > 0 ? 2 : open ? 1 : 0 };
}

function leadsNowhere(host: Host, path: string): boolean {
  try {
    return host.isLink(path) && host.kind(path) === undefined;
  } catch {
    return false;
  }
}

/** An empty file masks its unit, which is how it is meant. */
function isMasked({ path }: Target, host: Host): boolean {
  return host.read(path).length === 0;
}

function isService(target: Target): target is Target & { unit: UnitPath } {
  return target.unit?.kind === "service" && target.unit.role === "unit";
}

function planOf(target: Target & { unit: UnitPath }, args: HardenArguments, host: Host): Plan {
  const text = decodeUtf8(host.read(target.path));
  const dropIns = dropInTexts(host, target);
  if (!isUtf8Clean(text))
    throw new LeftAlone("this is not valid UTF-8, so systemd refuses it: the file is left as it is");
  const unit = readUnit(target.unit, text, args.systemd, dropIns);
  const { loads, messages } = assess(unit);
  if (!loads) throw new LeftAlone(`there is nothing to harden: ${messages.join("; ")}`);
  const plan = args.dropIn ? asDropIn(target, unit, args, host) : inPlace(target, unit, args);
  if (!assess(plan.hardened).loads) throw new LeftAlone("systemd would refuse the result: the file is left as it is");
  return plan;
}

function inPlace({ path, unit: name }: Target & { unit: UnitPath }, unit: Unit, args: HardenArguments): Plan {
  const before = unit.file.text;
  const { edits, settings } = hardenUnit(unit, args.profile);
  const text = applyEdits(before, edits);
  const texts = unit.dropIns.map((it) => it.text);
  return { path, before, text, settings, unit, hardened: readUnit(name, text, args.systemd, texts) };
}

const DROP_IN = "hardening.conf";

function asDropIn(target: Target & { unit: UnitPath }, unit: Unit, args: HardenArguments, host: Host): Plan {
  const name = target.unit.name ?? "";
  const beside = folderBefore(target.path);
  const hidden = dropInFolders(name)
    .slice(1)
    .find((folder) => host.kind(`${beside}${folder}/${DROP_IN}`) !== undefined);
  if (hidden) throw new LeftAlone(`${name}.d/${DROP_IN} would hide ${hidden}/${DROP_IN}: nothing is written`);
  const path = `${beside}${name}.d/${DROP_IN}`;
  const before = host.kind(path) === undefined ? undefined : decodeUtf8(host.read(path));
  if (before !== undefined && !isReadToItsEnd(before, args.systemd))
    throw new LeftAlone(`systemd does not read ${path} to its end: it is left as it is`);
  const { text, settings } = hardenAsDropIn(unit, args.profile, before);
  const texts = unit.dropIns.map((it) => it.text);
  const at = before === undefined ? -1 : texts.indexOf(before);
  const others = at < 0 ? texts : texts.toSpliced(at, 1);
  const hardened = readUnit(target.unit, unit.file.text, args.systemd, [...others, text]);
  return { path, before, text, settings, unit, hardened };
}

/** Whether what is put behind a text counts. */
function isReadToItsEnd(text: string, version: number): boolean {
  const { clean, tooLong, sections } = parse(text);
  return clean && !tooLong && sections.every(({ header }) => isSafeHeader(header, version));
}

function write({ path, before, text }: Plan, host: Host): void {
  if (before === undefined) host.create(path, text);
  else host.write(path, text);
}

function nix({ unit, hardened }: Plan): string {
  return nixServiceConfig(hardened) ?? `# ${unit.path.name ?? "the service"} has no sandboxing settings\n`;
}

/** What changes: a line on the whole, a line for each setting, and, where it is not written, the change itself. */
function report(
  { path, before, text, settings, unit, hardened }: Plan,
  args: HardenArguments,
  colours: boolean,
): string {
  const left = notAdded(leftOut(hardened, args.profile));
  if (settings.length === 0) return `# ${path}: nothing to add\n${left}`;
  const [from, to] = [assess(unit).exposure, assess(hardened).exposure];
  const gain =
    from === undefined || to === undefined ? "" : `, exposure ${formatExposure(from)} → ${formatExposure(to)}`;
  const count = `${settings.length} setting${settings.length === 1 ? "" : "s"}`;
  const head = `# ${path}: ${count} ${args.write ? "written" : "to add"}${gain}\n`;
  const lines = settings.map(({ line, breaks, replaces }) => {
    const instead = replaces === undefined ? "" : ` in place of ${replaces}`;
    return `#   ${line}${instead}: ${breaks}\n`;
  });
  if (args.write) return head + lines.join("") + left;
  return `${head}${lines.join("")}${left}${unifiedDiff(path, before, text, colours)}`;
}

/** What stays for the reader to decide, a line for each reason. */
function notAdded(settings: readonly LeftOut[]): string {
  const byReason = new Map<string, string[]>();
  for (const { line, because } of settings) byReason.set(because, [...(byReason.get(because) ?? []), line]);
  return [...byReason].map(([because, lines]) => `#   not ${lines.join(", ")}: ${because}\n`).join("");
}
