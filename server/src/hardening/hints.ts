import { deviceGroup } from "../needs/deviceGroup.ts";
import { SEES, seesAllProcesses } from "../needs/leavesRoot.ts";
import { placeOfFact } from "../service/daemonConfiguration.ts";
import { delegates, type Facts, sharesMounts } from "../service/facts.ts";
import { board, closedDevice, device, devicesAllowed, displayed, graphics, kernelPath } from "../service/hardware.ts";
import { firstMatch, firstMatchOf, isOn, paths, textOf, words } from "../service/settings.ts";
import { FILTERS, filterIn, maySetUidBeLost } from "../service/setUidLost.ts";
import { TOOL_NAMES } from "../service/toolNames.ts";
import { memo } from "../units/memo.ts";
import { mergedAssignments } from "../units/unit.ts";
import { MOUNT_NAMESPACE } from "./exclusions.ts";
import { devicesNamed, homesNamed } from "./needed.ts";
import type { HardeningDirective } from "./profiles.ts";
import { ownWrittenPlace, systemWrite } from "./writes.ts";

/** Something in the unit itself that speaks against settings: the clause says what, undefined where it is not there. */
export interface Hint {
  readonly blocks: readonly HardeningDirective[];
  /** Whether the settings would do no harm, but no good either. */
  readonly idle?: true;
  readonly seen: (facts: Facts) => string | undefined;
}

/** What a unit shows that it needs, setting by setting. */
export const HINTS: readonly Hint[] = [
  {
    blocks: MOUNT_NAMESPACE,
    seen: (facts) => (sharesMounts(facts.unit) ? "its mounts are intended for the host" : needs(facts, "SYS_ADMIN")),
  },
  {
    blocks: ["ProtectSystem"],
    seen: (facts) =>
      ownWrittenPlace(facts) === undefined ? using(withPlace(systemWrite(facts), facts), "it writes") : undefined,
  },
  {
    blocks: ["ProtectHome"],
    seen: (facts) => (homesNamed(facts).length > 0 ? undefined : using(withPlace(home(facts), facts), "it uses")),
  },
  { blocks: ["ProtectHome"], seen: ({ personal }) => (personal ? "it runs as the user of the instance" : undefined) },
  {
    blocks: ["ProtectHome", "PrivateTmp"],
    seen: (facts) =>
      using(firstMatch(programNames(facts.programs), /^(?:su|sudo|doas|runuser)$/), "it switches users with"),
  },
  {
    blocks: ["PrivateTmp"],
    seen: (facts) => using(withPlace(firstMatch(facts.paths, /^\/(?:var\/)?tmp(?:\/|$)/), facts), "it uses"),
  },
  { blocks: ["PrivateTmp"], seen: ({ unit, programs }) => sharing(unit) ?? displayed(programs) },
  {
    blocks: ["PrivateDevices", "ProtectClock", "DevicePolicy", "ProtectKernelTunables"],
    seen: (facts) => using(board(facts), "it uses"),
  },
  {
    blocks: [
      "PrivateDevices",
      "ProtectClock",
      "DevicePolicy",
      "ProtectKernelModules",
      "NoNewPrivileges",
      "MemoryDenyWriteExecute",
    ],
    seen: (facts) => using(graphics(facts), "it uses GPUs:"),
  },
  { blocks: ["PrivateDevices"], seen: (facts) => using(device(facts), "it uses") },
  {
    blocks: ["PrivateDevices", "ProtectClock", "DevicePolicy"],
    seen: (facts) => using(deviceGroup(facts), "its user has the group"),
  },
  {
    blocks: ["ProtectClock", "DevicePolicy"],
    seen: (facts) =>
      devicesNamed(facts).length > 0
        ? undefined
        : using(closedDevice(facts), "with it only a few devices are allowed, and it uses"),
  },
  {
    blocks: ["ProtectProc"],
    idle: true,
    seen: (facts) => {
      const why = seesAllProcesses(facts, "invisible");
      return why && SEES[why];
    },
  },
  {
    blocks: ["ProtectKernelTunables"],
    seen: (facts) => using(kernelPath(facts, /^\/(?:proc\/(?:sys|irq|fs|acpi)|sys)(?:\/|$)/), "it uses"),
  },
  { blocks: ["ProtectKernelTunables"], seen: (facts) => ran(facts, /^tee$/) },
  {
    blocks: ["ProtectKernelModules"],
    seen: (facts) => needs(facts, "SYS_MODULE"),
  },
  {
    blocks: ["ProtectKernelLogs"],
    seen: (facts) =>
      ran(facts, TOOL_NAMES.logging) ??
      needs(facts, "SYSLOG") ??
      using(kernelPath(facts, /^\/(?:dev|proc)\/kmsg$/), "it uses"),
  },
  {
    blocks: ["ProtectClock"],
    seen: (facts) => needs(facts, "SYS_TIME", "WAKE_ALARM"),
  },
  {
    blocks: ["ProtectClock"],
    seen: (facts) => using(firstMatch(devicesAllowed(facts), /rtc/), "it uses"),
  },
  {
    // The calls for names are not in @system-service, either.
    blocks: ["ProtectHostname", "SystemCallFilter"],
    seen: (facts) => ran(facts, TOOL_NAMES.naming),
  },
  {
    blocks: ["ProtectControlGroups"],
    seen: (facts) =>
      delegates(facts.unit)
        ? "Delegate= gives it a cgroup subtree"
        : using(kernelPath(facts, /^\/sys\/fs\/cgroup/), "it uses"),
  },
  {
    blocks: ["RestrictNamespaces"],
    seen: (facts) =>
      ran(facts, TOOL_NAMES.parting) ??
      (usesNetworkNamespaces(facts.programs) ? "it uses network namespaces" : undefined),
  },
  {
    blocks: ["RestrictRealtime"],
    seen: (facts) => {
      const policy = textOf(facts.unit, "CPUSchedulingPolicy");
      if (policy === "fifo" || policy === "rr") return `it runs with CPUSchedulingPolicy=${policy}`;
      return textOf(facts.unit, "LimitRTPRIO") === undefined
        ? ran(facts, TOOL_NAMES.scheduling)
        : "LimitRTPRIO= grants it realtime priority";
    },
  },
  {
    blocks: ["LockPersonality", "SystemCallArchitectures"],
    seen: ({ unit }) =>
      textOf(unit, "Personality") === undefined ? undefined : "Personality= sets its execution domain",
  },
  {
    blocks: ["NoNewPrivileges", "PrivateUsers"],
    seen: (facts) => ran(facts, TOOL_NAMES.pinging) ?? ran(facts, TOOL_NAMES.gaining),
  },
  {
    blocks: ["SystemCallFilter"],
    seen: (facts) => ran(facts, TOOL_NAMES.gaining),
  },
  {
    blocks: ["NoNewPrivileges", "CapabilityBoundingSet", "SystemCallFilter"],
    seen: (facts) =>
      ran(facts, TOOL_NAMES.becoming) ??
      (textOf(facts.unit, "PAMName") === undefined ? undefined : "it opens a login session"),
  },
  {
    blocks: ["NoNewPrivileges", "PrivateUsers"],
    seen: ({ lowPort, ambient, privileged }) =>
      lowPort !== undefined && !privileged && !ambient.includes("CAP_NET_BIND_SERVICE")
        ? `it listens on port ${lowPort}, which a file capability may allow`
        : undefined,
  },
  {
    blocks: ["NoNewPrivileges"],
    seen: ({ programs }) =>
      programs.some((it) => it.prefixes.includes("!"))
        ? "a command with the prefix ! keeps root privileges"
        : undefined,
  },
  {
    blocks: ["NoNewPrivileges"],
    seen: ({ unit }) => (maySetUidBeLost(unit) ? `${LOST} with filters of system calls` : undefined),
  },
  {
    blocks: FILTERS,
    seen: ({ unit }) =>
      isOn(unit, "NoNewPrivileges") && maySetUidBeLost(unit) && filterIn(unit) === undefined
        ? `${LOST} with NoNewPrivileges=yes`
        : undefined,
  },
  {
    blocks: ["DynamicUser", "PrivateUsers"],
    seen: ({ ambient }) => (ambient.length > 0 ? `it runs with ${ambient[0]}` : undefined),
  },
  {
    blocks: ["PrivateUsers"],
    seen: ({ privileged }) =>
      privileged ? "it starts as root, whose rights over ports, files and users end with the namespace" : undefined,
  },
  {
    blocks: ["SystemCallFilter"],
    seen: (facts) => needs(facts, "SYS_ADMIN"),
  },
];

