import type { DirectiveName } from "../../catalog/catalog.ts";
import { sourceSpan } from "../../syntax/cooked.ts";
import type { Assignment } from "../../syntax/tree.ts";
import type { TextEdit } from "../../text/span.ts";
import { once } from "../../units/once.ts";
import { type ReadSection, readSections, type Unit } from "../../units/unit.ts";
import type { Finding, Fix, Severity } from "../finding.ts";
import { silencers } from "../suppress.ts";
import { confinementLines } from "./confinement.ts";
import { type Standing, standing } from "./effective.ts";
import { type Facts, factsOf } from "./facts.ts";
import { type Fit, fitOf, isOffered } from "./fit.ts";
import { addBefore, addLines, changeValue } from "./fixes.ts";
import { codeOf, type HardeningDirective, type Profile, ROWS, type Row, rowsOf } from "./profiles.ts";
import { COMMAND_SETTINGS } from "./program.ts";
import type { Tier } from "./row.ts";
import { inForce, setting, text } from "./settings.ts";

export type { Profile } from "./profiles.ts";

/** What the generated documentation says about a code. */
export interface HardeningRule {
  readonly code: string;
  readonly title: string;
  readonly why: string;
  readonly page: string;
  readonly tier: Tier;
  readonly directive: HardeningDirective;
  /** The strict value. */
  readonly value: string;
  readonly breaks: string;
  readonly shows: string;
}

/** All codes of the family, in the order of the tiers. */
export const hardeningRules: readonly HardeningRule[] = ROWS.map((row) => ({
  code: codeOf(row.directive),
  title: row.title,
  why: `Where it is missing, ${row.absent}. ${row.protects}`,
  page: row.page,
  tier: row.tier,
  directive: row.directive,
  value: row.value,
  breaks: row.breaks,
  shows: row.shows,
}));

/** A line that is safe to have in a unit. */
export interface SafeSetting {
  readonly line: string;
  readonly directive: HardeningDirective;
  /** What may stop working all the same. */
  readonly breaks: string;
  /** The line with a weaker value, in whose place it comes. */
  readonly replaces?: Assignment;
}

/** One row that the unit does not hold. */
interface Gap {
  readonly row: Row;
  readonly standing: Exclude<Standing, { kind: "held" }>;
  readonly fit: Fit;
  /** The lines that come with the setting, as far as the unit lacks them. */
  readonly lines: readonly string[];
  /** The safe value, where it is stronger than what is there. */
  readonly gentle: string | undefined;
}

/** One finding for each setting of the profile that a service file lacks or holds only weakly. */
export function hardeningFindings(unit: Unit, profile: Profile): Finding[] {
  const section = hardenedSection(unit);
  if (!section) return [];
  const { facts, gaps } = gapsOf(unit, profile);
  const all = addAll(unit, section, gaps);
  const several = all && (all.sets?.length ?? 0) > 1 ? all : undefined;
  return gaps.map((gap) => finding(gap, facts, section, several));
}

/** The fix that adds all settings of a profile that are safe for the unit; undefined where there are none. */
export function safeFix(unit: Unit, profile: Profile): Fix | undefined {
  const section = hardenedSection(unit);
  return section && addAll(unit, section, gapsOf(unit, profile).gaps);
}

/** The lines that "Add all safe settings" adds or puts in the place of weak ones. */
export function safeSettings(unit: Unit, profile: Profile): SafeSetting[] {
  if (!hardenedSection(unit)) return [];
  return gapsOf(unit, profile).gaps.flatMap((gap) =>
    safeLines(gap).map((line, i) => ({
      line,
      directive: gap.row.directive,
      breaks: gap.row.breaks,
      ...(i === 0 && gap.standing.kind === "weak" ? { replaces: gap.standing.node } : {}),
    })),
  );
}

/** The settings of all profiles that need not be asked for: set, implied, or equalled by others. */
export function heldSettings(unit: Unit): HardeningDirective[] {
  return ROWS.filter((row) => standing(unit, row).kind === "held").map((row) => row.directive);
}

/** The section that findings point at: the first [Service] with ExecStart=, else with any command. */
export const hardenedSection = once((unit: Unit): ReadSection | undefined => {
  const { kind, role } = unit.path;
  if (kind !== "service" || role !== "unit") return undefined;
  const runs = (section: ReadSection, names: readonly string[]): boolean =>
    section.nodes.some((it) => it.kind === "assignment" && names.includes(it.key) && it.value.text !== "");
  const sections = readSections(unit).filter((it) => it.name === "Service");
  return sections.find((it) => runs(it, ["ExecStart"])) ?? sections.find((it) => runs(it, COMMAND_SETTINGS));
});

interface Gaps {
  readonly facts: Facts;
  readonly gaps: readonly Gap[];
}

