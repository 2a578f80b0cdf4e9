import type { SignName } from "../program/sign.ts";
import type { NeedName } from "./vocabulary.ts";

/** What in the files of a program speaks of a need. */
export interface NeedInProgram {
  readonly signs: readonly SignName[];
  /**
   * Whether the need is about calls, which stand in the code itself, or about paths, which may also come from what the program is
   * told: its options and its configuration.
   */
  readonly about: "calls" | "paths";
}

/** The needs that files of programs can speak of; of all others they say nothing that runs did not contradict. */
export const NEEDS_IN_PROGRAMS: Readonly<Partial<Record<NeedName, NeedInProgram>>> = {
  clock: { signs: ["clock"], about: "calls" },
  "host-name": { signs: ["hostName"], about: "calls" },
  "kernel-log": { signs: ["kernelLog"], about: "calls" },
  "kernel-modules": { signs: ["modules"], about: "calls" },
  "kernel-settings": { signs: ["kernelSettings"], about: "paths" },
  "control-groups": { signs: ["controlGroups"], about: "paths" },
  namespaces: { signs: ["namespaces"], about: "calls" },
  mounts: { signs: ["mount"], about: "calls" },
  "foreign-programs": { signs: ["personality"], about: "calls" },
  realtime: { signs: ["realtime"], about: "calls" },
  "compiled-code": { signs: ["compiles", "mayCompile", "memoryRights"], about: "calls" },
  "set-uid-files": { signs: ["setuidMode"], about: "calls" },
  hardware: { signs: ["devices", "rawDevices", "deviceNodes"], about: "paths" },
  homes: { signs: ["homes"], about: "paths" },
  "shared-tmp": { signs: ["temporary"], about: "paths" },
  processes: { signs: ["processes", "trace"], about: "paths" },
  "proc-files": { signs: ["procFiles"], about: "paths" },
  "shared-memory": { signs: ["sharedMemory", "posixMemory", "messageQueues"], about: "calls" },
  "privileged-programs": { signs: ["privileged", "pam", "exec"], about: "calls" },
  bpf: { signs: ["bpf"], about: "calls" },
};
