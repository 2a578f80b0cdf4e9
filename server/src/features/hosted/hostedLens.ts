import type { CodeLens } from "vscode-languageserver-types";
import type { Fix } from "../../findings/finding.ts";
import type { Severities } from "../../findings/pattern.ts";
import { safeFix } from "../../hardening/hardening.ts";
import { missingClauses } from "../../hardening/missingText.ts";
import type { Profile } from "../../hardening/profiles.ts";
import { unknownAdvice } from "../../hosts/judge.ts";
import { movedFrom } from "../../hosts/movedFile.ts";
import { hostEdits } from "../../hosts/proven.ts";
import { changesOwnLines } from "../../hosts/shared.ts";
import { isOff } from "../../rules/check.ts";
import type { TextEdit } from "../../text/span.ts";
import type { Unit } from "../../units/unit.ts";
import { gainOf, hasExposure, lensTitle } from "../exposure.ts";
import { ADD_SAFE_SETTINGS } from "../offered.ts";
import type { HostedView, ShownHosted } from "./hostedView.ts";

/**
 * The exposure above the name of each service that stands in the file as a whole, and what is safe to add. It is what the
 * file shows: settings with unknown values are left out, which the lens says.
 */
export function hostedLenses(
  view: HostedView,
  uri: string,
  profile: Profile,
  severities: Severities,
  views = false,
): CodeLens[] {
  return view.units.flatMap((it, at) => {
    if (!hasExposure(it.unit)) return [];
    const { name } = it.hosted;
    const range = { start: view.lines.positionAt(name.start), end: view.lines.positionAt(name.end) };
    const unknown = it.hosted.settings.filter(({ parts }) => !parts).length;
    const note = unknown === 0 ? "" : `, ${unknown} ${unknown === 1 ? "value" : "values"} unknown`;
    const safe = safeTitleOf(it, profile, severities);
    const isOffered = safe !== undefined && view.host.writable(view.file, movedFrom(it.hosted).origin);
    return [
      { range, command: { title: `${lensTitle(it.unit, views)}${note}`, command: "" } },
      ...(isOffered ? [{ range, command: { title: safe, command: ADD_SAFE_SETTINGS, arguments: [uri, at] } }] : []),
    ];
  });
}

/** What the lens of a unit says of what it lacks, for which a profile and rules. */
interface SafeTitle {
  readonly profile: Profile;
  readonly severities: Severities;
  readonly title: string | undefined;
}

/** A unit that was not changed is the same in the next view. */
const SAFE_TITLES = new WeakMap<Unit, SafeTitle>();

function safeTitleOf(of: ShownHosted, profile: Profile, severities: Severities): string | undefined {
  const known = SAFE_TITLES.get(of.unit);
  if (known?.profile === profile && known.severities === severities) return known.title;
  const fix = safeFixOf(of, profile, severities);
  const lines = fix?.sets ?? [];
  const gain = fix && gainOf(of.unit, lines, fix.edits());
  const title = missingClauses({ safe: lines.length }, { lines, gain }).safe;
  SAFE_TITLES.set(of.unit, { profile, severities, title });
  return title;
}

/** The fix that adds all that is safe; undefined where nothing is, or where the advice was dropped, as nobody knows what the service bears. */
function safeFixOf({ hosted, unit, found }: ShownHosted, profile: Profile, severities: Severities): Fix | undefined {
  if (!found.some((it) => it.advice !== undefined)) return undefined;
  const unwanted = unknownAdvice(hosted);
  return safeFix(unit, profile, (code) => Object.hasOwn(unwanted, code) || isOff(code, severities));
}

/** The edits of the file that add all that is safe for one of its services, or as much as can be written there. */
export function hostedSafeEdits(
  { host, file, version }: HostedView,
  of: ShownHosted,
  profile: Profile,
  severities: Severities,
): readonly TextEdit[] {
  const all = safeFixOf(of, profile, severities)?.edits() ?? [];
  const wanted = all.filter((it) => changesOwnLines(file, of.hosted, of.written, it));
  const inFile = (some: readonly TextEdit[]): readonly TextEdit[] | undefined =>
    hostEdits(host, file, { ...of, edits: some, version });
  const whole = wanted.length === 0 ? [] : inFile(wanted);
  if (whole) return whole;
  let kept: readonly TextEdit[] = [];
  for (const it of wanted) if (inFile([...kept, it])) kept = [...kept, it];
  return kept.length === 0 ? [] : (inFile(kept) ?? []);
}
