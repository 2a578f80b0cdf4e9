import type { ValueRules } from "../../findings/valueRule.ts";

/** What can be wrong with calendar events. */
export const CALENDAR_RULES = {
  "value/calendar": {
    title: "Invalid calendar event",
    why: "An event consists of weekdays, a date, a time and a time zone, each of which may be left out, or is a word such as daily; systemd ignores anything else, so that the timer does not elapse then.",
    page: "systemd.time(7)",
    bad: { path: "x.timer", text: "[Timer]\nOnBootSec=5min\nOnCalendar=*:*/15\n[Install]\nWantedBy=timers.target\n" },
    good: { path: "x.timer", text: "[Timer]\nOnCalendar=*:0/15\n[Install]\nWantedBy=timers.target\n" },
  },
  "value/calendar-never": {
    title: "Calendar event that never occurs",
    why: "No day has both the date and the weekday of the event, or no year has its date; systemd loads the timer, which then never elapses.",
    page: "systemd.time(7)",
    bad: { path: "x.timer", text: "[Timer]\nOnCalendar=Mon 2027-01-01\n[Install]\nWantedBy=timers.target\n" },
    good: { path: "x.timer", text: "[Timer]\nOnCalendar=Fri 2027-01-01\n[Install]\nWantedBy=timers.target\n" },
  },
} as const satisfies ValueRules;
