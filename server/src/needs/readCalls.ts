import type { ProgramReading } from "../program/reading.ts";
import { SIGNS, type SignName } from "../program/sign.ts";
import type { NeedInProgram } from "./programSigns.ts";
import { lastPartOf, readSigns } from "./readNeed.ts";

/** The groups of system calls of which all that programs make stands in their imports. */
const GROUPS: Readonly<Record<string, readonly SignName[]>> = {
  "@clock": ["clock"],
  "@debug": ["trace"],
  "@module": ["modules"],
  "@mount": ["mount", "chroot"],
  "@raw-io": ["rawDevices"],
};

/** Calls besides that are not among those of usual services, as far as programs make them. */
const UNUSUAL: NeedInProgram = { signs: ["kernelLog", "hostName", "bpf", "kernelSettings"] };

/** Whether a program makes no calls by its own code but those of usual services, `@system-service`; the reason is the end of a sentence. */
export function makesUsualCalls(reading: ProgramReading, isPrivileged: boolean): string | undefined {
  const read = readCalls(reading, isPrivileged);
  const isUsual = readSigns(reading, UNUSUAL, isPrivileged)?.says === "no";
  return isUsual && read?.groups.length === Object.keys(GROUPS).length ? read.reason : undefined;
}

/** What the files of a program say of groups of system calls. */
export interface ReadCalls {
  /** Those that its own code makes none of, sorted. */
  readonly groups: readonly string[];
  /** The end of a sentence. */
  readonly reason: string;
}

/** The groups of calls that a program does not make by its own code; undefined where none is known. */
export function readCalls(reading: ProgramReading, isPrivileged: boolean): ReadCalls | undefined {
  const unused = Object.entries(GROUPS).filter(
    ([, signs]) => readSigns(reading, { signs }, isPrivileged)?.says === "no",
  );
  const own = reading.files.find((it) => it.own && it.form !== "configuration");
  if (unused.length === 0 || !own) return undefined;
  const does = unused.flatMap(([, signs]) => signs.map((it) => SIGNS[it]));
  const last = does.pop();
  const listed = does.length > 0 ? `${does.join(", ")} or ${last}` : last;
  return { groups: unused.map(([name]) => name), reason: `nothing in ${lastPartOf(own.path)} ${listed}` };
}