const GAPS = once((_: Unit) => new Map<Profile, Gaps>());

/** What a unit lacks of a profile, found once for the diagnostics, the lenses and the actions. */
function gapsOf(unit: Unit, profile: Profile): Gaps {
  const known = GAPS(unit).get(profile) ?? findGaps(unit, profile);
  GAPS(unit).set(profile, known);
  return known;
}

function findGaps(unit: Unit, profile: Profile): Gaps {
  const facts = factsOf(unit);
  const gaps: Gap[] = [];
  if (facts.programs.length === 0) return { facts, gaps };
  for (const row of rowsOf(profile)) {
    const found = standing(unit, row);
    if (found.kind === "held" || !isOffered(row, facts)) continue;
    const fitting = fitOf(row, facts);
    const lines = fitting.lines.filter((it) => !ONCE.test(it) || text(unit, nameOf(it)) === undefined);
    const gentle = isUnwanted(unit, row, found) ? undefined : better(row, found, fitting.gentle);
    gaps.push({ row, standing: found, fit: fitting, lines, gentle });
  }
  return { facts, gaps };
}

/** Whether a comment in the unit silences the advice: what it says is then not added with all the rest either. */
function isUnwanted(unit: Unit, row: Row, found: Gap["standing"]): boolean {
  const place = found.kind === "weak" ? found.node.start : (hardenedSection(unit)?.start ?? 0);
  return silencers(unit.file, codeOf(row.directive), place).length > 0;
}

/** Values from weak to strong, where one may be raised without asking; any other explicit value was meant. */
const STEPS: Partial<Record<HardeningDirective, readonly string[]>> = {
  ProtectSystem: ["yes", "full", "strict"],
  ProtectHome: ["read-only", "tmpfs"],
};

/** Lines that an earlier one makes needless; lists add up. */
const ONCE = /^(?:SystemCallErrorNumber|MountAPIVFS)=/;

const nameOf = (line: string): DirectiveName => line.slice(0, line.indexOf("=")) as DirectiveName;

function better(row: Row, found: Gap["standing"], gentle: string | undefined): string | undefined {
  if (found.kind === "missing" || gentle === undefined) return gentle;
  const steps = STEPS[row.directive] ?? [];
  const now = steps.indexOf(found.value);
  return now >= 0 && steps.indexOf(gentle) > now ? gentle : undefined;
}

function safeLines({ row, lines, gentle }: Gap): string[] {
  return gentle === undefined ? [] : [`${row.directive}=${gentle}`, ...lines];
}

/** The fix that every finding of a missing setting carries. */
function addAll(unit: Unit, section: ReadSection, gaps: readonly Gap[]): Fix | undefined {
  const safe = gaps.filter((it) => it.gentle !== undefined);
  const lines = safe.flatMap(safeLines);
  if (lines.length === 0) return undefined;
  const edits = (): TextEdit[] => {
    const changes = safe.flatMap(({ standing: it, gentle = "" }) =>
      it.kind === "weak" ? changeValue(unit, it.node, gentle, []) : [],
    );
    const added = safe.flatMap((it) => (it.standing.kind === "missing" ? safeLines(it) : []));
    return added.length > 0 ? [...changes, addLines(unit, section, added)] : changes;
  };
  return { title: `Add all ${lines.length} safe settings`, safe: true, sets: lines, edits };
}

const LOWER: Readonly<Record<Severity, Severity>> = { error: "error", warning: "info", info: "hint", hint: "hint" };
/** How loud a missing setting of a tier is, where nothing speaks against it. */
export const SEVERITY: Readonly<Record<Tier, Severity>> = { basic: "warning", strict: "info", isolated: "hint" };

function finding(gap: Gap, facts: Facts, section: ReadSection, all: Fix | undefined): Finding {
  const { row, standing: found, fit: fitting } = gap;
  const { content } = section.header;
  const missing = found.kind === "missing";
  const span = missing ? sourceSpan(content, 0, content.text.length) : (found.span ?? emptyToKey(found));
  // Advice that cannot simply be followed here is no warning.
  const quiet = fitting.against !== undefined;
  const fixes = missing ? [...additions(gap, facts, section), ...(all ? [all] : [])] : changes(gap, facts, found);
  return {
    start: span.start,
    end: span.end,
    code: codeOf(row.directive),
    severity: quiet ? LOWER[SEVERITY[row.tier]] : SEVERITY[row.tier],
    message: `${missing ? absence(gap, facts) : weakness(gap, found)}${fitting.against === undefined ? "" : `; ${fitting.against}`}`,
    directive: row.directive,
    fixes,
  };
}

type Weak = Extract<Standing, { kind: "weak" }>;

