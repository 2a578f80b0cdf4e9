import type { CodeLens } from "vscode-languageserver-types";
import { isOff } from "../lint/check.ts";
import { safeFix } from "../lint/hardening/hardening.ts";
import { hardenUnit, leftOut } from "../lint/hardening/profile.ts";
import type { Profile } from "../lint/hardening/profiles.ts";
import type { Severities } from "../lint/pattern.ts";
import { assess } from "../security/exposure.ts";
import { exposedSection, gainOf, inShort } from "./exposure.ts";
import { lspEdit, rangeOf, type View } from "./view.ts";

/** The commands behind the lenses; the first opens a view where the client has one. */
export const OPEN_REPORT = "unitWarden.openReport";
export const REPORT_MARKDOWN = "unitWarden.reportMarkdown";
export const ADD_SAFE_SETTINGS = "unitWarden.addSafeSettings";

/** The exposure above [Service], what is safe to add, and the way to the report. */
export function codeLenses(
  view: View,
  uri: string,
  profile: Profile,
  views: boolean,
  severities?: Severities,
): CodeLens[] {
  const { unit } = view;
  const section = exposedSection(unit);
  if (!section) return [];
  const range = rangeOf(view, section.header);
  const report = views ? OPEN_REPORT : REPORT_MARKDOWN;
  const lens = (title: string, command: string): CodeLens => ({ range, command: { title, command, arguments: [uri] } });
  const fix = safeFix(unit, profile, (code) => isOff(code, severities));
  const safe = fix?.sets ?? [];
  const gain = fix && gainOf(unit, safe, fix.edits());
  const missing = `${safe.length} safe ${safe.length === 1 ? "setting" : "settings"} missing${gain === undefined ? "" : ` (${gain})`}`;
  const left = profile === "off" || safe.length > 0 ? 0 : leftOut(unit, profile).length;
  return [
    lens(inShort(assess(unit)), report),
    ...(safe.length > 0 ? [lens(missing, ADD_SAFE_SETTINGS)] : []),
    ...(left > 0 ? [lens(`${left} more to decide`, report)] : []),
    lens("report", report),
  ];
}

/** The edits that add all safe settings in groups, as "Harden this service" does; none where there is nothing to add. */
export function addSafeSettings(view: View, profile: Profile, severities?: Severities): ReturnType<typeof lspEdit>[] {
  return hardenUnit(view.unit, profile, (code) => isOff(code, severities)).edits.map((edit) => lspEdit(view, edit));
}
