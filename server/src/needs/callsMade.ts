import { CALL_SIGNS } from "../program/native/nativeTable.ts";
import type { ProgramReading } from "../program/reading.ts";
import type { SignName } from "../program/sign.ts";
import { silenceAbout } from "./readCalls.ts";
import { signText } from "./readDecision.ts";
import { readSigns } from "./readNeed.ts";

/** Calls that nearly all programs make, which says nothing of what one was refused. */
const OF_ALL: ReadonlySet<SignName> = new Set(["bind", "memoryRights", "socket"]);

const purposesOf = (calls: readonly string[]): readonly SignName[] => [
  ...new Set(calls.flatMap((it) => CALL_SIGNS.get(it) ?? []).filter((it) => !OF_ALL.has(it))),
];

/** Where the own code of a program makes one of some system calls, or another one for the same purpose: `zorbd calls setuid()`. */
export function callMade({ files }: ProgramReading, calls: readonly string[]): string | undefined {
  const purposes = purposesOf(calls);
  const made = files.flatMap(({ own, path, signs }) =>
    own ? signs.filter((it) => it.form === "call" && purposes.includes(it.sign)).map((sign) => ({ sign, path })) : [],
  );
  const found = made.find((it) => calls.includes(it.sign.what)) ?? made[0];
  return found && signText(found.sign, found.path);
}

/** `nothing in zorbd mounts file systems`, where it makes no call for the purpose of some, and starts nothing that could. */
export function noCallMade(
  reading: ProgramReading,
  calls: readonly string[],
  isPrivileged: boolean,
): string | undefined {
  const signs = purposesOf(calls);
  if (signs.length === 0 || readSigns(reading, { signs, opensWhere: "starts" }, isPrivileged)?.says !== "no")
    return undefined;
  return silenceAbout(reading, signs);
}

/** The functions that the own code of a program calls, as far as they are signs, each once. */
export const callNames = ({ files }: ProgramReading): readonly string[] => [
  ...new Set(
    files.flatMap(({ own, signs }) => (own ? signs.flatMap((it) => (it.form === "call" ? it.what : [])) : [])),
  ),
];
