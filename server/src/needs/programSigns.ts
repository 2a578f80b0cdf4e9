import type { SignName } from "../program/sign.ts";
import type { NeedName } from "./vocabulary.ts";

/** What in the files of a program speaks of a need. */
export interface NeedInProgram {
  readonly signs: readonly SignName[];
  /** What leaves it open besides: that the program starts any others, or those that are neither plain tools nor read as well. */
  readonly opensWhere?: "starts" | "startsOthers";
  /** Whether the runtime of a script may need it, of which its text says nothing. */
  readonly isOfRuntime?: true;
  /** Whether nothing follows where no sign speaks of it: then most programs need it all the same. */
  readonly isHintOnly?: true;
}

/**
 * The needs that files of programs can speak of; of all others they say nothing that runs did not contradict. Those about paths
 * count the configuration that is read with the program.
 */
export const NEEDS_IN_PROGRAMS: Readonly<Partial<Record<NeedName, NeedInProgram>>> = {
  clock: { signs: ["clock"] },
  "host-name": { signs: ["hostName"] },
  "kernel-log": { signs: ["kernelLog"] },
  "kernel-modules": { signs: ["modules"] },
  "kernel-settings": { signs: ["kernelSettings"] },
  "control-groups": { signs: ["controlGroups"] },
  namespaces: { signs: ["namespaces"] },
  mounts: { signs: ["mount"] },
  "foreign-programs": { signs: ["personality"] },
  realtime: { signs: ["realtime"] },
  "compiled-code": { signs: ["compiles", "mayCompile"], opensWhere: "starts", isOfRuntime: true },
  "set-uid-files": { signs: ["setuidMode"] },
  hardware: { signs: ["devices", "rawDevices", "deviceNodes"] },
  homes: { signs: ["homes", "pam"] },
  "shared-tmp": { signs: ["temporary"] },
  processes: { signs: ["processes", "trace"], opensWhere: "startsOthers", isOfRuntime: true },
  "proc-files": { signs: ["procFiles"], opensWhere: "starts", isOfRuntime: true },
  "shared-memory": { signs: ["sharedMemory", "posixMemory"], isOfRuntime: true },
  network: { signs: ["ports"], isHintOnly: true },
  ports: { signs: ["ports"], isHintOnly: true },
  "privileged-programs": { signs: ["privileged", "setId", "granted", "pam"], opensWhere: "startsOthers" },
};
