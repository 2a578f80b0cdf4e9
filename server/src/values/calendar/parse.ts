import { isTimeZone, isZoneAbbreviation } from "../../facts/timeZones.ts";
import { about, invalid } from "../wording.ts";
import { HOUR, readChain, spaceForT, type Written, YEAR } from "./chain.ts";
import type { CalendarEvent, EventZone } from "./event.ts";
import { keywordEvent } from "./keywords.ts";
import { betterMistake } from "./mistakes.ts";
import { eventOf, type WrittenEvent } from "./normalize.ts";
import { fail, type Mistake, type Part, peek, type Scan, skipSpaces, stretch, take, takeMatch } from "./scan.ts";
import { readWeekdays } from "./weekdays.ts";

/** What a text says as a calendar event: the event, or the mistake that makes it none. */
export interface ParsedCalendar {
  /** What could be read, from the left, with nothing but blanks in between. */
  readonly parts: readonly Part[];
  readonly event?: CalendarEvent;
  readonly mistake?: Mistake;
}

/**
 * Reads a calendar event. Follows calendar_spec_from_string(), systemd 257 to 262, on a machine whose zone has any of the
 * usual abbreviations: which ones it has, only the machine knows.
 */
export function parseCalendar(text: string): ParsedCalendar {
  const { body, zone, zoneFrom } = withoutZone(text);
  const scan: Scan = { text: body, at: 0, parts: [] };
  const written = body === "" ? nothing(scan, text) : readBody(scan);
  const event = written && eventOf(scan, written, zone);
  if (zoneFrom !== undefined) scan.parts.push({ from: zoneFrom, to: text.length, role: "word" });
  if (event) return { parts: scan.parts, event };
  const mistake = scan.mistake ?? { from: 0, to: text.length, message: "is not a calendar event" };
  return { parts: scan.parts, mistake: betterMistake(text, mistake) };
}

function nothing(scan: Scan, text: string): undefined {
  const message = text === "" ? "is empty after specifiers are expanded" : "has nothing but a time zone";
  return fail(scan, { from: 0, to: text.length, message });
}

/** Cuts off the zone, which a single space separates. */
function withoutZone(text: string): { body: string; zone: EventZone; zoneFrom?: number } {
  const space = text.lastIndexOf(" ");
  const name = text.slice(space + 1);
  const zone: EventZone | undefined =
    space < 0
      ? undefined
      : name.toUpperCase() === "UTC"
        ? { kind: "utc" }
        : isTimeZone(name)
          ? { kind: "named", name }
          : isZoneAbbreviation(name)
            ? { kind: "abbreviation", name }
            : undefined;
  return zone ? { body: text.slice(0, space), zone, zoneFrom: space + 1 } : { body: text, zone: { kind: "local" } };
}

function readBody(scan: Scan): WrittenEvent | undefined {
  const keyword = keywordEvent(scan.text);
  if (keyword !== undefined) {
    take(scan, scan.text.length, "word");
    return writtenOut(keyword);
  }
  const weekdays = readWeekdays(scan);
  if (weekdays === undefined) return undefined;
  const event: WrittenEvent = { weekdays };
  if (peek(scan) === "@") return readMoment(scan, event);
  return readDate(scan, event) && readTime(scan, event) ? event : undefined;
}

const WRITTEN_OUT = new Map<string, WrittenEvent | undefined>();

/** What a keyword stands for, read once: most timers have one. */
function writtenOut(text: string): WrittenEvent | undefined {
  const known = WRITTEN_OUT.get(text);
  if (known) return { ...known };
  const event = readBody({ text, at: 0, parts: [] });
  WRITTEN_OUT.set(text, event);
  return event && { ...event };
}

