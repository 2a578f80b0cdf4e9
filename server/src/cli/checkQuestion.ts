import { oldestOf, type SystemdTarget } from "../facts/targets.ts";
import { matchesCode, meantBy } from "../findings/pattern.ts";
import type { Profile } from "../hardening/hardening.ts";
import { type CodeSelection, isSelectedCode } from "./configurations.ts";
import { allCodes } from "./explain/rule.ts";
import { flag, UsageError, wordList } from "./option.ts";

const codes = (): string[] => [...new Set(allCodes().flatMap((it) => [it.replace(/\/.*/, ""), it]))];

const CODE_WORDS = { what: "code or family", plain: meantBy };

/** The options that say which findings are asked for. */
export const CODE_OPTIONS = {
  select: wordList("CODE,…", "report these codes alone, or whole families such as hardening", codes, CODE_WORDS),
  ignore: wordList("CODE,…", "leave out these codes or families", codes, CODE_WORDS),
  "list-suppressed": flag(
    "list instead what a baseline, a configuration or a comment leaves out, with the reasons, as text or json",
  ),
};

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
  readonly "list-suppressed": boolean;
  readonly format: string;
}

/** Throws for options that leave out each other's question, so that nothing that is asked for can be found. */
export function demandQuestion(
  { select, ignore = [], profile, systemd, also, ...options }: CheckQuestion,
  given: readonly string[],
): void {
  const idle = given.find((it) => it !== "show-config" && !JUDGING.includes(it));
  if (options["show-config"] && idle !== undefined)
    throw new UsageError(`--${idle} has no effect with --show-config, which checks nothing`);
  const changing = ["fix", "unsafe-fixes", "diff", "update-baseline"].find((it) => given.includes(it));
  if (options["list-suppressed"] && changing !== undefined)
    throw new UsageError(`--${changing} has no effect with --list-suppressed, which only lists`);
  if (options["list-suppressed"] && options.format !== "text" && options.format !== "json")
    throw new UsageError(`--list-suppressed is printed as text or json, not ${options.format}`);
  const oldest = oldestOf(systemd)?.version;
  const past = oldest === undefined ? undefined : also.find((it) => oldestOf([it, ...systemd]) === it);
  if (past) throw new UsageError(`--also takes newer targets than --systemd, not ${past.name}`);
  if (select === undefined && ignore.length === 0) return;
  const codes = allCodes().filter((code) => isSelectedCode(code, { select, ignore }));
  if (codes.length === 0) throw new UsageError("--ignore leaves out all codes that would be reported");
  if (profile === "off" && codes.every((code) => matchesCode(code, "hardening")))
    throw new UsageError("--profile off leaves out all codes that --select names");
}
