import type { Facts } from "../service/facts.ts";
import { interprets, packaged } from "../service/origin.ts";
import { isBelow, textOf, words } from "../service/settings.ts";
import { hasEvidence } from "./evidence.ts";
import { excludesAny } from "./exclusions.ts";

/**
 * Whether a service shows all files that it needs, so that it can have its own root directory: its user owns none, and its
 * commands name none outside the system, not even a file of settings, which may name more; nothing counts on other
 * files of the host, or on the $RUNTIME_DIRECTORY that such a root brings.
 */
export function needsAreKnown(facts: Facts): boolean {
  const { dynamic, kinds, unit, declared, programs, paths: named } = facts;
  if (!dynamic || [...kinds].some(excludesAny) || hasEvidence(facts) || !packaged(facts) || interprets(facts))
    return false;
  if (textOf(unit, "BusName") !== undefined || words(unit, "RuntimeDirectory", ...OF_THE_HOST).length > 0) return false;
  if (textOf(unit, "EnvironmentFile") !== undefined || programs.some((it) => it.args.some(isVariable))) return false;
  return named.every((it) => it.startsWith("/usr/") || isBelow(it, declared));
}

const isVariable = (word: string): boolean => word.includes("$") && word !== "$MAINPID";

/** Lists whose paths mean those of the host, which its own root directory does not have. */
const OF_THE_HOST = ["ReadWritePaths", "ReadOnlyPaths", "InaccessiblePaths", "ExecPaths", "NoExecPaths"] as const;
