import { logUser } from "../../learn/runContext.ts";
import type { Unit } from "../../units/unit.ts";
import { type Machine, textAt } from "../machine.ts";
import { placesOf, SYSTEM_PLACES } from "../places.ts";

/** Where everything lies that is kept of observed services. */
export const LEARN_FOLDER = SYSTEM_PLACES.learnt;

/** A name that is plain in a path and in a line of a unit: `x@a.service` becomes `x_a.service`. */
export const plainName = (unit: string): string => unit.replace(/[^\w.-]/g, "_");

/** The name of a folder for logs that is not there yet, and that nobody can guess. */
export async function newFolder(machine: Machine, unit: string): Promise<string> {
  const random = (await textAt(machine, "/proc/sys/kernel/random/uuid")) ?? "";
  return `${placesOf(machine).learnt}/${plainName(unit)}.${random.trim()}`;
}

/** Makes a folder in which only root makes and removes files; whoever writes a log of it gets there by its name. */
export async function makeLogFolder(machine: Machine, folder: string): Promise<void> {
  await machine.makeFolder(placesOf(machine).learnt, 0o711);
  await machine.makeFolder(folder, 0o711);
}

/** A log of a command, as it was made. */
export interface LogFile {
  /** As `ExecStart-1`. */
  readonly name: string;
  readonly path: string;
  /** The file itself: what has another one is not read. */
  readonly identity: string;
}

/** What is known about logs before they are made. */
interface LogNames {
  readonly unit: Unit;
  /** As the drop-in has them, such as `ExecStart-1.strace`. */
  readonly names: readonly string[];
  /** Whether strace runs as root whoever runs the command. */
  readonly asRoot?: boolean;
}

/** Makes the logs that a drop-in names anew, each for the user whose command writes it: the service makes none and removes none. */
export async function makeLogs(
  machine: Machine,
  folder: string,
  { unit, names, asRoot = false }: LogNames,
): Promise<readonly LogFile[]> {
  for (const it of await machine.list(folder)) await machine.remove(`${folder}/${it}`);
  const logs: LogFile[] = [];
  for (const it of names) {
    const [name, path] = [it.replace(/\.strace$/, ""), `${folder}/${it}`];
    const user = asRoot ? undefined : logUser(unit, name);
    await machine.write(path, "", 0o600);
    const isGiven = user === undefined || (await machine.run(["chown", "-h", "--", user, path])).status === 0;
    // A user that is made with the service has no number yet.
    if (!isGiven) await machine.write(path, "", 0o622);
    logs.push({ name, path, identity: (await machine.stat(path))?.identity ?? "" });
  }
  return logs;
}

/** Why a log shows too little to derive anything from: it was cut, or somebody else had a hand in it. */
export class LogTrouble extends Error {}

/** So much of a log is read at once. */
const PIECE = 1 << 20;

/** More than this is not written between two looks at a log, which are seconds apart. */
const MOST_UNREAD = 2 ** 30;

/** The bytes of a file from an offset to its end, in pieces. */
export async function* readPieces(
  machine: Machine,
  path: string,
  from = 0,
  identity?: string,
): AsyncGenerator<Uint8Array> {
  for (let at = from; ; ) {
    const piece = await machine.read(path, at, PIECE, identity);
    if (!piece || piece.length === 0) return;
    at += piece.length;
    yield piece;
  }
}

/** The same of a log. Throws before anything is read where it is not the file that was made, or longer than strace can have made it. */
export async function* readLog(
  machine: Machine,
  { name, path, identity }: LogFile,
  from = 0,
): AsyncGenerator<Uint8Array> {
  const stat = await machine.stat(path);
  if (stat?.identity !== identity)
    throw new LogTrouble(`the log of ${name} is not the file any more that was made for it`);
  if (stat.size - from > MOST_UNREAD)
    throw new LogTrouble(`the log of ${name} grew by ${Math.round((stat.size - from) / 1e9)} GB at once`);
  if (stat.size < from) throw new LogTrouble(`the log of ${name} became shorter`);
  for await (const piece of readPieces(machine, path, from, identity)) {
    if (piece.includes(0)) throw new LogTrouble(`the log of ${name} has bytes that strace never writes`);
    yield piece;
  }
}
