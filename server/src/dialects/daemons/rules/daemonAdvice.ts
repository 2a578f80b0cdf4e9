import type { ConfigKind } from "../../../facts/configKinds.ts";
import type { Finding } from "../../../findings/finding.ts";
import { alsoInDropIns } from "../../../findings/inDropIns.ts";
import type { Rule, RuleText } from "../../../findings/rule.ts";
import { parseBoolean } from "../../../values/boolean.ts";
import { parsePermyriad } from "../../../values/percentage.ts";
import { parseTimeSpan } from "../../../values/timeSpan.ts";
import { named, ownDecidingLine } from "./decidingLines.ts";

/** A weak choice that a file makes; what it leaves to the default is nobody's choice and not told. */
interface Advice extends Omit<RuleText, "bad" | "good" | "silent"> {
  readonly kinds: readonly ConfigKind[];
  readonly section: string;
  readonly keys: readonly string[];
  readonly severity: Finding["severity"];
  readonly isWeak: (value: string) => boolean;
  /** What follows the setting in the message. */
  readonly says: string;
  /** Values of the first key, the bad one and the good one, and others that are right. */
  readonly values: readonly [bad: string, good: string, ...silent: string[]];
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
    title: "DNS over TLS that gives way",
    why: "With DNSOverTLS=opportunistic systemd-resolved goes on without encryption where the server does not answer over TLS, and checks no certificate. Whoever can drop packets on the way can bring that about, read all queries and change the answers. DNSOverTLS=yes is safe where all servers support it; each then has its name behind a `#`.",
    page: "resolved.conf(5)",
    kinds: ["resolved.conf"],
    section: "Resolve",
    keys: ["DNSOverTLS"],
    severity: "hint",
    isWeak: (value) => value === "opportunistic",
    says: "falls back to unencrypted DNS when somebody blocks TLS",
    values: ["opportunistic", "yes", "no"],
  },
  {
    code: "daemon/llmnr",
    title: "Names that anybody nearby can answer",
    why: "With LLMNR=yes a name without a dot is asked of all machines of the local network, and the first answer wins: an attacker there takes the place of a server that is misspelt or away. Multicast DNS asks only for names below `.local`. Networks with a DNS server of their own do not need LLMNR.",
    page: "resolved.conf(5)",
    kinds: ["resolved.conf"],
    section: "Resolve",
    keys: ["LLMNR"],
    severity: "hint",
    isWeak: (value) => value === "resolve" || yes(value),
    says: "lets any machine of the local network answer for names without a dot",
    values: ["yes", "no"],
  },
  {
    code: "daemon/no-sealing",
    title: "Journal that can be changed unnoticed",
    why: "Sealing shows later whether somebody changed the log of a time before a break-in. It costs nothing as long as there is no sealing key, which `journalctl --setup-keys` makes.",
    page: "journald.conf(5)",
    kinds: ["journald.conf"],
    section: "Journal",
    keys: ["Seal"],
    severity: "hint",
    isWeak: no,
    says: "switches sealing off: nobody can tell later whether the log was changed",
    values: ["no", "yes"],
  },
  {
    code: "daemon/no-rate-limit",
    title: "Journal that one service can fill",
    why: "Without a limit on the rate of messages a single program can write until the journal has reached its size, and the messages of all others, also those about an attack, are removed for it. A service that needs more can have LogRateLimitIntervalSec= and LogRateLimitBurst= of its own.",
    page: "journald.conf(5)",
    kinds: ["journald.conf"],
    section: "Journal",
    keys: ["RateLimitIntervalSec", "RateLimitBurst"],
    severity: "hint",
    isWeak: isNothing,
    says: "switches the limit off: one program can push the messages of all others out of the journal",
    values: ["0", "30s"],
  },
  {
    code: "daemon/coredump-in-journal",
    title: "Memory of programs in the journal",
    why: "A core dump has what a program had in its memory, passwords and keys too. As a file below /var/lib/systemd/coredump it is for root and the user who ran the program; in the journal it is for all who may read that, such as the groups adm and systemd-journal.",
    page: "coredump.conf(5)",
    kinds: ["coredump.conf"],
    section: "Coredump",
    keys: ["Storage"],
    severity: "hint",
    isWeak: (value) => value === "journal",
    says: "shows the memory of crashed programs to all who may read the journal",
    values: ["journal", "external", "none"],
  },
  {
    code: "daemon/user-memory",
    title: "Runtime directories as large as the memory",
    why: "Each user who logs in has a file system in memory below /run/user, which may become as large as RuntimeDirectorySize= says. With more than half of the memory a single user can bring the machine to a halt by writing files there.",
    page: "logind.conf(5)",
    kinds: ["logind.conf"],
    section: "Login",
    keys: ["RuntimeDirectorySize"],
    severity: "hint",
    isWeak: (value) => (parsePermyriad(value) ?? 0) > HALF,
    says: "lets the files of one user fill most of the memory",
    values: ["90%", "10%", "50%", "2G"],
  },
  {
    code: "daemon/crash-shell",
    title: "Root shell without a password",
    why: "With CrashShell=yes systemd gives a shell of root on the console when it crashes, and asks for no password. Whoever has the console of the machine then has all of it. It is meant for debugging systemd.",
    page: "systemd-system.conf(5)",
    kinds: ["system.conf"],
    section: "Manager",
    keys: ["CrashShell"],
    severity: "info",
    isWeak: yes,
    says: "gives a root shell without a password on the console after a crash",
    values: ["yes", "no"],
  },
  {
    code: "daemon/log-in-clear",
    title: "Journal that travels unencrypted",
    why: "Over http:// whoever is on the way reads the messages of all services, and may answer in the place of the server. https:// needs the files ServerKeyFile=, ServerCertificateFile= and TrustedCertificateFile=.",
    page: "journal-upload.conf(5)",
    kinds: ["journal-upload.conf"],
    section: "Upload",
    keys: ["URL"],
    severity: "info",
    isWeak: (value) => /^http:\/\/(?!(?:localhost|127\.|\[::1\])(?:[:/]|\d|$))/.test(value),
    says: "sends the journal unencrypted",
    values: ["http://logs.example.com:19532", "https://logs.example.com:19532", "http://localhost:19532"],
  },
];

function ruleOf({ kinds, section, keys, severity, isWeak, says, values, ...about }: Advice): Rule {
  const [kind = "system.conf"] = kinds;
  const example = (value: string) => ({
    path: `/etc/systemd/${kind}`,
    text: `[${section}]\n${keys[0]}=${value}\n`,
  });
  const [bad, good, ...silent] = values;
  return {
    ...about,
    bad: example(bad),
    good: example(good),
    silent: silent.map(example),
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
