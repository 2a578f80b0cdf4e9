import type { Finding, Severity } from "../findings/finding.ts";
import { type MissingCounts, missingCounts, missingText, someWeak } from "../hardening/missingText.ts";
import { proofText } from "../hardening/proofText.ts";
import { isOfContainer } from "./standingAlone.ts";

/** What a file lacks stands together, from as many findings of one place on. */
const GROUPED = 2;

/** The settings that a unit lacks, which are many findings at one place. */
export interface MissingTogether {
  readonly findings: readonly Finding[];
  /** The loudest of theirs. */
  readonly severity: Severity;
  /** How many they are, what is known of all of them, and what to do about them. */
  readonly message: string;
  /** What is said of one of them below that. */
  readonly messageOf: (finding: Finding) => string;
}

/** What a report puts together of the findings of a file, `gain` being what adding them does; undefined where no two settings are missing at one place. */
export function missingTogether(all: readonly Finding[], gain?: string): MissingTogether | undefined {
  const missing = all.filter((it) => it.advice === "missing");
  const place = placeOfMany(missing);
  const findings = missing.filter((it) => it.start === place);
  const severity = LOUDEST_FIRST.find((it) => findings.some((other) => other.severity === it));
  if (severity === undefined) return undefined;
  const counts = missingCounts(all);
  const sentence = missingText(counts, { weak: someWeak(all), gain, ofTemplate: findings[0]?.ofTemplate });
  const proof = sharedProof(findings);
  const steps = howToAdd(counts, findings.some(isOfContainer));
  return {
    findings,
    severity,
    message: [sentence, ...(proof === undefined ? [] : [proof]), ...steps].join("; "),
    messageOf: ({ message }) =>
      proof !== undefined && message.endsWith(`; ${proof}`) ? message.slice(0, -proof.length - 2) : message,
  };
}

/** What a run proved of several settings, which is said once. */
function sharedProof(findings: readonly Finding[]): string | undefined {
  const proofs = findings.flatMap(({ confidence }) =>
    confidence?.grade === "measured" ? proofText(confidence.reason) : [],
  );
  return proofs.length > 1 && proofs.every((it) => it === proofs[0]) ? proofs[0] : undefined;
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
