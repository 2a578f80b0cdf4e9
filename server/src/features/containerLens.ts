import type { CodeLens } from "vscode-languageserver-types";
import { containerSection } from "../dialects/quadlets/hardening/containerPlan.ts";
import type { Severities } from "../findings/pattern.ts";
import { missingClauses } from "../hardening/missingText.ts";
import type { Profile } from "../hardening/profiles.ts";
import { isOff } from "../rules/check.ts";
import { assess, formatExposure } from "../security/exposure.ts";
import { podmanService } from "../service/containers/podmanService.ts";
import type { Unit } from "../units/unit.ts";
import { missingIn } from "./missingIn.ts";
import { ADD_SAFE_SETTINGS } from "./offered.ts";
import { payloadInShort, payloadReport } from "./payload.ts";
import { rangeOf, type View } from "./view.ts";

/**
 * What podman gives the program, above [Container], and the exposure of podman's service, above [Service] where there is one:
 * two tables, and no number for both.
 */
export function containerLenses(
  view: View,
  uri: string,
  profile: Profile,
  report: string,
  severities?: Severities,
): CodeLens[] {
  const { unit } = view;
  const tables = payloadReport(unit);
  const header =
    containerSection(unit)?.header ?? (tables && unit.file.sections.find((it) => it.header.closed)?.header);
  if (!header || !tables) return [];
  const service = unit.file.sections.find((it) => it.name === "Service" && it.header.closed)?.header ?? header;
  const lens = (at: typeof header, title: string | undefined, command: string): CodeLens[] =>
    title === undefined ? [] : [{ range: rangeOf(view, at), command: { title, command, arguments: [uri] } }];
  const lacked = missingIn(unit, profile, (code) => isOff(code, severities));
  const missing = missingClauses(lacked, lacked);
  return [
    ...lens(header, `container ${payloadInShort(tables.rows)}`, report),
    ...lens(header, missing.safe, ADD_SAFE_SETTINGS),
    ...lens(header, missing.likely, report),
    ...lens(service, tables.service && podmanRating(unit), report),
  ];
}

/** The exposure of podman's service without its alarm: podman has to set up the container, whatever the file says. */
function podmanRating(unit: Unit): string {
  const { exposure } = assess(podmanService(unit));
  if (exposure === undefined) return "systemd refuses podman's service";
  return `systemd rates podman itself at ${formatExposure(exposure)}, whatever confines the container`;
}
