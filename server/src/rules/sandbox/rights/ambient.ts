import { CAPABILITIES } from "../../../facts/capabilities.ts";
import type { Fix } from "../../../findings/finding.ts";
import type { Rule } from "../../../findings/rule.ts";
import { hasCapability, NO_CAPABILITIES, numberOf, sameSet, without } from "../../../security/capabilitySet.ts";
import { isOwn } from "../../../service/linePlaces.ts";
import { type LoadedUnit, systemService } from "../../../service/loadedUnit.ts";
import { inForce, valuesOf } from "../../../service/settings.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import { splitWords } from "../../../syntax/words.ts";
import type { Span } from "../../../text/span.ts";
import { mergedAssignments } from "../../../units/unit.ts";
import { parseCapability } from "../../../values/capability.ts";

/** Seen with 257: the service starts, and CapAmb in /proc/self/status lacks the capability. */
export const ambientOutside: Rule = {
  code: "sandbox/ambient-outside",
  needs: ["AmbientCapabilities"],
  *check(unit) {
    const subject = systemService(unit);
    if (!subject) return;
    const { ambientSet, boundingSet } = subject.settings;
    if (sameSet(without(ambientSet, boundingSet), NO_CAPABILITIES)) return;
    for (const { capability, span } of ambientWords(subject)) {
      if (hasCapability(boundingSet, capability)) continue;
      const taker = takerOf(subject, capability);
      const name = CAPABILITIES[capability] ?? "";
      yield {
        ...span,
        severity: "warning",
        message: `AmbientCapabilities= cannot grant ${name}: ${taker ?? "CapabilityBoundingSet="} excludes it, and systemd silently ignores it`,
        directive: "AmbientCapabilities",
        fixes: taker === undefined ? addToBoundingSet(subject, name) : [],
      };
    }
  },
};

/** Seen with 257, PrivateUsers=yes and identity: binding port 81, raw sockets and lower nice values are denied. */
export const privateUsers: Rule = {
  code: "sandbox/private-users",
  needs: ["AmbientCapabilities"],
  *check(unit) {
    const subject = systemService(unit);
    if (!subject || subject.settings.privateUsers === "no") return;
    if (mergedAssignments(unit, subject.section, "DelegateNamespaces").length > 0) return;
    for (const { capability, span } of ambientWords(subject)) {
      if (!OF_THE_HOST.has(capability) || !hasCapability(subject.settings.boundingSet, capability)) continue;
      const name = CAPABILITIES[capability] ?? "";
      yield {
        ...span,
        severity: "warning",
        message: `AmbientCapabilities= has no effect for ${name}: with PrivateUsers= it only applies inside the service's own user namespace, not on the host`,
        directive: "AmbientCapabilities",
      };
    }
  },
};

/** Capabilities that the kernel asks for in the user namespace of the host, or of what systemd made there. */
const OF_THE_HOST: ReadonlySet<number> = new Set(
  [
    "CAP_NET_BIND_SERVICE",
    "CAP_NET_ADMIN",
    "CAP_NET_RAW",
    "CAP_SYS_TIME",
    "CAP_SYS_NICE",
    "CAP_SYS_RAWIO",
    "CAP_SYS_MODULE",
    "CAP_SYS_BOOT",
    "CAP_SYS_PACCT",
    "CAP_SYS_TTY_CONFIG",
    "CAP_SYSLOG",
    "CAP_WAKE_ALARM",
    "CAP_BLOCK_SUSPEND",
    "CAP_MKNOD",
    "CAP_IPC_LOCK",
    "CAP_AUDIT_CONTROL",
    "CAP_AUDIT_READ",
    "CAP_AUDIT_WRITE",
  ].map(numberOf),
);

interface AmbientWord {
  readonly capability: number;
  readonly span: Span;
}

/** The words of AmbientCapabilities= in the file that the kernel knows; none where a ~ leaves open what is meant. */
function ambientWords(subject: LoadedUnit): readonly AmbientWord[] {
  const values = valuesOf(subject.unit, "AmbientCapabilities");
  if (values.length === 0 || values.some((it) => it.startsWith("~"))) return [];
  return inForce(subject.unit, "AmbientCapabilities")
    .filter((line) => isOwn(subject.unit, line))
    .flatMap(wordsIn);
}

function wordsIn({ value }: Assignment): AmbientWord[] {
  const found: AmbientWord[] = [];
  for (const word of splitWords(value.text, "quotes").words) {
    const capability = parseCapability(word.value);
    if (capability !== undefined && capability < CAPABILITIES.length)
      found.push({ capability, span: sourceSpan(value, word.from, word.to) });
  }
  return found;
}

/** The switch that takes a capability out of the bounding set, which no list gives back. */
function takerOf({ settings }: LoadedUnit, capability: number): string | undefined {
  const name = CAPABILITIES[capability];
  if (settings.privateDevices && (name === "CAP_MKNOD" || name === "CAP_SYS_RAWIO")) return "PrivateDevices=";
  if (settings.protectKernelModules && name === "CAP_SYS_MODULE") return "ProtectKernelModules=";
  if (settings.protectKernelLogs && name === "CAP_SYSLOG") return "ProtectKernelLogs=";
  if (settings.protectClock && (name === "CAP_SYS_TIME" || name === "CAP_WAKE_ALARM")) return "ProtectClock=";
  return undefined;
}

/** Only where the bounding set is a plain list. */
function addToBoundingSet(subject: LoadedUnit, name: string): readonly Fix[] {
  const lines = mergedAssignments(subject.unit, subject.section, "CapabilityBoundingSet");
  const last = lines.at(-1);
  if (!last || !isOwn(subject.unit, last)) return [];
  if (lines.length > 1 && lines.some((it) => it.text === "")) return [];
  if (lines.some((it) => it.text.startsWith("~"))) return [];
  const at = last.valueSpan.end;
  const newText = last.text === "" ? name : ` ${name}`;
  if (splitWords(last.text + newText, "quotes").words.at(-1)?.value !== name) return [];
  const edits = () => [{ start: at, end: at, newText }];
  return [{ title: `Add ${name} to CapabilityBoundingSet=`, safe: false, edits }];
}
