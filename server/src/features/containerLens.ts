import type { CodeLens } from "vscode-languageserver-types";
import type { Severities } from "../findings/pattern.ts";
import { likelyFix, safeFix, type Unwanted } from "../hardening/hardening.ts";
import type { Profile } from "../hardening/profiles.ts";
import { containerSection } from "../hardening/quadlets/profiles/containerPlan.ts";
import { isOff } from "../rules/check.ts";
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
  const lens = (at: typeof header, title: string, command: string): CodeLens => ({
    range: rangeOf(view, at),
    command: { title, command, arguments: [uri] },
  });
  const unwanted: Unwanted = (code) => isOff(code, severities);
  const count = (fix: ReturnType<typeof safeFix>): number => fix?.sets?.length ?? 0;
  const safe = profile === "off" ? 0 : count(safeFix(unit, profile, unwanted));
  const likely = profile === "off" ? 0 : count(likelyFix(unit, profile, unwanted));
  return [
    lens(header, `program: ${payloadInShort(tables.rows)}`, report),
    ...(safe > 0
      ? [lens(header, `${safe} safe ${safe === 1 ? "setting" : "settings"} missing`, ADD_SAFE_SETTINGS)]
      : []),
    ...(likely > 0 ? [lens(header, `${likely} likely`, report)] : []),
    ...(tables.service ? [lens(service, `podman's service: ${tables.service.exposure}`, report)] : []),
  ];
}
