import type { DirectiveName } from "../../catalog/catalog.ts";
import { callsOf } from "../../facts/systemCalls.ts";
import { delegates } from "../../service/facts.ts";
import type { LearntSetting } from "../learnt.ts";
import type { PathUse, Sight } from "../needs.ts";
import {
  callSights,
  type LearnContext,
  type LearnRule,
  markSights,
  offered,
  refused,
  usedBelow,
  WRITING,
} from "./learnContext.ts";
import { stableName } from "./stableNames.ts";

/** What speaks against a switch that takes something of the kernel away. */
interface Switch {
  readonly key: DirectiveName;
  readonly value?: string;
  /** Why it is offered where nothing was seen. */
  readonly unused: string;
  readonly mayBreak?: string;
  readonly paths?: readonly {
    readonly roots: readonly string[];
    readonly uses: readonly PathUse[];
    readonly except?: string;
  }[];
  readonly calls?: readonly string[];
  readonly callGroup?: string;
  readonly capabilities?: readonly string[];
  readonly mark?: string;
}

const USING: readonly PathUse[] = ["read", "write", "list", "map", "execute"];

const SWITCHES: readonly Switch[] = [
  {
    key: "ProtectKernelTunables",
    unused: "nothing below /proc/sys or /sys was written",
    paths: [
      {
        roots: [
          "/proc/sys",
          "/sys",
          "/proc/sysrq-trigger",
          "/proc/latency_stats",
          "/proc/acpi",
          "/proc/timer_stats",
          "/proc/fs",
          "/proc/irq",
          "/proc/bus",
        ],
        uses: WRITING,
        except: "/sys/fs/cgroup",
      },
      { roots: ["/proc/kallsyms", "/proc/kcore"], uses: ["read"] },
    ],
  },
  {
    key: "ProtectControlGroups",
    unused: "nothing below /sys/fs/cgroup was written",
    paths: [{ roots: ["/sys/fs/cgroup"], uses: WRITING }],
  },
  {
    key: "ProtectKernelModules",
    unused: "no kernel module was loaded, and nothing below /usr/lib/modules read",
    paths: [{ roots: ["/usr/lib/modules", "/lib/modules"], uses: USING }],
    callGroup: "@module",
    capabilities: ["CAP_SYS_MODULE"],
  },
  {
    key: "ProtectKernelLogs",
    unused: "no call of syslog(), and the kernel's log was not opened",
    paths: [{ roots: ["/dev/kmsg", "/proc/kmsg"], uses: USING }],
    calls: ["syslog"],
    capabilities: ["CAP_SYSLOG"],
  },
  {
    key: "ProtectClock",
    unused: "no call that sets a clock",
    callGroup: "@clock",
    paths: [{ roots: ["/dev/rtc", "/dev/rtc0", "/dev/rtc1"], uses: USING }],
    capabilities: ["CAP_SYS_TIME", "CAP_WAKE_ALARM"],
  },
  {
    key: "ProtectHostname",
    unused: "the host name was never set",
    mayBreak: "The service does not see a host name that is changed while it runs.",
    calls: ["sethostname", "setdomainname"],
    paths: [{ roots: ["/proc/sys/kernel/hostname", "/proc/sys/kernel/domainname"], uses: WRITING }],
  },
  { key: "LockPersonality", unused: "the execution domain was never changed", mark: "personality" },
  { key: "RestrictRealtime", unused: "no realtime scheduling was asked for", mark: "realtime" },
  { key: "RestrictSUIDSGID", unused: "no file was made set-user-ID or set-group-ID", mark: "suid-file" },
  { key: "SystemCallArchitectures", value: "native", unused: "every process ran natively", mark: "abi" },
  {
    key: "ProtectProc",
    value: "invisible",
    unused: "no other process was looked at in /proc",
    mayBreak: "Lists of processes come out empty without an error.",
    mark: "proc",
  },
];

/** Switches against parts of the kernel that the service never used. */
export const kernel: LearnRule = (context) => SWITCHES.map((it) => judged(it, context));

function judged(it: Switch, context: LearnContext): LearntSetting {
  const { key, value = "yes", unused, mayBreak } = it;
  if (key === "ProtectControlGroups" && delegates(context.unit))
    return refused(key, value, "Delegate= gives the service control groups to manage");
  const [found] = objections(it, context);
  return found ? refused(key, value, found.reason, found.sights) : offered(key, value, unused, [], mayBreak);
}

interface Objection {
  readonly reason: string;
  readonly sights: readonly Sight[];
}

function objections({ paths = [], calls = [], callGroup, capabilities = [], mark }: Switch, context: LearnContext) {
  const found: Objection[] = [];
  for (const { roots, uses, except } of paths)
    for (const { path, sights } of usedBelow(context, roots, uses))
      if (except === undefined || !path.startsWith(except))
        found.push({ reason: `uses ${stableName(context, path)}`, sights });
  const names = [...calls, ...((callGroup && callsOf(callGroup, context.unit.version)) || [])];
  for (const name of names) {
    const sights = callSights(context, [name]);
    if (sights.length > 0) found.push({ reason: `${name}() was called`, sights });
  }
  for (const name of capabilities) {
    const need = context.needs.capabilities[name];
    if (need) found.push({ reason: `needs ${name} to ${need.reason}`, sights: [need.sight] });
  }
  const sights = mark === "proc" ? PROC.flatMap((it) => markSights(context, it)) : markSights(context, mark ?? "-");
  if (sights.length > 0) found.push({ reason: MARKS[mark ?? ""] ?? "was seen", sights });
  return found;
}

/** What shows other processes; `proc:subset` speaks against another setting. */
const PROC = ["proc:other", "proc:list"];

const MARKS: Readonly<Record<string, string>> = {
  personality: "changes the execution domain",
  realtime: "asks for realtime scheduling",
  "suid-file": "makes a file set-user-ID or set-group-ID",
  abi: "runs programs of another architecture",
  proc: "looks at other processes in /proc",
};
