import type { CodeAction } from "vscode-languageserver-types";
import type { Severities } from "../findings/pattern.ts";
import { hardenedSection } from "../hardening/hardening.ts";
import { confine, type Hardened, hardenUnit } from "../hardening/profile.ts";
import { containerSection } from "../hardening/quadlets/profiles/containerPlan.ts";
import { isOff } from "../rules/check.ts";
import type { Span } from "../text/span.ts";
import { gainOf } from "./exposure.ts";
import { HARDEN_KIND } from "./offered.ts";
import { lspEdit, type View } from "./view.ts";

const PROFILES = ["basic", "strict", "isolated"] as const;

/** One way to harden a service in a single step. */
export interface HardeningChoice {
  /** What `hardeningChoices` is asked for again. */
  readonly id: (typeof PROFILES)[number] | "confined";
  /** What it does and what it buys, such as `Harden this service: basic (9.4 → 5.2)`. */
  readonly title: string;
  readonly hardened: Hardened;
}

/** The ways to harden a service; a profile that adds nothing to the one before it is left out. */
export function hardeningChoices({ unit }: View, severities?: Severities): HardeningChoice[] {
  const container = containerSection(unit);
  if (!hardenedSection(unit) && !container) return [];
  const choices: HardeningChoice[] = [];
  const add = (id: HardeningChoice["id"], name: string, hardened: Hardened): void => {
    const lines = hardened.settings.map((it) => it.line);
    const gain = gainOf(unit, lines, hardened.edits);
    choices.push({ id, title: gain === undefined ? name : `${name} (${gain})`, hardened });
  };
  let known = 0;
  for (const profile of PROFILES) {
    const hardened = hardenUnit(unit, profile, (code) => isOff(code, severities));
    // A profile includes the ones before it.
    if (hardened.settings.length <= known) continue;
    known = hardened.settings.length;
    add(profile, `Harden this ${container ? "container" : "service"}: ${profile}`, hardened);
  }
  const confined = container ? undefined : confine(unit);
  if (confined) add("confined", "Confine this service to an empty root", confined);
  return choices;
}

/** The same as actions on the header of [Service]: one edit that a single undo takes back. */
export function hardenActions(view: View, uri: string, span: Span, severities?: Severities): CodeAction[] {
  const header = (hardenedSection(view.unit) ?? containerSection(view.unit))?.header;
  if (!header || header.start > span.end || header.end < span.start) return [];
  return hardeningChoices(view, severities).map(({ title, hardened: { edits } }) => ({
    title,
    kind: HARDEN_KIND,
    edit: { changes: { [uri]: edits.map((edit) => lspEdit(view, edit)) } },
  }));
}
