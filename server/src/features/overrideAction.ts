import { type CodeAction, CodeActionKind, type Command, type WorkspaceEdit } from "vscode-languageserver-types";
import type { Severities } from "../findings/pattern.ts";
import { hardenedSection, type Profile, safeSettings } from "../hardening/hardening.ts";
import { learntInDropIn } from "../hardening/learntEdits.ts";
import { type HardenedDropIn, hardenAsDropIn } from "../hardening/profile.ts";
import { codeOf } from "../hardening/profiles.ts";
import { SUMMARY_RULE } from "../hardening/summary.ts";
import { isOff } from "../rules/check.ts";
import { isSafeHeader } from "../security/effective.ts";
import { assess } from "../security/exposure.ts";
import { parse } from "../syntax/parse.ts";
import type { Span } from "../text/span.ts";
import { lineIndexOf } from "../units/fileLines.ts";
import { readAnew } from "../units/readUnit.ts";
import type { Unit } from "../units/unit.ts";
import { hardeningPlace } from "./hardeningPlace.ts";
import { firstSteps, isLearnt, learntTitle } from "./learntActions.ts";
import { HARDEN_KIND } from "./offered.ts";
import { isPinned } from "./strictestSettings.ts";
import type { View } from "./view.ts";

/** The file that an override goes to, as it is now. */
export interface OverrideFile {
  readonly uri: string;
  /** How a title names it. */
  readonly shown: string;
  /** Its text in the editor or on disk; undefined where it is yet to be made. */
  readonly text: string | undefined;
  /** The version of the open document, null where it is not open. */
  readonly version: number | null;
  /** Whether the unit file is a package's, so that changes belong into the override. */
  readonly vendor: boolean;
}

/** What an editor and its reader want of overrides. */
export interface OverrideOptions {
  readonly profile: Profile;
  readonly severities?: Severities | undefined;
  /** The client's command that opens a file which is yet to be made, for places that the client may not write to. */
  readonly opener?: string | undefined;
}

/** How many single settings are offered. */
const MOST = 3;

/** Whether the actions belong to a place in the text: the section that is hardened, of which a client asks by itself about the header alone. */
export function isOverridden({ unit }: View, span: Span, automatic = false): boolean {
  if (unit.path.role !== "unit" || !hardenedSection(unit)) return false;
  const place = hardeningPlace(unit, span);
  return place === "header" || (place === "line" && !automatic);
}

/**
 * The actions that harden a service in a drop-in, while the unit file stays as it is: all safe settings at once and, where
 * the file is a vendor's, what was learnt before them, and those that matter most one by one. None where systemd would refuse
 * the unit, or protect it less.
 */
export function overrideActions(
  view: View,
  span: Span,
  file: OverrideFile,
  { profile, severities, opener }: OverrideOptions,
): CodeAction[] {
  const unit = withOverride(view.unit, file.text);
  if (!isOverridden(view, span) || !isReadToItsEnd(file.text ?? "", unit)) return [];
  const isOnHeader = hardeningPlace(view.unit, span) === "header";
  const before = assess(unit);
  if (!before.loads || before.exposure === undefined) return [];
  const unwanted = (code: string): boolean => isOff(code, severities);
  const hardened = (only?: string): Tried | undefined =>
    tried(hardenAsDropIn(unit, profile, file.text, (it) => (only !== undefined && it !== only) || unwanted(it)));
  const tried = (dropIn: HardenedDropIn): Tried | undefined => {
    const after = assess(withDropIn(unit, file.text, dropIn.text));
    const isWorse = !after.loads || after.exposure === undefined || after.exposure > (before.exposure ?? 0);
    return dropIn.settings.length === 0 || isWorse ? undefined : { dropIn, exposure: after.exposure ?? 0 };
  };
  const action = (what: string, { dropIn }: Tried): CodeAction => ({
    title: `${what} in an override (${file.shown})`,
    kind: file.vendor && isOnHeader ? CodeActionKind.QuickFix : HARDEN_KIND,
    ...change(file, dropIn, opener),
  });
  // Into a file of the reader's own what was learnt goes itself.
  const learnt = (file.vendor ? firstSteps(unit) : []).flatMap((step) => {
    const it = tried(learntInDropIn(file.text, step.blocks));
    return it ? [action(learntTitle(unit, step), it)] : [];
  });
  const all = profile === "off" ? undefined : hardened();
  if (!all) return learnt;
  const lines = all.dropIn.settings.length;
  const whole = lines === 1 ? `Add ${all.dropIn.settings[0]?.line ?? ""}` : `Add all ${lines} safe settings`;
  if (!file.vendor || lines === 1) return [...learnt, action(whole, all)];
  const directives = new Set(safeSettings(unit, profile, unwanted).map((it) => it.directive));
  const singles = [...directives].flatMap((directive) => {
    const single = isLearnt({ unit }, { title: `Add ${directive}=` }) ? undefined : hardened(codeOf(directive));
    return single ? [{ ...single, pinned: isPinned(directive) }] : [];
  });
  const own = singles.toSorted((a, b) => Number(b.pinned) - Number(a.pinned) || a.exposure - b.exposure);
  const most = own.slice(0, MOST).map((it) => action(`Add ${it.dropIn.settings[0]?.line ?? ""}`, it));
  return [...learnt, action(whole, all), ...most];
}

/** Actions that replace others, said to serve the same finding: editors put what serves none after all that does. */
export function inPlaceOf(others: readonly CodeAction[], actions: readonly CodeAction[]): CodeAction[] {
  const summary = others.flatMap((it) => it.diagnostics ?? []).find((it) => it.code === SUMMARY_RULE.code);
  return actions.map((it) => (summary ? { ...it, diagnostics: [summary] } : it));
}

interface Tried {
  readonly dropIn: HardenedDropIn;
  readonly exposure: number;
}

/** The unit with its override, which may lie where nobody has looked yet. */
function withOverride(unit: Unit, text: string | undefined): Unit {
  const isKnown = text === undefined || unit.dropIns.some((it) => it.text === text);
  return isKnown ? unit : withDropIn(unit, undefined, text);
}

/** The unit once the text of one of its drop-ins is another one, or one more is read last. */
function withDropIn(unit: Unit, before: string | undefined, after: string): Unit {
  const texts = unit.dropIns.map((it) => it.text);
  const at = before === undefined ? -1 : texts.indexOf(before);
  const all = at < 0 ? [...texts, after] : texts.with(at, after);
  return readAnew(unit, { dropIns: all });
}

function isReadToItsEnd(text: string, { version }: Unit): boolean {
  const { clean, tooLong, sections } = parse(text);
  return clean && !tooLong && sections.every(({ header }) => isSafeHeader(header, version));
}

function change(
  { uri, text, version }: OverrideFile,
  dropIn: HardenedDropIn,
  opener: string | undefined,
): { edit: WorkspaceEdit } | { command: Command } {
  if (text === undefined && opener !== undefined)
    return { command: { title: "Open the override", command: opener, arguments: [uri, dropIn.text] } };
  const lines = lineIndexOf(parse(text ?? ""));
  const edits = dropIn.edits.map(({ start, end, newText }) => ({
    range: { start: lines.positionAt(start), end: lines.positionAt(end) },
    newText,
  }));
  const edited = { textDocument: { uri, version }, edits };
  if (text !== undefined) return { edit: { documentChanges: [edited] } };
  const created = { kind: "create", uri, options: { overwrite: false, ignoreIfExists: false } } as const;
  return { edit: { documentChanges: [created, edited] } };
}