const LOST = "systemd takes CAP_SETUID from a service that has `User=root`";

const using = (found: string | undefined, what: string): string | undefined =>
  found === undefined ? undefined : `${what} ${found}`;

/** A path with the place in the configuration that names it, where the unit does not. */
function withPlace(path: string | undefined, { configured }: Facts): string | undefined {
  const fact = configured.find((it) => it.value === path);
  return path !== undefined && fact ? `${path} (${placeOfFact(fact)})` : path;
}

/** A program that a command runs. */
function ran(facts: Facts, name: RegExp): string | undefined {
  const found = firstMatch(programNames(facts.programs), name);
  return found === undefined ? undefined : `it runs ${found}`;
}

/** Each name of a program once. */
const programNames = memo((programs: Facts["programs"]): readonly string[] => [
  ...new Set(programs.flatMap((it) => it.names)),
]);

/** A capability that the unit grants or keeps. */
function needs({ capabilities }: Facts, ...names: readonly string[]): string | undefined {
  const found = names.find((it) => capabilities.includes(`CAP_${it}`));
  return found === undefined ? undefined : `it keeps CAP_${found}`;
}

const usesNetworkNamespaces = memo((programs: Facts["programs"]): boolean => programs.some(namesNetworkNamespaces));
const namesNetworkNamespaces = memo(({ path, args }: Facts["programs"][number]): boolean =>
  [path, ...args].some((word) => /\bnetns\b/.test(word)),
);

/** A path below the homes, of a program too. */
function home({ paths: all, programPaths, unit }: Facts): string | undefined {
  if (/^-?~$/.test(textOf(unit, "WorkingDirectory") ?? "")) return "the home of its user";
  const own = (["ReadWritePaths", "BindPaths", "BindReadOnlyPaths"] as const).map((name) => paths(unit, name));
  return firstMatchOf([programPaths, all, ...own], /^(?:\/home|\/root|\/run\/user|~)(?:\/|$)|^%h/);
}

/** Who shares the temporary files of the service. */
function sharing(unit: Facts["unit"]): string | undefined {
  const joined = mergedAssignments(unit, "Unit", "JoinsNamespaceOf");
  if (joined.some((it) => it.value.text !== "")) return "JoinsNamespaceOf= shares it with another unit";
  const variables = [words(unit, "Environment"), words(unit, "PassEnvironment")];
  const display = firstMatchOf(variables, /^(?:DISPLAY|XAUTHORITY|WAYLAND_DISPLAY)\b/);
  return display === undefined ? undefined : "it talks to a display through /tmp";
}
