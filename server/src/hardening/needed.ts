import { HOMES } from "../needs/homeFolders.ts";
import { configuredReads, configuredRoots, placeOfFact } from "../service/daemonConfiguration.ts";
import type { Facts } from "../service/facts.ts";
import { board, device, graphics, namedDevices } from "../service/hardware.ts";
import { ROOT_CAPABILITIES } from "../service/rootCapabilities.ts";
import { firstMatch, isOn, setting, textOf } from "../service/settings.ts";
import { TOOL_NAMES } from "../service/toolNames.ts";
import { memo } from "../units/memo.ts";
import { isWithin } from "../values/path.ts";
import { wordsNamed } from "./evidence.ts";
import { type NeededBy, neededBy } from "./exclusions.ts";
import type { HardeningDirective } from "./profiles.ts";
import { isReadAbove } from "./settingRead.ts";

/** Words that a list has to let through for a service, and what has to hold besides where the unit alone names them. */
export interface Needed {
  readonly words: readonly string[];
  readonly doubt?: string;
}

/** What a service needs in a list: by its kind, by what its lines grant and start, and by what they name. */
export function neededIn(name: NeededBy, facts: Facts): Needed {
  const ofKind =
    OF_CALLS.has(name) && isReadAbove("kind", name as HardeningDirective, facts) ? [] : neededBy(name, facts.kinds);
  const shown = [...grantedIn(name, facts), ...wordsNamed(name, facts)];
  const words = [...new Set([...ofKind, ...shown])];
  return shown.length === 0 ? { words } : { words, doubt: DOUBTS[name] };
}

/** The lists of what programs ask for by calls: one that is read needs no more than it shows, whatever others of its kind do. */
const OF_CALLS: ReadonlySet<NeededBy> = new Set(["RestrictAddressFamilies", "RestrictNamespaces", "SystemCallFilter"]);

const DOUBTS: Readonly<Record<NeededBy, string>> = {
  RestrictAddressFamilies: "if it opens no sockets of other families",
  SystemCallFilter: "if it makes no calls beyond these",
  CapabilityBoundingSet: "if it needs no other capabilities",
  RestrictNamespaces: "if it makes no other namespaces",
  DeviceAllow: "if it opens no other devices",
  ReadWritePaths: "if it writes nothing else there",
};

/** The calls, by group or name, that a capability is for beyond those of usual services. */
const CALLS_OF: Readonly<Record<string, string>> = {
  CAP_SYS_TIME: "@clock",
  CAP_SYS_MODULE: "@module",
  CAP_SYS_BOOT: "@reboot",
  CAP_SYS_RAWIO: "@raw-io",
  CAP_SYS_PTRACE: "@debug",
  CAP_BPF: "bpf",
  CAP_PERFMON: "perf_event_open",
};

function grantedIn(name: NeededBy, { capabilities, programs }: Facts): readonly string[] {
  switch (name) {
    case "RestrictAddressFamilies":
      return capabilities.includes("CAP_NET_RAW") ? ["AF_PACKET"] : [];
    case "SystemCallFilter":
      return capabilities.flatMap((it) => CALLS_OF[it] ?? []);
    case "CapabilityBoundingSet": {
      const names = programs.flatMap((it) => it.names);
      const gained = firstMatch(names, TOOL_NAMES.gaining) === undefined ? [] : ROOT_CAPABILITIES;
      return firstMatch(names, TOOL_NAMES.pinging) === undefined ? gained : [...gained, "CAP_NET_RAW"];
    }
    default:
      return [];
  }
}

/** The devices that a service opens, where its commands name them all; none where anything else speaks of hardware. */
export const devicesNamed = memo((facts: Facts): readonly string[] => {
  const { unit, capabilities, programs } = facts;
  const named = [...new Set(namedDevices(facts))];
  const isRaw = ["CAP_SYS_RAWIO", "CAP_MKNOD", "CAP_SYS_ADMIN"].some((it) => capabilities.includes(it));
  const hasTerminal = setting(unit, "StandardInput")?.value.startsWith("tty") || textOf(unit, "TTYPath") !== undefined;
  if (isRaw || hasTerminal || isOn(unit, "PrivateDevices") || board(facts) || graphics(facts)) return [];
  // What else a script opens nobody knows, nor what a pattern or specifier stands for.
  if (programs.some((it) => it.script) || !named.every((it) => /^\/dev\/[\w/.:+-]+$/.test(it))) return [];
  return named.includes(device(facts) ?? "") ? named : [];
});

/** The home directories that a service names, where it names no other places of persons. */
export const homesNamed = ({ paths, programPaths, personal, unit }: Facts): readonly string[] => {
  const all = [...programPaths, ...paths].filter((it) => /^(?:\/home|\/root|\/run\/user|~|%h)(?:\/|$)/.test(it));
  if (personal || /^-?~$/.test(textOf(unit, "WorkingDirectory") ?? "")) return [];
  const homes = all.map((it) => /^(?:\/home\/[\w.-]+|\/root)(?=\/|$)/.exec(it)?.[0]);
  return homes.every((it) => it !== undefined) ? [...new Set(homes.flatMap((it) => it ?? []))] : [];
};

/** A place of persons that a daemon only reads by its configuration, with where that stands: `/home/alice/site (site.conf:4)`. */
export function homeServed({ configured }: Facts): string | undefined {
  const served = configuredReads(configured).find(({ value }) => HOMES.some((it) => isWithin(value, it)));
  return served && `${served.value} (${placeOfFact(served)})`;
}

/**
 * The kinds of a service, without what serves applications where the unit shows that these lie outside of homes, or sites where the
 * configuration does.
 */
export function kindsAtHome(facts: Facts): Facts["kinds"] {
  const { unit, programPaths, kinds, configured } = facts;
  const places = [textOf(unit, "WorkingDirectory") ?? "", ...programPaths];
  const isElsewhere = places.some((it) => /^\/(?:opt|srv)\/./.test(it));
  const hasSites = configuredRoots(configured).length > 0 && homeServed(facts) === undefined;
  if (!isElsewhere && !hasSites) return kinds;
  const out = new Set([...(isElsewhere ? ["apps", "worker"] : []), ...(hasSites ? ["web"] : [])]);
  return new Set([...kinds].filter((it) => !out.has(it)));
}
