import type { LearntSetting } from "./learnt.ts";

/** The evidence of a setting with the line of a log that shows it first, where that is known: `uses /dev/ttyS0 (ExecStart:33)`. */
export const evidenceText = ({ evidence, sights: [first] }: Pick<LearntSetting, "evidence" | "sights">): string =>
  first ? `${evidence} (${first.at})` : evidence;
