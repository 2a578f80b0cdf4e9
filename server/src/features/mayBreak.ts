import type { DirectiveName } from "../catalog/catalog.ts";
import { removeEach } from "../findings/edits.ts";
import { fitOf } from "../hardening/fit.ts";
import { contradictionOf } from "../hardening/learntAgainst.ts";
import { type MissingSetting, missingSettings } from "../hardening/missingSettings.ts";
import { usesNetwork } from "../hardening/networkUse.ts";
import { type HardeningDirective, ROWS } from "../hardening/profiles.ts";
import { unbearable, unbearableNamed } from "../hardening/reasons.ts";
import { WEAK_TO_STRONG } from "../hardening/weakToStrong.ts";
import { factsOf } from "../service/facts.ts";
import { textOf } from "../service/settings.ts";
import { assignmentsOf, type Unit } from "../units/unit.ts";
import { afterEdits } from "./gain.ts";

/** What speaks against a change of a unit, as sentences. */
export interface Caution {
  /** Why it is not safe in this unit; missing where nothing is known against it. */
  readonly against?: string;
  /** What has to hold for it, where nothing is known against it and nothing for it. */
  readonly doubt?: string;
  /** What may stop working. */
  readonly breaks: string;
  /** How that failure shows, where it is not part of the same sentence. */
  readonly shows?: string;
}

/** Settings whose single words the checks look at: what speaks against the whole list may be no matter for one of them. */
const BY_WORD: ReadonlySet<DirectiveName> = new Set([
  "CapabilityBoundingSet",
  "SystemCallFilter",
  "RestrictAddressFamilies",
]);

/** Settings that no profile asks for. */
const OTHERS: Partial<Record<DirectiveName, string>> = {
  AmbientCapabilities: "Operations with these capabilities fail, such as opening a port below 1024.",
  Delegate: "Programs that create cgroups below their own, such as container managers, fail.",
  DeviceAllow: "Devices other than /dev/null and similar ones cannot be opened, unless DeviceAllow= names them.",
  KeyringMode: "Keys of the service manager or of other services of the user are not found.",
  NotifyAccess:
    "Messages from processes other than the main one are ignored: the readiness notification may never arrive.",
  PrivateMounts: "Mounts that the service makes are not visible to other programs.",
};

/** What a reader has to weigh before the fix of a check; `fix` is the line that it adds. */
export function cautionOf(unit: Unit, directive: DirectiveName, fix: string): Caution {
  const subject: DirectiveName = directive === "User" ? "DynamicUser" : directive;
  const row = ROWS.find((it) => it.directive === subject);
  const own = wordBreaks(unit, directive, fix) ?? OTHERS[subject];
  const against = reasonAgainst(unit, subject, fix);
  return {
    breaks: own ?? row?.breaks ?? "",
    ...(own === undefined && row ? { shows: row.shows } : {}),
    ...(against === undefined ? doubtOf(unit, subject) : { against: sentence(against) }),
  };
}

function reasonAgainst(unit: Unit, directive: DirectiveName, fix: string): string | undefined {
  const facts = factsOf(unit);
  if (OFFLINE.test(fix) && usesNetwork(facts)) return "not safe here: the service uses the network";
  if (BY_WORD.has(directive)) return contradictionOf(unit, directive, fix);
  if (directive === "MemoryDenyWriteExecute" && facts.kinds.has("jit"))
    return "not safe here: the program has a JIT compiler";
  const gap = missingOf(unit, directive);
  if (gap?.fit.against !== undefined || gap?.status.kind !== "weak") return gap?.fit.against;
  return `the unit sets ${gap.status.node.key}=${gap.status.node.text}, perhaps intentionally`;
}

function doubtOf(unit: Unit, directive: DirectiveName): Pick<Caution, "doubt"> {
  const doubt = BY_WORD.has(directive) ? undefined : likelihood(missingOf(unit, directive));
  return doubt === undefined ? {} : { doubt };
}

/** What a service lacks of a setting; undefined where it lacks nothing. */
const missingOf = (unit: Unit, name: string): MissingSetting | undefined =>
  missingSettings(unit, "isolated").gaps.find(({ row }) => row.directive === name);

