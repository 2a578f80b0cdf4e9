import type { SystemdVersion } from "../../facts/version.ts";
import type { ValueTypeName } from "../../values/valueTypes.ts";
import { type DirectiveRow, type DirectiveRows, rowsFrom } from "../row.ts";

/** What a condition and the assertion of the same name have in common. */
interface Check {
  /** The end of both summaries, from "unless" or "while" on. */
  readonly when: string;
  readonly type: ValueTypeName;
  /** The version that brought the condition; missing where the facts do not reach back that far. */
  readonly since?: SystemdVersion;
  /** The check whose entry in the manual is also the one of this. */
  readonly entry?: string;
  /** The new name of the same check. */
  readonly alias?: string;
}

/** A row that is being made: spreading what it may have would make a shape of its own of each. */
type Written = { -readonly [Name in keyof DirectiveRow]: DirectiveRow[Name] };

const CHECKS = {
  PathExists: {
    when: "unless the given path exists; a dangling symlink counts as missing",
    type: "unitConditionPath",
  },
  PathExistsGlob: {
    when: "unless at least one path matches the given glob pattern",
    type: "unitConditionPathGlob",
  },
  PathIsDirectory: { when: "unless the given path is a directory", type: "unitConditionPath" },
  PathIsSymbolicLink: {
    when: "unless the given path itself is a symlink, which is not followed here",
    type: "unitConditionPath",
  },
  PathIsMountPoint: { when: "unless something is mounted at the given path", type: "unitConditionPath" },
  PathIsReadWrite: {
    when: "unless the file system that holds the given path is mounted writable",
    type: "unitConditionPath",
  },
  PathIsEncrypted: {
    when: "unless the path is on a block device encrypted with dm-crypt or LUKS",
    type: "unitConditionPath",
    since: 247,
  },
  DirectoryNotEmpty: {
    when: "unless the given directory exists and has entries",
    type: "unitConditionPath",
  },
  FileNotEmpty: {
    when: "unless the path is a regular file larger than zero bytes",
    type: "unitConditionPath",
  },
  FileIsExecutable: {
    when: "unless the path is a regular file with an execute permission",
    type: "unitConditionPath",
  },
  NeedsUpdate: {
    when: "unless /etc/ or /var/ is out of date because /usr/ was updated later",
    type: "conditionNeedsUpdate",
  },
  FirstBoot: {
    when: "unless this is the first boot of the system (yes) or a later one (no)",
    type: "conditionFirstBoot",
  },
  Architecture: {
    when: "unless the machine has the given CPU architecture, such as x86-64 or arm64",
    type: "conditionArchitecture",
    since: 201,
  },
  Firmware: {
    when: "unless the firmware is of the given kind, such as uefi, device-tree or an SMBIOS match",
    type: "conditionFirmware",
    since: 249,
  },
  Virtualization: {
    when: "unless it runs in a virtual machine or container of the given kind",
    type: "conditionVirtualization",
  },
  Host: {
    when: "unless the host name, product UUID, boot ID or machine ID is the given one",
    type: "conditionHost",
  },
  KernelCommandLine: {
    when: "unless the kernel was booted with the given word or assignment",
    type: "conditionKernelCommandLine",
  },
  KernelVersion: {
    when: "unless the running kernel release satisfies the given comparisons or glob patterns",
    type: "conditionKernelVersion",
    alias: "Version",
  },
  Credential: {
    when: "unless the service manager received a credential of the given name",
    type: "conditionCredential",
    since: 252,
  },
  Security: {
    when: "unless the given security feature, such as selinux, apparmor or tpm2, is active",
    type: "conditionSecurity",
  },
  Capability: {
    when: "unless the manager has the given capability in its bounding set",
    type: "conditionCapability",
  },
  ACPower: {
    when: "unless the machine is on mains power (yes) or on battery only (no)",
    type: "conditionAcPower",
  },
  Memory: {
    when: "unless the total memory of the machine or container compares as given, in bytes",
    type: "conditionMemory",
    since: 247,
  },
  CPUFeature: {
    when: "unless the CPU has the given feature flag, such as avx2 or arm64.bti",
    type: "conditionCpuFeature",
    since: 251,
  },
  CPUs: { when: "unless the number of CPUs the manager may use compares as given", type: "conditionCpus", since: 247 },
  Environment: {
    when: "unless the manager itself, not the unit, has the given variable or NAME=value set",
    type: "conditionEnvironment",
    since: 247,
  },
  User: {
    when: "unless the manager runs as the given user; only useful in user units",
    type: "conditionUser",
  },
  Group: {
    when: "unless the manager belongs to the given group; only useful in user units",
    type: "conditionGroup",
  },
  ControlGroupController: {
    when: "unless all given cgroup controllers, or the cgroup version v1 or v2, are available",
    type: "conditionControlGroupController",
  },
  OSRelease: {
    when: "unless a field of the os-release file compares as given, such as ID=debian",
    type: "conditionOsRelease",
    since: 249,
  },
  MemoryPressure: {
    when: "while memory pressure, of the system or a slice, is above the given percentage",
    type: "conditionPressure",
    since: 250,
  },
  CPUPressure: {
    when: "while CPU pressure, of the system or a slice, is above the given percentage",
    type: "conditionPressure",
    since: 250,
    entry: "MemoryPressure",
  },
  IOPressure: {
    when: "while I/O pressure, of the system or a slice, is above the given percentage",
    type: "conditionPressure",
    since: 250,
    entry: "MemoryPressure",
  },
  PathIsSocket: { when: "unless the given path is a socket in the file system", type: "unitConditionPath", since: 260 },
  Fraction: {
    when: "except on a stable percentage of machines, picked by machine ID for staged rollouts",
    type: "conditionFraction",
    since: 261,
  },
  Version: {
    when: "unless the version of the kernel, systemd or glibc satisfies the given comparisons",
    type: "conditionVersion",
    since: 258,
  },
  MachineTag: {
    when: "unless a tag in machine-info matches the given glob pattern",
    type: "conditionMachineTag",
    since: 261,
  },
  KernelModuleLoaded: {
    when: "unless the given kernel module is loaded and ready",
    type: "conditionKernelModuleLoaded",
    since: 258,
  },
} as const satisfies Readonly<Record<string, Check>>;

