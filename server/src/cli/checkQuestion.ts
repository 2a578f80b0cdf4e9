import { oldestOf, type SystemdTarget } from "../facts/targets.ts";
import { matchesCode } from "../findings/pattern.ts";
import type { Profile } from "../hardening/hardening.ts";
import { type CodeSelection, isSelectedCode } from "./configurations.ts";
import { allCodes } from "./explain/rule.ts";
import { UsageError } from "./option.ts";

/** What says how a file is judged, and nothing else. */
const JUDGING = [
  "color",
  "profile",
  "systemd",
  "also",
  "podman",
  "user",
  "system",
  "fail-on",
  "stdin-path",
  "config",
  "no-config",
];

/** What is asked of a check. */
interface CheckQuestion extends CodeSelection {
  readonly profile: Profile;
  readonly systemd: readonly SystemdTarget[];
  readonly also: readonly SystemdTarget[];
  readonly "show-config": boolean;
}

/** Throws for options that leave out each other's question, so that nothing that is asked for can be found. */
export function demandQuestion(
  { select, ignore = [], profile, systemd, also, ...options }: CheckQuestion,
  given: readonly string[],
): void {
  const idle = given.find((it) => it !== "show-config" && !JUDGING.includes(it));
  if (options["show-config"] && idle !== undefined)
    throw new UsageError(`--${idle} has no effect with --show-config, which checks nothing`);
  const oldest = oldestOf(systemd)?.version;
  const past = oldest === undefined ? undefined : also.find((it) => it.version <= oldest);
  if (past) throw new UsageError(`--also takes newer targets than --systemd, not ${past.name}`);
  if (select === undefined && ignore.length === 0) return;
  const left = allCodes().filter((code) => isSelectedCode(code, { select, ignore }));
  if (left.length === 0) throw new UsageError("--ignore leaves out all codes that would be reported");
  if (profile === "off" && left.every((code) => matchesCode(code, "hardening")))
    throw new UsageError("--profile off leaves out all codes that --select names");
}
