import { WEEKDAYS } from "./event.ts";

/** Whether a text has the five fields of a line of crontab(5). */
export const isCrontab = (text: string): boolean => text.length < 200 && CRONTAB.test(text);

const CRONTAB = /^(?:[\d*/,-]+[ \t]+){4}[\d*/,a-z-]+$/i;

/**
 * The calendar event for the five fields of a line of crontab(5), undefined where there is none: cron takes a day of the
 * month or a weekday where both are given, a calendar event takes both.
 */
export function fromCrontab(text: string): string | undefined {
  const [minute = "", hour = "", day = "", month = "", weekday = ""] = text.split(/[ \t]+/);
  if (day !== "*" && weekday !== "*") return undefined;
  const fields = [field(minute, 0), field(hour, 0), field(day, 1), field(month, 1)];
  const days = weekday === "*" ? "" : weekdays(weekday);
  if (days === undefined || fields.includes(undefined)) return undefined;
  const [m, h, d, mon] = fields;
  return `${days}*-${mon}-${d} ${h}:${m}:00`;
}

function field(text: string, first: number): string | undefined {
  if (text === "*") return "*";
  const elements = text.split(",").map((it) => {
    const [, star, from, to, step] = /^(?:(\*)|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(it) ?? [];
    if (star !== undefined) return step === undefined ? undefined : `${two(first)}/${step}`;
    if (from === undefined) return undefined;
    return `${two(from)}${to === undefined ? "" : `..${two(to)}`}${step === undefined ? "" : `/${step}`}`;
  });
  return elements.includes(undefined) ? undefined : elements.join(",");
}

const two = (number: number | string): string => String(number).padStart(2, "0");

/** In cron Sunday is 0 and 7. */
function weekdays(text: string): string | undefined {
  const days = new Set<number>();
  for (const element of text.split(",")) {
    const [, from, to] = /^([a-z]{3}|[0-7])(?:-([a-z]{3}|[0-7]))?$/i.exec(element) ?? [];
    const first = weekday(from ?? "");
    const last = to === undefined ? first : weekday(to);
    if (first === undefined || last === undefined || first > last) return undefined;
    for (let day = first; day <= last; day++) days.add((day + 6) % 7);
  }
  const sorted = [...days].sort((a, b) => a - b);
  const runs: string[] = [];
  for (let i = 0; i < sorted.length; i++) {
    const first = i;
    while (sorted[i + 1] === (sorted[i] ?? 0) + 1) i++;
    const [from, to] = [WEEKDAYS[sorted[first] ?? 0], WEEKDAYS[sorted[i] ?? 0]];
    runs.push(i === first ? `${from}` : `${from}..${to}`);
  }
  return `${runs.join(",")} `;
}

function weekday(text: string): number | undefined {
  if (/^\d$/.test(text)) return Number(text);
  const at = WEEKDAYS.findIndex((it) => it.toLowerCase() === text.toLowerCase());
  return at < 0 ? undefined : (at + 1) % 7;
}
