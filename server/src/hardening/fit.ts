import { decisionFor } from "../needs/decided.ts";
import { USUAL_FAMILIES } from "../needs/usualValues.ts";
import { effective } from "../security/effective.ts";
import { directoryLines, otherWrites, roomFor } from "../service/directories.ts";
import { hasEmptyRoot, hasOtherRoot } from "../service/effective.ts";
import type { Facts } from "../service/facts.ts";
import { executables, interprets, packaged, visible } from "../service/origin.ts";
import { isOn, secretIn, setting, textOf } from "../service/settings.ts";
import { lazy } from "../text/tables.ts";
import { DATA_DIRECTORY_SETTINGS } from "../units/directories.ts";
import { memoBy } from "../units/memo.ts";
import { usualCalls } from "./callsRead.ts";
import { evidenceAgainst, isAgainstByWords } from "./evidence.ts";
import { doubtOf, type Excluded, isBeyondOwner, notSafeFor } from "./exclusions.ts";
import { grantedList, openDevices, withPaths } from "./granted.ts";
import { HINTS, type Hint } from "./hints.ts";
import { hasReadOnlyRoot, isLocked, KEEP_RUN, opensRun } from "./locked.ts";
import { homeServed, homesNamed, kindsAtHome, neededIn } from "./needed.ts";
import { allowsOnlyUnix, localPeers, namedPorts, usesNetwork } from "./networkUse.ts";
import type { HardeningDirective, Profile, Row } from "./profiles.ts";
import { hasNoModules, placesOwned } from "./rights.ts";
import { excludedIn, isReadAbove, settingRead } from "./settingRead.ts";
import { inUserUnit } from "./userUnits.ts";
import {
  closedFiles,
  configurationOf,
  deniedCalls,
  otherPlaces,
  ownMemory,
  processesAlone,
  type RowChoice,
  rootCapabilities,
  usersAlone,
  wasTried,
  writesToUsualPlaces,
} from "./weaker.ts";
import { declaresItsWrites, ownWrittenPlace } from "./writes.ts";

/** How a row fits a service. */
export interface Fit {
  /** The strict value, for the fix of its own. */
  readonly value: string;
  /** Lines that belong to the strict value, such as `SystemCallErrorNumber=EPERM`. */
  readonly lines: readonly string[];
  /** Whether the strict value is safe for this service. */
  readonly safe: boolean;
  /** The value that is safe for this service, the strict one included; undefined where none is. */
  readonly safeValue: string | undefined;
  /** What speaks against the setting in this service, the end of a sentence; undefined where nothing does. */
  readonly against?: string;
  /** Lines that make room for a stricter value, such as `StateDirectory=foo`. */
  readonly with: readonly string[];
  /** What has to hold for the safe value, however well the unit shows what it is: "if" and a clause. */
  readonly doubt?: string;
}

/** How a row fits a service that gets a profile, whatever the unit sets already. */
export function fitOf(row: Row, facts: Facts, profile: Profile = "basic"): Fit {
  const against = objection(row.directive, facts);
  const own = SPECIAL_CASES[row.directive]?.(facts, profile) ?? { safeValue: row.value };
  const value = own.value ?? row.value;
  const safeValue = against === undefined ? own.safeValue : undefined;
  const doubt = own.doubt ?? doubtOf(row.directive, facts.kinds, wasTried(facts));
  return {
    value,
    lines: opensRun(row.directive, facts.unit) ? [...(own.lines ?? []), KEEP_RUN] : (own.lines ?? []),
    safe: safeValue === value,
    safeValue,
    with: own.with ?? [],
    ...(against === undefined ? (doubt === undefined ? {} : { doubt }) : { against }),
  };
}

/** Whether the row has something to say here: nobody wants to hear what cannot work, or of directories that are not used. */
export function isOffered(row: Row, facts: Facts): boolean {
  if (row.directive === "MemoryDenyWriteExecute") return !facts.kinds.has("jit");
  if (row.directive === "PrivateNetwork") return !usesNetwork(facts);
  // The stricter setting of the two brings the other along.
  if (row.directive === "DevicePolicy")
    return isBarred("PrivateDevices", facts) || setting(facts.unit, "PrivateDevices")?.value === "no";
  const directory = DATA_DIRECTORY_SETTINGS.some((it) => it === row.directive);
  return !directory || (facts.unit.path.scope === "system" && directoryLine(row.directive, facts) !== undefined);
}

/** What speaks against every value of a setting: what the service is and shows, then what the user manager cannot promise. */
export function objection(name: HardeningDirective, facts: Facts): string | undefined {
  return serviceObjection(name, facts) ?? (facts.unit.path.scope === "user" ? inUserUnit(name, facts.unit) : undefined);
}

