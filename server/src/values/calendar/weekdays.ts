import { about } from "../wording.ts";
import { WEEKDAYS } from "./event.ts";
import { fail, peek, type Scan, skipSpaces, stretch, take } from "./scan.ts";

const NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const DAYS = new Map<string, number>(WEEKDAYS.map((it, day) => [it.toLowerCase(), day]));

const NAME = /(?:mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)/iy;

/** The full name of a weekday, 0 being Monday. */
export const weekdayName = (day: number): string => NAMES[day] ?? "";

/** Whether a word names a weekday, in full or short, in any letter case. */
export function isWeekday(word: string): boolean {
  NAME.lastIndex = 0;
  return NAME.exec(word)?.[0].length === word.length;
}

/** The weekday that begins as a word does, undefined where none does. */
export function weekdayLike(word: string): string | undefined {
  const start = word.slice(0, 3).toLowerCase();
  return WEEKDAYS.find(
    (it) => it.toLowerCase() === start || (start.length === 2 && it.toLowerCase().startsWith(start)),
  );
}

/** Reads weekdays as bits, 0 for none; undefined after a mistake. Follows parse_weekdays(), systemd 257 to 262. */
export function readWeekdays(scan: Scan): number | undefined {
  let bits = 0;
  let range: { day: number; from: number } | undefined;
  for (;;) {
    const from = scan.at;
    NAME.lastIndex = from;
    const name = NAME.exec(scan.text)?.[0];
    if (name === undefined) return from === 0 ? 0 : noWeekday(scan);
    const behind = scan.text.charAt(from + name.length);
    if (/[a-z]/i.test(behind)) return noWeekday(scan);
    take(scan, name.length, "word");
    if (!"-., ".includes(behind)) {
      const { from, to, found } = stretch(scan);
      return fail(scan, { from, to, ...about(found, "cannot follow a weekday") });
    }
    const day = DAYS.get(name.slice(0, 3).toLowerCase()) ?? 0;
    if (range && range.day > day) return backwards(scan, range, day);
    for (let it = range?.day ?? day; it <= day; it++) bits |= 1 << it;

    const rest = peek(scan);
    if (rest === "" || rest === " ") {
      skipSpaces(scan);
      return bits;
    }
    if (rest === ",") {
      range = undefined;
      take(scan, 1, "operator");
    } else {
      const dots = rest === ".";
      if (range)
        return fail(scan, { from: range.from, to: scan.at + 1, message: "has a range of weekdays with three parts" });
      if (dots && peek(scan, 1) !== ".") return oneDot(scan);
      range = { day, from };
      take(scan, dots ? 2 : 1, "operator");
    }
    if (peek(scan) !== "" && peek(scan) !== " ") continue;
    if (range) return fail(scan, { from, to: scan.at, message: "has a range of weekdays without an end" });
    skipSpaces(scan);
    return bits;
  }
}

function noWeekday(scan: Scan): undefined {
  const { from, to, found } = stretch(scan);
  const meant = weekdayLike(found);
  const fixes =
    meant === undefined ? [] : [{ title: `Change to ${meant}`, from, to, text: meant, safe: true as const }];
  return fail(scan, { from, to, ...about(found, "is no weekday"), fixes });
}

function oneDot(scan: Scan): undefined {
  const { at: from } = scan;
  const fixes = [{ title: "Change to ..", from, to: from + 1, text: "..", safe: true as const }];
  return fail(scan, { from, to: from + 1, ...about(".", 'is between weekdays, where a range needs ".."'), fixes });
}

function backwards(scan: Scan, range: { day: number; from: number }, day: number): undefined {
  const [first, last] = [WEEKDAYS[range.day], WEEKDAYS[day]];
  const span = { from: range.from, to: scan.at };
  const run = (from: number, to: number): string =>
    from === to ? `${WEEKDAYS[from]}` : `${WEEKDAYS[from]}${to === from + 1 ? "," : ".."}${WEEKDAYS[to]}`;
  const text = `${run(0, day)},${run(range.day, 6)}`;
  const fixes = [{ title: `Change to ${text}`, ...span, text }];
  return fail(scan, { ...span, ...about(`${first}..${last}`, "runs backwards"), fixes });
}
