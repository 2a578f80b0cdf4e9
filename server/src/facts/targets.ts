import { isVersion, releaseOf, type SystemdVersion } from "./version.ts";

/** What units are written for: a version, by the name that the reader gives it. */
export interface SystemdTarget {
  /** A release such as `252`, or a distribution such as `debian-12`. */
  readonly name: string;
  readonly version: SystemdVersion;
}

/** A build that takes more than fixes from later releases; its number lies between two of theirs. */
interface Build {
  readonly version: SystemdVersion;
  /** What its parser reads before its time, as `Section.Name`, or `*.Name` in all sections. */
  readonly reads: string;
}

/** The systemd of RHEL 8: 239 with what was needed later. */
export const RHEL_8: SystemdVersion = 239.8;

/** The systemd of RHEL 9.0 and 9.1, of 9.2 and 9.3, of 9.4 to 9.8, and of 9.9. */
export const RHEL_9 = { start: 250.9, two: 252.92, four: 252.94, nine: 252.99 } as const;

/** The releases of Ubuntu whose machines deny user namespaces to users by AppArmor; systemd itself is as released. */
const UBUNTU = { numbat: 255.24, raccoon: 259.26 } as const;

/** Whether the machines of a target are known to deny user namespaces to users; of most targets nobody knows. */
export const deniesUserNamespaces = (version: SystemdVersion): boolean =>
  Object.values<SystemdVersion>(UBUNTU).includes(version);

/** The builds that read directives before their release, as the branches of their sources have it. */
export const BUILDS: readonly Build[] = [
  {
    version: RHEL_8,
    reads:
      "*.AllowedCPUs *.AllowedMemoryNodes *.CPUQuotaPeriodSec *.DefaultMemoryLow *.DefaultMemoryMin " +
      "*.IODeviceLatencyTargetSec *.LogRateLimitBurst *.LogRateLimitIntervalSec *.MemoryMin *.NUMAMask *.NUMAPolicy " +
      "*.RestrictSUIDSGID Service.ExecCondition Socket.FlushPending Socket.PassPacketInfo",
  },
  { version: RHEL_9.two, reads: "Scope.OOMPolicy" },
  { version: RHEL_9.four, reads: "Scope.OOMPolicy Service.ReloadSignal" },
  { version: RHEL_9.nine, reads: "Scope.OOMPolicy Service.ReloadSignal Service.RestartMode" },
  // Not a build: the fixes of 252, which its distributions ship, brought a setting.
  { version: 252, reads: "Scope.OOMPolicy" },
];

/** The systemd that a distribution came with; of a release without service pack or minor number, of the last one. */
const DISTRIBUTIONS = {
  "debian-10": 241,
  "debian-11": 247,
  "debian-12": 252,
  "debian-13": 257,
  "ubuntu-20.04": 245,
  "ubuntu-22.04": 249,
  "ubuntu-24.04": UBUNTU.numbat,
  "ubuntu-26.04": UBUNTU.raccoon,
  "rhel-8": RHEL_8,
  "rhel-9": RHEL_9.nine,
  "rhel-9.0": RHEL_9.start,
  "rhel-9.1": RHEL_9.start,
  "rhel-9.2": RHEL_9.two,
  "rhel-9.3": RHEL_9.two,
  "rhel-9.4": RHEL_9.four,
  "rhel-9.5": RHEL_9.four,
  "rhel-9.6": RHEL_9.four,
  "rhel-9.7": RHEL_9.four,
  "rhel-9.8": RHEL_9.four,
  "rhel-9.9": RHEL_9.nine,
  "rhel-10": 257,
  "fedora-36": 250,
  "fedora-37": 251,
  "fedora-38": 253,
  "fedora-39": 254,
  "fedora-40": 255,
  "fedora-41": 256,
  "fedora-42": 257,
  "fedora-43": 258,
  "fedora-44": 259,
  "sles-15": 254,
  "sles-15.4": 249,
  "sles-15.5": 249,
  "sles-15.6": 254,
  "sles-15.7": 254,
  "amazon-2023": 252,
} as const satisfies Readonly<Record<string, SystemdVersion>>;

/** The names of distributions that stand for a version, in the order in which they are offered. */
export const DISTRIBUTION_NAMES = Object.keys(DISTRIBUTIONS) as readonly (keyof typeof DISTRIBUTIONS)[];

/** The target of a name in any letter case; undefined where no version is known by it. */
export function targetNamed(text: string): SystemdTarget | undefined {
  const name = text.trim().toLowerCase();
  const exact = name.replace(REBUILT, "rhel-").replace(STREAM, "$1");
  // All minor releases of RHEL 8 have its systemd, as those of 10 have so far.
  const known = exact.replace(/^(rhel-(?:8|10))\.\d+$/, "$1");
  if (Object.hasOwn(DISTRIBUTIONS, known)) return { name, version: DISTRIBUTIONS[known as keyof typeof DISTRIBUTIONS] };
  const release = Number(/^(\d+)(?:\.\d+)?$/.exec(name)?.[1]);
  return isVersion(release) ? { name, version: release } : undefined;
}

/** Distributions that are built from RHEL, by what their names begin with. */
const REBUILT = /^(?:centos(?:-stream)?|rocky(?:-?linux)?|alma(?:linux)?|ol|oracle(?:-?linux)?|redhat|el)-/;

/** CentOS Stream was called by its number first: `centos-8-stream`. */
const STREAM = /^(rhel-\d+)-stream$/;

/** A target for a reader: `systemd 252`, or `debian-12 (systemd 252)`. */
export function describeTarget({ name, version }: SystemdTarget): string {
  const release = `systemd ${releaseOf(version)}`;
  return name === String(version) ? release : `${name} (${release})`;
}

/** The target of a release or a build for which nobody gave a name. */
export const targetOf = (version: SystemdVersion): SystemdTarget => ({ name: String(releaseOf(version)), version });

/** The targets of a list with commas, each once and in their order, and those of its names that stand for none. */
export function targetsIn(text: string): {
  readonly targets: readonly SystemdTarget[];
  readonly unknown: readonly string[];
} {
  const names = [...new Set(text.split(",").flatMap((it) => it.trim() || []))];
  const targets = names.map(targetNamed);
  return {
    targets: targets.filter((it) => it !== undefined),
    unknown: names.filter((_, i) => targets[i] === undefined),
  };
}

/** The one whose units all others of the list can read best: what the oldest knows, nearly all do. */
export const oldestOf = (targets: readonly SystemdTarget[]): SystemdTarget | undefined =>
  targets.toSorted((a, b) => a.version - b.version)[0];
