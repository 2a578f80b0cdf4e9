import { filePartsOf } from "../dialects/dialects.ts";
import type { Finding } from "../findings/finding.ts";
import { matchesCode, rulingFor, type Severities, severityFor } from "../findings/pattern.ts";
import type { UnitContext } from "../findings/rule.ts";
import { suppressions } from "../findings/suppress.ts";
import type { Profile } from "../hardening/hardening.ts";
import { advice } from "../hardening/suggestions/advice.ts";
import { isTemplate } from "../units/template/isTemplate.ts";
import type { Unit } from "../units/unit.ts";
import type { RuleCheck } from "./choice.ts";
import { CODES, meansAny } from "./codes.ts";
import { foundByRules } from "./foundByRules.ts";
import { withoutSilenced } from "./silence.ts";
import { asAdvised, certainFindings } from "./templates.ts";

/** What a reader wants to be told about. */
export interface Selection {
  /** How much hardening to ask of a service. */
  readonly profile: Profile;
  /** Codes or families (`hardening`, `value/`) to keep; all where missing. */
  readonly select?: readonly string[];
  /** Codes or families to leave out; wins over `select`. */
  readonly ignore?: readonly string[];
  /** What codes or families are to the reader, instead of our own severities; `off` leaves them out. */
  readonly severities?: Severities;
  /** Whether nobody said which systemd reads the file, so that it may be an older one as well. */
  readonly targetIsOpen?: boolean;
  /** Whether findings that comments silence are kept, marked as suppressed. */
  readonly keepsSuppressed?: boolean;
  /** Whether those that `severities` leave out are kept as well. */
  readonly keepsOff?: boolean;
  /** Whether to give advice that lies beyond what is known to be safe for the unit, too. */
  readonly beyond?: boolean;
}

/**
 * All findings of a file in the order of the text. After the line at which systemd stops reading there are none, whether
 * the reader wants to see that line or not. With `context` the unit is judged among the others.
 */
export function check(unit: Unit, selection: Selection, context?: UnitContext): Finding[] {
  const parts = filePartsOf(unit);
  if (!parts) return checkOne(unit, selection, context);
  const whole = checkText(unit, selection, undefined).filter((it) => it.code === parts.code);
  return inOrder([...whole, ...parts.units.flatMap((it) => checkOne(it, selection, context))]);
}

function checkOne(unit: Unit, selection: Selection, context: UnitContext | undefined): Finding[] {
  if (!isTemplate(unit)) return checkText(unit, selection, context);
  const certain = certainFindings(unit, (it, isCertain) => checkText(it, selection, context, isCertain));
  const own = adviceFor(unit, selection);
  return asAdvised(unit, certain, own).filter((it) => selection.beyond || !it.beyond);
}

/** The same of a text that systemd may read; what is not certain is left out, and stops nothing. */
function checkText(
  unit: Unit,
  selection: Selection,
  context: UnitContext | undefined,
  isCertain?: (found: Finding) => boolean,
): Finding[] {
  const { read, stop } = readIn(unit, context, isCertain);
  // What stands after the stop is not set for systemd and not missing for the reader.
  const missing = stop ? [] : adviceFor(unit, selection);
  const remaining = withoutSilenced(unit, [...read, ...missing], {
    codes: () => CODES,
    meansAny: (pattern) => meansAny(pattern),
    advice: () => advice(unit, "isolated"),
    stop: stop?.start,
    keeps: selection.keepsSuppressed === true,
  });
  return wantedFindings(remaining, selection);
}

/** The findings of a file without advice, where that can be told apart, and whether advice is due. */
export function checkApart(
  unit: Unit,
  selection: Selection,
  context?: UnitContext,
): { readonly found: readonly Finding[]; readonly isAdvised: boolean } | undefined {
  if (filePartsOf(unit) || isTemplate(unit) || suppressions(unit.file)) return undefined;
  const { read, stop } = readIn(unit, context);
  return { found: wantedFindings(read, selection), isAdvised: !stop };
}

/** The advice for a file alone; nothing silences it where a file can be checked apart. */
export const adviceAlone = (unit: Unit, selection: Selection): Finding[] =>
  wantedFindings(adviceFor(unit, selection), selection);

const adviceFor = (unit: Unit, { profile, severities, keepsOff }: Selection): Finding[] =>
  advice(unit, profile, (code) => !keepsOff && isOff(code, severities));

/** Those that the reader wants to be told about. */
export function wantedFindings(found: readonly Finding[], selection: Selection): Finding[] {
  const wanted = found
    .filter((it) => isSelected(it.code, selection) && (selection.beyond || !it.beyond))
    .map((it) => (selection.targetIsOpen ? asByOlder(it) : it))
    .flatMap((it) => withSeverity(it, selection));
  return inOrder(wanted);
}

/** What rules find in what systemd reads, and where it stops. */
function readIn(
  unit: Unit,
  context: UnitContext | undefined,
  isCertain?: (found: Finding) => boolean,
): { readonly read: readonly Finding[]; readonly stop: Finding | undefined } {
  const all = foundByRules(unit, context);
  const found = isCertain ? all.filter(isCertain) : all;
  const stop = found.reduce<Finding | undefined>(
    (first, it) => (it.stopsReading && (!first || it.start < first.start) ? it : first),
    undefined,
  );
  const read = stop
    ? found.filter((it) => it === stop || (it.start < stop.start && !OF_WHOLE_FILES.test(it.code)))
    : found;
  return { read, stop };
}

/** Whether systemd reads a file that nobody fills in to its end; only rules are asked that may say where it stops. */
export const isReadToEnd = (unit: Unit): boolean =>
  !foundByRules(unit, undefined, mayStop).some((it) => it.stopsReading);

/** Whether a rule may say that: one about lines, which are all judged, or one of a family that knows of whole files. */
const mayStop = ({ code, check: ofUnit }: RuleCheck): boolean => !ofUnit || /^(?:syntax|quadlet)\//.test(code);

/** The families of rules about what a file says as a whole, which systemd does not ask of one that it stops reading. */
const OF_WHOLE_FILES = /^(?:unit|nspawn|image)\//;

const inOrder = (found: Finding[]): Finding[] => found.sort((a, b) => a.start - b.start || a.end - b.end);

/** Whether a reader wants to be told about a code. */
export function isSelected(code: string, { select, ignore = [] }: Pick<Selection, "select" | "ignore">): boolean {
  const matches = (pattern: string): boolean => matchesCode(code, pattern);
  return (!select || select.some(matches)) && !ignore.some(matches);
}

const asByOlder = (it: Finding): Finding =>
  it.severityIfOlder === undefined ? it : { ...it, severity: it.severityIfOlder };

function withSeverity(finding: Finding, { severities, keepsOff }: Selection): readonly Finding[] {
  const { severity, pattern } = (severities && rulingFor(finding.code, severities)) ?? {};
  if (severity === "off" && pattern !== undefined && keepsOff)
    return [finding.suppressed ? finding : { ...finding, suppressed: { by: "configuration", pattern } }];
  if (severity === "off") return [];
  return [severity === undefined || severity === finding.severity ? finding : { ...finding, severity }];
}

/** Whether a reader has switched a code off. */
export function isOff(code: string, severities: Severities | undefined): boolean {
  return severities !== undefined && severityFor(code, severities) === "off";
}
