import type { ProgramReading } from "../program/reading.ts";
import type { NeedInProgram } from "./programSigns.ts";
import { lastPartOf, readSigns } from "./readNeed.ts";

/** The groups of system calls of which all that programs make stands in their imports, and what it does, the end of a sentence. */
const GROUPS: Readonly<Record<string, NeedInProgram & { readonly does: string }>> = {
  "@clock": { signs: ["clock"], does: "sets the clock" },
  "@debug": { signs: ["trace"], does: "traces others" },
  "@module": { signs: ["modules"], does: "loads kernel modules" },
  "@mount": { signs: ["mount", "chroot"], does: "mounts or changes its root" },
  "@raw-io": { signs: ["rawDevices"], does: "talks to hardware directly" },
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
  const unused = Object.entries(GROUPS).filter(([, row]) => readSigns(reading, row, isPrivileged)?.says === "no");
  const own = reading.files.find((it) => it.own && it.form !== "configuration");
  if (unused.length === 0 || !own) return undefined;
  const does = unused.map(([, it]) => it.does);
  const last = does.pop();
  const listed = does.length > 0 ? `${does.join(", ")} or ${last}` : last;
  return { groups: unused.map(([name]) => name), reason: `nothing in ${lastPartOf(own.path)} ${listed}` };
}
