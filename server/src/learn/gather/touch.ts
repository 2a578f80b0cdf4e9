import { isKernelFile } from "../kernelFiles.ts";
import type { LoggedCall } from "../log/call.ts";
import type { PathUse } from "../needs.ts";
import { plainPath, processOfPath } from "../paths/resolve.ts";
import { checkWay } from "./accessRights.ts";
import { isOfService, keyOf, type Scene, wants } from "./scene.ts";

/** Notes that a call used or failed to use a path, and returns its real path where it succeeded. */
export function touch(
  call: LoggedCall,
  scene: Scene,
  named: string | undefined,
  uses: readonly PathUse[],
  follow = true,
): string | undefined {
  if (named === undefined) return undefined;
  const real = scene.resolver.real(named, follow);
  if (failedAt(call, scene, real)) return undefined;
  touchReal(call, scene, real, uses, plainPath(named));
  return real;
}

/** Notes that a call failed; an interrupted call neither failed nor succeeded. */
export function failedAt(call: LoggedCall, scene: Scene, real: string): boolean {
  const { error } = call.result;
  if (error === undefined) return call.result.value === "?";
  scene.notes.fail(keyOf(scene, real), error);
  return true;
}

/** Notes that a call used a path whose real path is known. */
export function touchReal(call: LoggedCall, scene: Scene, real: string, uses: readonly PathUse[], name: string): void {
  if (real.startsWith("/proc")) noteProc(scene, real, uses);
  // A link such as /proc/net or /proc/mounts leads to a file of the process, but is none itself.
  if (real !== name && isKernelFile(name) && !isKernelFile(real)) {
    noteProc(scene, name, uses);
    for (const use of uses) scene.notes.use(name, use);
  }
  const key = keyOf(scene, real);
  const other = name === real || name.startsWith("/proc/") ? undefined : name;
  for (const use of uses) scene.notes.use(key, use, other);
  checkWay(call, scene, real);
}

/** What `ProtectProc=` and `ProcSubset=` would hide. */
function noteProc(scene: Scene, path: string, uses: readonly PathUse[]): void {
  scene.changes = true;
  if (path === "/proc") {
    if (uses.includes("list")) scene.notes.count("marks", "proc:list");
    return;
  }
  if (!path.startsWith("/proc/")) return;
  const about = processOfPath(path);
  if (about === undefined) scene.notes.count("marks", "proc:subset");
  else if (about !== "self" && about !== scene.process.pid) {
    if (!isOfService(scene, about)) scene.notes.count("marks", "proc:other");
    const isSame = scene.processes.userOf(about) === scene.process.who.uid.effective;
    if (!isSame && GUARDED.test(path)) wants(scene, "CAP_SYS_PTRACE", `look into another process: ${path}`);
  }
}

/** What the kernel shows only to those who may trace a process. */
const GUARDED =
  /^\/proc\/\d+\/(?:task\/\d+\/)?(?:environ|mem|s?maps|smaps_rollup|pagemap|exe|cwd|root|fd|fdinfo|map_files|io|auxv|syscall|stack|personality|ns)(?:\/|$)/;
