import { type DirectiveRows, sharing } from "../row.ts";

/** systemd.timer(5). */
export const TIMER_ROWS = {
  OnCalendar: {
    summary:
      'Fires at wall-clock times given as a calendar expression, such as "Mon *-*-* 03:00" or "daily"; repeatable.',
    type: "calendarTimer",
    since: 197,
    many: true,
  },
  OnActiveSec: {
    summary: "Fires this many seconds after the timer unit itself has been started.",
    type: "monotonicTimer",
    many: true,
  },
  ...sharing({ type: "monotonicTimer", many: true, anchor: "OnActiveSec=" })({
    OnBootSec: {
      summary: "Fires this many seconds after boot, or immediately if that moment has passed when the timer starts.",
    },
    OnStartupSec: {
      summary:
        "Fires this many seconds after the service manager started; for user timers this is usually the first login.",
    },
    OnUnitActiveSec: {
      summary:
        "Fires this many seconds after the last activation of the triggered unit, and thus repeats at an interval.",
    },
    OnUnitInactiveSec: {
      summary: "Fires this many seconds after the triggered unit last stopped, which leaves a pause between two runs.",
    },
  }),
  ...sharing({ type: "bool", default: "no" })({
    OnClockChange: {
      summary: "Fires when the system clock is set and so jumps against the monotonic clock.",
      since: 242,
    },
    OnTimezoneChange: {
      summary: "Elapses when the time zone of the machine changes.",
      since: 242,
      anchor: "OnClockChange=",
    },
    Persistent: {
      summary: "Stores the last run on disk and catches up on an OnCalendar= run missed while the timer was inactive.",
      since: 212,
    },
    WakeSystem: {
      summary:
        "Wakes a suspended machine when the timer is due, if hardware and privileges permit; does not suspend it again.",
      since: 212,
    },
  }),
  RemainAfterElapse: {
    summary: 'Keeps a finished timer loaded and visible; with "no" it is unloaded and can be started again.',
    type: "bool",
    since: 229,
    default: "yes",
  },
  FixedRandomDelay: {
    summary:
      "Makes the delay of RandomizedDelaySec= the same on every run, calculated from machine ID, user and timer name.",
    type: "bool",
    since: 247,
    default: "no",
  },
  DeferReactivation: {
    summary:
      "Computes the next OnCalendar= run from the end of the triggered unit, so a slow job is not restarted at once.",
    type: "bool",
    since: 257,
    default: "no",
  },
  AccuracySec: {
    summary:
      "Sets the window in seconds in which systemd may move the timer later to bundle wake-ups; 1us is most exact.",
    type: "sec",
    since: 209,
    default: "1min",
  },
  RandomizedDelaySec: {
    summary: "Postpones each run by a random time of up to this many seconds, so that timers do not fire together.",
    type: "sec",
    since: 229,
    default: "0",
  },
  Unit: {
    summary: "Names the unit to start when the timer elapses.",
    type: "triggerUnit",
    default: "the service with the same name",
  },
  RandomizedOffsetSec: {
    summary: "Shifts OnCalendar= times by a random but fixed offset of up to this many seconds, stable across reboots.",
    type: "sec",
    since: 258,
    default: "0",
  },
} as const satisfies DirectiveRows;
