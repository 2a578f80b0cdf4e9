import type { Finding } from "../findings/finding.ts";
import type { Facts } from "../service/facts.ts";
import { evidenceAgainst } from "./evidence.ts";
import { type Excluded, notSafeFor } from "./exclusions.ts";
import type { MissingSetting } from "./missingSettings.ts";
import type { HardeningDirective } from "./profiles.ts";
import { excludedIn } from "./settingRead.ts";

/** Why a service cannot bear what a profile asks for, the end of a sentence; undefined where nothing speaks against it. */
export function unbearable({ row, fit }: Pick<MissingSetting, "row" | "fit">, facts: Facts): string | undefined {
  return fit.against ?? againstStrict(row.directive, facts);
}

/** The same where the value is not at hand: it is named where a weaker one may hold, as a sentence without its full stop. */
export function unbearableNamed({ row, fit }: Pick<MissingSetting, "row" | "fit">, facts: Facts): string | undefined {
  const strictly = fit.against === undefined ? againstStrict(row.directive, facts) : undefined;
  return strictly === undefined ? fit.against : `${STRICT[row.directive]} is ${strictly}`;
}

/** Why a profile does not add a setting to a unit, the end of a sentence. */
export function reasonAgainst(gap: MissingSetting, facts: Facts): string {
  const { status: found, confidence } = gap;
  if (found.kind === "weak" && isWeakOnPurpose(gap)) return `the unit sets ${found.node.key}=${found.node.text}`;
  const doubt = confidence?.grade === "likely" ? `likely safe, ${confidence.reason}` : undefined;
  return unbearable(gap, facts) ?? doubt ?? "it is not known to be safe here";
}

/** Whether a unit says something weaker than what is known to be safe for it, where no profile changes it. */
export function isWeakOnPurpose({ status: found, fit: { safeValue } }: MissingSetting): boolean {
  return found.kind === "weak" && safeValue !== undefined && found.value !== safeValue;
}

/** How sure it is that a service bears what is added for a setting. */
export function confidenceOf({ confidence }: MissingSetting): NonNullable<Finding["confidence"]> {
  const { grade, reason } = confidence ?? ALL_SHOWN;
  return { grade, reason };
}

/** Only a service with its own root directory gets lines that no value stands for. */
const ALL_SHOWN = { grade: "proven", reason: "the unit shows all files that it needs" } as const;

/** Strict values where a weaker one may hold. */
const STRICT: Readonly<Partial<Record<HardeningDirective, Excluded>>> = {
  ProtectSystem: "ProtectSystem=strict",
  ProtectHome: "ProtectHome=tmpfs",
};

function againstStrict(directive: HardeningDirective, facts: Facts): string | undefined {
  const name = STRICT[directive];
  if (name === undefined) return undefined;
  const kind = excludedIn(facts, name, facts.kinds);
  if (kind !== undefined) return notSafeFor(kind);
  const evidence = evidenceAgainst(name, facts);
  return evidence === undefined ? undefined : `not safe here: ${evidence}`;
}
