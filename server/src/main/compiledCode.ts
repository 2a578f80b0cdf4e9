import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { isAbsolute, join } from "node:path";
import { crc32 } from "node:zlib";

/** What names the place of a user's cache, such as process.env. */
type Environment = Readonly<Record<string, string | undefined>>;

/** Where V8's compiled code of one program and bundle lies for this user and this Node.js. */
export interface CodePlace {
  readonly folder: string;
  readonly name: string;
}

/** Two checksums, of the source and of the code: V8 itself checks only how long the source is. */
const HEAD = 8;

/** What was written longer ago by other versions goes, in milliseconds. */
const KEPT_FOR = 30 * 24 * 60 * 60 * 1000;

/**
 * The place for the code of a program; undefined where there is none that only this user can write to. Code is run as it is
 * read, so that neither a workspace nor a shared folder such as /tmp will do, nor the home of somebody else (`sudo`).
 */
export function codePlace(program: string, bundle: string, env: Environment = process.env): CodePlace | undefined {
  if (env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  const base = cacheOf(env);
  if (base === undefined) return undefined;
  const folder = join(base, "unit-warden");
  const { version, versions, arch } = process;
  try {
    if (!isOwn(statSync(base))) return undefined;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!isOwn(lstatSync(folder))) return undefined;
    // The code has the path of its bundle in it, which stacks name.
    const place = crc32(bundle).toString(16);
    return { folder, name: [program, place, version, versions.v8, arch].join("-") };
  } catch {
    return undefined;
  }
}

/** The folder for what programs can make again, as the system has it. */
function cacheOf({ XDG_CACHE_HOME, HOME, LOCALAPPDATA }: Environment): string | undefined {
  if (process.platform === "win32") return LOCALAPPDATA;
  if (XDG_CACHE_HOME && isAbsolute(XDG_CACHE_HOME)) return XDG_CACHE_HOME;
  if (!HOME || !isAbsolute(HOME)) return undefined;
  if (process.platform === "darwin") return join(HOME, "Library/Caches");
  const cache = join(HOME, ".cache");
  // A home without it gets one, if it is this user's.
  if (isOwn(statSync(HOME, { throwIfNoEntry: false }))) mkdirQuietly(cache);
  return cache;
}

function mkdirQuietly(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch {
    // It is there, or cannot be: the next step finds out.
  }
}

/** Whether something belongs to this user, and nobody else may write to it; Windows sees to that by itself. */
function isOwn(it: Stats | undefined): boolean {
  if (!it || !process.geteuid) return it !== undefined;
  return it.uid === process.geteuid() && (it.mode & 0o022) === 0;
}

/** The code that an earlier run kept for the source with this checksum; undefined where there is none, or it is not as it was written. */
export function readCode({ folder, name }: CodePlace, source: number): Buffer | undefined {
  try {
    const file = openSync(join(folder, name), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      if (!isOwn(fstatSync(file))) return undefined;
      const bytes = readFileSync(file);
      const code = bytes.subarray(HEAD);
      return headOf(source, code).equals(bytes.subarray(0, HEAD)) ? code : undefined;
    } finally {
      closeSync(file);
    }
  } catch {
    return undefined;
  }
}

/** Keeps code for later runs, whole or not at all; it never fails, as the program runs without it. */
export function writeCode({ folder, name }: CodePlace, source: number, code: Uint8Array): void {
  const draft = join(folder, `${name}.${process.pid}`);
  try {
    const file = openSync(draft, "wx", 0o600);
    try {
      writeFileSync(file, headOf(source, code));
      writeFileSync(file, code);
    } finally {
      closeSync(file);
    }
    renameSync(draft, join(folder, name));
    for (const it of readdirSync(folder)) removeOld(join(folder, it));
  } catch {
    rmSync(draft, { force: true });
  }
}

/** What distinguishes one source from another. */
export const checksumOf = (source: Uint8Array): number => crc32(source);

function headOf(source: number, code: Uint8Array): Buffer {
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(source, 0);
  head.writeUInt32LE(crc32(code), HEAD / 2);
  return head;
}

function removeOld(path: string): void {
  if (Date.now() - lstatSync(path).mtimeMs > KEPT_FOR) rmSync(path);
}
