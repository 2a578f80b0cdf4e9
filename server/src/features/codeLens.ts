import type { CodeLens } from "vscode-languageserver-types";
import { nspawnWorld } from "../dialects/nspawn/nspawnWorld.ts";
import { containerSection } from "../dialects/quadlets/hardening/containerPlan.ts";
import type { Severities } from "../findings/pattern.ts";
import { leftOut } from "../hardening/leftOut.ts";
import { missingClauses } from "../hardening/missingText.ts";
import type { Unwanted } from "../hardening/ownHardening.ts";
import { hardenAsDropIn, hardenUnit } from "../hardening/profile.ts";
import type { Profile } from "../hardening/profiles.ts";
import { isOff } from "../rules/check.ts";
import { assess, formatExposure } from "../security/exposure.ts";
import { isLoaded } from "../units/loadedFiles.ts";
import { withText } from "../units/readUnit.ts";
import type { Unit } from "../units/unit.ts";
import { parseUnitName } from "../values/unitName.ts";
import { containerLenses } from "./containerLens.ts";
import { lensTitle, mainHeader } from "./exposure.ts";
import { type MissingIn, missingIn } from "./missingIn.ts";
import { ADD_SAFE_SETTINGS, REPORT_MARKDOWN } from "./offered.ts";
import { exposedUnit } from "./unitStatus.ts";
import { lspEdit, rangeOf, type View } from "./view.ts";

/** The command that opens the report in a client's own view. */
export const OPEN_REPORT = "unitWarden.openReport";

/**
 * The exposure above [Service], what is safe to add and what is only likely to be, and the way to the report; in a drop-in for its unit as a whole. A new
 * file has none as long as systemd would refuse it: it is merely unfinished.
 */
export function codeLenses(
  view: View,
  uri: string,
  profile: Profile,
  views: boolean,
  severities?: Severities,
  isNew = false,
): CodeLens[] {
  const report = views ? OPEN_REPORT : REPORT_MARKDOWN;
  if (!isLoaded(view.unit)) return lensesOfRival(view, uri, views);
  if (containerSection(view.unit) || nspawnWorld(view.unit))
    return containerLenses(view, uri, profile, report, severities);
  const unit = exposedUnit(view.unit);
  const header = mainHeader(view.unit);
  if (!unit || !header || (isNew && !assess(unit).loads)) return [];
  const range = rangeOf(view, header);
  const lens = (title: string | undefined, command: string): CodeLens[] =>
    title === undefined ? [] : [{ range, command: { title, command, arguments: [uri] } }];
  const unwanted: Unwanted = (code) => isOff(code, severities);
  const lacked = missingFrom(view.unit, unit, profile, unwanted);
  const openDecisions =
    profile === "off" || lacked.safe > 0 ? [] : leftOut(unit, profile).filter((it) => it.kind === "open");
  const missing = missingClauses({ ...lacked, open: openDecisions.length }, lacked);
  // Editors show icons in titles, which a name that systemd refuses could write.
  const name = parseUnitName(unit.path.name ?? "")?.full ?? "unit";
  const whole = unit === view.unit ? "" : `${name} with its drop-ins: `;
  return [
    ...lens(`${whole}${lensTitle(unit, views)}`, report),
    ...lens(missing.safe, ADD_SAFE_SETTINGS),
    ...lens(missing.likely, report),
    ...lens(missing.open, report),
    ...lens("report", report),
  ];
}

/** Why systemd does not read a file, and the exposure of what it reads instead. */
function lensesOfRival(view: View, uri: string, views: boolean): CodeLens[] {
  const [header, unit] = [mainHeader(view.unit), exposedUnit(view.unit)];
  const { reason } = view.unit.loading ?? {};
  if (!header || reason === undefined) return [];
  const command = views ? OPEN_REPORT : REPORT_MARKDOWN;
  // Editors show icons in titles, which the name of a folder could write.
  const titles = [reason.replaceAll("$(", "$ ("), ...(unit ? [`what is read: ${lensTitle(unit, false)}`] : [])];
  return titles.map((title) => ({ range: rangeOf(view, header), command: { title, command, arguments: [uri] } }));
}

/** What a unit lacks that one of its files may add. */
function missingFrom(file: Unit, unit: Unit, profile: Profile, unwanted: Unwanted): MissingIn {
  const whole = missingIn(unit, profile, unwanted);
  if (file === unit) return whole;
  const { settings, text } = hardenAsDropIn(unit, profile, file.file.text, unwanted);
  const before = assess(unit).exposure;
  const after = assess(withText(file, text).main?.unit ?? unit).exposure;
  const { likely } = whole;
  // Another drop-in may have the last word.
  if (before === undefined || after === undefined || after >= before) return { safe: 0, likely };
  const gain = `${formatExposure(before)} → ${formatExposure(after)}`;
  return { safe: settings.length, likely, lines: settings.map((it) => it.line), gain };
}

/** The edits that add all safe settings in groups, as "Harden this service" does; none where there is nothing to add. */
export function addSafeSettings(view: View, profile: Profile, severities?: Severities): ReturnType<typeof lspEdit>[] {
  const unwanted: Unwanted = (code) => isOff(code, severities);
  if (!isLoaded(view.unit)) return [];
  const unit = containerSection(view.unit) ? view.unit : exposedUnit(view.unit);
  if (!unit) return [];
  const { edits } =
    unit === view.unit
      ? hardenUnit(unit, profile, unwanted)
      : hardenAsDropIn(unit, profile, view.unit.file.text, unwanted);
  return edits.map((edit) => lspEdit(view, edit));
}
