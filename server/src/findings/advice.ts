import type { Finding } from "./finding.ts";

/** Whether a finding is about what a file lacks, and not about what is written in it. */
export const isAdvice = ({ code }: Pick<Finding, "code">): boolean => code.startsWith("hardening/");
