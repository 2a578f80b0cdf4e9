import type { Finding } from "../findings/finding.ts";

/** The message of a finding where nothing around it says what to do about what is only likely to be safe. */
export function messageAlone({ message, confidence }: Finding): string {
  return confidence?.grade === "likely" ? `${message}; unit-warden try --likely tests it on the machine` : message;
}