/** The number is strtoul()'s: blanks and a plus sign may stand before it. */
function readMoment(scan: Scan, event: WrittenEvent): WrittenEvent | undefined {
  take(scan, 1, "operator");
  const digits = takeMatch(scan, /[ \t]*\+?\d+|[ \t]*-0+/y, "number");
  if (digits === undefined || scan.at < scan.text.length) {
    const { from, to } = stretch(scan);
    return fail(scan, { from, to, ...about(scan.text, "needs seconds since 1970 after the @, and nothing else") });
  }
  const moment = Number(digits);
  if (moment > LAST_MOMENT)
    return fail(scan, { from: 0, to: scan.at, ...about(scan.text, "is a time after the year 2199") });
  return { ...event, moment };
}

const LAST_MOMENT = Date.UTC(2200, 0) / 1000 - 1;

/** Reads a date, if there is one. Follows parse_date(), systemd 257 to 262. */
function readDate(scan: Scan, event: WrittenEvent): boolean {
  const start = scan.at;
  const parts = scan.parts.length;
  if (peek(scan) === "") return true;
  const first = readChain(scan, stepStart(scan));
  if (!first) return false;
  if (peek(scan) === "" || peek(scan) === ":") {
    scan.at = start;
    scan.parts.length = parts;
    return true;
  }
  if (!dash(scan, event)) return neither(scan, first);
  const second = readChain(scan, stepStart(scan));
  if (!second) return false;
  if (peek(scan) === "" || peek(scan) === " ") {
    event.month = first;
    event.day = second;
  } else {
    if (event.fromMonthEnd || !dash(scan, event)) return stray(scan, "date");
    const third = readChain(scan, stepStart(scan));
    if (!third) return false;
    if (peek(scan) !== "" && peek(scan) !== " ") return stray(scan, "date");
    event.year = first;
    event.month = second;
    event.day = third;
  }
  skipSpaces(scan);
  return true;
}

function dash(scan: Scan, event: WrittenEvent): boolean {
  const char = peek(scan);
  if (char !== "-" && char !== "~") return false;
  if (char === "~") event.fromMonthEnd = true;
  take(scan, 1, "operator");
  return true;
}

/** Reads a time, if there is one. Follows parse_calendar_time(), systemd 257 to 262. */
function readTime(scan: Scan, event: WrittenEvent): boolean {
  if (peek(scan) === "") return true;
  const hour = readChain(scan, 0);
  if (!hour) return false;
  if (peek(scan) !== ":") return peek(scan) === "" ? noMinutes(scan, hour) : neither(scan, hour);
  take(scan, 1, "operator");
  const minute = readChain(scan, 0);
  if (!minute) return false;
  event.hour = hour;
  event.minute = minute;
  if (peek(scan) === "") return true;
  if (peek(scan) !== ":") return stray(scan, "time");
  take(scan, 1, "operator");
  const second = readChain(scan, 0, true);
  if (!second) return false;
  event.second = second;
  return peek(scan) === "" || stray(scan, "time");
}

/** What a step after `*` starts from: the first value of the part that is read. */
function stepStart({ text, at }: Scan): number {
  const word = /^\S{0,60}/.exec(text.slice(at))?.[0] ?? "";
  if (word.includes(":")) return 0;
  return /^[^-~]*[-~][^-~]*[-~]/.test(word) ? YEAR.low : 1;
}

function stray(scan: Scan, part: "date" | "time"): false {
  skipSpaces(scan);
  const { from, to, found } = stretch(scan);
  const wording = found === "" ? { message: "ends in a space" } : about(found, `is no part of a ${part}`);
  fail(scan, { from, to, ...wording, fixes: spaceForT(scan) });
  return false;
}

function neither(scan: Scan, { from, to }: Written): false {
  fail(scan, { from, to, ...invalid(scan.text.slice(from, to), "date or time") });
  return false;
}

function noMinutes(scan: Scan, hour: Written): false {
  const { from, to, elements } = hour;
  const isHour = elements.length > 0 && elements.every(({ start }) => start.value <= HOUR.high);
  if (!isHour) return neither(scan, hour);
  const text = `${scan.text.slice(from, to)}:00`;
  fail(scan, {
    from,
    to,
    ...about(scan.text.slice(from, to), "is an hour without minutes"),
    fixes: [{ title: `Change to ${text}`, from, to, text, safe: true }],
  });
  return false;
}