const emptyToKey = ({ node }: Weak) => (node.value.text === "" ? node.keySpan : node.valueSpan);

function absence({ row, fit: { value } }: Gap, { unit }: Facts): string {
  if (/Directory$/.test(row.directive)) return `${row.directive}= does not declare ${value}: ${row.absent}`;
  const locked = row.directive === "ProtectHome" && setting(unit, "ProtectSystem")?.value === "strict";
  return `${row.directive}= is not set: ${locked ? "the service can read the home directories" : row.absent}`;
}

function weakness({ row, fit: { value } }: Gap, { value: kept, node }: Weak): string {
  const clause = row.weak[kept] ?? "";
  if (row.directive === "LoadCredential")
    return `A secret in ${node.key}= ${clause}; LoadCredential= hands it to the service alone`;
  if (kept === "" || kept === "~") return `${row.directive}= ${clause}`;
  const stronger = value === "" ? "an empty value" : value;
  return `${row.directive}=${node.value.text} ${clause}; ${stronger} does not`;
}

/** The fixes of a missing setting, without the one for all. */
function additions(gap: Gap, facts: Facts, section: ReadSection): Fix[] {
  const { row, fit: fitting, gentle } = gap;
  const add = (value: string, more: readonly string[], safe: boolean, note = ""): Fix => {
    const line = `${row.directive}=${value}`;
    return {
      title: `Add ${line}${inTitle(more)}${note}`,
      safe,
      sets: [line, ...more],
      edits: () => [addLines(facts.unit, section, [line, ...more])],
    };
  };
  const lines = companions(gap, facts.unit);
  const fixes = [add(fitting.value, lines, fitting.safe)];
  if (gentle !== undefined && gentle !== fitting.value) fixes.push(add(gentle, lines, true, " (gentler)"));
  if (fitting.with.length > 0 && !fitting.safe) fixes.push(add(fitting.value, fitting.with, false));
  if (row.directive === "TemporaryFileSystem") fixes.push(confinement(facts, section));
  return fixes;
}

/** The fixes of a weak setting, in place. */
function changes(gap: Gap, facts: Facts, { node, value: kept }: Weak): Fix[] {
  const { row, fit: fitting, gentle } = gap;
  const { unit } = facts;
  const lines = companions(gap, unit);
  const line = `${row.directive}=${fitting.value}`;
  if (row.directive === "LoadCredential") {
    return [
      {
        title: `Add ${line}`,
        safe: false,
        edits: () => changeValue(unit, node, unit.file.text.slice(node.valueSpan.start, node.valueSpan.end), [line]),
      },
    ];
  }
  if (
    kept === "~" &&
    row.directive !== "CapabilityBoundingSet" &&
    (row.directive === "SystemCallFilter" || inForce(unit, row.directive).length > 1)
  ) {
    return [
      {
        title: `Add ${line} before the deny list`,
        safe: false,
        sets: [line, ...lines],
        edits: () => addBefore(unit, node, [line, ...lines]),
      },
    ];
  }
  const change = (value: string, more: readonly string[], safe: boolean, note = ""): Fix => ({
    title: `Change to ${row.directive}=${value}${inTitle(more)}${note}`,
    safe,
    sets: [`${row.directive}=${value}`, ...more],
    edits: () => changeValue(unit, node, value, more),
  });
  const fixes = [change(fitting.value, lines, gentle === fitting.value)];
  if (gentle !== undefined && gentle !== fitting.value) fixes.push(change(gentle, lines, true, " (gentler)"));
  if (fitting.with.length > 0 && !fitting.safe) fixes.push(change(fitting.value, fitting.with, false));
  return fixes;
}

/** The lines that come with a setting of its own fix: a filter is open to other architectures without the last one. */
function companions({ row, lines }: Gap, unit: Unit): string[] {
  const open = row.directive === "SystemCallFilter" && inForce(unit, "SystemCallArchitectures").length === 0;
  return open ? [...lines, "SystemCallArchitectures=native"] : [...lines];
}

/** Lines in a title: whole where they are short, else their names. */
function inTitle(lines: readonly string[]): string {
  if (lines.length === 0) return "";
  const short = lines.every((it) => it.length <= 40) ? lines : lines.map((it) => it.replace(/=.*/, "="));
  const last = short.at(-1) ?? "";
  return ` with ${short.length > 1 ? `${short.slice(0, -1).join(", ")} and ${last}` : last}`;
}

function confinement(facts: Facts, section: ReadSection): Fix {
  const lines = confinementLines(facts);
  return {
    title: "Add RootDirectory=/run/confinement/%n with RuntimeDirectory= and BindReadOnlyPaths=",
    safe: false,
    sets: lines,
    edits: () => [addLines(facts.unit, section, lines)],
  };
}
