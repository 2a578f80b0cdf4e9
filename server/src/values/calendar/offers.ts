import { timeZones } from "../../facts/timeZones.ts";
import type { Offer } from "../grammar.ts";
import { WEEKDAYS } from "./event.ts";
import { KEYWORDS } from "./keywords.ts";
import { weekdayName } from "./weekdays.ts";

const offer = (text: string, summary: string): Offer => ({ text, summary, role: "number" });

const EVENTS: readonly Offer[] = [
  ...KEYWORDS.filter(({ alias }) => !alias).map(
    ({ text, event, summary }): Offer => ({ text, summary: `${summary}: \`${event}\``, role: "word" }),
  ),
  offer("*-*-* 02:00:00", "Every day at 02:00"),
  offer("Mon..Fri *-*-* 08:00:00", "At 08:00 on weekdays"),
  offer("Sun *-*-* 03:00:00", "At 03:00 on Sundays"),
  offer("Mon *-*-01..07 04:00:00", "At 04:00 on the first Monday of a month"),
  offer("*-*-01 00:00:00", "Midnight at the start of a month"),
  offer("*-*~01 23:00:00", "At 23:00 on the last day of a month"),
  offer("*-01,04,07,10-01 00:00:00", "Midnight at the start of a quarter"),
  offer("*:0/15", "Every quarter of an hour"),
  offer("0/6:00", "Every six hours, starting at midnight"),
];

const DATES: readonly Offer[] = [
  offer("*-*-*", "Every day"),
  offer("*-*-01", "The first day of a month"),
  offer("*-*~01", "The last day of a month"),
  offer("*-*-01..07", "The first seven days of a month"),
  offer("*-01-01", "New Year's Day"),
];

const TIMES: readonly Offer[] = [
  offer("00:00", "Midnight"),
  offer("02:00", "At 02:00"),
  offer("08:00", "At 08:00"),
  offer("12:00:00", "At noon, with seconds"),
  offer("*:00", "Every hour, at its start"),
  offer("*:0/15", "Every quarter of an hour"),
  offer("0/6:00", "Every six hours, starting at midnight"),
];

const DAYS: readonly Offer[] = WEEKDAYS.map((text, day) => ({ text, summary: weekdayName(day), role: "word" }));

/** A place in an event where something may stand; offsets count in the event. */
export interface CalendarPlace {
  readonly from: number;
  readonly to: number;
  readonly offers: () => readonly Offer[];
}

/** What may stand at a cursor in the text of an event, and instead of the whole; the narrower ones come first. */
export function placesIn(text: string, cursor: number): readonly CalendarPlace[] {
  const whole: CalendarPlace = { from: 0, to: text.length, offers: () => EVENTS };
  const from = text.lastIndexOf(" ", cursor - 1) + 1;
  const space = text.indexOf(" ", cursor);
  const to = space < 0 ? text.length : space;
  const before = text.slice(0, from).trim();
  const word = text.slice(from, to);
  if (before === "") return [...weekdays(text, from, to, cursor), whole];
  const kind = kindOf(before.slice(before.lastIndexOf(" ") + 1));
  const offers = [
    ...(kind === "weekdays" ? DATES : []),
    ...(kind === "weekdays" || kind === "date" ? TIMES : []),
    ...(kind === "zone" ? [] : /^[a-z]?/i.test(word) ? zones() : []),
  ];
  return [{ from, to, offers: () => offers }, whole];
}

const zones = (): Offer[] => timeZones().map((text) => ({ text, role: "name" }));

/** One of the weekdays in the first word, between commas and ranges. */
function weekdays(text: string, from: number, to: number, cursor: number): CalendarPlace[] {
  const word = text.slice(from, to);
  if (!/^[a-z,.-]*$/i.test(word)) return [];
  const start = from + (/(?<![a-z])[a-z]*$/i.exec(text.slice(from, cursor))?.index ?? 0);
  const end = cursor + (/^[a-z]*/i.exec(text.slice(cursor, to))?.[0].length ?? 0);
  return [{ from: start, to: end, offers: () => DAYS }];
}

/** What a word of an event is, by the looks of it. */
function kindOf(word: string): "weekdays" | "date" | "time" | "zone" {
  if (word.includes(":")) return "time";
  if (/^[\d*]/.test(word)) return "date";
  return /^(?:mon|tue|wed|thu|fri|sat|sun)(?:[a-z]*day)?(?=[,.-]|$)/i.test(word) ? "weekdays" : "time";
}
