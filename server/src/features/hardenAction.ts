import type { CodeAction } from "vscode-languageserver-types";
import { containerSection } from "../dialects/quadlets/hardening/containerPlan.ts";
import type { Severities } from "../findings/pattern.ts";
import { hardenedSection } from "../hardening/hardening.ts";
import { confine, type Hardened, hardenUnit } from "../hardening/profile.ts";
import { isOff } from "../rules/check.ts";
import type { Span } from "../text/span.ts";
import { isLoaded } from "../units/loadedFiles.ts";
import type { Unit } from "../units/unit.ts";
import { benefitOf } from "./benefit.ts";
import { exposureChange, gainOf, hasExposure } from "./exposure.ts";
import { hardeningPlace } from "./hardeningPlace.ts";
import { HARDEN_KIND } from "./offered.ts";
import { protectionWords } from "./protectionWords.ts";
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
  // Bytes that nobody sees are no lines that somebody wrote.
  if (unit.file.text.includes("\0") || !isLoaded(unit) || (!hardenedSection(unit) && !container)) return [];
  const choices: HardeningChoice[] = [];
  const add = (id: HardeningChoice["id"], name: string, hardened: Hardened): void => {
    const benefit = benefitBeyond(unit, hardened, id === "confined" ? undefined : choices.at(-1)?.hardened);
    choices.push({ id, title: benefit === "" ? name : `${name} (${benefit})`, hardened });
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

/** What a way buys in numbers; in words, too, what it protects from where it has the same number as the one before it. */
function benefitBeyond(unit: Unit, { settings, edits }: Hardened, before: Hardened | undefined): string {
  const lines = settings.map((it) => it.line);
  if (!hasExposure(unit)) return benefitOf(unit, lines, edits) ?? "";
  const known = before?.settings.map((it) => it.line) ?? [];
  const change = exposureChange(unit, lines, edits);
  if (!change) return "";
  const others = before && exposureChange(unit, known, before.edits);
  const isCounted = change.after < Math.min(change.before, others?.after ?? change.before);
  const isRoot = lines.some((it) => it.startsWith("RootDirectory="));
  const words = isCounted && !isRoot ? undefined : protectionWords(lines.filter((it) => !known.includes(it)));
  return [gainOf(unit, lines, edits), words].filter(Boolean).join("; ");
}

/** The same as actions in the section that is hardened: one edit that a single undo takes back. */
export function hardenActions(view: View, uri: string, span: Span, severities?: Severities): CodeAction[] {
  if (!hardeningPlace(view.unit, span)) return [];
  return hardeningChoices(view, severities).map(({ title, hardened: { edits } }) => ({
    title,
    kind: HARDEN_KIND,
    edit: { changes: { [uri]: edits.map((edit) => lspEdit(view, edit)) } },
  }));
}
