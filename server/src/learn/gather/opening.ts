import { fieldOf, type LoggedCall } from "../log/call.ts";
import { flagsOf, modeOf, unescapedBytes } from "../log/values.ts";
import type { PathUse } from "../needs.ts";
import { plainPath } from "../paths/resolve.ts";
import { checkEntry, checkFile, checkMissing, checkOwner, ownership, owns, READ, WRITE } from "./accessRights.ts";
import { type CallReader, filePath, keyOf, namedPath, type Scene, wants } from "./scene.ts";
import { failedAt, touchReal } from "./touch.ts";

const DIRECTORY = 0o040000;
const TYPE = 0o170000;

function open(call: LoggedCall, scene: Scene, named: string | undefined, flags: readonly string[], mode: number): void {
  if (named === undefined) return;
  const creates = flags.includes("O_CREAT");
  const temporary = flags.includes("O_TMPFILE");
  if (creates || temporary) scene.changes = true;
  const follow = !flags.includes("O_NOFOLLOW") && !flags.includes("O_EXCL");
  const resolved = scene.resolver.real(named, follow);
  if (failedAt(call, scene, resolved)) {
    if (creates && call.result.error === "EEXIST") checkMissing(call, scene, resolved, false);
    return;
  }
  const opened =
    temporary || call.result.leadsTo === undefined ? undefined : filePath(unescapedBytes(call.result.leadsTo));
  const real = opened ?? resolved;
  if (opened !== undefined && follow) scene.resolver.learnt(scene.resolver.real(named, false), opened);
  const name = plainPath(named);
  if (temporary) {
    touchReal(call, scene, real, ["make"], name);
    checkEntry(call, scene, `${real}/#`, false);
    return;
  }
  const before = ownership(scene, real);
  const makes = creates && isForFiles(real) && (flags.includes("O_EXCL") || !known(scene, real));
  const uses = usesOf(flags, ((before?.mode ?? 0) & TYPE) === DIRECTORY);
  touchReal(call, scene, real, makes ? [...uses, "make"] : uses, name);
  if (makes) made(call, scene, real, mode & ~scene.process.view.umask, flags.includes("O_EXCL") || gone(scene, real));
  // Where it was there already, it has to be made once it was rotated away, or after a reboot.
  else if (creates && isForFiles(real)) checkEntry(call, scene, real, false);
  if (!scene.owned.has(real) || !makes) checkOpened(call, scene, real, flags, uses);
}

function usesOf(flags: readonly string[], isDirectory: boolean): readonly PathUse[] {
  if (flags.includes("O_PATH")) return ["look"];
  if (flags.includes("O_WRONLY")) return ["write"];
  if (flags.includes("O_RDWR") || flags.includes("O_TRUNC")) return ["read", "write"];
  return flags.includes("O_DIRECTORY") || isDirectory ? ["list"] : ["read"];
}

/** Whether programs make files there: devices and files of the kernel are opened with O_CREAT all the same. */
const isForFiles = (real: string): boolean =>
  real.startsWith("/dev/") ? /^\/dev\/(?:shm|mqueue|hugepages)\//.test(real) : !/^\/(?:proc|sys)\//.test(real);

/** Whether the service used the file before, so that it was there. */
function known(scene: Scene, real: string): boolean {
  return scene.notes.noted.paths.at(keyOf(scene, real)).used.size > 0;
}

/** Whether the service had looked for the file before and not found it. */
function gone(scene: Scene, real: string): boolean {
  return scene.notes.noted.paths.at(keyOf(scene, real)).failed.has("ENOENT");
}

/** Notes a new file; `surely` where it was not there before. */
function made(call: LoggedCall, scene: Scene, real: string, mode: number, surely: boolean): void {
  scene.notes.make(real, mode);
  noteMode(scene, mode);
  if (real.startsWith("/dev/shm/")) scene.notes.count("marks", "ipc");
  checkEntry(call, scene, real, false);
  if (!surely) return;
  const { uid, gid } = scene.process.who;
  owns(scene, real, { uid: uid.effective, gid: gid.effective, mode });
}

function checkOpened(
  call: LoggedCall,
  scene: Scene,
  real: string,
  flags: readonly string[],
  uses: readonly PathUse[],
): void {
  const writes = uses.includes("write");
  const reads = uses.includes("read") || uses.includes("list");
  if (writes || reads) checkFile(call, scene, real, (writes ? WRITE : 0) | (reads ? READ : 0));
  if (flags.includes("O_NOATIME")) checkOwner(call, scene, real);
  if (writes && OOM.test(real)) wants(scene, "CAP_SYS_RESOURCE", "lower the OOM score of a process");
  if (real === "/dev/kmsg" || real === "/proc/kmsg") wants(scene, "CAP_SYSLOG", `open ${real}`);
  if (real === "/dev/mem" || real === "/dev/kmem" || real === "/dev/port")
    wants(scene, "CAP_SYS_RAWIO", `open ${real}`);
}

const OOM = /^\/proc\/(?:\d+|self|thread-self)\/oom_(?:score_)?adj$/;

/** Marks files that get the rights of their owner or group. */
export function noteMode(scene: Scene, mode: number): void {
  if ((mode & 0o6000) !== 0) scene.notes.count("marks", "suid-file");
}

/** Calls that open files. */
export const OPENING_CALLS: Readonly<Record<string, CallReader>> = {
  open: (call, scene) => {
    const [path, flags, mode] = call.args;
    open(call, scene, namedPath(scene, path), flagsOf(flags), modeOf(mode) ?? 0);
  },
  creat: (call, scene) => {
    const flags = ["O_WRONLY", "O_CREAT", "O_TRUNC"];
    open(call, scene, namedPath(scene, call.args[0]), flags, modeOf(call.args[1]) ?? 0);
  },
  openat: (call, scene) => {
    const [directory, path, flags, mode] = call.args;
    open(call, scene, namedPath(scene, path, directory), flagsOf(flags), modeOf(mode) ?? 0);
  },
  openat2: (call, scene) => {
    const [directory, path, how = ""] = call.args;
    const mode = modeOf(fieldOf(how, "mode")) ?? 0;
    open(call, scene, namedPath(scene, path, directory), flagsOf(fieldOf(how, "flags")), mode);
  },
};
