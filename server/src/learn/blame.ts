import { isKernelFile } from "./kernelFiles.ts";
import type { NewFailure } from "./newFailures.ts";
import { failureText } from "./newFailures.ts";
import { canBeBound, canBeListed, listedWord } from "./settings/listedPaths.ts";
import { ownFolder } from "./settings/writtenPlaces.ts";
import type { Relaxation, TrialSetting } from "./trial/trial.ts";

/** A setting that may be behind a failure. */
interface Suspect {
  readonly key: string;
  readonly weight: number;
  /** A line that loosens it; without one it is left out. */
  readonly add?: string;
  /** Which of its weaker forms to take instead; from the last where it is negative. */
  readonly weaker?: number;
}

/** Which settings to loosen for what fails now, the likeliest first. */
export function relaxationsOf(
  failures: readonly NewFailure[],
  settings: readonly TrialSetting[],
  setup: readonly (readonly string[])[],
): readonly Relaxation[] {
  const found = failures.flatMap((failure) =>
    suspects(failure).flatMap(({ key, weight, add, weaker }): Relaxation[] => {
      const at = settings.findIndex((it) => it.name === key);
      const lines = setup[at];
      if (!lines || lines.length === 0) return [];
      if (weaker !== undefined) {
        const next = settings[at]?.weaker.at(weaker);
        return next ? [{ at, evidence: failureText(failure), lines: next, weight }] : [];
      }
      const loosened = add === undefined || lines.includes(add) ? [] : [...lines, add];
      return [{ at, evidence: failureText(failure), lines: loosened, weight }];
    }),
  );
  return found.toSorted((a, b) => b.weight - a.weight);
}

function suspects({ what, error, sight }: NewFailure): readonly Suspect[] {
  if ("path" in what) return ofPath(what.path, error, sight.sample);
  return ofCall(what.call, error, sight.sample);
}

const PLACES: readonly (readonly [place: RegExp, keys: readonly string[]])[] = [
  [/^\/sys\/fs\/cgroup/, ["ProtectControlGroups"]],
  [
    /^\/proc\/(?:sys|sysrq-trigger|latency_stats|acpi|timer_stats|fs|irq)(?:\/|$)/,
    ["ProtectKernelTunables", "ProcSubset"],
  ],
  [/^\/proc\/(?:kmsg|kallsyms|kcore)/, ["ProtectKernelLogs", "ProtectKernelTunables", "ProcSubset"]],
  [/^\/proc/, ["ProtectProc", "ProcSubset"]],
  [/^\/sys/, ["ProtectKernelTunables"]],
  [/^\/dev\/(?:kmsg)/, ["ProtectKernelLogs", "PrivateDevices"]],
  [/^\/dev\/rtc/, ["ProtectClock", "PrivateDevices"]],
  [/^\/dev/, ["PrivateDevices", "DevicePolicy"]],
  [/^\/(?:home|root|run\/user)(?:\/|$)/, ["ProtectHome"]],
  [/^\/(?:var\/)?tmp(?:\/|$)/, ["PrivateTmp"]],
  [/^\/usr\/lib\/modules/, ["ProtectKernelModules"]],
];

function ofPath(path: string, error: string, sample: string): Suspect[] {
  // What hides other processes, or makes files read-only, lets them be.
  const isGone = error === "ENOENT" && isKernelFile(path);
  const placed = isGone ? ["ProcSubset"] : (PLACES.find(([place]) => place.test(path))?.[1] ?? []);
  const suspected = placed.map((key, i): Suspect => ({ key, weight: 90 - i }));
  const folder = ownFolder(path);
  // A folder of all of them would open more than the service asked for.
  const isOwn = (folder === "/tmp" || folder.split("/").length > 2) && canBeListed(folder);
  const open = isOwn ? { add: `ReadWritePaths=${listedWord(folder)}` } : {};
  // Missing in an empty root.
  if (error === "ENOENT" && canBeBound(path))
    suspected.push({ key: "RootDirectory", weight: 80, add: `BindReadOnlyPaths=${listedWord(path)}` });
  if (error === "EROFS") return [...suspected, { key: "ProtectSystem", weight: 80, ...open }];
  return [
    ...suspected,
    { key: "NoExecPaths", weight: 65 },
    ...ofOwner(error, sample),
    { key: "CapabilityBoundingSet", weight: 62 },
    { key: "RestrictSUIDSGID", weight: 50 },
    { key: "User", weight: 40 },
  ];
}

