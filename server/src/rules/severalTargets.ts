import { type Directive, directive } from "../catalog/catalog.ts";
import { isSectionName } from "../catalog/sections.ts";
import { describeTarget, oldestOf, type SystemdTarget } from "../facts/targets.ts";
import { hasCome, releaseOf, type SystemdVersion } from "../facts/version.ts";
import { isAdvice } from "../findings/advice.ts";
import type { Finding } from "../findings/finding.ts";
import { withRemark } from "../findings/remark.ts";
import type { UnitContext } from "../findings/rule.ts";
import { memoBy } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { check, type Selection } from "./check.ts";
import { newNameFixes } from "./directive/newName.ts";

/** The unit as another version of systemd reads it. */
export const asReadBy = memoBy((unit: Unit, version: SystemdVersion): Unit => {
  if (version === unit.version) return unit;
  const { main } = unit;
  const memory = unit.memory.within(`systemd ${version}`);
  return { ...unit, version, memory, ...(main && { main: { ...main, unit: asReadBy(main.unit, version) } }) };
});

/** What is found for some targets, which are not all that were asked for. */
interface Shared {
  readonly finding: Finding;
  readonly targets: SystemdTarget[];
}

/**
 * The findings of a unit for several targets, each told once and with the targets that it is about where these are not all.
 * Hardening is advised for the version that the unit was read for, which should be the oldest.
 */
export function checkTargets(
  unit: Unit,
  targets: readonly SystemdTarget[],
  selection: Selection,
  context?: UnitContext,
): Finding[] {
  const shared = sharedBy(targets, (target) =>
    check(asReadBy(unit, target.version), selection, context).filter(
      (it) => !isAdvice(it) || target.version === unit.version,
    ),
  );
  return shared.map((it) => withTargets(unit, it, targets.length)).sort(inOrder);
}

function sharedBy(targets: readonly SystemdTarget[], found: (target: SystemdTarget) => readonly Finding[]): Shared[] {
  const shared = new Map<string, Shared>();
  for (const target of targets)
    for (const finding of found(target)) {
      const key = keyOf(finding);
      const known = shared.get(key);
      if (!known) shared.set(key, { finding, targets: [target] });
      else if (!known.targets.includes(target)) known.targets.push(target);
    }
  return [...shared.values()];
}

/**
 * What versions say of one value differs in the words that they would take, and matters in what they do then; other findings
 * are told apart by their messages.
 */
function keyOf({ code, start, end, message, ending }: Finding): string {
  if (code.startsWith("value/")) return ["value", start, end, ending?.consequence].join("\n");
  return [code, start, end, isAdvice({ code }) || code === TOO_NEW ? "" : message].join("\n");
}

const TOO_NEW = "directive/too-new";

const inOrder = (a: Finding, b: Finding): number => a.start - b.start || a.end - b.end;

function withTargets(unit: Unit, { finding, targets }: Shared, all: number): Finding {
  if (isAdvice(finding)) return finding;
  const row = finding.code === TOO_NEW ? rowAt(unit, finding.start, finding.directive) : undefined;
  if (row) {
    const hasGone = targets.every(({ version }) => hasCome(row, version));
    const age = hasGone ? `gone since ${row.gone}` : `since ${row.since}`;
    return { ...finding, message: `${finding.directive}= is ignored by ${listed(targets)}; ${age}` };
  }
  if (targets.length === all) return finding;
  // What puts it right for some may break it for others.
  const fixes = finding.fixes.map((it) => ({ ...it, safe: false }));
  return { ...finding, message: withRemark(finding, `only on ${listed(targets)}`), fixes };
}

function rowAt(unit: Unit, offset: number, name = ""): Directive | undefined {
  const section = unit.file.sections.findLast((it) => it.header.start <= offset)?.name ?? "";
  return isSectionName(section) ? directive(section, name) : undefined;
}

function listed(targets: readonly SystemdTarget[]): string {
  const names = targets.map(describeTarget);
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** The findings of a unit for its targets, and what changes with newer ones, in the order of the text. */
export function checkWithLater(
  unit: Unit,
  { targets, also }: { readonly targets: readonly SystemdTarget[]; readonly also: readonly SystemdTarget[] },
  selection: Selection,
  context?: UnitContext,
): readonly Finding[] {
  const own = targets.length > 1 ? checkTargets(unit, targets, selection, context) : check(unit, selection, context);
  const later = movingUp(unit, own, also, selection, context);
  return later.length > 0 ? [...own, ...later].sort(inOrder) : own;
}

/**
 * What changes for a unit when it moves to newer systemds: what these ignore, refuse or read in another way, and which
 * hardening they make possible. Nothing of it is wrong today.
 */
export function movingUp(
  unit: Unit,
  found: readonly Finding[],
  targets: readonly SystemdTarget[],
  selection: Selection,
  context?: UnitContext,
): Finding[] {
  const known = new Set(found.map(keyOf));
  const later = sharedBy(targets, ({ version }) =>
    check(asReadBy(unit, version), selection, context).filter((it) => !known.has(keyOf(it))),
  );
  return later.map((it) => (isAdvice(it.finding) ? possible(it) : changed(unit, it)));
}

/** It is of no number of today's, as what adds those would not add it. */
function possible({ finding: { advice: _, ...it }, targets }: Shared): Finding {
  // The target of today may ignore what is added, alone and with the rest.
  const fixes = it.fixes.filter(({ many }) => !many).map((fix) => ({ ...fix, safe: false }));
  const release = releaseOf(oldestOf(targets)?.version ?? 0);
  return { ...it, severity: "hint", message: `${it.message}; possible with systemd ${release}`, fixes };
}

function changed(unit: Unit, { finding: it, targets }: Shared): Finding {
  const severity = it.severity === "error" ? "warning" : it.severity;
  const row = it.code === "directive/ignored" || it.code === TOO_NEW ? rowAt(unit, it.start, it.directive) : undefined;
  const versions = [unit.version, ...targets.map(({ version }) => version)];
  const renames = row ? newNameFixes(unit, row, it, versions) : [];
  const fixes = [...renames, ...it.fixes.map((fix) => ({ ...fix, safe: false }))];
  return { ...it, severity, message: withRemark(it, `with ${listed(targets)}`), fixes };
}
