import type { Machine } from "../machine.ts";
import { placesOf } from "../places.ts";
import { LogTrouble } from "./logFolder.ts";

/** So much room a run needs before it begins: the quick log of a daemon has some megabytes, the whole one some tens. */
const ROOM_BEFORE = 64 * 1024 * 1024;

/** With less room than this a log is not written any further. */
const ROOM_LEFT = 4 * 1024 * 1024;

/** Throws where the logs of a run have no room. */
export async function needRoom(machine: Machine): Promise<void> {
  const room = await machine.room(placesOf(machine).learnt);
  if (room < ROOM_BEFORE)
    throw new LogTrouble(
      `${placesOf(machine).learnt} has room for ${megabytes(room)} MB, and a log may take ${megabytes(ROOM_BEFORE)}`,
    );
}

/** Throws where what strace writes next may be lost. */
export async function needRoomLeft(machine: Machine): Promise<void> {
  const room = await machine.room(placesOf(machine).learnt);
  if (room < ROOM_LEFT)
    throw new LogTrouble(
      `${placesOf(machine).learnt} has room for ${megabytes(room)} MB only, so that a log ends early`,
    );
}

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1).replace(/\.0$/, "");
