import type { Finding, Severity } from "../findings/finding.ts";
import { AS_SHOWN } from "../units/template/isTemplate.ts";
import { isOfContainer } from "./standingAlone.ts";

/** What a file lacks stands together, from as many findings of one place on. */
const GROUPED = 2;

/** The settings that a unit lacks, which are many findings at one place. */
interface MissingTogether {
  readonly findings: readonly Finding[];
  /** The loudest of theirs. */
  readonly severity: Severity;
  /** How many they are, and what to do about them. */
  readonly message: string;
}

/** What a report puts together of the findings of a file; undefined where no two settings are missing at one place. */
export function missingTogether(all: readonly Finding[]): MissingTogether | undefined {
  const missing = all.filter((it) => it.advice === "missing");
  const place = placeOfMany(missing);
  const findings = missing.filter((it) => it.start === place);
  const severity = LOUDEST_FIRST.find((it) => findings.some((other) => other.severity === it));
  if (severity === undefined) return undefined;
  const shown = findings[0]?.ofTemplate ? `, ${AS_SHOWN}` : "";
  return { findings, severity, message: `${findings.length} protections are missing${shown}: ${howToAdd(findings)}` };
}

const LOUDEST_FIRST: readonly Severity[] = ["error", "warning", "info", "hint"];

/** How many missing or weak settings are safe to add, are likely to be, and may be right. */
export type Protections = Record<"safe" | "likely" | "open", number>;

/** None of any. */
export const noProtections = (): Protections => ({ safe: 0, likely: 0, open: 0 });

/** What advice about one setting counts as; other findings as nothing, and what a unit sets weakly on purpose. */
export function protectionOf({ advice, confidence }: Finding): keyof Protections | undefined {
  if (confidence) return confidence.grade === "likely" ? "likely" : "safe";
  return advice === "missing" ? "open" : undefined;
}

/** Such as `12 safe, 6 likely`. */
export function protectionsText({ safe, likely, open }: Protections): string {
  return [safe > 0 ? `${safe} safe` : "", likely > 0 ? `${likely} likely` : "", open > 0 ? `${open} to decide` : ""]
    .filter(Boolean)
    .join(", ");
}

/** How many of the missing settings are safe, and what to do about them. */
function howToAdd(group: readonly Finding[]): string {
  const counts = noProtections();
  for (const it of group) {
    const protection = protectionOf(it);
    if (protection) counts[protection]++;
  }
  return [
    protectionsText(counts),
    counts.safe > 0 ? "unit-warden harden adds what is safe" : "",
    counts.likely === 0
      ? ""
      : group.some(isOfContainer)
        ? "unit-warden harden --likely adds what is likely"
        : "unit-warden try --likely tests what is likely",
  ]
    .filter(Boolean)
    .join("; ");
}

/** Where several settings are missing, which is the header of the section. */
function placeOfMany(missing: readonly Finding[]): number | undefined {
  return missing.find((it) => missing.filter((other) => other.start === it.start).length >= GROUPED)?.start;
}