/** What lets root do something with a file of another owner. */
function ofOwner(error: string, sample: string): Suspect[] {
  const [, call = ""] = /^(\w+)\(/.exec(sample) ?? [];
  const asOwner = /chmod/.test(call) ? "CAP_FOWNER" : /chown/.test(call) ? "CAP_CHOWN" : undefined;
  const name = error === "EACCES" ? "CAP_DAC_OVERRIDE" : asOwner;
  return name === undefined ? [] : [{ key: "CapabilityBoundingSet", weight: 63, add: `CapabilityBoundingSet=${name}` }];
}

/** Calls that one setting each answers. */
const CALLS: readonly (readonly [call: RegExp, key: string])[] = [
  [/^(?:mmap2?|mprotect|pkey_mprotect|shmat)$/, "MemoryDenyWriteExecute"],
  [/^(?:unshare|setns|clone3?)$/, "RestrictNamespaces"],
  [/^(?:f?chmod(?:at2?)?|mkdir(?:at)?|mknod(?:at)?|open(?:at2?)?|creat)$/, "RestrictSUIDSGID"],
  [/^sched_set/, "RestrictRealtime"],
  [/^personality$/, "LockPersonality"],
  [/^set(?:host|domain)name$/, "ProtectHostname"],
  [/^(?:clock_settime|clock_adjtime|settimeofday|adjtimex|stime)$/, "ProtectClock"],
  [/^(?:init|finit|delete)_module$/, "ProtectKernelModules"],
  [/^syslog$/, "ProtectKernelLogs"],
  [/^execve(?:at)?$/, "NoNewPrivileges"],
  [/^(?:add_key|keyctl|request_key)$/, "KeyringMode"],
];

function ofCall(call: string, error: string, sample: string): Suspect[] {
  if (/^socket(?:pair)?$/.test(call)) {
    const family = /AF_[A-Z0-9]+/.exec(sample)?.[0];
    const add = family === undefined ? {} : { add: `RestrictAddressFamilies=${family}` };
    return [{ key: "RestrictAddressFamilies", weight: 95, ...add }];
  }
  if (/^set(?:groups|(?:res|re|fs)?gid)(?:32)?$/.test(call))
    return [{ key: "User", weight: 98, weaker: -1 }, ...ofRights(call, error)];
  if (/^set(?:res|re|fs)?uid(?:32)?$/.test(call))
    return [{ key: "User", weight: 97, weaker: 0 }, ...ofRights(call, error)];
  if (call === "ioctl" && /\bSIOC[A-Z]/.test(sample)) {
    const admin = { key: "CapabilityBoundingSet", weight: 95, add: "CapabilityBoundingSet=CAP_NET_ADMIN" };
    return [admin, ...ofRights(call, error)];
  }
  if (call === "capset") {
    const names = [...new Set(sample.match(/\bCAP_[A-Z_]+(?=[|,}\s])/g) ?? [])].join(" ");
    const kept = { key: "CapabilityBoundingSet", weight: 95, add: `CapabilityBoundingSet=${names}` };
    return [...(names === "" ? [] : [kept]), ...ofRights(call, error)];
  }
  return ofRights(call, error);
}

function ofRights(call: string, error: string): Suspect[] {
  const known = CALLS.filter(([pattern]) => pattern.test(call)).map(([, key]) => ({ key, weight: 90 }));
  // A capability answers EPERM; a filter EPERM or, of namespaces, ENOSYS.
  const rights = error === "EPERM" || error === "EACCES" ? [{ key: "CapabilityBoundingSet", weight: 70 }] : [];
  return [
    ...known,
    { key: "SystemCallFilter", weight: 75, add: `SystemCallFilter=${call}` },
    ...rights,
    { key: "PrivateUsers", weight: 61 },
    { key: "PrivateNetwork", weight: 45 },
  ];
}
