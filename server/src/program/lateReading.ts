import type { ProgramCommand } from "./command.ts";
import type { FileReading, ProgramReading } from "./reading.ts";

/** What is known of programs while they are read: that they are there, so that all about them is open. */
export const lateReading = (commands: readonly ProgramCommand[]): ProgramReading => ({
  files: commands.map(({ path }) => unseen(path)),
  unread: commands.map(({ path }) => ({ path, why: LATE })),
  isLate: true,
});

const unseen = (path: string): FileReading => ({ path, form: "unknown", own: true, signs: [], paths: [], hides: [] });

const LATE = "was not read in time";
