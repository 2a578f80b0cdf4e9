import { directiveOf } from "../../../test/hardening/services/judged.ts";
import type { StrangeService } from "../../../test/hardening/services/lists.ts";

/** What a stub does, each by a file that it opens, by a command that it starts, or by a call of its language. */
export type StubNeed = keyof typeof FILES | keyof typeof COMMANDS | "bluetooth" | "can";

/** Files that are opened, those that are written with `>`. */
export const FILES = {
  hardware: "/dev/ttyUSB0",
  kernelSettings: ">/proc/sys/net/ipv4/ip_forward",
  kernelFiles: ">/sys/class/backlight/panel/brightness",
  controlGroups: ">/sys/fs/cgroup/small/cgroup.procs",
  kernelLog: "/dev/kmsg",
  machineFigures: "/proc/meminfo",
  homes: "/home/anna/notes",
  temporary: ">/tmp/small.queue",
  configuration: ">/etc/small.state",
  data: ">/srv/small/data",
} as const;

/** Commands that are started. */
export const COMMANDS = {
  hardware: "stty -F /dev/ttyUSB0 9600",
  clock: "hwclock --hctosys",
  hostName: "hostname small",
  kernelLog: "dmesg",
  modules: "modprobe dummy",
  kernelSettings: "sysctl -w net.ipv4.ip_forward=1",
  processes: "ps -ef",
  machineFigures: "free",
  privileged: "sudo systemctl restart shop",
  setuidFile: "chmod 4755 /srv/small/tool",
  namespaces: "unshare --net true",
  mounts: "mount /dev/disk/by-label/data /srv/data",
  realtime: "chrt -f 50 true",
  personality: "setarch i386 true",
  packets: "tcpdump -i eth0",
  netlink: "ip route",
  interfaces: "ip link set eth0 up",
  users: "runuser -u nobody true",
  owners: "chown nobody /srv/small/data",
  rootDirectory: "chroot /srv/small true",
  swap: "swapon /srv/small/swap",
  sharedMemory: "ipcmk -M 4096",
  compiles: "luajit /opt/small/small.lua",
} as const;

/** What a service does that some settings break, by the first word that fits one of its list. */
const SHOWN_BY: readonly (readonly [RegExp, readonly StubNeed[]])[] = [
  [/^(?:PrivateDevices|DevicePolicy)\b|^DeviceAllow/, ["hardware"]],
  [/^ProtectClock|!CAP_SYS_TIME|!@clock/, ["clock"]],
  [/^ProtectKernelTunables/, ["kernelSettings", "kernelFiles"]],
  [/^ProtectKernelModules/, ["modules"]],
  [/^ProtectKernelLogs/, ["kernelLog"]],
  [/^ProtectControlGroups/, ["controlGroups"]],
  [/^ProtectHostname/, ["hostName"]],
  [/^ProtectProc/, ["processes"]],
  [/^ProcSubset/, ["machineFigures"]],
  [/^ProtectHome|!CAP_DAC_READ_SEARCH/, ["homes"]],
  [/^ProtectSystem=strict/, ["data"]],
  [/^ProtectSystem/, ["configuration"]],
  [/^PrivateTmp/, ["temporary"]],
  [/^NoNewPrivileges/, ["privileged"]],
  [/^RestrictSUIDSGID/, ["setuidFile"]],
  [/^RestrictNamespaces/, ["namespaces"]],
  [/^RestrictRealtime/, ["realtime"]],
  [/^(?:LockPersonality|SystemCallArchitectures)/, ["personality"]],
  [/^MemoryDenyWriteExecute/, ["compiles"]],
  [/!AF_BLUETOOTH/, ["bluetooth"]],
  [/!AF_CAN/, ["can"]],
  [/!AF_NETLINK/, ["netlink"]],
  [/!CAP_NET_ADMIN/, ["interfaces"]],
  [/^RestrictAddressFamilies(?!!AF_UNIX)|!CAP_NET_RAW/, ["packets"]],
  [/!@mount|!CAP_SYS_ADMIN/, ["mounts"]],
  [/^SystemCallFilter=@system-service/, ["rootDirectory"]],
  [/^SystemCallFilter/, ["swap"]],
  [/!CAP_SETUID|^CapabilityBoundingSet=?$/, ["users"]],
  [/^PrivateUsers|!CAP_CHOWN/, ["owners"]],
  [/^RemoveIPC/, ["sharedMemory"]],
];

/**
 * What a service does, as far as its list says what breaks it; where several things would, one by the number. Without rights of its own
 * it has those that a program gains for it.
 */
export function needsOf(
  { never }: Pick<StrangeService, "never">,
  number: number,
  hasRights: boolean,
): readonly StubNeed[] {
  // What opens devices is broken by both.
  const opensDevices = never.some((it) => /^(?:PrivateDevices|DevicePolicy)/.test(it));
  const words = never.filter((it) => !(opensDevices && directiveOf(it) === "ProtectClock"));
  const needs = words.flatMap((word) => {
    const all = SHOWN_BY.find(([pattern]) => pattern.test(word))?.[1] ?? [];
    return all.slice(number % (all.length || 1)).slice(0, 1);
  });
  return [...new Set(needs.map((it) => (it === "users" && !hasRights ? "privileged" : it)))].sort();
}