type CheckName = keyof typeof CHECKS;

const NAMES = Object.keys(CHECKS) as CheckName[];

/** The first assertions came together; the later ones came with their conditions. */
const FIRST_ASSERTIONS = 218;

/** [Unit] of systemd.unit(5), conditions and assertions: what must hold for a start. */
export const CONDITION_ROWS = {
  ...rowsFrom(NAMES.map((it) => [`Condition${it}` as const, conditionRow(it)])),
  ...rowsFrom(NAMES.filter(isAsserted).map((it) => [`Assert${it}` as const, assertionRow(it)])),
} satisfies DirectiveRows;

/** systemd reads no AssertFirmware=. */
function isAsserted(name: CheckName): name is Exclude<CheckName, "Firmware"> {
  return name !== "Firmware";
}

function conditionRow(name: CheckName): DirectiveRow {
  const { when, type, since, entry, alias }: Check = CHECKS[name];
  const row: Written = { summary: `Skips the unit quietly ${when}.`, type, many: true };
  if (since) row.since = since;
  if (entry) row.anchor = `Condition${entry}=`;
  if (alias) row.alias = `Condition${alias}`;
  return row;
}

function assertionRow(name: CheckName): DirectiveRow {
  const { when, type, since, alias }: Check = CHECKS[name];
  const first = Math.max(since ?? 0, FIRST_ASSERTIONS);
  const row: Written = { summary: `Fails the start with an error ${when}.`, type, many: true, since: first };
  if (name !== "Architecture") row.anchor = "AssertArchitecture=";
  if (alias) row.alias = `Assert${alias}`;
  return row;
}
