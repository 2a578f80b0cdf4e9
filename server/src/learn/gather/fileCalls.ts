import type { LoggedCall } from "../log/call.ts";
import { flagsOf, modeOf, numberArg } from "../log/values.ts";
import { inGroup } from "../process/credentials.ts";
import {
  checkEntry,
  checkFile,
  checkMissing,
  checkOwner,
  ownership,
  owns,
  READ,
  RUN,
  verb,
  WRITE,
} from "./accessRights.ts";
import { noteMode } from "./opening.ts";
import { type CallReader, filePathOf, namedPath, type Scene, wants } from "./scene.ts";
import { touch, touchReal } from "./touch.ts";

const NO_FOLLOW = "AT_SYMLINK_NOFOLLOW";

/** The file that a call acts on: by name, or by the descriptor itself. */
function target(scene: Scene, path: string | undefined, directory: string | undefined): string | undefined {
  if (path === "NULL" || path === '""') return filePathOf(directory);
  return namedPath(scene, path, directory);
}

/** Asks about a file: where its path and its flags stand among the arguments. */
function look(path: number, directory?: number, flags?: number, follow = true): CallReader {
  return (call, scene) => {
    const from = directory === undefined ? undefined : call.args[directory];
    const follows = follow && !flagsOf(flags === undefined ? undefined : call.args[flags]).includes(NO_FOLLOW);
    touch(call, scene, target(scene, call.args[path], from), ["look"], follows);
  };
}

/** Asks whether a file may be used: that a program asks says nothing of what it needs, but what it gets does. */
function access(path: number, directory?: number): CallReader {
  return (call, scene) => {
    const from = directory === undefined ? undefined : call.args[directory];
    const real = touch(call, scene, target(scene, call.args[path], from), ["look"]);
    if (real === undefined) return;
    const flags = flagsOf(call.args[path + 1]);
    const bits =
      (flags.includes("R_OK") ? READ : 0) | (flags.includes("W_OK") ? WRITE : 0) | (flags.includes("X_OK") ? RUN : 0);
    if (bits !== 0) checkFile(call, scene, real, bits);
  };
}

function makeEntry(path: number, directory?: number, type = 0, mode?: number): CallReader {
  return (call, scene) => {
    scene.changes = true;
    const from = directory === undefined ? undefined : call.args[directory];
    const named = namedPath(scene, call.args[path], from);
    const real = touch(call, scene, named, ["make"], false);
    if (real === undefined) {
      checkFailed(call, scene, named, "EEXIST");
      return;
    }
    checkEntry(call, scene, real, false);
    const requested = mode === undefined ? 0o777 : (modeOf(call.args[mode]) ?? 0);
    const given = mode === undefined ? requested : requested & ~scene.process.view.umask;
    const { uid, gid } = scene.process.who;
    owns(scene, real, { uid: uid.effective, gid: gid.effective, mode: type | given });
    if (mode === undefined) return;
    scene.notes.make(real, given);
    noteMode(scene, given);
    if (/S_IF(?:CHR|BLK)/.test(call.args[mode] ?? "")) wants(scene, "CAP_MKNOD", `make the device ${real}`);
  };
}

/** What the call needs on another day, where it failed only for what is there today. */
function checkFailed(call: LoggedCall, scene: Scene, named: string | undefined, error: "EEXIST" | "ENOENT"): void {
  if (named !== undefined && call.result.error === error)
    checkMissing(call, scene, scene.resolver.real(named, false), error === "ENOENT");
}

/** A FIFO lets words in and nothing out: whoever writes to it names the place of the answer. */
const makeNode =
  (make: CallReader, mode: number): CallReader =>
  (call, scene) => {
    make(call, scene);
    if (call.result.error === undefined && call.args[mode]?.includes("S_IFIFO")) scene.notes.count("marks", "fifo");
  };

function removeEntry(path: number, directory?: number): CallReader {
  return (call, scene) => {
    scene.changes = true;
    const from = directory === undefined ? undefined : call.args[directory];
    const named = namedPath(scene, call.args[path], from);
    const real = touch(call, scene, named, ["remove"], false);
    if (real === undefined) {
      checkFailed(call, scene, named, "ENOENT");
      return;
    }
    checkEntry(call, scene, real, true);
    scene.owned.delete(real);
  };
}

