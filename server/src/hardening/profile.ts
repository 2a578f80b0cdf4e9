import { lineEnding } from "../findings/edits.ts";
import { hasOwnRoot } from "../service/effective.ts";
import { factsOf } from "../service/facts.ts";
import { headingOf } from "../service/settingGroups.ts";
import { inForce, textOf } from "../service/settings.ts";
import { parse } from "../syntax/parse.ts";
import type { Assignment } from "../syntax/tree.ts";
import { applyEdits, type TextEdit } from "../text/span.ts";
import type { Unit } from "../units/unit.ts";
import { breaksOfLine } from "./breaksOfLine.ts";
import { confinementLines } from "./confinement.ts";
import { countedWords } from "./countedWords.ts";
import { addBefore } from "./fixes.ts";
import { hardenedSection, type Profile, type SafeSetting, safeSettings } from "./hardening.ts";
import type { Sure } from "./missingSettings.ts";
import { ownHardening, type Unwanted } from "./ownHardening.ts";
import {
  blockOf,
  grouped,
  type HardenedEdit,
  type HardenedLine,
  insertBlocks,
  insertions,
  NOTE,
} from "./profileLayout.ts";

export type { HardenedEdit, HardenedLine } from "./profileLayout.ts";

/** What a profile asks of a unit as far as it is safe there. */
export interface Hardened {
  /** In the order of the text, not overlapping; several may insert at one place. */
  readonly edits: readonly HardenedEdit[];
  /** In the order in which the text has them then, changed lines first. */
  readonly settings: readonly HardenedLine[];
}

const NOTHING: Hardened = { edits: [], settings: [] };

/**
 * The settings of a profile that are safe for a service and that it lacks: weak values change in place, all others come
 * in groups with a heading at the end of the section, or into the group that an earlier profile left there.
 */
export function hardenUnit(unit: Unit, profile: Profile, unwanted?: Unwanted, sure?: Sure): Hardened {
  const own = ownHardening(unit);
  if (own) return own.harden(unit, profile, unwanted, sure ?? "safe");
  const section = hardenedSection(unit);
  if (!section) return NOTHING;
  const all = safeSettings(unit, profile, unwanted, sure);
  const changes = all.flatMap((it) => {
    if (it.before) return precedingOf(it, unit, it.before);
    return it.replaces ? [changeOf(it, it.replaces)] : [];
  });
  const added = all.filter((it) => !it.replaces && !it.before).map(lineOf);
  const edits = [...changes, ...insertions(unit.file, section, grouped(added))];
  return { edits: edits.toSorted((a, b) => a.start - b.start), settings: edits.flatMap((it) => it.settings) };
}

/** A drop-in that hardens: its whole text, the edits that lead to it, and what they set. */
export interface HardenedDropIn {
  readonly text: string;
  readonly edits: readonly TextEdit[];
  readonly settings: readonly HardenedLine[];
}

/** The same as a drop-in of the unit, after what `existing` says, which must be among the unit's drop-ins. */
export function hardenAsDropIn(
  unit: Unit,
  profile: Profile,
  existing: string | undefined,
  unwanted?: Unwanted,
  sure?: Sure,
): HardenedDropIn {
  const own = ownHardening(unit);
  if (own) return own.dropIn(unit, profile, existing, unwanted, sure ?? "safe");
  const settings = safeSettings(unit, profile, unwanted, sure).map((it) =>
    it.before ? withListAgain(unit, it) : lineOf(it),
  );
  return addedToDropIn(existing, grouped(settings));
}

/** A drop-in with groups of settings after what it says already. */
export function addedToDropIn(existing: string | undefined, blocks: ReturnType<typeof grouped>): HardenedDropIn {
  const old = existing ?? "";
  if (blocks.length === 0) return { text: old, edits: [], settings: [] };
  const file = parse(old);
  const section = file.sections.findLast((it) => it.name === "Service" && it.header.closed);
  if (section) {
    const edits = insertions(file, section, blocks);
    return { text: applyEdits(old, edits), edits, settings: edits.flatMap((it) => it.settings) };
  }
  const eol = lineEnding(old);
  const body = blocks.map((it) => blockOf(it).join(eol)).join(eol + eol);
  const open = old !== "" && !/[\r\n]$/.test(old) ? eol : "";
  const newText = `${open}${old.trim() === "" ? "" : eol}[Service]${eol}${body}${eol}`;
  const edit = { start: old.length, end: old.length, newText };
  return { text: applyEdits(old, [edit]), edits: [edit], settings: blocks.flatMap((it) => it.settings) };
}

/**
 * After a deny list an allow list is none, so that a drop-in takes the list back and says it again. The last word about a
 * call or family decides in a list of either kind: what was denied at its end stays denied. Follows
 * config_parse_syscall_filter() and config_parse_address_families(), systemd 257 to 262.
 */
function withListAgain(unit: Unit, setting: SafeSetting): HardenedLine {
  const { directive } = setting;
  const note = `${NOTE}the first ${directive}= decides, so the deny list of the unit is repeated after the allow list`;
  const again = inForce(unit, directive).flatMap((it) => {
    const counted = countedWords(unit, directive, it.text);
    return counted === undefined ? [] : [`${directive}=${counted}`];
  });
  return { ...lineOf(setting), above: [note, `${directive}=`], below: again };
}

/** Lines that give the service an empty root, with a note on what only the reader knows; undefined where it has one. */
export function confine(unit: Unit): Hardened | undefined {
  const section = hardenedSection(unit);
  const facts = factsOf(unit);
  if (!section || unit.path.scope === "user" || facts.programs.length === 0 || hasOwnRoot(unit)) return undefined;
  const lines = confinementLines(facts);
  const settings = lines.map((line): HardenedLine => ({ line, breaks: CONFINED }));
  const [edit] = insertBlocks(unit.file, section, [[CONFINEMENT, ...pidFileNote(unit), ...lines]]);
  return edit && { edits: [{ ...edit, heading: "Confinement", settings }], settings };
}

/** A PID file straight below /run cannot be bound: it comes and goes, and the rest of /run is not there. */
function pidFileNote(unit: Unit): readonly string[] {
  const path = textOf(unit, "PIDFile");
  if (path === undefined || !/^(?:(?:\/var)?\/run\/)?[^/]+$/.test(path)) return [];
  return [
    `# PIDFile=${path} is outside the root: the program needs a RuntimeDirectory= for it, or a Type= without PIDFile=`,
  ];
}

const CONFINEMENT = "# Confinement: an empty root that shows nothing but these paths; bind what else the service needs";
const CONFINED = "Every file that is not bound into the root is missing: data, sockets, devices and other mounts.";

function lineOf({ line, directive, breaks: strictly, replaces, grade, reason }: SafeSetting): HardenedLine {
  const breaks = breaksOfLine(line, directive) ?? strictly;
  return { line, breaks, grade, reason, ...(replaces ? { replaces: `${replaces.key}=${replaces.text}` } : {}) };
}

function changeOf(setting: SafeSetting, { valueSpan }: Assignment): HardenedEdit {
  const newText = setting.line.slice(setting.line.indexOf("=") + 1);
  return { ...valueSpan, newText, heading: headingOf(setting.directive).heading, settings: [lineOf(setting)] };
}

function precedingOf(setting: SafeSetting, unit: Unit, before: Assignment): HardenedEdit[] {
  const { heading } = headingOf(setting.directive);
  return addBefore(unit, before, [setting.line]).map((it) => ({ ...it, heading, settings: [lineOf(setting)] }));
}
