import { isTimeZone, timeZoneNames } from "../../facts/timeZones.ts";
import { nearest } from "../../text/nearest.ts";
import type { Replacement } from "../grammar.ts";
import { about, noValue, unknown } from "../wording.ts";
import { fromCrontab, isCrontab } from "./crontab.ts";
import { WEEKDAYS } from "./event.ts";
import { KEYWORDS } from "./keywords.ts";
import type { Mistake } from "./scan.ts";
import { isWeekday, weekdayLike } from "./weekdays.ts";

/** What a whole text seems to be, where that says more than the place at which reading stopped. */
export function betterMistake(text: string, mistake: Mistake): Mistake {
  return (
    quotes(text) ??
    tab(text) ??
    crontab(text) ??
    nickname(text) ??
    anyWeekday(text) ??
    slashes(text) ??
    timeSpan(text) ??
    spacesBeforeZone(text) ??
    weekdaysBehind(text, mistake) ??
    badZone(text, mistake) ??
    badFirstWord(text, mistake) ??
    mistake
  );
}

const EXAMPLES = "a calendar event such as Mon..Fri 08:00 or daily";

const whole = (text: string): { from: number; to: number } => ({ from: 0, to: text.length });

/** Replaces characters whose text had no meaning before. */
const replaced = (title: string, from: number, to: number, text: string): Replacement => ({
  title,
  from,
  to,
  text,
  safe: true,
});

function quotes(text: string): Mistake | undefined {
  const inside = /^(["'])(.*)\1$/.exec(text)?.[2];
  if (inside === undefined) return undefined;
  const fixes = [replaced("Remove the quotes", 0, text.length, inside)];
  return { ...whole(text), ...about(text, "has quotes, which are part of the value here"), fixes };
}

function tab(text: string): Mistake | undefined {
  const from = text.indexOf("\t");
  if (from < 0) return undefined;
  const to = from + (/^\s+/.exec(text.slice(from))?.[0].length ?? 1);
  const fixes = [replaced("Change the tab to a space", from, to, " ")];
  return { from, to, message: "has a tab, but only spaces can separate the parts", fixes };
}

function crontab(text: string): Mistake | undefined {
  if (!isCrontab(text)) return undefined;
  const event = fromCrontab(text);
  const fixes = event === undefined ? [] : [{ title: `Change to ${event}`, ...whole(text), text: event }];
  return { ...whole(text), ...about(text, "has the fields of a crontab"), allowed: EXAMPLES, fixes };
}

function nickname(text: string): Mistake | undefined {
  const name = /^@([a-z]+)$/i.exec(text)?.[1]?.toLowerCase();
  if (name === undefined) return undefined;
  const keyword = name === "midnight" ? "daily" : KEYWORDS.find((it) => it.text === name)?.text;
  const fixes = keyword === undefined ? [] : [replaced(`Change to ${keyword}`, 0, text.length, keyword)];
  return { ...whole(text), ...noValue(text, EXAMPLES), fixes };
}

function anyWeekday(text: string): Mistake | undefined {
  const star = /^\*[ ]+(?=\S)/.exec(text)?.[0];
  if (star === undefined) return undefined;
  const fixes = [replaced("Remove the *", 0, star.length, "")];
  return { from: 0, to: 1, ...about("*", "stands for the weekday, which must be omitted for any weekday"), fixes };
}

function slashes(text: string): Mistake | undefined {
  const [date, year, month, day] = /^(\d{4})\/(\d{1,2})\/(\d{1,2})(?= |$)/.exec(text) ?? [];
  if (date === undefined) return undefined;
  const fixes = [replaced(`Change to ${year}-${month}-${day}`, 0, date.length, `${year}-${month}-${day}`)];
  return {
    from: 0,
    to: date.length,
    ...about(date, "has slashes where dashes must separate the parts of a date"),
    fixes,
  };
}

const SPAN =
  /^(?:\d+(?:\.\d+)? ?(?:us|ms|s|sec|seconds?|m|min|minutes?|h|hr|hours?|d|days?|w|weeks?|months?|y|years?) ?)+$/;

function timeSpan(text: string): Mistake | undefined {
  if (text.length > 60 || !SPAN.test(text)) return undefined;
  return { ...whole(text), ...about(text, "is a time span"), allowed: EXAMPLES };
}

function spacesBeforeZone(text: string): Mistake | undefined {
  const [, spaces, name] = /( {2,})(\S+)$/.exec(text.slice(-80)) ?? [];
  if (spaces === undefined || name === undefined || !(isTimeZone(name) || name.toUpperCase() === "UTC"))
    return undefined;
  const to = text.length - name.length;
  const from = to - spaces.length + 1;
  return {
    from,
    to,
    message: "has more than one space before the time zone",
    fixes: [replaced("Remove all spaces but one", from, to, "")],
  };
}

/** A last word of letters at which reading stopped, after something else. */
function badZone(text: string, mistake: Mistake): Mistake | undefined {
  const from = text.lastIndexOf(" ") + 1;
  const name = text.slice(from);
  if (from === 0 || mistake.from < from || !/^[a-z][a-z0-9_+-]*(?:\/[a-z0-9_+-]+)*$/i.test(name)) return undefined;
  const to = text.length;
  const near = name.length < 4 ? [] : similar(name, timeZoneNames());
  const fixes = near.map((it) => ({ title: `Change to ${it}`, from, to, text: it }));
  return { from, to, ...unknown(name, "time zone"), fixes };
}

/** Weekdays in the last word, after something else. */
function weekdaysBehind(text: string, mistake: Mistake): Mistake | undefined {
  const from = text.lastIndexOf(" ") + 1;
  const last = text.slice(from);
  const before = text.slice(0, from).trimEnd();
  if (before === "" || mistake.from < from || !areWeekdays(last)) return undefined;
  const to = text.length;
  if (areWeekdays(before)) {
    const fixes = [replaced("Change the space to a comma", before.length, from, ",")];
    return { from, to, ...about(last, "needs a comma before it, as it follows a weekday"), fixes };
  }
  const moved = `${last} ${before}`;
  const fixes = [{ title: `Change to ${moved}`, ...whole(text), text: moved }];
  return { from, to, ...about(last, "is at the end, but weekdays come first"), fixes };
}

const areWeekdays = (text: string): boolean => text.length < 100 && text.split(/,|\.\.|-/).every(isWeekday);

/** A first word that is no keyword, no weekday and no number. */
function badFirstWord(text: string, mistake: Mistake): Mistake | undefined {
  if (mistake.from > 0 || /^[\d*@]/.test(text)) return undefined;
  const to = /^[a-z]*/i.exec(text)?.[0].length ?? 0;
  const word = text.slice(0, to);
  const day = weekdayLike(word);
  const [from, alone] = [0, to === text.length];
  if (isWeekday(word)) return undefined;
  const near = similar(word, [...KEYWORDS.filter(({ alias }) => !alias).map((it) => it.text), ...WEEKDAYS]);
  const meant = near.length > 0 ? near : day === undefined ? [] : [day];
  if (!alone && (day === undefined || !/[ ,.-]/.test(text.charAt(to))))
    return { ...whole(text), ...noValue(text, EXAMPLES) };
  const wording = alone ? noValue(text, EXAMPLES) : about(word, "is no weekday");
  return { from, to, ...wording, fixes: meant.map((it) => ({ title: `Change to ${it}`, from, to, text: it })) };
}

const similar = (word: string, candidates: Iterable<string>): string[] =>
  word.length > 40 ? [] : nearest(word, candidates);