/** The same of the service alone, whoever's manager runs it: its kind of program first, then what the unit shows, then what it names. */
export function serviceObjection(name: HardeningDirective, facts: Facts): string | undefined {
  const decision = decisionFor(facts, name);
  if (decision?.kind === "withheld") return `not safe here: ${decision.reason}`;
  // What a kind of programs may need, and what words make one think of, its owner knows.
  const isStated = decision !== undefined && ![...facts.kinds].some(isBeyondOwner);
  const isBare = name === "CapabilityBoundingSet" && !facts.privileged && neededIn(name, facts).words.length === 0;
  const bare = isBare ? ("CapabilityBoundingSet=" as const) : name;
  const kinds = name === "ProtectHome" ? kindsAtHome(facts) : facts.kinds;
  const kind = excludedIn(facts, name, kinds) ?? excludedIn(facts, bare, kinds);
  if (kind !== undefined && !isStated && !isReadAbove("kind", name, facts)) return notSafeFor(kind);
  for (const hint of HINTS_ABOUT().get(name) ?? []) {
    const seen = seenBy(facts, hint);
    if (seen !== undefined) return `${hint.idle ? "without effect" : "not safe"} here: ${seen}`;
  }
  const evidence = isStated ? undefined : evidenceAgainst(name, facts);
  const isShown = isAgainstByWords(name, facts) && isReadAbove("words", name, facts);
  if (evidence !== undefined && !isShown && !hasNoModules(name, facts)) return `not safe here: ${evidence}`;
  if (hasReadOnlyRoot(facts.unit) && opensRun(name, facts.unit))
    return "not safe here: with it ReadOnlyPaths=/ no longer covers /dev, /run and /sys";
  if (name === "NoExecPaths" && hasEmptyRoot(facts.unit))
    return "not safe here: with it systemd ignores TemporaryFileSystem=/";
  return undefined;
}

/** Whether nothing speaks against a strict value where the weaker one holds. */
const bears = (name: Excluded, facts: Facts, kinds = facts.kinds): boolean =>
  excludedIn(facts, name, kinds) === undefined && evidenceAgainst(name, facts) === undefined;

/** The hints that speak about a setting, in their order. */
const HINTS_ABOUT = lazy(() => {
  const about = new Map<HardeningDirective, Hint[]>();
  for (const hint of HINTS) for (const it of new Set(hint.blocks)) about.set(it, [...(about.get(it) ?? []), hint]);
  return about;
});

/** What a hint sees in a service, looked for once for all rows. */
const seenBy = memoBy((facts: Facts, hint: Hint): string | undefined => hint.seen(facts));

const COMPILES = { doubt: "if none of its libraries compiles code while it runs" };

