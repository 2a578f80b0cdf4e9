import type { Fix } from "../../findings/finding.ts";
import type { Found, LineRule, ReadLine } from "../../findings/rule.ts";
import { type CalendarEvent, type Chain, WEEKDAYS } from "../../values/calendar/event.ts";
import { normalForm } from "../../values/calendar/normalForm.ts";
import { parseCalendar } from "../../values/calendar/parse.ts";
import { weekdayName } from "../../values/calendar/weekdays.ts";
import { skippedTime } from "../../values/calendar/zoneClock.ts";

/** Seen with 257: `systemd-analyze calendar` lists the next times. */
const tooRare: Omit<LineRule, "line"> = {
  code: "unit/calendar-rare",
};

const tooOften: Omit<LineRule, "line"> = {
  code: "unit/calendar-often",
};

/** Events that systemd takes at their word, and that people mean otherwise. */
export const CALENDAR_DAY_RULES: readonly LineRule[] = [tooRare, tooOften].map((it) => ({
  ...it,
  line: (line) => found(line).filter(({ code }) => code === it.code),
}));

const found = ({ section, node }: ReadLine): readonly Found[] =>
  section.name === "Timer" && node.key === "OnCalendar" && /\d/.test(node.text)
    ? readingsOf(node.text).map((it) => ({ ...it, ...node.valueSpan, directive: node.key, fixes: fixesOn(it, node) }))
    : [];

interface Reading extends Pick<Found, "severity" | "message"> {
  readonly code: string;
  /** What is surely or probably meant, one line each. */
  readonly meant: readonly string[];
}

const fixesOn = ({ meant }: Reading, { valueSpan }: ReadLine["node"]): readonly Fix[] => {
  const [first = "", ...others] = meant;
  const newText = [first, ...others.map((it) => `OnCalendar=${it}`)].join("\n");
  return [{ title: `Change to ${meant.join(" and ")}`, safe: false, edits: () => [{ ...valueSpan, newText }] }];
};

/** One text stands in many timers. */
const readingsOf = (text: string): readonly Reading[] => {
  const { event } = text.includes("%") ? {} : parseCalendar(text);
  if (!event) return [];
  return [shortMonths(event), bothDays(event), skippedHour(event), everyMinute(event)].filter((it) => it !== undefined);
};

const isAny = (chain: Chain): boolean => chain.length === 0;
const singles = (chain: Chain): readonly number[] =>
  chain.every(({ repeat }) => repeat === 0) ? chain.map(({ start }) => start) : [];
const rare = (message: string, ...meant: readonly string[]): Reading => ({
  code: tooRare.code,
  severity: "info",
  message,
  meant,
});

const MONTHS: Readonly<Record<number, string>> = {
  29: "no 29th: February runs only in leap years",
  30: "no 30th: February is left out",
  31: "no 31st: only seven months have a run",
};

function shortMonths(event: CalendarEvent): Reading | undefined {
  const days = singles(event.day);
  const [first = 0] = days;
  const lost = MONTHS[first];
  if (lost === undefined || event.fromMonthEnd || event.weekdays !== 0) return undefined;
  if (!isAny(event.year) || !isAny(event.month)) return undefined;
  const last = normalForm({ ...event, fromMonthEnd: true, day: [{ start: 1, repeat: 0 }] });
  return rare(`OnCalendar= leaves out the months that have ${lost}; ~01 is the last day of each month`, last);
}

function bothDays(event: CalendarEvent): Reading | undefined {
  const days = singles(event.day);
  const count = WEEKDAYS.filter((_, i) => event.weekdays & (1 << i)).length;
  if (days.length === 0 || days.length > MOST_DAYS || event.fromMonthEnd || !isAny(event.year)) return undefined;
  if (count === 0 || count === WEEKDAYS.length) return undefined;
  const weekday = count === 1 ? weekdayName(Math.log2(event.weekdays)) : "of these weekdays";
  return rare(
    `OnCalendar= needs both, the day of the month and the weekday: only a day ${days.join(" or ")} that is a ${weekday}; two lines mean either`,
    normalForm({ ...event, day: [] }),
    normalForm({ ...event, weekdays: 0 }),
  );
}

/** A list that is longer may be a week of the month. */
const MOST_DAYS = 4;

function skippedHour(event: CalendarEvent): Reading | undefined {
  const [hour, minute] = [singles(event.hour), singles(event.minute)];
  const [only, at] = [hour[0], minute[0]];
  if (event.zone.kind !== "named" || hour.length !== 1 || minute.length !== 1 || only === undefined || at === undefined)
    return undefined;
  if (!isAny(event.day) || !isAny(event.month)) return undefined;
  const gap = skippedTime(event.zone.name);
  const time = only * 60 + at;
  if (!gap || time < gap.from || time >= gap.to) return undefined;
  if (event.weekdays !== 0 && !(event.weekdays & (1 << gap.weekday))) return undefined;
  const later = Math.ceil((gap.to - gap.from) / 60);
  const written = [only, at].map((it) => String(it).padStart(2, "0")).join(":");
  return rare(
    `OnCalendar= at ${written}: on the day when summer time begins, the clock of ${event.zone.name} skips that time, and the run is left out`,
    normalForm({ ...event, hour: [{ start: only + later, repeat: 0 }] }),
  );
}

function everyMinute(event: CalendarEvent): Reading | undefined {
  const [hour, ...others] = singles(event.hour);
  if (hour === undefined || others.length > 0 || !isAny(event.minute)) return undefined;
  const meant = normalForm({ ...event, minute: [{ start: 0, repeat: 0 }] });
  const from = String(hour).padStart(2, "0");
  const message = `OnCalendar= comes every minute from ${from}:00 to ${from}:59, as * stands for each of them; ${from}:00 is once`;
  return { code: tooOften.code, severity: "info", message, meant: [meant] };
}