function likelihood(gap: MissingSetting | undefined): string | undefined {
  if (gap?.confidence?.grade !== "likely") return undefined;
  return `Likely to be safe, ${gap.confidence.reason}: unit-warden try --likely tests it on the machine.`;
}

/** Why a service that has not the strictest value of a setting cannot bear it, the end of a sentence; undefined where nothing speaks against it. */
export function refusalOf(unit: Unit, name: HardeningDirective): string | undefined {
  const facts = factsOf(unit);
  const row = ROWS.find((it) => it.directive === name);
  return row && unbearable(missingOf(unit, name) ?? { row, fit: fitOf(row, facts) }, facts);
}

/** Whether a service bears a setting that it has not or holds weakly, as a sentence; undefined where nothing speaks against it. */
export function bearing(unit: Unit, name: string): string | undefined {
  const gap = missingOf(unit, name);
  const against = gap && unbearableNamed(gap, factsOf(unit));
  return against === undefined ? likelihood(gap) : sentence(against);
}

/**
 * The same of one value that could be set, whatever the unit says now; undefined also where the value is one that the
 * service is known to bear, or that switches the setting off. Of lists nothing is said: a word of one may be no matter.
 */
export function bearingOf(unit: Unit, name: DirectiveName, value: string): string | undefined {
  if (BY_WORD.has(name) || OFF.test(value)) return undefined;
  const lines = assignmentsOf(unit, "Service", name);
  const without = lines.length === 0 ? unit : afterEdits(unit, removeEach(unit.file, lines));
  const gap = missingOf(without, name);
  if (!gap) return undefined;
  const steps = WEAK_TO_STRONG[gap.row.directive] ?? [];
  const borne = gap.fit.safeValue ?? gap.confidence?.value;
  const isStronger = borne === undefined || steps.indexOf(value) > steps.indexOf(borne);
  const against = isStronger ? unbearable(gap, factsOf(without)) : undefined;
  if (against !== undefined) return sentence(against);
  return gap.confidence?.value === value ? likelihood(gap) : undefined;
}

/** Values that take nothing from a service. */
const OFF = /^(?:|no|n|false|f|off|0|default|all|inherit|auto|none)$/i;

/** Lines that end all connections over the network. */
const OFFLINE = /^(?:PrivateNetwork=yes|IPAddressDeny=any|RestrictAddressFamilies=~AF_INET AF_INET6)$/;

function wordBreaks(unit: Unit, directive: DirectiveName, fix: string): string | undefined {
  if (!BY_WORD.has(directive)) return undefined;
  const words = fix.slice(fix.indexOf("=") + 1);
  const names = words.replace(/^~/, "").split(" ");
  const listed = names.length < 2 ? names.join() : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
  switch (directive) {
    case "CapabilityBoundingSet":
      return `Operations of the service, or of its child processes, that need ${listed} fail with EPERM.`;
    case "SystemCallFilter": {
      const error = textOf(unit, "SystemCallErrorNumber");
      return error === undefined
        ? `A call of ${listed} kills the program with SIGSYS.`
        : `Calls of ${listed} fail with ${error}.`;
    }
    default:
      return words.startsWith("~")
        ? `Sockets of ${listed} cannot be created.`
        : "Sockets of other families cannot be created.";
  }
}

const sentence = (words: string): string => `${words[0]?.toUpperCase()}${words.slice(1)}.`;

/** Why no button is offered for a check that failed and has no single line that passes it. */
export function noLineReason(id: string, userService: boolean, hasFix: boolean): string {
  if (hasFix && userService) return "In a user service this setting fails or has no effect.";
  return NO_LINE[id] ?? "No single line of this file improves it.";
}

const NO_LINE: Readonly<Record<string, string>> = {
  UserOrDynamicUser: "Give it its own user with User=.",
  SupplementaryGroups: "Remove groups that it does not need from SupplementaryGroups=.",
  RootDirectoryOrRootImage: "Its own root directory needs several settings, and files prepared for it.",
  RestrictAddressFamilies_OTHER: "List the families that it needs in RestrictAddressFamilies=, without ~.",
  SystemCallArchitectures: "Set SystemCallArchitectures= to native only.",
  IPAddressDeny: "Remove addresses that it does not need from IPAddressAllow=.",
  DeviceAllow: "Remove devices that it does not need from DeviceAllow=.",
};
