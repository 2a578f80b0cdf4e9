import type { ConfigKind } from "../../../facts/configKinds.ts";
import type { Finding } from "../../../findings/finding.ts";
import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Described, Rule } from "../../../findings/rule.ts";
import { parseBoolean } from "../../../values/boolean.ts";
import { parsePermyriad } from "../../../values/percentage.ts";
import { parseTimeSpan } from "../../../values/timeSpan.ts";
import { named, ownDecidingLine } from "./decidingLines.ts";

/** A weak choice that a file makes; what it leaves to the default is nobody's choice and not told. */
interface Advice extends Described {
  readonly kinds: readonly ConfigKind[];
  readonly section: string;
  readonly keys: readonly string[];
  readonly severity: Finding["severity"];
  readonly isWeak: (value: string) => boolean;
  /** What follows the setting in the message. */
  readonly says: string;
}

const no = (value: string): boolean => parseBoolean(value) === false;
const yes = (value: string): boolean => parseBoolean(value) === true;
const HALF = 5_000;

function isNothing(value: string): boolean {
  const span = parseTimeSpan(value, "s");
  return !("error" in span) && span.nanoseconds === 0n;
}

const ADVICE: readonly Advice[] = [
  {
    code: "daemon/dns-in-clear",
    kinds: ["resolved.conf"],
    section: "Resolve",
    keys: ["DNSOverTLS"],
    severity: "hint",
    isWeak: (value) => value === "opportunistic",
    says: "falls back to unencrypted DNS when somebody blocks TLS",
  },
  {
    code: "daemon/llmnr",
    kinds: ["resolved.conf"],
    section: "Resolve",
    keys: ["LLMNR"],
    severity: "hint",
    isWeak: (value) => value === "resolve" || yes(value),
    says: "lets any machine of the local network answer for names without a dot",
  },
  {
    code: "daemon/no-sealing",
    kinds: ["journald.conf"],
    section: "Journal",
    keys: ["Seal"],
    severity: "hint",
    isWeak: no,
    says: "switches sealing off: nobody can tell later whether the log was changed",
  },
  {
    code: "daemon/no-rate-limit",
    kinds: ["journald.conf"],
    section: "Journal",
    keys: ["RateLimitIntervalSec", "RateLimitBurst"],
    severity: "hint",
    isWeak: isNothing,
    says: "switches the limit off: one program can push the messages of all others out of the journal",
  },
  {
    code: "daemon/coredump-in-journal",
    kinds: ["coredump.conf"],
    section: "Coredump",
    keys: ["Storage"],
    severity: "hint",
    isWeak: (value) => value === "journal",
    says: "shows the memory of crashed programs to all who may read the journal",
  },
  {
    code: "daemon/user-memory",
    kinds: ["logind.conf"],
    section: "Login",
    keys: ["RuntimeDirectorySize"],
    severity: "hint",
    isWeak: (value) => (parsePermyriad(value) ?? 0) > HALF,
    says: "lets the files of one user fill most of the memory",
  },
  {
    code: "daemon/crash-shell",
    kinds: ["system.conf"],
    section: "Manager",
    keys: ["CrashShell"],
    severity: "info",
    isWeak: yes,
    says: "gives a root shell without a password on the console after a crash",
  },
  {
    code: "daemon/log-in-clear",
    kinds: ["journal-upload.conf"],
    section: "Upload",
    keys: ["URL"],
    severity: "info",
    isWeak: (value) => /^http:\/\/(?!(?:localhost|127\.|\[::1\])(?:[:/]|\d|$))/.test(value),
    says: "sends the journal unencrypted",
  },
];

function ruleOf({ code, kinds, section, keys, severity, isWeak, says }: Advice): Rule {
  return {
    code,
    needs: named(...keys),
    *check(unit) {
      for (const configKind of kinds)
        for (const key of keys) {
          const line = ownDecidingLine(unit, { kind: configKind, section, key });
          if (!line || !isWeak(line.text)) continue;
          yield {
            ...line.valueSpan,
            severity,
            message: `${key}=${line.text} ${says}`,
            directive: key,
          };
        }
    },
  };
}

/** Choices that are weaker than they need to be. */
export const DAEMON_ADVICE: readonly Rule[] = alsoInDropIns(ADVICE.map(ruleOf));
