import type { Finding, Fix, Severity } from "../findings/finding.ts";
import type { Facts } from "../service/facts.ts";
import { inForce, setting } from "../service/settings.ts";
import { sourceSpan } from "../syntax/joinedText.ts";
import type { ReadSection, Unit } from "../units/unit.ts";
import { confinementLines } from "./confinement.ts";
import { addBefore, addLines, changeValue } from "./fixes.ts";
import { isLocked, speaksOf } from "./locked.ts";
import { likelyIn, type MissingSetting } from "./missingSettings.ts";
import { codeOf, type HardeningDirective } from "./profiles.ts";
import { proofText } from "./proofText.ts";
import type { Tier } from "./row.ts";
import type { Status } from "./status.ts";

const LOWER: Readonly<Record<Severity, Severity>> = { error: "error", warning: "info", info: "hint", hint: "hint" };
/** How loud a missing setting of a tier is, where nothing speaks against it. */
export const SEVERITY: Readonly<Record<Tier, Severity>> = { basic: "warning", strict: "info", isolated: "hint" };

/** What to tell the reader about a row that a unit does not hold, whose facts may be those of another version; `all` is the fix for many rows at once. */
export function finding(
  unit: Unit,
  gap: MissingSetting,
  facts: Facts,
  section: ReadSection,
  all: Fix | undefined,
): Finding {
  const { row, status: found, fit: fitting } = gap;
  const { content } = section.header;
  const missing = found.kind === "missing";
  const span = missing ? sourceSpan(content, 0, content.text.length) : (found.span ?? emptyToKey(found));
  // Advice that cannot simply be followed here is no warning.
  const likely = likelyIn(gap);
  const doubt = likely ? `likely safe here, ${likely.reason}` : undefined;
  const proof = gap.confidence?.grade === "measured" ? proofText(gap.confidence.reason) : undefined;
  const objection = fitting.against ?? doubt;
  const note = objection ?? proof;
  const quiet = objection !== undefined || (row.tier === "basic" && isAsFarAsSafe(gap));
  const fixes = missing ? [...additions(unit, gap, facts, section), ...(all ? [all] : [])] : changes(unit, gap, found);
  return {
    start: span.start,
    end: span.end,
    code: codeOf(row.directive),
    severity: quiet ? LOWER[SEVERITY[row.tier]] : SEVERITY[row.tier],
    message: `${missing ? absence(gap, facts) : weakness(gap, found)}${note === undefined ? "" : `; ${note}`}`,
    caution: `May break: ${row.breaks} How it shows: ${row.shows}${doubt === undefined ? "" : ` ${TRY}`}`,
    directive: row.directive,
    fixes,
  };
}

/** Where a reader finds out about what is only likely. */
const TRY = "unit-warden try --likely tests it on the machine.";

/** Whether a unit has of a setting what is known to be safe for it, or nothing is: then the profile adds nothing. */
function isAsFarAsSafe({ status: found, fit: { safeValue } }: MissingSetting): boolean {
  if (found.kind === "missing") return safeValue === undefined;
  return safeValue === undefined || found.value === safeValue;
}

type Weak = Extract<Status, { kind: "weak" }>;

const emptyToKey = ({ node }: Weak) => (node.value.text === "" ? node.keySpan : node.valueSpan);

function absence({ row, fit: { value } }: MissingSetting, { unit, privileged, ambient }: Facts): string {
  if (/Directory$/.test(row.directive)) return `${row.directive}= does not declare ${value}: ${row.absent}`;
  const unused = inForce(unit, row.directive).length > 0 ? UNUSED[row.directive] : undefined;
  if (unused !== undefined) return `${row.directive}= ${unused}`;
  const locked = row.directive === "ProtectHome" && setting(unit, "ProtectSystem")?.value === "strict";
  const when = row.takesRights && !privileged && ambient.length === 0 ? "once it gains rights, " : "";
  const what = locked ? "the service can read the home directories" : row.absent;
  return `${row.directive}= is not set: ${when}${what}${row.asPermitted && !privileged ? AS_PERMITTED : ""}`;
}

/** What the list of a unit lets through besides what a measured run of the service needed. */
const UNUSED: Readonly<Partial<Record<HardeningDirective, string>>> = {
  SystemCallFilter: "allows calls that no measured run of it made: an attacker can make them",
  CapabilityBoundingSet: "leaves capabilities that no measured run of it used: an attacker can use them",
};

