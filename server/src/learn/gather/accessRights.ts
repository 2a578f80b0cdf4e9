import type { LoggedCall } from "../log/call.ts";
import { directoryOf } from "../paths/resolve.ts";
import { hasNoCapability, inGroup, mayUse } from "../process/credentials.ts";
import { type OwnedFile, type Scene, wants } from "./scene.ts";

/** Bits of a mode, as for the owner. */
export const READ = 4;
export const WRITE = 2;
export const RUN = 1;

/** Owner and mode of a path: as the service left it, else as it was found after the run. */
export function ownership(scene: Scene, path: string): OwnedFile | undefined {
  return scene.owned.get(path) ?? scene.resolver.status(path);
}

/** Notes the capability without which the file itself would have been refused. */
export function checkFile(call: LoggedCall, scene: Scene, path: string, bits: number): void {
  if (hasNoCapability(scene.process.who)) return;
  const file = ownership(scene, path);
  if (file === undefined || allows(scene, file, bits)) return;
  const reading = (bits & (WRITE | RUN)) === 0 || (isDirectory(file) && (bits & WRITE) === 0);
  refuseBut(scene, reading, `${verb(call.name)} ${described(path, file)}`);
}

/** Notes the capability without which a directory on the way would have been refused. */
export function checkWay(call: LoggedCall, scene: Scene, path: string): void {
  if (hasNoCapability(scene.process.who)) return;
  for (let at = directoryOf(path); ; at = directoryOf(at)) {
    const directory = ownership(scene, at);
    if (directory !== undefined && !allows(scene, directory, RUN)) {
      refuseBut(scene, true, `${verb(call.name)} ${path} through ${described(at, directory)}`);
    }
    if (at === "/") return;
  }
}

const STICKY = 0o1000;

/** Notes the capability without which no entry could have been made or removed. */
export function checkEntry(call: LoggedCall, scene: Scene, path: string, removes: boolean): void {
  if (hasNoCapability(scene.process.who)) return;
  const at = directoryOf(path);
  const directory = ownership(scene, at);
  if (directory === undefined) return;
  if (!allows(scene, directory, WRITE | RUN)) {
    refuseBut(scene, false, `${verb(call.name)} ${path} in ${described(at, directory)}`);
  }
  const user = scene.process.who.uid.effective;
  const file = removes && (directory.mode & STICKY) !== 0 ? ownership(scene, path) : undefined;
  if (file !== undefined && file.uid !== user && directory.uid !== user) {
    wants(scene, "CAP_FOWNER", `${verb(call.name)} ${path} of owner ${file.uid} in the sticky directory ${at}`);
  }
}

/**
 * The same of an entry that was not there to be removed, or was there when it was to be made: on another day, or another machine, the
 * call succeeds.
 */
export function checkMissing(call: LoggedCall, scene: Scene, path: string, removes: boolean): void {
  checkWay(call, scene, path);
  checkEntry(call, scene, path, removes);
}

/** Notes CAP_FOWNER where only the owner of a file may do this. */
export function checkOwner(call: LoggedCall, scene: Scene, path: string): void {
  const file = ownership(scene, path);
  if (file !== undefined && file.uid !== scene.process.who.uid.effective) {
    wants(scene, "CAP_FOWNER", `${verb(call.name)} ${described(path, file)}`);
  }
}

function refuseBut(scene: Scene, reading: boolean, reason: string): void {
  const { who } = scene.process;
  const name = reading && mayUse(who, "CAP_DAC_READ_SEARCH") ? "CAP_DAC_READ_SEARCH" : "CAP_DAC_OVERRIDE";
  wants(scene, name, reason);
}

function allows(scene: Scene, file: OwnedFile, bits: number): boolean {
  const { who } = scene.process;
  const shift = who.uid.effective === file.uid ? 6 : inGroup(who, file.gid) ? 3 : 0;
  return ((file.mode >> shift) & bits) === bits;
}

const isDirectory = ({ mode }: OwnedFile): boolean => (mode & 0o170000) === 0o040000;

const described = (path: string, { mode, uid }: OwnedFile): string =>
  `${path} (mode ${(mode & 0o7777).toString(8)}, owner ${uid})`;

const AT_CALL = /^(?:open|mkdir|mknod|unlink|rename|link|symlink|readlink|chmod|access)at2?$/;

/** The call as a word: `open` for openat(). */
export function verb(name: string): string {
  const plain = name.startsWith("f") ? name.slice(1) : name;
  if (AT_CALL.test(plain)) return plain.slice(0, plain.lastIndexOf("at"));
  return plain === "newfstatat" || plain === "statx" || plain === "lstat" ? "stat" : plain;
}

const MOST_OWNED = 8192;

/** Remembers owner or mode of a file that the service made or changed. */
export function owns(scene: Scene, path: string, change: Partial<OwnedFile>): void {
  scene.changes = true;
  const before = ownership(scene, path);
  if (scene.owned.size > MOST_OWNED) scene.owned.clear();
  const { uid, gid } = scene.process.who;
  scene.owned.delete(path);
  scene.owned.set(path, {
    uid: change.uid ?? before?.uid ?? uid.effective,
    gid: change.gid ?? before?.gid ?? gid.effective,
    mode: change.mode ?? before?.mode ?? 0o777,
  });
}