function rename(call: LoggedCall, scene: Scene, from: string | undefined, to: string | undefined): void {
  scene.changes = true;
  const exchange = flagsOf(call.args[4]).includes("RENAME_EXCHANGE");
  const source = touch(call, scene, from, exchange ? ["remove", "make"] : ["remove"], false);
  const goal = touch(call, scene, to, exchange ? ["remove", "make"] : ["make"], false);
  if (source === undefined || goal === undefined) {
    for (const it of [from, to]) checkFailed(call, scene, it, "ENOENT");
    return;
  }
  checkEntry(call, scene, source, true);
  checkEntry(call, scene, goal, scene.notes.noted.paths.at(goal).used.size > 1);
  const moved = ownership(scene, source);
  if (moved !== undefined) owns(scene, goal, moved);
  scene.owned.delete(source);
}

function link(call: LoggedCall, scene: Scene, from: string | undefined, to: string | undefined): void {
  scene.changes = true;
  const source = touch(call, scene, from, ["look"], false);
  const goal = touch(call, scene, to, ["make"], false);
  if (source === undefined || goal === undefined) {
    checkFailed(call, scene, to, "EEXIST");
    return;
  }
  checkEntry(call, scene, goal, false);
  checkOwner(call, scene, source);
}

/** What changes a file by its name or its descriptor; `owner` where only its owner may. */
function change(call: LoggedCall, scene: Scene, path: string | undefined, follow: boolean): string | undefined {
  scene.changes = true;
  return touch(call, scene, path, ["change"], follow);
}

function changeMode(call: LoggedCall, scene: Scene, path: string | undefined, argument: string | undefined): void {
  const real = change(call, scene, path, true);
  const mode = modeOf(argument);
  if (real === undefined || mode === undefined) return;
  noteMode(scene, mode);
  checkOwner(call, scene, real);
  const before = ownership(scene, real);
  if ((mode & 0o2000) !== 0 && before !== undefined && !inGroup(scene.process.who, before.gid)) {
    wants(scene, "CAP_FSETID", `${verb(call.name)} ${real} to ${mode.toString(8)} (group ${before.gid})`);
  }
  owns(scene, real, { mode: ((before?.mode ?? 0) & 0o170000) | mode });
  if (scene.notes.noted.paths.at(real).made.size > 0) scene.notes.make(real, mode);
}

function changeOwner(call: LoggedCall, scene: Scene, path: string | undefined, at: number, follow: boolean): void {
  const real = change(call, scene, path, follow);
  if (real === undefined) return;
  const uid = numberArg(call.args[at]);
  const gid = numberArg(call.args[at + 1]);
  const { who } = scene.process;
  const before = ownership(scene, real);
  const isOwner = before === undefined || before.uid === who.uid.effective;
  const givesAway = uid >= 0 && (uid !== who.uid.effective || !isOwner);
  if (givesAway || (gid >= 0 && (!isOwner || !inGroup(who, gid)))) {
    wants(scene, "CAP_CHOWN", `${verb(call.name)} ${real} to ${uid}:${gid}`);
  }
  owns(scene, real, { ...(uid >= 0 ? { uid } : {}), ...(gid >= 0 ? { gid } : {}) });
}

function changeTimes(call: LoggedCall, scene: Scene, path: string | undefined, follow: boolean): void {
  const real = change(call, scene, path, follow);
  const file = real === undefined ? undefined : ownership(scene, real);
  if (real === undefined || file === undefined || file.uid === scene.process.who.uid.effective) return;
  const setsNow = /^NULL$|UTIME_NOW/.test(call.args[2] ?? "NULL");
  if (setsNow) checkFile(call, scene, real, WRITE);
  else checkOwner(call, scene, real);
}

