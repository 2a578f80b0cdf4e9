/** An event with a name of its own. */
interface Keyword {
  readonly text: string;
  /** What it stands for, as an event in full. */
  readonly event: string;
  readonly summary: string;
  /** Another spelling of an earlier one, which is not offered. */
  readonly alias?: true;
}

const HALF_YEARLY = { event: "*-01,07-01 00:00:00", summary: "Midnight at the start of January and July" };
const YEARLY = { event: "*-01-01 00:00:00", summary: "Midnight at the start of a year" };

/** The events that have a name, which counts in any letter case. Follows calendar_spec_from_string(), systemd 257 to 262. */
export const KEYWORDS: readonly Keyword[] = [
  { text: "minutely", event: "*-*-* *:*:00", summary: "Every minute, at its start" },
  { text: "hourly", event: "*-*-* *:00:00", summary: "Every hour, at its start" },
  { text: "daily", event: "*-*-* 00:00:00", summary: "Every day at midnight" },
  { text: "weekly", event: "Mon *-*-* 00:00:00", summary: "Midnight at the start of Monday" },
  { text: "monthly", event: "*-*-01 00:00:00", summary: "Midnight at the start of a month" },
  { text: "quarterly", event: "*-01,04,07,10-01 00:00:00", summary: "Midnight at the start of a quarter" },
  { text: "semiannually", ...HALF_YEARLY },
  { text: "yearly", ...YEARLY },
  { text: "annually", ...YEARLY, alias: true },
  { text: "anually", ...YEARLY, alias: true },
  { text: "semi-annually", ...HALF_YEARLY, alias: true },
  { text: "biannually", ...HALF_YEARLY, alias: true },
  { text: "bi-annually", ...HALF_YEARLY, alias: true },
];

const EVENTS = new Map(KEYWORDS.map(({ text, event }) => [text, event]));

/** The event in full that a text stands for, undefined where it is no keyword. */
export const keywordEvent = (text: string): string | undefined => EVENTS.get(text.toLowerCase());
