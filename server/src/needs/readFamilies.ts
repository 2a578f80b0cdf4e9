import type { ProgramReading, ProgramSign } from "../program/reading.ts";
import { type ReadDecision, speaksAgainst } from "./readDecision.ts";
import { isWholeScript, programName, readSigns } from "./readNeed.ts";

/**
 * What the files of a program say of a list of families of sockets. They say nothing where a family stands in a variable, as most that
 * resolve names have it, or where others are started.
 */
export function readFamilies(
  reading: ProgramReading,
  allowed: readonly string[],
  isPrivileged: boolean,
): ReadDecision | undefined {
  const own = reading.files.filter((it) => it.own);
  for (const { path, signs } of own) {
    const other = signs.find((it) => opensOther(it, allowed));
    if (other) return speaksAgainst(other, path);
  }
  // What else could hide a call of socket() is the same for any sign.
  const rest = readSigns(reading, { signs: [], opensWhere: "startsOthers" }, isPrivileged);
  const isVariable = own.some(({ signs }) => signs.some((it) => it.sign === "socketKind" && it.form === "call"));
  // Programs of Go call their own functions, whose families are not followed.
  const isSeen = rest?.says === "no" || (rest?.says === "silent" && isWholeScript(reading));
  if (!isSeen || isVariable || own.some((it) => it.form === "go")) return undefined;
  return { says: "for", grade: "read", reason: `nothing in ${programName(reading)} opens sockets of other families` };
}

/** Whether a sign is a socket of a family that is not allowed: those of raw packets of the internet are of a usual one. */
function opensOther({ sign, form, what }: ProgramSign, allowed: readonly string[]): boolean {
  if (sign === "packets" && (form === "library" || form === "call")) return !allowed.includes("AF_PACKET");
  if (sign === "families") return true;
  if (form === "library" && what.startsWith("libbluetooth.")) return !allowed.includes("AF_BLUETOOTH");
  const isFamily = form === "constant" && /^(?:[AP]F_|family )/.test(what);
  const isOfSocket = sign === "packets" || sign === "socket" || sign === "netlink";
  return isFamily && isOfSocket && !allowed.includes(what.replace(/^PF_/, "AF_"));
}