function changeAttribute(call: LoggedCall, scene: Scene, path: string | undefined, follow: boolean): void {
  const real = change(call, scene, path, follow);
  if (real === undefined) return;
  const name = call.args[1] ?? "";
  if (name.startsWith('"security.capability')) wants(scene, "CAP_SETFCAP", `set the capabilities of ${real}`);
  else if (/^"(?:trusted|security)\./.test(name)) wants(scene, "CAP_SYS_ADMIN", `set ${name} of ${real}`);
  else checkFile(call, scene, real, WRITE);
}

const atOf = (scene: Scene, call: LoggedCall, index: number): string | undefined =>
  target(scene, call.args[index + 1], call.args[index]);
const hasFlag = (call: LoggedCall, index: number): boolean => !flagsOf(call.args[index]).includes(NO_FOLLOW);

/** Calls about files other than opening them. */
export const FILE_CALLS: Readonly<Record<string, CallReader>> = {
  stat: look(0),
  lstat: look(0, undefined, undefined, false),
  newfstatat: look(1, 0, 3),
  fstatat64: look(1, 0, 3),
  statx: look(1, 0, 2),
  readlink: look(0, undefined, undefined, false),
  readlinkat: look(1, 0, undefined, false),
  statfs: look(0),
  getxattr: look(0),
  lgetxattr: look(0, undefined, undefined, false),
  listxattr: look(0),
  llistxattr: look(0, undefined, undefined, false),
  inotify_add_watch: look(1),
  fanotify_mark: look(4, 3),
  name_to_handle_at: look(1, 0),
  access: access(0),
  faccessat: access(1, 0),
  faccessat2: access(1, 0),
  mkdir: makeEntry(0, undefined, 0o040000, 1),
  mkdirat: makeEntry(1, 0, 0o040000, 2),
  mknod: makeNode(makeEntry(0, undefined, 0, 1), 1),
  mknodat: makeNode(makeEntry(1, 0, 0, 2), 2),
  symlink: makeEntry(1),
  symlinkat: makeEntry(2, 1),
  unlink: removeEntry(0),
  unlinkat: removeEntry(1, 0),
  rmdir: removeEntry(0),
  rename: (call, scene) => rename(call, scene, namedPath(scene, call.args[0]), namedPath(scene, call.args[1])),
  renameat: (call, scene) => rename(call, scene, atOf(scene, call, 0), atOf(scene, call, 2)),
  renameat2: (call, scene) => rename(call, scene, atOf(scene, call, 0), atOf(scene, call, 2)),
  link: (call, scene) => link(call, scene, namedPath(scene, call.args[0]), namedPath(scene, call.args[1])),
  linkat: (call, scene) => link(call, scene, atOf(scene, call, 0), atOf(scene, call, 2)),
  chmod: (call, scene) => changeMode(call, scene, namedPath(scene, call.args[0]), call.args[1]),
  fchmod: (call, scene) => changeMode(call, scene, filePathOf(call.args[0]), call.args[1]),
  fchmodat: (call, scene) => changeMode(call, scene, atOf(scene, call, 0), call.args[2]),
  fchmodat2: (call, scene) => changeMode(call, scene, atOf(scene, call, 0), call.args[2]),
  chown: (call, scene) => changeOwner(call, scene, namedPath(scene, call.args[0]), 1, true),
  lchown: (call, scene) => changeOwner(call, scene, namedPath(scene, call.args[0]), 1, false),
  fchown: (call, scene) => changeOwner(call, scene, filePathOf(call.args[0]), 1, true),
  fchownat: (call, scene) => changeOwner(call, scene, atOf(scene, call, 0), 2, hasFlag(call, 4)),
  utimensat: (call, scene) => changeTimes(call, scene, atOf(scene, call, 0), hasFlag(call, 3)),
  utime: (call, scene) => changeTimes(call, scene, namedPath(scene, call.args[0]), true),
  utimes: (call, scene) => changeTimes(call, scene, namedPath(scene, call.args[0]), true),
  setxattr: (call, scene) => changeAttribute(call, scene, namedPath(scene, call.args[0]), true),
  lsetxattr: (call, scene) => changeAttribute(call, scene, namedPath(scene, call.args[0]), false),
  fsetxattr: (call, scene) => changeAttribute(call, scene, filePathOf(call.args[0]), true),
  removexattr: (call, scene) => changeAttribute(call, scene, namedPath(scene, call.args[0]), true),
  lremovexattr: (call, scene) => changeAttribute(call, scene, namedPath(scene, call.args[0]), false),
  fremovexattr: (call, scene) => changeAttribute(call, scene, filePathOf(call.args[0]), true),
  truncate: (call, scene) => {
    const real = touch(call, scene, namedPath(scene, call.args[0]), ["write"]);
    if (real !== undefined) checkFile(call, scene, real, WRITE);
  },
  getdents64: (call, scene) => {
    const path = filePathOf(call.args[0]);
    if (path !== undefined && call.result.error === undefined) touchReal(call, scene, path, ["list"], path);
  },
};
