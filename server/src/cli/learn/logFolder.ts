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

/** Makes a folder that whoever runs a command of a service may write to, in one that nobody can list. */
export async function makeOpenFolder(machine: Machine, folder: string): Promise<void> {
  await machine.makeFolder(placesOf(machine).learnt, 0o711);
  await machine.makeFolder(folder, 0o1777);
}

/** So much of a log is read at once. */
const PIECE = 1 << 20;

/** A log of a command. */
export interface LogFile {
  /** As `ExecStart-1`. */
  readonly name: string;
  readonly path: string;
}

/** The logs in a folder. */
export async function logsIn(machine: Machine, folder: string): Promise<readonly LogFile[]> {
  const names = await machine.list(folder);
  return names.flatMap((it) => {
    const name = /^(Exec[A-Za-z]+-\d+)\.strace$/.exec(it)?.[1];
    return name === undefined ? [] : [{ name, path: `${folder}/${it}` }];
  });
}

/** The bytes of a log from an offset to its end, in pieces. */
export async function* readLog(machine: Machine, path: string, from = 0): AsyncGenerator<Uint8Array> {
  for (let at = from; ; ) {
    const piece = await machine.read(path, at, PIECE);
    if (!piece || piece.length === 0) return;
    at += piece.length;
    yield piece;
  }
}
