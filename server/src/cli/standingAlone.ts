import type { Finding } from "../findings/finding.ts";

/** The message of a finding where nothing around it says what to do about what is only likely to be safe. */
export function messageAlone(finding: Finding): string {
  const { message, confidence } = finding;
  if (confidence?.grade !== "likely") return message;
  return isOfContainer(finding)
    ? `${message}; unit-warden harden --likely adds it`
    : `${message}; unit-warden try --likely tests it on the machine`;
}

/** Whether advice is about a container, whose settings no trial tests. */
export const isOfContainer = ({ code }: Finding): boolean => code.startsWith("hardening/container-");
