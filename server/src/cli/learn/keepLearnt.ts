import type { Learnt } from "../../learn/learnt.ts";
import type { LearntAddition } from "../../learn/learntUnit.ts";
import { onOneLine } from "../../text/printable.ts";
import { LEARNT_SUFFIX } from "../../units/learntText.ts";
import { messageOf, messageWithPath } from "../attempts.ts";
import type { Machine } from "../machine.ts";
import { type Ending, ending } from "../outcome.ts";
import { placesOf } from "../places.ts";
import { hangingComments } from "../wrapping.ts";
import { installLearnt } from "./installLearnt.ts";
import { writeLearntFiles } from "./learntFiles.ts";
import { LogTrouble } from "./logFolder.ts";
import type { Proof } from "./prove.ts";

/** As much as what is written of a service takes. */
const TARGET_BYTES = 1 << 20;

/** Throws where a file that is wanted at the end could not be written now: nobody waits for an hour to learn that. A bundle is written `here`, where the command was called. */
export async function needTarget(machine: Machine, path: string, where?: "here"): Promise<void> {
  try {
    await (where === "here" ? machine.tryWriteHere : machine.tryWrite)(path, TARGET_BYTES);
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    throw new Error(`${path} cannot be written: ${messageOf(error)}; nothing was changed`);
  }
}

/** Writes what was learnt; where that fails, says so, and keeps it where it can. */
export async function keepLearnt(
  machine: Machine,
  unit: string,
  learnt: Learnt,
  added: LearntAddition,
): Promise<{ readonly isWritten: boolean; readonly problems: readonly string[] }> {
  try {
    await installLearnt(machine, unit, learnt, added);
    return { isWritten: true, problems: [] };
  } catch (error) {
    const path = await spare(machine, unit, learnt);
    const kept = path === undefined ? "" : `, and what was learnt is kept in ${path}`;
    return {
      isWritten: false,
      problems: [`the settings could not be written: ${messageWithPath(error)}; they are printed${kept}`],
    };
  }
}

/** Keeps what was learnt where there is room; in memory at the last. */
export async function spare(machine: Machine, unit: string, learnt: Learnt): Promise<string | undefined> {
  for (const folder of [placesOf(machine).learnt, placesOf(machine).state]) {
    const path = `${folder}/${unit}${LEARNT_SUFFIX}`;
    try {
      await writeLearntFiles(machine, path, learnt, 0o600);
      return path;
    } catch {
      // The next one may have room.
    }
  }
  return undefined;
}

/** The end of a run whose logs show too little. What went wrong besides is said as well. */
export function nothingDerived(
  unit: string,
  { message }: Pick<LogTrouble, "message">,
  width: number | undefined,
): Ending {
  const text = `# ${unit}: nothing is derived: ${onOneLine(message)}\n`;
  return ending(hangingComments(text, width), [], true);
}

/** What a proof comes to whose logs show too little. */
export function unprovenBy({ settings }: Learnt): (error: unknown) => Proof {
  return (error) => {
    if (error instanceof LogTrouble) return { settings, problem: `nothing is proven: ${error.message}` };
    throw error;
  };
}
