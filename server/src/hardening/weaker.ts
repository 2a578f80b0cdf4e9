import type { Facts } from "../service/facts.ts";
import { isTried, type Kind } from "../service/kinds.ts";
import { packaged } from "../service/origin.ts";
import { hasEvidence } from "./evidence.ts";
import { doubtOf, neededBy } from "./exclusions.ts";

/** What a row's value depends on besides the objections; `safeValue` missing means that nothing is known to be safe. */
export interface Choice {
  readonly value?: string;
  readonly safeValue?: string;
  readonly lines?: readonly string[];
  readonly with?: readonly string[];
  /** What has to hold for the safe value, however well the unit shows what it is: "if" and a clause. */
  readonly doubt?: string;
}

/**
 * What daemons need that start as root, for files, users, ports and limits (tried on the daemons of the proving ground): none
 * of it changes the network, the clock, mounts, modules or other processes' memory.
 */
const ROOT_CAPABILITIES = [
  "CAP_CHOWN",
  "CAP_DAC_OVERRIDE",
  "CAP_DAC_READ_SEARCH",
  "CAP_FOWNER",
  "CAP_FSETID",
  "CAP_KILL",
  "CAP_SETGID",
  "CAP_SETUID",
  "CAP_SETPCAP",
  "CAP_NET_BIND_SERVICE",
  "CAP_SYS_CHROOT",
  "CAP_SYS_RESOURCE",
  "CAP_AUDIT_WRITE",
];

/** Which capabilities a service of root keeps, where nothing in its unit speaks of hardware, networks or the like. */
export function rootCapabilities(facts: Facts): Choice {
  if (!facts.privileged || facts.user !== undefined || facts.dynamic || hasEvidence(facts)) return {};
  const more = [...neededBy("CapabilityBoundingSet", facts.kinds), ...facts.ambient];
  return {
    safeValue: [...new Set([...ROOT_CAPABILITIES, ...more])].join(" "),
    ...(isMeasuredAsRoot(facts) || doubtOf("CapabilityBoundingSet", facts.kinds) !== undefined
      ? {}
      : { doubt: OTHERS }),
  };
}

const OTHERS = "if it needs no rights of root but those over files, users and ports";

/** Kinds of which several daemons were tried that start as root. */
const STARTED_AS_ROOT: ReadonlySet<Kind> = new Set(["web", "mail", "database", "printing"]);

/** Whether it is a program of the distribution that was tried, or of such a kind. */
function isMeasuredAsRoot(facts: Facts): boolean {
  if (isTried(facts.programs, facts.unit.path.name)) return true;
  return packaged(facts) && [...facts.kinds].some((it) => STARTED_AS_ROOT.has(it));
}
