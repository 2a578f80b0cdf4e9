import type { LoggedCall } from "../log/call.ts";
import { descriptorTarget, quotedText } from "../log/values.ts";
import { processOfPath, type Resolver, withoutProcess } from "../paths/resolve.ts";
import { type Credentials, mayUse } from "../process/credentials.ts";
import type { Process, Processes } from "../process/processes.ts";
import type { Notebook } from "./notes.ts";

/** What a reader of a call works with. */
export interface Scene {
  readonly notes: Notebook;
  readonly resolver: Resolver;
  readonly processes: Processes;
  /** The process whose call it is. */
  process: Process;
  /** Whether the same line may mean something else the next time. */
  changes: boolean;
  /** Owner and mode of files that the service itself made or changed. */
  readonly owned: Map<string, OwnedFile>;
}

/** A file that the service made. */
export interface OwnedFile {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/** Reads a call that succeeded or failed and notes what it shows. */
export type CallReader = (call: LoggedCall, scene: Scene) => void;

const LONGEST_PATH = 4096;

/** The path that an argument names, seen from the directory of a descriptor or the current one, without following links. */
export function namedPath(scene: Scene, path: string | undefined, directory?: string): string | undefined {
  const text = quotedText(path);
  if (text === undefined || text.length > LONGEST_PATH || text.includes("\0")) return undefined;
  const { view } = scene.process;
  // Also before an absolute path: the descriptor may tell where the process is.
  const base = directory === undefined ? view.cwd : baseOf(scene, directory);
  if (text.startsWith("/")) return view.root === "/" ? text : `${view.root}${text}`;
  if (base === undefined) return undefined;
  return text === "" ? (directory === undefined ? undefined : base) : `${base}/${text}`;
}

/** The path behind `AT_FDCWD</x>` or `3</x>`; the first also shows where the process is. */
function baseOf(scene: Scene, argument: string): string | undefined {
  const target = descriptorTarget(argument);
  const here = argument.startsWith("AT_FDCWD");
  if (target?.startsWith("/") && target.length <= LONGEST_PATH) {
    if (here) scene.process.view.cwd = target;
    return target;
  }
  return here ? scene.process.view.cwd : undefined;
}

/** The file that a descriptor leads to; `undefined` for sockets, pipes and memory. */
export function filePathOf(argument: string | undefined): string | undefined {
  const target = descriptorTarget(argument);
  return target === undefined ? undefined : filePath(target);
}

/** A path that is one, without the mark of a file that is gone. */
export function filePath(target: string): string | undefined {
  if (!target.startsWith("/") || target.length > LONGEST_PATH) return undefined;
  if (target.startsWith("/memfd:") || target.startsWith("/SYSV") || target.startsWith("/dev/zero (")) return undefined;
  return target.endsWith(" (deleted)") ? target.slice(0, -10) : target;
}

/** A path as it stands in `Needs`: real, and for /proc without the number of the process. */
export function keyOf(scene: Scene, path: string): string {
  if (!path.startsWith("/proc/")) return path;
  const about = processOfPath(path);
  if (about === undefined) return path;
  return withoutProcess(path, about === "self" || isOfService(scene, about));
}

/** Whether a process is the service's, and one that systemd hides from nobody of its user. */
export function isOfService(scene: Scene, pid: number): boolean {
  if (pid === scene.process.pid) return true;
  const owner = scene.processes.userOf(pid);
  const user = scene.process.who.uid.effective;
  return owner !== undefined && (user === 0 || owner === user);
}

/** Notes a capability where the process has it: without it the call succeeded by other means. */
export function wants(scene: Scene, name: string, reason: string): void {
  if (mayUse(scene.process.who, name)) scene.notes.capability(name, reason);
}

/** Makes the process another one, as setuid() and capset() do. */
export function becomes(scene: Scene, who: Credentials): void {
  scene.processes.becomes(scene.process, who);
  scene.changes = true;
}
