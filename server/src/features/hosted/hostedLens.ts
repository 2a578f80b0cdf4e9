import type { CodeLens } from "vscode-languageserver-types";
import type { Severities } from "../../findings/pattern.ts";
import { safeFix } from "../../hardening/hardening.ts";
import type { Profile } from "../../hardening/profiles.ts";
import { unknownAdvice } from "../../hosts/judge.ts";
import { isOff } from "../../rules/check.ts";
import { assess } from "../../security/exposure.ts";
import type { TextEdit } from "../../text/span.ts";
import { gainOf, hasExposure, inShort } from "../exposure.ts";
import { ADD_SAFE_SETTINGS } from "../offered.ts";
import type { HostedView, ShownHosted } from "./hostedView.ts";

/**
 * The exposure above the name of each service that stands in the file as a whole, and what is safe to add. It is what the
 * file shows: settings with unknown values are left out, which the lens says.
 */
export function hostedLenses(view: HostedView, uri: string, profile: Profile, severities: Severities): CodeLens[] {
  return view.units.flatMap((it, at) => {
    if (!hasExposure(it.unit)) return [];
    const { name, settings } = it.hosted;
    const range = { start: view.lines.positionAt(name.start), end: view.lines.positionAt(name.end) };
    const unknown = settings.filter((setting) => !setting.parts).length;
    const told = unknown === 0 ? "" : `, ${unknown} ${unknown === 1 ? "value" : "values"} unknown`;
    const title = `${inShort(assess(it.unit))}${told}`;
    const safe = hostedSafeEdits(view, it, profile, severities);
    const count = `${safe?.count} safe ${safe?.count === 1 ? "setting" : "settings"} missing`;
    const gain = safe?.gain === undefined ? "" : ` (${safe.gain})`;
    return [
      { range, command: { title, command: "" } },
      ...(safe
        ? [{ range, command: { title: `${count}${gain}`, command: ADD_SAFE_SETTINGS, arguments: [uri, at] } }]
        : []),
    ];
  });
}

/** The edits of the file that add all that is safe for one of its services; undefined where there is nothing. */
export function hostedSafeEdits(
  { host, file, version }: HostedView,
  { hosted, written, unit, found }: ShownHosted,
  profile: Profile,
  severities: Severities,
): { readonly edits: readonly TextEdit[]; readonly count: number; readonly gain: string | undefined } | undefined {
  // Where the advice was dropped, nobody knows what the service bears.
  if (!found.some((it) => it.advice !== undefined)) return undefined;
  const unwanted = unknownAdvice(hosted);
  const fix = safeFix(unit, profile, (code) => Object.hasOwn(unwanted, code) || isOff(code, severities));
  const own = fix?.edits() ?? [];
  const edits = fix && host.edits(file, hosted, written, own, version);
  return edits && { edits, count: fix.sets?.length ?? 0, gain: gainOf(unit, fix.sets ?? [], own) };
}
