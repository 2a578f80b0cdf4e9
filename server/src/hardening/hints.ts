import { delegates, type Facts, sharesMounts, undeclaredWrites, unitWords } from "../service/facts.ts";
import { board, displayed, graphics } from "../service/hardware.ts";
import { seesProcesses } from "../service/processes.ts";
import { firstMatch, inForce, isOn, paths, setting, text, words } from "../service/settings.ts";
import { once } from "../units/once.ts";
import { mergedAssignments } from "../units/unit.ts";
import { MOUNT_NAMESPACE } from "./barred.ts";
import type { HardeningDirective } from "./profiles.ts";

/** Something in the unit itself that speaks against settings: the clause says what, undefined where it is not there. */
export interface Hint {
  readonly bars: readonly HardeningDirective[];
  /** Whether the settings would do no harm, but no good either. */
  readonly idle?: true;
  readonly seen: (facts: Facts) => string | undefined;
}

/** What a unit shows that it needs, setting by setting. */
export const HINTS: readonly Hint[] = [
  {
    bars: MOUNT_NAMESPACE,
    seen: (facts) =>
      sharesMounts(facts.unit)
        ? "its mounts are intended for the host"
        : (ran(facts, /^(?:u?mount|fusermount3?)$/) ?? needs(facts, "SYS_ADMIN")),
  },
  { bars: ["ProtectSystem"], seen: (facts) => using(systemWrite(facts), "it writes") },
  { bars: ["ProtectHome"], seen: (facts) => using(home(facts), "it uses") },
  { bars: ["ProtectHome"], seen: ({ personal }) => (personal ? "it runs as the user of the instance" : undefined) },
  {
    bars: ["ProtectHome", "PrivateTmp"],
    seen: (facts) =>
      using(firstMatch(programNames(facts.programs), /^(?:su|sudo|doas|runuser)$/), "it switches users with"),
  },
  {
    bars: ["PrivateTmp"],
    seen: ({ paths: all }) => using(firstMatch(all, /^\/(?:var\/)?tmp(?:\/|$)/), "it uses"),
  },
  { bars: ["PrivateTmp"], seen: ({ unit, programs }) => sharing(unit) ?? displayed(programs) },
  {
    bars: ["PrivateDevices", "ProtectClock", "ProtectKernelTunables"],
    seen: (facts) => using(board(facts), "it uses"),
  },
  {
    bars: ["PrivateDevices", "ProtectClock", "ProtectKernelModules", "NoNewPrivileges", "MemoryDenyWriteExecute"],
    seen: (facts) => using(graphics(facts), "it uses GPUs:"),
  },
  { bars: ["PrivateDevices"], seen: (facts) => using(device(facts), "it uses") },
  {
    bars: ["ProtectClock"],
    seen: (facts) => using(closedDevice(facts), "with it only a few devices are allowed, and it uses"),
  },
  { bars: ["ProtectProc"], idle: true, seen: (facts) => SEES[seesProcesses(facts, "invisible") ?? "none"] },
  {
    bars: ["ProtectKernelTunables"],
    seen: (facts) => using(named(facts, /^\/(?:proc\/(?:sys|irq|fs|acpi)|sys)(?:\/|$)/), "it uses"),
  },
  { bars: ["ProtectKernelTunables"], seen: (facts) => ran(facts, /^(?:sysctl|ethtool|iw|powertop|tee)$/) },
  {
    bars: ["ProtectKernelModules"],
    seen: (facts) => ran(facts, /^(?:modprobe|insmod|rmmod|kmod|depmod)$/) ?? needs(facts, "SYS_MODULE"),
  },
  {
    bars: ["ProtectKernelLogs"],
    seen: (facts) =>
      ran(facts, /^(?:dmesg|klogd)$/) ??
      needs(facts, "SYSLOG") ??
      using(named(facts, /^\/(?:dev|proc)\/kmsg$/), "it uses"),
  },
  {
    bars: ["ProtectClock"],
    seen: (facts) => ran(facts, /^(?:hwclock|ntpdate|rdate|timedatectl)$/) ?? needs(facts, "SYS_TIME", "WAKE_ALARM"),
  },
  {
    bars: ["ProtectClock"],
    seen: (facts) =>
      using(
        devicesAllowed(facts).find((it) => /rtc/.test(it)),
        "it uses",
      ),
  },
  {
    // The calls for names are not in @system-service, either.
    bars: ["ProtectHostname", "SystemCallFilter"],
    seen: (facts) => ran(facts, /^(?:hostname|(?:nis|yp)?domainname|sethostname)$/),
  },
  {
    bars: ["ProtectControlGroups"],
    seen: (facts) =>
      delegates(facts.unit)
        ? "Delegate= gives it a cgroup subtree"
        : using(named(facts, /^\/sys\/fs\/cgroup/), "it uses"),
  },
  {
    bars: ["RestrictNamespaces"],
    seen: (facts) =>
      ran(facts, /^(?:unshare|nsenter|bwrap|firejail|lsns|newuidmap)$/) ??
      (usesNetworkNamespaces(facts.programs) ? "it uses network namespaces" : undefined),
  },
  {
    bars: ["RestrictRealtime"],
    seen: (facts) => {
      const policy = text(facts.unit, "CPUSchedulingPolicy");
      if (policy === "fifo" || policy === "rr") return `it runs with CPUSchedulingPolicy=${policy}`;
      return text(facts.unit, "LimitRTPRIO") === undefined
        ? ran(facts, /^(?:chrt|schedtool)$/)
        : "LimitRTPRIO= grants it realtime priority";
    },
  },
  {
    bars: ["LockPersonality", "SystemCallArchitectures"],
    seen: (facts) => ran(facts, /^(?:setarch|linux32|linux64|i386|x86_64)$/),
  },
  {
    bars: ["LockPersonality", "SystemCallArchitectures"],
    seen: ({ unit }) =>
      text(unit, "Personality") === undefined ? undefined : "Personality= sets its execution domain",
  },
  {
    bars: ["NoNewPrivileges", "CapabilityBoundingSet", "SystemCallFilter"],
    seen: (facts) =>
      ran(
        facts,
        /^(?:sudo|su|doas|runuser|pkexec|ping6?|fping|mtr|sendmail|mailx?|newgrp|passwd|crontab|at|s-nail)$/,
      ) ?? (text(facts.unit, "PAMName") === undefined ? undefined : "it opens a login session"),
  },
  {
    bars: ["NoNewPrivileges", "CapabilityBoundingSet", "PrivateUsers"],
    seen: ({ lowPort, ambient, privileged }) =>
      lowPort !== undefined && !privileged && !ambient.includes("CAP_NET_BIND_SERVICE")
        ? `it listens on port ${lowPort}, which a file capability may allow`
        : undefined,
  },
  {
    bars: ["CapabilityBoundingSet", "NoNewPrivileges"],
    seen: ({ programs }) =>
      programs.some((it) => it.prefixes.includes("!"))
        ? "a command with the prefix ! keeps root privileges"
        : undefined,
  },
  {
    bars: ["RestrictAddressFamilies"],
    seen: (facts) =>
      needs(facts, "NET_RAW") ?? ran(facts, /^(?:tcpdump|arping|dhclient|dhcpcd|hciconfig|bluetoothctl)$/),
  },
  {
    bars: ["DynamicUser", "PrivateUsers"],
    seen: ({ ambient }) => (ambient.length > 0 ? `it runs with ${ambient[0]}` : undefined),
  },
  {
    bars: ["SystemCallFilter"],
    seen: (facts) =>
      needs(facts, "SYS_ADMIN", "SYS_MODULE", "SYS_TIME", "SYS_BOOT", "SYS_RAWIO", "SYS_PTRACE", "BPF", "PERFMON"),
  },
];