const SPECIAL_CASES: Partial<Record<HardeningDirective, (facts: Facts, profile: Profile) => RowChoice>> = {
  ProtectSystem: (facts, profile) => {
    // There strict closes the home of its user, too.
    if (facts.unit.path.scope === "user") return { safeValue: "full" };
    const isStrict = bears("ProtectSystem=strict", facts);
    const ofKind = bears("ProtectSystem=full", facts) ? [] : configurationOf(facts);
    const written = ownWrittenPlace(facts);
    const own = [...new Set([...ofKind, ...placesOwned(facts), ...(written === undefined ? [] : [`-${written}`])])];
    if (written !== undefined)
      return {
        safeValue: "full",
        lines: [`ReadWritePaths=${own.join(" ")}`],
        doubt: `if it writes only ${written} there`,
      };
    const writable = own.length > 0 ? [`ReadWritePaths=${own.join(" ")}`] : [];
    const room = withPaths(roomFor(facts, "ReadWritePaths"), own);
    if (isStrict && declaresItsWrites(facts)) return { safeValue: "strict", lines: writable, with: room };
    if (profile === "basic" || !isStrict || !writesToUsualPlaces(facts))
      return { safeValue: "full", lines: writable, with: room };
    const temporary = isBarred("PrivateTmp", facts) ? ["-/tmp"] : [];
    const open = ["-/var", "-/run", ...temporary, ...own].join(" ");
    return { safeValue: "strict", lines: [`ReadWritePaths=${open}`], ...otherPlaces(facts) };
  },
  ProtectHome: (facts) => {
    const scripted = facts.kinds.has("jit") || interprets(facts);
    const isBorne = bears("ProtectHome=tmpfs", facts, kindsAtHome(facts)) && homeServed(facts) === undefined;
    const isAlone = !facts.privileged && packaged(facts) && facts.user !== undefined;
    const quiet = !scripted && (isAlone || settingRead("ProtectHome", facts, "tmpfs")?.says === "for");
    const homes = homesNamed(facts);
    if (homes.length > 0)
      return {
        safeValue: "read-only",
        lines: [`ReadWritePaths=${homes.map((it) => `-${it}`).join(" ")}`],
        doubt: `if it writes in no homes but ${homes.join(" and ")}`,
      };
    return { safeValue: quiet && isBorne ? "tmpfs" : "read-only" };
  },
  // It makes a list of devices that holds the clock alone.
  ProtectClock: (facts) => ({ safeValue: "yes", ...(isOn(facts.unit, "PrivateDevices") ? {} : openDevices(facts)) }),
  RestrictNamespaces: (facts) => grantedList("RestrictNamespaces", [], facts, "yes"),
  RestrictAddressFamilies: (facts) => grantedList("RestrictAddressFamilies", USUAL_FAMILIES, facts),
  DevicePolicy: (facts) => ({ safeValue: "closed", ...openDevices(facts) }),
  PrivateBPF: () => ({ safeValue: "yes", doubt: "if it shares no BPF programs or maps with others" }),
  // Root may start programs as users who gain rights by them, unless its own programs start none.
  NoNewPrivileges: (facts) =>
    facts.privileged && settingRead("NoNewPrivileges", facts, "yes")?.says !== "for" ? {} : { safeValue: "yes" },
  SystemCallFilter: (facts) => ({
    lines: [...deniedCalls(facts), "SystemCallErrorNumber=EPERM"],
    ...(packaged(facts) ? grantedList("SystemCallFilter", usualCalls(facts), facts) : {}),
  }),
  MemoryDenyWriteExecute: (facts) =>
    packaged(facts) ? { safeValue: "yes", ...(interprets(facts) ? COMPILES : {}) } : {},
  CapabilityBoundingSet: (facts) => {
    const low = facts.lowPort === undefined ? [] : ["CAP_NET_BIND_SERVICE"];
    const { words, doubt } = neededIn("CapabilityBoundingSet", facts);
    const value = [...new Set([...facts.ambient, ...low, ...words])].join(" ");
    const isUsers = !facts.privileged && (facts.user !== undefined || facts.dynamic);
    const rootless = isUsers && textOf(facts.unit, "PAMName") === undefined;
    if (!rootless || facts.personal) return { value, ...rootCapabilities(facts) };
    return { value, safeValue: value, ...(doubt === undefined ? {} : { doubt }) };
  },
  PrivateUsers: usersAlone,
  UMask: closedFiles,
  RemoveIPC: ownMemory,
  DynamicUser: ({ unit }) => ({ with: directoryLines(unit) }),
  ProcSubset: processesAlone,
  PrivateNetwork: (facts) => (allowsOnlyUnix(facts) ? { safeValue: "yes" } : {}),
  IPAddressDeny: localPeers,
  SocketBindDeny: namedPorts,
  NoExecPaths: (facts, profile) => {
    const own = packaged(facts) && !facts.kinds.has("jit") && !interprets(facts) && !hasOtherRoot(facts.unit);
    return { lines: execLines(facts, own, profile), ...(own ? { safeValue: "/" } : {}) };
  },
  TemporaryFileSystem: (facts) => {
    const notify = textOf(facts.unit, "Type")?.startsWith("notify") ? " /run/systemd/notify" : "";
    const lines = [
      `BindReadOnlyPaths=${visible(facts, otherWrites(facts)).join(" ")}${notify}`,
      ...roomFor(facts, "BindPaths"),
      "MountAPIVFS=yes",
    ];
    return { lines };
  },
  StateDirectory: (facts) => directoryChoice("StateDirectory", facts),
  CacheDirectory: (facts) => directoryChoice("CacheDirectory", facts),
  LogsDirectory: (facts) => directoryChoice("LogsDirectory", facts),
  RuntimeDirectory: (facts) => directoryChoice("RuntimeDirectory", facts),
  LoadCredential: ({ unit }) => ({ value: secretIn(unit)?.name.toLowerCase() ?? "NAME" }),
};

/**
 * The lines with which programs still run below NoExecPaths=/. What has an entry of its own is left out where the
 * directory above is made read-only: it becomes writable (seen with 257), unless it is bound read-only.
 */
function execLines(facts: Facts, packagedOnly: boolean, profile: Profile): readonly string[] {
  const { unit } = facts;
  const { protectSystem } = effective(unit).settings;
  const listed = packagedOnly ? "/usr" : executables(facts);
  const locked = isLocked(unit) || becomesStrict(facts, profile);
  const bound = locked || (protectSystem !== "no" && !packagedOnly);
  const plus = hasOtherRoot(unit) ? listed.replace(/(?<=^|\s)(-?)(?=\/)/g, "$1+") : listed;
  return [`ExecPaths=${plus}`, ...(bound && !hasOtherRoot(unit) ? [`BindReadOnlyPaths=${listed}`] : [])];
}

/** Whether the profile makes the whole file system read-only. */
function becomesStrict(facts: Facts, profile: Profile): boolean {
  const safeValue = isBarred("ProtectSystem", facts)
    ? undefined
    : SPECIAL_CASES.ProtectSystem?.(facts, profile).safeValue;
  return safeValue === "strict";
}

const directoryChoice = (name: HardeningDirective, facts: Facts): RowChoice => ({
  value: directoryLine(name, facts)?.slice(name.length + 1) ?? "NAME",
});

const directoryLine = (name: HardeningDirective, facts: Facts): string | undefined =>
  directoryLines(facts.unit).find((it) => it.startsWith(`${name}=`));

/** Whether something speaks against a setting in a service. */
export const isBarred = (name: HardeningDirective, facts: Facts): boolean => objection(name, facts) !== undefined;
