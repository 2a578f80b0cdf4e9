import { bullets, code, type Prose, plainProse, proseParagraphs, sentence, strong } from "../reports/markup.ts";
import { nextElapses } from "../values/calendar/nextElapses.ts";
import { normalForm } from "../values/calendar/normalForm.ts";
import { parseCalendar } from "../values/calendar/parse.ts";

/** How many of the next times are shown. */
const SHOWN = 5;

/**
 * A calendar event in full, and when it elapses next: by the reader's clock and in UTC. `now` counts milliseconds since
 * 1970; without it only the form is told. Undefined for what is no calendar event.
 */
export function describeCalendar(written: string, now: number | undefined, zone: string): Prose | undefined {
  const { event } = parseCalendar(written);
  if (!event) return undefined;
  const elapses = now === undefined ? undefined : nextElapses(event, now * 1000, SHOWN, zone);
  return proseParagraphs(
    strong(normalForm(event)),
    elapses && (elapses.length === 0 ? plainProse("Never elapses again.") : timesOf(elapses, zone)),
  );
}

function timesOf(elapses: readonly number[], zone: string): Prose {
  const lines = elapses.map((it) => {
    const utc = clockTime(it, "UTC");
    if (zone === "UTC") return code(`${utc} UTC`);
    const local = clockTime(it, zone);
    const sameDay = utc.slice(0, DATE) === local.slice(0, DATE);
    return sentence(code(local), plainProse(`(${sameDay ? utc.slice(DATE + 1) : utc} UTC)`));
  });
  const place = zone === "UTC" ? "Elapses next:" : `Elapses next, in ${zone}:`;
  return proseParagraphs(plainProse(place), bullets(lines));
}

/** As long as "Mon 2026-11-30". */
const DATE = 14;

/** A time as systemd writes it, without the zone; fractions of a second only where there are some. */
export function clockTime(microseconds: number, zone: string): string {
  const parts = formatOf(zone).formatToParts(Math.floor(microseconds / 1000));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((it) => it.type === type)?.value ?? "";
  const fraction = microseconds % 1_000_000;
  const rest = fraction === 0 ? "" : `.${String(fraction).padStart(6, "0")}`;
  return `${part("weekday")} ${part("year")}-${part("month")}-${part("day")} ${part("hour")}:${part("minute")}:${part("second")}${rest}`;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  formats.set(zone, made);
  return made;
}
