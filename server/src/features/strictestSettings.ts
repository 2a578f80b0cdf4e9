import type { Finding, Fix } from "../findings/finding.ts";
import { silencers } from "../findings/suppress.ts";
import { addLines } from "../hardening/fixes.ts";
import { hardenedSection } from "../hardening/hardening.ts";
import { codeOf, type HardeningDirective, ROWS, type Row } from "../hardening/profiles.ts";
import { isDynamic } from "../service/effective.ts";
import { setting } from "../service/settings.ts";
import type { Unit } from "../units/unit.ts";
import { titleWithGain } from "./benefit.ts";
import { refusalOf } from "./mayBreak.ts";

/** The settings that are asked for by name, whatever they buy: their strictest value is offered, or it is said why not. */
const PINNED: readonly HardeningDirective[] = ["ProtectSystem", "ProtectHome"];

/** Whether a directive keeps its place among the first, whatever it buys. */
export const isPinned = (directive: string | undefined): boolean => PINNED.some((it) => it === directive);

/** The strictest value of such a setting. */
export interface StrictestSetting {
  /** Such as `ProtectHome=tmpfs`. */
  readonly line: string;
  /** What an entry says: `Add ProtectHome=tmpfs (9.0 → 8.9)`, with what speaks against it or may break. */
  readonly title: string;
  readonly fix: Fix;
  /** Why the service cannot bear it, the end of a sentence. */
  readonly against?: string;
}

/** The strictest values that a service has not, as far as somebody still gives advice about the settings. */
export function strictestSettings(unit: Unit, findings: readonly Finding[]): StrictestSetting[] {
  return PINNED.flatMap((directive) => {
    const row = ROWS.find((it) => it.directive === directive);
    const found = findings.find((it) => it.directive === directive && it.advice !== undefined);
    const fix = row && (found ? strictestOf(row, found) : beyondImplied(unit, row));
    if (!fix) return [];
    const against = fix.suits ? undefined : refusalOf(unit, directive);
    // The reason is said in another way here.
    const title = titleWithGain(unit, fix, withoutReason(fix.title, found?.withheld));
    const note = against ?? (isSure(fix, found) ? undefined : `may break: ${clause(row.breaks)}`);
    const line = `${directive}=${row.value}`;
    const entry = { line, title: note === undefined ? title : `${title}; ${note}`, fix };
    return [against === undefined ? entry : { ...entry, against }];
  });
}

/** Whether nothing need be said of what it may break: it is safe, or its title says it. */
const isSure = (fix: Fix, found: Finding | undefined): boolean =>
  fix.suits === true || (fix.safe && found?.withheld === undefined);

const clause = (sentence: string): string => `${sentence[0]?.toLowerCase()}${sentence.slice(1).replace(/\.$/, "")}`;

/** The fix with the strictest value: first the one that suits the service, then the one that makes room for it. */
function strictestOf({ directive, value }: Row, { fixes }: Finding): Fix | undefined {
  const line = `${directive}=${value}`;
  const all = fixes.filter((it) => !it.many && it.sets?.[0] === line);
  return all.find((it) => it.suits) ?? all.toSorted((a, b) => (b.sets?.length ?? 0) - (a.sets?.length ?? 0))[0];
}

/** DynamicUser= implies homes that can be read, about which nobody gives advice. */
function beyondImplied(unit: Unit, { directive, value }: Row): Fix | undefined {
  const section = hardenedSection(unit);
  if (!section || directive !== "ProtectHome" || !isDynamic(unit) || setting(unit, directive)) return undefined;
  if (silencers(unit.file, codeOf(directive), section.start).length > 0) return undefined;
  const line = `${directive}=${value}`;
  return { title: `Add ${line}`, safe: false, sets: [line], edits: () => [addLines(unit, section, [line])] };
}

/** Why a service cannot bear the strictest value of a setting that is offered so, the end of a sentence. */
export const strictestRefusal = (unit: Unit, directive: string | undefined): string | undefined => {
  const pinned = PINNED.find((it) => it === directive);
  return pinned && refusalOf(unit, pinned);
};

/** The title of a fix without the reason against it, which follows where it is a decision. */
export function withoutReason(title: string, withheld: string | undefined): string {
  const end = withheld === undefined ? "" : `; ${withheld}`;
  return title.endsWith(end) ? title.slice(0, title.length - end.length) : title;
}