/** Why nothing is hidden. */
const SEES = {
  root: "a service that runs as root sees all processes",
  capability: "with CAP_SYS_PTRACE it sees all processes",
  group: "with the group of root it sees all processes",
  none: undefined,
} as const;

const using = (found: string | undefined, what: string): string | undefined =>
  found === undefined ? undefined : `${what} ${found}`;

/** A program that a command runs. */
function ran(facts: Facts, name: RegExp): string | undefined {
  const found = firstMatch(programNames(facts.programs), name);
  return found === undefined ? undefined : `it runs ${found}`;
}

/** Each name of a program once. */
const programNames = once((programs: Facts["programs"]): readonly string[] => [
  ...new Set(programs.flatMap((it) => it.names)),
]);

/** A capability that the unit grants or keeps. */
function needs({ capabilities }: Facts, ...names: readonly string[]): string | undefined {
  const found = names.find((it) => capabilities.includes(`CAP_${it}`));
  return found === undefined ? undefined : `it keeps CAP_${found}`;
}

const usesNetworkNamespaces = once((programs: Facts["programs"]): boolean => programs.some(namesNetworkNamespaces));
const namesNetworkNamespaces = once(({ path, args }: Facts["programs"][number]): boolean =>
  [path, ...args].some((word) => /\bnetns\b/.test(word)),
);

