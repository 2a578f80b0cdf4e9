import type { DirectiveName } from "../../catalog/catalog.ts";
import { callsOf } from "../../facts/systemCalls.ts";
import { type NeedName, needNamed } from "../../needs/vocabulary.ts";
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

/** What speaks against a switch that takes something of the kernel away: signs of a need, or a mark. */
interface Switch {
  readonly key: DirectiveName;
  readonly value?: string;
  /** Why it is offered where nothing was seen. */
  readonly unused: string;
  readonly mayBreak?: string;
  readonly need?: NeedName;
  /** Below this it is another switch that counts. */
  readonly except?: string;
  readonly mark?: string;
}

const USING: readonly PathUse[] = ["read", "write", "list", "map", "execute"];

const SWITCHES: readonly Switch[] = [
  {
    key: "ProtectKernelTunables",
    unused: "nothing below /proc/sys or /sys was written",
    need: "kernel-settings",
    except: "/sys/fs/cgroup",
  },
  { key: "ProtectControlGroups", unused: "nothing below /sys/fs/cgroup was written", need: "control-groups" },
  {
    key: "ProtectKernelModules",
    unused: "no kernel module was loaded, and nothing below /usr/lib/modules read",
    need: "kernel-modules",
  },
  {
    key: "ProtectKernelLogs",
    unused: "no call of syslog(), and the kernel's log was not opened",
    need: "kernel-log",
  },
  { key: "ProtectClock", unused: "no call that sets a clock", need: "clock" },
  {
    key: "ProtectHostname",
    unused: "the host name was never set",
    mayBreak: "The service does not see a host name that is changed while it runs.",
    need: "host-name",
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

function objections({ need, except, mark }: Switch, context: LearnContext): readonly Objection[] {
  const { uses = [], writes = [], calls = [], callGroup, capabilities = [] } = (need && needNamed(need)?.signs) ?? {};
  const found: Objection[] = [];
  const used = [...usedBelow(context, writes, WRITING), ...usedBelow(context, uses, USING)];
  for (const { path, sights } of used)
    if (except === undefined || !path.startsWith(except))
      found.push({ reason: `uses ${stableName(context, path)}`, sights });
  const names = [...calls, ...((callGroup && callsOf(callGroup, context.unit.version)) || [])];
  for (const name of names) {
    const sights = callSights(context, [name]);
    if (sights.length > 0) found.push({ reason: `${name}() was called`, sights });
  }
  for (const name of capabilities) {
    const seen = context.needs.capabilities[name];
    if (seen) found.push({ reason: `needs ${name} to ${seen.reason}`, sights: [seen.sight] });
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
