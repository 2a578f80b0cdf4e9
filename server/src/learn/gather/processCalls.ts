import type { LoggedCall } from "../log/call.ts";
import { descriptorTarget, numberArg } from "../log/values.ts";
import { afterProgram } from "../process/credentials.ts";
import { checkFile, RUN } from "./accessRights.ts";
import { becomes, type CallReader, filePathOf, namedPath, type Scene, wants } from "./scene.ts";
import { touch } from "./touch.ts";

const TYPE_OF_FLAG = /CLONE_NEW[A-Z]+/g;
/** `net:[4026531840]`, or the last name of `/proc/1/ns/net`. */
const NAMESPACE = /^(mnt|net|uts|ipc|pid|user|cgroup|time)(?::|$)/;

/** Marks namespaces that a process makes or enters; a user namespace makes capabilities of its own. */
function namespaces(call: LoggedCall, scene: Scene, flags: string): void {
  if (call.result.error !== undefined) return;
  const made: readonly string[] = flags.match(TYPE_OF_FLAG) ?? [];
  for (const flag of made) scene.notes.count("marks", `namespace:${flag}`);
  if (made.length === 0 || made.includes("CLONE_NEWUSER")) return;
  wants(scene, "CAP_SYS_ADMIN", `${call.name} with ${made.join(", ")}`);
}

function clone(call: LoggedCall, scene: Scene): void {
  scene.changes = true;
  const flags = call.args.join();
  const pid = numberArg(call.result.value);
  namespaces(call, scene, flags);
  if (call.result.error === undefined && pid > 0) scene.processes.made(scene.process, pid, flags.includes("CLONE_FS"));
}

function run(call: LoggedCall, scene: Scene, named: string | undefined): void {
  scene.changes = true;
  const real = touch(call, scene, named, ["execute"]);
  if (real === undefined) return;
  checkFile(call, scene, real, RUN);
  const file = scene.resolver.status(real);
  const setsUser = file !== undefined && (file.mode & 0o4000) !== 0;
  const setsGroup = file !== undefined && (file.mode & 0o2010) === 0o2010;
  scene.notes.program(real, setsUser || setsGroup || (file?.capabilities ?? false));
  const owner = { ...(setsUser ? { uid: file.uid } : {}), ...(setsGroup ? { gid: file.gid } : {}) };
  becomes(scene, afterProgram(scene.process.who, owner));
}

function changeDirectory(call: LoggedCall, scene: Scene, named: string | undefined): void {
  scene.changes = true;
  const real = touch(call, scene, named, ["look"]);
  if (real !== undefined) scene.process.view.cwd = real;
}

function changeRoot(call: LoggedCall, scene: Scene, named: string | undefined, capability: string): void {
  scene.changes = true;
  const real = touch(call, scene, named, ["look"]);
  if (real === undefined) return;
  wants(scene, capability, `${call.name} to ${real}`);
  scene.process.view.root = real;
}

/** Calls that make processes, run programs, and change what paths mean. */
export const PROCESS_CALLS: Readonly<Record<string, CallReader>> = {
  clone,
  clone3: clone,
  fork: clone,
  vfork: clone,
  execve: (call, scene) => run(call, scene, namedPath(scene, call.args[0])),
  execveat: (call, scene) => {
    const [directory, path] = call.args;
    run(call, scene, path === '""' ? filePathOf(directory) : namedPath(scene, path, directory));
  },
  chdir: (call, scene) => changeDirectory(call, scene, namedPath(scene, call.args[0])),
  fchdir: (call, scene) => changeDirectory(call, scene, filePathOf(call.args[0])),
  chroot: (call, scene) => changeRoot(call, scene, namedPath(scene, call.args[0]), "CAP_SYS_CHROOT"),
  pivot_root: (call, scene) => changeRoot(call, scene, namedPath(scene, call.args[0]), "CAP_SYS_ADMIN"),
  umask: (call, scene) => {
    scene.changes = true;
    const mask = numberArg(call.args[0]);
    if (mask >= 0) scene.process.view.umask = mask & 0o777;
  },
  unshare: (call, scene) => {
    scene.changes = true;
    const flags = call.args[0] ?? "";
    namespaces(call, scene, flags);
    if (call.result.error !== undefined) return;
    if (/CLONE_FS|CLONE_NEWNS/.test(flags)) scene.process.view = { ...scene.process.view };
    if (flags.includes("CLONE_NEWUSER")) becomes(scene, { ...scene.process.who, capabilities: new Set() });
  },
  setns: (call, scene) => {
    const [descriptor, type = ""] = call.args;
    const kind = NAMESPACE.exec(descriptorTarget(descriptor)?.split("/").at(-1) ?? "")?.[1];
    const flag = kind === "mnt" ? "CLONE_NEWNS" : kind === undefined ? "" : `CLONE_NEW${kind.toUpperCase()}`;
    namespaces(call, scene, /CLONE_NEW/.test(type) ? type : flag);
  },
};