/** What limits a service that does not run as root, the end of a sentence. */
const AS_PERMITTED = ", subject to the permissions of its user";

function weakness({ row, fit: { value } }: MissingSetting, { value: kept, node }: Weak): string {
  const clause = row.weak[kept] ?? "";
  if (row.directive === "LoadCredential")
    return `A secret in ${node.key}= ${clause}; use LoadCredential= to pass it to the service only`;
  if (kept === "" || kept === "~") return `${row.directive}= ${clause}`;
  const stronger = value === "" ? "an empty value" : value;
  return `${row.directive}=${node.value.text} ${clause}; ${stronger} does not`;
}

/** The fixes of a missing setting, without the one for all. */
function additions(unit: Unit, gap: MissingSetting, facts: Facts, section: ReadSection): Fix[] {
  const { row, fit: fitting, safeValue } = gap;
  const add = (value: string, more: readonly string[], safe: boolean, note = ""): Fix => {
    const line = `${row.directive}=${value}`;
    return {
      title: `Add ${line}${inTitle(more)}${note}`,
      safe,
      sets: [line, ...more],
      edits: () => [addLines(unit, section, [line, ...more])],
    };
  };
  const lines = companions(gap, facts.unit);
  if (row.directive === "TemporaryFileSystem") {
    const confine = confinement(unit, facts, section, gap.safe.length > 0);
    return isRootOpen(facts.unit) ? [add(fitting.value, lines, false), confine] : [confine];
  }
  const fixes = [add(likelyValue(gap) ?? fitting.value, lines, fitting.safe)];
  if (safeValue !== undefined && safeValue !== fitting.value) fixes.push(add(safeValue, lines, true, " (gentler)"));
  if (fitting.with.length > 0 && !fitting.safe) fixes.push(add(fitting.value, fitting.with, false));
  return fixes;
}

/** The list that a service likely bears, where the strict one lacks what it needs. */
const likelyValue = (gap: MissingSetting): string | undefined =>
  LISTS.has(gap.row.directive) ? likelyIn(gap)?.value : undefined;

const LISTS: ReadonlySet<string> = new Set(["SystemCallFilter", "CapabilityBoundingSet"]);

/** Whether no setting has something to say of `/`, for which systemd would drop TemporaryFileSystem=/ (seen with 257). */
const isRootOpen = (unit: Unit): boolean => !isLocked(unit) && !speaksOf(unit, "/");

/** The fixes of a weak setting, in place. */
function changes(unit: Unit, gap: MissingSetting, { node, value: kept }: Weak): Fix[] {
  const { row, fit: fitting, safeValue } = gap;
  const lines = companions(gap, unit);
  const line = `${row.directive}=${likelyValue(gap) ?? fitting.value}`;
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
  const fixes = [change(likelyValue(gap) ?? fitting.value, lines, safeValue === fitting.value)];
  if (safeValue !== undefined && safeValue !== fitting.value) fixes.push(change(safeValue, lines, true, " (gentler)"));
  if (fitting.with.length > 0 && !fitting.safe) fixes.push(change(fitting.value, fitting.with, false));
  return fixes;
}

/** The lines that come with a setting of its own fix: a filter is open to other architectures without the last one. */
function companions({ row, lines }: MissingSetting, unit: Unit): string[] {
  const open = row.directive === "SystemCallFilter" && inForce(unit, "SystemCallArchitectures").length === 0;
  return open ? [...lines, "SystemCallArchitectures=native"] : [...lines];
}

/** Lines in a title: whole where they are short, else their names. */
function inTitle(lines: readonly string[]): string {
  if (lines.length === 0) return "";
  const isShort = lines.join(", ").length <= 40;
  const short = isShort ? lines : lines.map((it) => it.replace(/=.*/, "="));
  const last = short.at(-1) ?? "";
  return ` with ${short.length > 1 ? `${short.slice(0, -1).join(", ")} and ${last}` : last}`;
}

function confinement(unit: Unit, facts: Facts, section: ReadSection, safe: boolean): Fix {
  const lines = confinementLines(facts);
  return {
    title: "Add RootDirectory=/run/confinement/%n with RuntimeDirectory= and BindReadOnlyPaths=",
    safe,
    sets: lines,
    edits: () => [addLines(unit, section, lines)],
  };
}
