/** As many characters are read of the end of a log. */
export const LOG_CHARACTERS = 2_000_000;

/** A line of a log, taken apart. */
export interface JournalLine {
  /** The whole line. */
  readonly line: string;
  /** What was said, without time, host and speaker. */
  readonly text: string;
  /** As the log writes it: `Nov 24 22:01:42`; undefined where it names none. */
  readonly time: string | undefined;
  /** Undefined where nobody is named, as with `journalctl -o cat`. */
  readonly speaker: string | undefined;
  readonly pid: string | undefined;
}

/** The times of `journalctl -o short`, `short-precise`, `short-full`, `with-unit`, `short-iso`, `short-monotonic` and `short-unix`. */
const TIME =
  /^(?:[A-Z][a-z]{2} +\d+ [\d:.]+|[A-Z][a-z]{2} \d{4}-\d\d-\d\d [\d:.]+ \S+|\d{4}-\d\d-\d\d[T ]\S+|\[ *\d+\.\d+\]|\d{9,}\.\d+) /;
/** The host, where there is a time, and who speaks. */
const SPEAKER = /^(?:\S+ )?(\S+?)\[(\d+)\]: /;
const ALONE = /^([\w.()@:\\/-]+)\[(\d+)\]: /;

/** Takes a line of a log apart; a line without a speaker is what was said. */
export function journalLine(line: string): JournalLine {
  const time = TIME.exec(line)?.[0] ?? "";
  const rest = line.slice(time.length);
  const [head = "", speaker, pid] = (time === "" ? ALONE : SPEAKER).exec(rest) ?? [];
  return {
    line,
    text: speaker === undefined ? line : rest.slice(head.length),
    time: time === "" ? undefined : time.trim(),
    speaker,
    pid,
  };
}

/** Without the time, the host and the program that the journal puts before a message. */
export const withoutStamp = (line: string): string => journalLine(line).text;
