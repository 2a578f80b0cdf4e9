import type { ProgramReading } from "../program/reading.ts";
import { NEEDS_IN_PROGRAMS } from "./programSigns.ts";
import { type ReadNeed, readNeed } from "./readNeed.ts";
import { NEEDS, type Need } from "./vocabulary.ts";

/** A need with what the files of a program say of it. */
export interface NeedRead {
  readonly need: Need;
  readonly read: ReadNeed;
}

/** What a reading says of each need that files of programs can speak of, in the order of the vocabulary. */
export const programNeeds = (reading: ProgramReading, isPrivileged: boolean): readonly NeedRead[] =>
  NEEDS.flatMap((need) => {
    const read = need.name in NEEDS_IN_PROGRAMS ? readNeed(reading, need.name, isPrivileged) : undefined;
    return read ? [{ need, read }] : [];
  });
