import { headingOf } from "../service/settingGroups.ts";
import type { Unit } from "../units/unit.ts";
import { mergedDirectives } from "../units/unit.ts";

/** Settings of the sandbox that decide as well what a service was seen to need. */
const OF_THE_RUN = /^(?:DynamicUser|LoadCredential)$/;
/** Settings of the sandbox that have no group of their own. */
const OF_THE_SANDBOX = /^(?:SystemCallErrorNumber|KeyringMode|MountFlags|\w+Directory(?:Mode|Preserve))$/;

/** Settings of when a service runs and ends, and of what it gets of the machine, which change nothing about what it needs. */
const OF_NO_NEED =
  /^(?:(?:Restart|Timeout|OOM|CPU(?!Sched)|IO|Memory|Tasks|StartupCPU|StartupIO|Kill|SendSIG|Limit(?!RT))\w*|Nice|Slice|SuccessExitStatus|SyslogIdentifier)$/;

/**
 * A digest of what a service runs and as whom, with all that decides what it needs: the same as long as only its sandbox
 * changes, so that what is learnt may be written into the unit. It distinguishes changes, and resists no attack. `without`
 * leaves out more settings.
 */
export function unitDigest(unit: Unit, without: ReadonlySet<string> = NONE): string {
  const lines = [...mergedDirectives(unit, "Service")]
    .filter(([key]) => OF_THE_RUN.test(key) || headingOf(key).heading === "Other restrictions")
    .filter(([key]) => !OF_THE_SANDBOX.test(key) && !OF_NO_NEED.test(key) && !without.has(key))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, nodes]) => `${key}=${nodes.map((it) => it.text).join("\n")}`);
  return hash(lines.join("\0"));
}

const NONE: ReadonlySet<string> = new Set();

/** Two rounds of FNV-1a over the UTF-16 units, as 16 hexadecimal digits. */
export function hash(text: string): string {
  const round = (start: number): string => {
    let value = start;
    for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
    return (value >>> 0).toString(16).padStart(8, "0");
  };
  return round(0x811c9dc5) + round(0x1f83d9ab);
}
