import type { Finding, Severity } from "../findings/finding.ts";
import { type MissingCounts, missingCounts, missingText, someWeak } from "../hardening/missingText.ts";
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
  const counts = missingCounts(all);
  const sentence = missingText(counts, { weak: someWeak(all), ofTemplate: findings[0]?.ofTemplate });
  return { findings, severity, message: [sentence, ...howToAdd(counts, findings.some(isOfContainer))].join("; ") };
}

const LOUDEST_FIRST: readonly Severity[] = ["error", "warning", "info", "hint"];

/** What to do about what is missing. */
const howToAdd = ({ safe, likely }: Required<MissingCounts>, isContainer: boolean): string[] => [
  ...(safe > 0 ? ["unit-warden harden adds what is safe"] : []),
  ...(likely === 0
    ? []
    : isContainer
      ? ["unit-warden harden --likely adds what is likely"]
      : ["unit-warden try --likely tests what is likely"]),
];

/** Where several settings are missing, which is the header of the section. */
function placeOfMany(missing: readonly Finding[]): number | undefined {
  return missing.find((it) => missing.filter((other) => other.start === it.start).length >= GROUPED)?.start;
}
