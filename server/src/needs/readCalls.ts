import { callsOf } from "../facts/systemCalls.ts";
import { NEWEST_VERSION } from "../facts/version.ts";
import type { ProgramReading } from "../program/reading.ts";
import { SIGNS, type SignName } from "../program/sign.ts";
import { programName, readSigns } from "./readNeed.ts";

/** The groups of system calls of which all that programs make stands in their imports. */
const GROUPS: Readonly<Record<string, readonly SignName[]>> = {
  "@clock": ["clock"],
  "@debug": ["trace", "administration"],
  "@module": ["modules"],
  "@mount": ["mount", "chroot"],
  "@raw-io": ["rawDevices"],
};

/** What calls show that are not those of usual services, as far as programs make them. */
const UNUSUAL: readonly SignName[] = [
  ...new Set(Object.values(GROUPS).flat()),
  ...(["administration", "kernelLog", "hostName", "bpf", "kernelSettings"] as const),
];

/** What a list allows besides by a word of it: of administration only what @debug has of it. */
const ALLOWED: Readonly<Record<string, readonly SignName[]>> = {
  ...GROUPS,
  "@debug": ["trace"],
  chroot: ["chroot"],
  bpf: ["bpf"],
  syslog: ["kernelLog"],
};

/**
 * Whether a program makes no calls by its own code but those of usual services, `@system-service`, and those of some more words of a
 * list; the reason is the end of a sentence.
 */
export function makesUsualCalls(
  reading: ProgramReading,
  isPrivileged: boolean,
  more: readonly string[],
): string | undefined {
  const allowed = new Set(more.flatMap((it) => ALLOWED[it] ?? []));
  const signs = UNUSUAL.filter((it) => !allowed.has(it));
  if (readSigns(reading, { signs }, isPrivileged)?.says !== "no") return undefined;
  const seldom = seldomCalls(reading, isPrivileged).flatMap((it) => SELDOM[it] ?? []);
  return silenceAbout(reading, [...new Set([...signs, ...seldom])]);
}

/** Which of some groups hold no call that stands in own code of a program, in their order. */
export const groupsNotCalled = (reading: ProgramReading, groups: readonly string[]): readonly string[] => {
  const own = reading.files.flatMap((it) => (it.own ? it.signs : []));
  const called = new Set(own.flatMap(({ form, what }) => (form === "call" ? what : [])));
  return groups.filter((group) => [...(callsOf(group, NEWEST_VERSION) ?? [])].every((it) => !called.has(it)));
};

/** What the files of a program say of groups of system calls. */
export interface ReadCalls {
  /** Those that its own code makes none of, sorted. */
  readonly groups: readonly string[];
  /** The end of a sentence. */
  readonly reason: string;
}

/** Groups with calls of usual services, which few of these make, and the signs of all that stands in them. */
const SELDOM: Readonly<Record<string, readonly SignName[]>> = {
  "@privileged": [...UNUSUAL.filter((it) => it !== "trace"), "capabilities", "chown", "setuid"],
  "@resources": ["affinity", "nice", "realtime"],
};

/**
 * The groups of usual calls that neither a program nor what it starts makes, sorted: what it starts is bound by the same filter, so
 * that nothing is known where it starts any.
 */
export const seldomCalls = (reading: ProgramReading, isPrivileged: boolean): readonly string[] =>
  Object.entries(SELDOM)
    .filter(([, signs]) => readSigns(reading, { signs, opensWhere: "starts" }, isPrivileged)?.says === "no")
    .map(([name]) => name);

/** The groups of calls that a program does not make by its own code; undefined where none is known. */
export function readCalls(reading: ProgramReading, isPrivileged: boolean): ReadCalls | undefined {
  const unused = Object.entries(GROUPS).filter(
    ([, signs]) => readSigns(reading, { signs }, isPrivileged)?.says === "no",
  );
  if (unused.length === 0) return undefined;
  const seldom = seldomCalls(reading, isPrivileged).flatMap((it) => SELDOM[it] ?? []);
  const signs = [...new Set([...unused.flatMap(([, it]) => it), ...seldom])];
  return { groups: unused.map(([name]) => name), reason: silenceAbout(reading, signs) };
}

/** `nothing in zorbd mounts file systems or changes its root directory`. */
export function silenceAbout(reading: ProgramReading, signs: readonly SignName[]): string {
  const does = signs.map((it) => SIGNS[it]);
  const last = does.pop();
  return `nothing in ${programName(reading)} ${does.length > 0 ? `${does.join(", ")} or ${last}` : last}`;
}