/** A path of the kernel, such as a device, of the commands, the settings or the conditions. */
function named(facts: Facts, path: RegExp): string | undefined {
  const { paths: all, unit } = facts;
  const lists = [all, paths(unit, "ReadWritePaths"), paths(unit, "BindPaths"), unitWords(unit)];
  return firstOf(lists.map(kernelPaths), path);
}

const kernelPaths = once((list: readonly string[]): readonly string[] =>
  list.map((it) => it.replace(/^[|!]*/, "")).filter((it) => /^\/(?:dev|proc|sys)(?:\/|$)/.test(it)),
);

/** The first text of several lists that a pattern fits. */
function firstOf(lists: readonly (readonly string[])[], pattern: RegExp): string | undefined {
  for (const list of lists) {
    const found = firstMatch(list, pattern);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A path below the homes, of a program too. */
function home({ paths: all, programPaths, unit }: Facts): string | undefined {
  if (/^-?~$/.test(text(unit, "WorkingDirectory") ?? "")) return "the home of its user";
  const own = (["ReadWritePaths", "BindPaths", "BindReadOnlyPaths"] as const).map((name) => paths(unit, name));
  return firstOf([programPaths, all, ...own], /^(?:\/home|\/root|\/run\/user|~)(?:\/|$)|^%h/);
}

/** Who shares the temporary files of the service. */
function sharing(unit: Facts["unit"]): string | undefined {
  const joined = mergedAssignments(unit, "Unit", "JoinsNamespaceOf");
  if (joined.some((it) => it.value.text !== "")) return "JoinsNamespaceOf= shares it with another unit";
  const variables = [words(unit, "Environment"), words(unit, "PassEnvironment")];
  const display = firstOf(variables, /^(?:DISPLAY|XAUTHORITY|WAYLAND_DISPLAY)\b/);
  return display === undefined ? undefined : "it talks to a display through /tmp";
}

const DEVICE_GROUPS =
  /^(?:disk|dialout|video|render|audio|input|kvm|plugdev|tty|lp|i2c|gpio|spi|uucp|tape|cdrom|optical|scanner|usb|tss|netdev|bluetooth)$/;

function devicesAllowed({ unit }: Facts): string[] {
  return inForce(unit, "DeviceAllow").map((it) => it.value.text.split(/\s+/)[0] ?? "");
}

/** A device that the unit shows to need; pseudo devices stay in a private /dev. */
function device(facts: Facts): string | undefined {
  const { unit } = facts;
  const group = firstOf([words(unit, "SupplementaryGroups"), words(unit, "Group")], DEVICE_GROUPS);
  const tty = setting(unit, "StandardInput")?.value.startsWith("tty") || text(unit, "TTYPath") !== undefined;
  const unitDevice = firstMatch(unitWords(unit), /\.device$|^systemd-udev-settle|^modprobe@/);
  const path = named(
    facts,
    /^\/dev\/(?!(?:null|zero|full|u?random|tty|std\w+|fd|shm|log|pts|ptmx|mqueue|hugepages|console)(?:\/|$))./,
  );
  return path ?? unitDevice ?? devicesAllowed(facts)[0] ?? group ?? (tty ? "a terminal" : rawAccess(facts));
}

/** The same, where no list of the unit's own says yet which devices are allowed: ProtectClock= makes such a list (pitfall 57). */
function closedDevice(facts: Facts): string | undefined {
  const listed = devicesAllowed(facts).length > 0 || isOn(facts.unit, "PrivateDevices");
  return listed ? undefined : device(facts);
}

function rawAccess(facts: Facts): string | undefined {
  return ["CAP_SYS_RAWIO", "CAP_MKNOD"].find((it) => facts.capabilities.includes(it));
}

const WRITERS =
  /^(?:htpasswd|htdigest|htdbm|crudini|postmap|postalias|patch|cp|mv|install|tee|touch|mkdir|rm|ln|chown|chmod|sed|rsync|dd|ssh-keygen|openssl|mktemp|truncate|rmdir|chgrp|unlink)$/;
/** Options with a file that is only read. */
const READS = /^--(?:config|conf|exclude-from|include-from|files-from|password-file|reference|cafile|ca-file)=/;
const SYSTEM = /^(?:\/usr(?!\/(?:s?bin|lib\w*|share|libexec|local\/s?bin)(?:\/|$))|\/boot|\/efi|\/etc)(?:\/|$)/;

/** A path below /usr, /boot or /etc that the service writes, as far as that shows. */
function systemWrite({ programs, unit, paths: all }: Facts): string | undefined {
  const listed = [paths(unit, "ReadWritePaths"), paths(unit, "ReadWriteDirectories")];
  const writable = firstOf(listed, /^\/(?:usr|boot|efi|etc)(?:\/|$)/);
  if (writable !== undefined) return writable;
  const directory = text(unit, "WorkingDirectory")?.replace(/^-/, "") ?? "";
  if (SYSTEM.test(directory)) return directory;
  return writtenBy(programs) ?? writtenAmong(all);
}

const writtenBy = once((programs: Facts["programs"]): string | undefined => {
  for (const { names, args } of programs) {
    const line = args.filter((it) => !READS.test(it)).join(" ");
    if (names.includes("ssh-keygen") && args.includes("-A")) return "/etc/ssh";
    if (names.some((it) => WRITERS.test(it))) {
      const target = /(?:^|[\s"'=])(\/(?:usr|boot|efi|etc)\/[^\s"';]*)/.exec(line)?.[1];
      if (target !== undefined) return target;
    }
    const redirected = />{1,2}\s*(\/(?:usr|boot|efi|etc)\/[^\s"';]*)/.exec(line)?.[1];
    if (redirected !== undefined) return redirected;
  }
  return undefined;
});

const writtenAmong = once((all: readonly string[]): string | undefined =>
  all.find(
    (it) =>
      SYSTEM.test(it) &&
      /\.(?:pid|sock|socket|log|db|sqlite3?|lock)$|\/(?:data|logs?|run|var|state|cache|spool)(?:\/|$)/.test(it),
  ),
);

/** Whether a service shows that it talks to other machines, where the unit itself does not limit it to local sockets. */
export function usesNetwork({ unit, programs }: Facts): boolean {
  const families = words(unit, "RestrictAddressFamilies");
  if (families.length > 0 && !/^~|AF_INET/.test(families.join(" "))) return false;
  return (
    firstMatch(unitWords(unit), /^network(?:-online)?\.target$|^nss-lookup\.target$/) !== undefined ||
    programs.some(({ args }) => firstMatch(args, NETWORK) !== undefined) ||
    firstMatch(words(unit, "Environment"), NETWORK_VARIABLE) !== undefined
  );
}

const NETWORK =
  /^--?[\w.-]*(?:port|host|listen|bind|addr(?:ess)?|server|url)(?:[=:]|$)|^:\d+$|\b(?:https?|wss?|tcp|udp|rediss?|amqps?|mysql|postgres(?:ql)?|mongodb|s3|sftp|ftp|ldaps?|smtps?):\/\//i;
const NETWORK_VARIABLE = /^\w*(?:PORT|HOST|URLS?|ADDR(?:ESS)?|LISTEN|PROXY|ENDPOINT|SERVER)=./i;

/** A path that the service shows to write, but does not declare. */
export function undeclaredWrite(facts: Facts): string | undefined {
  return undeclaredWrites(facts)[0];
}

/** Whether it declares its directories for data, so that the rest of the system may be read-only. */
export function declaresItsWrites(facts: Facts): boolean {
  if (undeclaredWrite(facts) !== undefined || facts.personal) return false;
  const writable = [paths(facts.unit, "ReadWritePaths"), paths(facts.unit, "ReadWriteDirectories")];
  const listed = firstOf(writable, /^\/(?:var\/lib|srv|opt|mnt)(?:\/|$)|^\/var$/) !== undefined;
  const state = listed || words(facts.unit, "StateDirectory").length > 0;
  return state && (listed || !facts.privileged || isOn(facts.unit, "DynamicUser"));
}
