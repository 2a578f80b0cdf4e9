import { type PerVersion, valueIn } from "../../facts/version.ts";
import { type CalendarEvent, WEEKDAYS } from "../calendar/event.ts";
import { contradictedDate, fitsSomeDay } from "../calendar/never.ts";
import { normalForm } from "../calendar/normalForm.ts";
import { placesIn } from "../calendar/offers.ts";
import { parseCalendar } from "../calendar/parse.ts";
import { weekdayName } from "../calendar/weekdays.ts";
import { grammar } from "../combine.ts";
import { expand, isIssue } from "../expand.ts";
import type { Effect, Grammar, HoverTopic, Issue, Piece, Reader, Replacement } from "../grammar.ts";
import { part } from "../piece.ts";
import { about } from "../wording.ts";

/** Calendar events. */
export const CALENDAR = {
  calendarTimer: grammar(
    "timer",
    "a calendar event, such as `Mon..Fri 08:00`, `daily` or `*-*-01`",
    "reset",
    (value, into) => {
      const piece = expand(value, "full", into);
      if (isIssue(piece)) into.problem(piece, "assignment");
      else readEvent(piece, into);
    },
  ),
} as const satisfies Record<string, Grammar>;

/** Since this version systemd warns of a weekday that its date does not have. */
const CONTRADICTION: PerVersion<Effect> = { 0: "silent", 262: "complains" };

/** Reads a calendar event, and warns of one that never elapses. */
export function readEvent(piece: Piece, into: Reader): void {
  offerPlaces(piece, into);
  const { parts, event, mistake } = parseCalendar(piece.text);
  const topic = event && piece.certain ? (): HoverTopic => ({ kind: "calendar", text: piece.text }) : undefined;
  if (piece.exact) for (const { from, to, role } of parts) into.token(piece.from + from, piece.from + to, role, topic);
  else into.token(piece.from, piece.to, "word", topic);
  if (!piece.certain) return;
  if (mistake) {
    const { from, to, fixes, ...wording } = mistake;
    const at = part(piece, from, to);
    const working = (fixes ?? []).filter((it) => isClean(applied(piece, it)));
    into.problem(
      { from: at.from, to: at.to, code: "value/calendar", ...wording, ...fixesOf(piece, working) },
      "assignment",
    );
  } else if (event) warn(piece, event, into);
}

function offerPlaces(piece: Piece, into: Reader): void {
  const { cursor } = into;
  if (cursor === undefined || !piece.exact) return;
  for (const { from, to, offers } of placesIn(piece.text, Math.min(cursor, piece.to) - piece.from))
    into.slot(piece.from + from, piece.from + to, offers);
}

const NEVER = "it never elapses";

/** Events that systemd accepts although they never elapse. */
function warn(piece: Piece, event: CalendarEvent, into: Reader): void {
  const code = "value/calendar-never";
  const date = contradictedDate(event);
  if (date) {
    const { year, month, day, weekday } = date;
    const at = part(piece, 0, piece.text.indexOf(" "));
    const written = [year, String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
    const wording = about(written, `is a ${weekdayName(weekday)}, not a ${at.text}`);
    const text = WEEKDAYS[weekday] ?? "";
    const fixes = [
      { title: `Change to ${text}`, from: 0, to: at.text.length, text },
      {
        title: "Remove the weekday",
        from: 0,
        to: piece.text.length - piece.text.slice(at.text.length).trimStart().length,
        text: "",
      },
    ];
    const issue: Issue = { from: at.from, to: at.to, code, ...wording, consequence: NEVER, ...fixesOf(piece, fixes) };
    into.problem(issue, valueIn(CONTRADICTION, into.where.version));
  } else if (!fitsSomeDay(event)) {
    const { from, to } = piece;
    const wording = about(normalForm(event), "matches no day up to the year 2199");
    into.problem({ from, to, code, ...wording, consequence: NEVER }, "silent");
  }
}

/** The same fixes where the piece stands in the value; none where its characters do not stand for themselves. */
const fixesOf = (piece: Piece, fixes: readonly Replacement[]): Pick<Issue, "fixes"> =>
  piece.exact && fixes.length > 0
    ? { fixes: fixes.map((it) => ({ ...it, from: piece.from + it.from, to: piece.from + it.to })) }
    : {};

const applied = ({ text }: Piece, fix: Replacement): string => text.slice(0, fix.from) + fix.text + text.slice(fix.to);

const isClean = (text: string): boolean => parseCalendar(text).event !== undefined;
