import type { DirectiveName } from "../../catalog/catalog.ts";
import { needsDeciding } from "../../needs/decided.ts";
import { SEES, seesAllProcesses } from "../../needs/leavesRoot.ts";
import { isRoot } from "../../security/settings.ts";
import { delegates } from "../../service/facts.ts";
import type { LearntSetting } from "../learnt.ts";
import { type LearnContext, type LearnRule, offered, refused } from "./learnContext.ts";
import { shownOf } from "./needSigns.ts";

/** A switch that takes something of the kernel away; the signs of the need that it is about speak against it. */
interface Switch {
  readonly key: DirectiveName;
  readonly value?: string;
  /** Why it is offered where nothing was seen. */
  readonly unused: string;
  readonly mayBreak?: string;
  /** Below this it is another switch that counts. */
  readonly except?: string;
  /** The one of the marks of its need that it is about. */
  readonly mark?: string;
}

const SWITCHES: readonly Switch[] = [
  {
    key: "ProtectKernelTunables",
    unused: "nothing below /proc/sys or /sys was written",
    except: "/sys/fs/cgroup",
  },
  { key: "ProtectControlGroups", unused: "nothing below /sys/fs/cgroup was written" },
  {
    key: "ProtectKernelModules",
    unused: "no kernel module was loaded, and nothing below /usr/lib/modules read",
  },
  {
    key: "ProtectKernelLogs",
    unused: "no call of syslog(), and the kernel's log was not opened",
  },
  { key: "ProtectClock", unused: "no call that sets a clock" },
  {
    key: "ProtectHostname",
    unused: "the host name was never set",
    mayBreak: "The service does not see a host name that is changed while it runs.",
  },
  { key: "LockPersonality", unused: "the execution domain was never changed", mark: "personality" },
  { key: "RestrictRealtime", unused: "no realtime scheduling was asked for" },
  { key: "RestrictSUIDSGID", unused: "no file was made set-user-ID or set-group-ID" },
  { key: "SystemCallArchitectures", value: "native", unused: "every process ran natively", mark: "abi" },
  {
    key: "ProtectProc",
    value: "invisible",
    unused: "no other process was looked at in /proc",
    mayBreak: "Lists of processes come out empty without an error.",
  },
];

/** Switches against parts of the kernel that the service never used. */
export const kernel: LearnRule = (context) => SWITCHES.map((it) => judged(it, context));

function judged({ key, value = "yes", unused, mayBreak, except, mark }: Switch, context: LearnContext): LearntSetting {
  if (key === "ProtectControlGroups" && delegates(context.unit))
    return refused(key, value, "Delegate= gives the service control groups to manage");
  const sees = key === "ProtectProc" ? seesAnyway(context, value) : undefined;
  if (sees !== undefined) return refused(key, value, sees);
  const need = needsDeciding(key)[0];
  const shown = need ? shownOf(context, need, mark) : [];
  const [found] = shown.filter(({ path }) => except === undefined || path?.startsWith(except) !== true);
  return found ? refused(key, value, found.reason, found.sights) : offered(key, value, unused, [], mayBreak);
}

/** Why hiding processes has no effect on a service: the rule about ProtectProc= says the same; a run may show that it leaves root. */
function seesAnyway(context: LearnContext, value: string): string | undefined {
  if (context.unit.path.scope === "user") return undefined;
  const why = seesAllProcesses(context.facts, value);
  const leaves = Object.keys(context.needs.users).some((it) => !isRoot(it));
  return why === undefined || (why === "root" && leaves) ? undefined : SEES[why];
}
