import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { nextElapses } from "../../server/src/values/calendar/nextElapses.ts";
import { normalForm } from "../../server/src/values/calendar/normalForm.ts";
import { parseCalendar } from "../../server/src/values/calendar/parse.ts";
import { type Random, random } from "../kit/random.ts";
import { skip } from "../kit/skip.ts";
import { type Elapses, elapsesOf, MACHINE_VERSION } from "../kit/systemd.ts";

const ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Europe/Dublin", "Asia/Kolkata"];
/** One for each group of expressions: around leap days, changes of clocks and turns of years. */
const BASES = [
  "2024-02-27 12:34:56",
  "2026-03-28 22:00:00.5",
  "2026-10-24 20:00:00",
  "2027-03-13 23:59:59",
  "2030-11-02 12:00:00",
  "2033-04-02 01:00:00",
  "2025-10-03 13:00:00.25",
  "2035-12-31 23:59:59.999999",
];
const GROUP = 50;
const COUNT = 5;
const SEED = Number(process.env.SEED ?? 20261124);

describe("calendar events as systemd-analyze calendar has them", function () {
  before(function () {
    if (MACHINE_VERSION === undefined) {
      skip(this, "there is no systemd-analyze");
    }
  });
  this.timeout(300_000);

  for (const [i, base] of BASES.entries()) {
    it(`from ${base} on (seed ${SEED + i})`, () => {
      const source = random(SEED + i);
      for (const zone of ZONES) {
        const expressions = [...new Set(Array.from({ length: GROUP }, () => expression(source)))];
        const theirs = elapsesOf(expressions, `${base} UTC`, COUNT, zone);
        for (const text of expressions) {
          const answer = theirs.get(text);
          const own = ours(text, base, zone);
          const what = `${text} (TZ=${zone})`;
          if (answer === "gives up") assert.ok((own?.elapses.length ?? COUNT) < COUNT, what);
          else assert.deepEqual(own, answer, what);
        }
      }
    });
  }
});

function ours(text: string, base: string, zone: string): Required<Elapses> | undefined {
  const { event } = parseCalendar(text);
  if (!event) return undefined;
  const [date = "", fraction = ""] = base.split(".");
  const from = Date.parse(`${date.replace(" ", "T")}Z`) * 1000 + Number(fraction.padEnd(6, "0"));
  const elapses = nextElapses(event, from, COUNT, zone)?.map((it) =>
    new Date(Math.floor(it / 1_000_000) * 1000).toISOString().slice(0, 19).replace("T", " "),
  );
  return { normalForm: normalForm(event), elapses: elapses ?? ["?"] };
}

const KEYWORDS = ["minutely", "Hourly", "daily", "WEEKLY", "monthly", "quarterly", "yearly", "semi-annually"];
const DAYS = ["Mon", "tue", "Wednesday", "Thu", "FRI", "Sat", "Sunday"];
const NAMED_ZONES = [
  "UTC",
  "utc",
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Tokyo",
  "America/St_Johns",
];

/** An expression, of which a few are wrong. */
function expression(source: Random): string {
  const { pick, chance } = source;
  const words: string[] = [];
  if (chance(0.04)) words.push(pick(KEYWORDS));
  else if (chance(0.02)) words.push(`@${source.below(2_000_000_000)}`);
  else {
    const weekdays = chance(0.3);
    const date = chance(0.6);
    if (weekdays) words.push(weekdayList(source));
    if (date) words.push(dateOf(source));
    if (chance(0.8) || !(weekdays || date)) words.push(timeOf(source));
  }
  if (chance(0.25)) words.push(pick(NAMED_ZONES));
  return words.join(" ");
}

function weekdayList({ below, pick, chance }: Random): string {
  if (chance(0.4)) return pick(DAYS);
  const first = below(6);
  const range = `${DAYS[first]}${pick(["..", "-"])}${DAYS[first + 1 + below(6 - first)]}`;
  return chance(0.3) ? `${range},${pick(DAYS)}` : range;
}

function dateOf(source: Random): string {
  const { chance } = source;
  const fromEnd = chance(0.25);
  const day = fromEnd ? chain(source, 1, 28) : chain(source, 1, 31);
  const month = chance(0.2) ? "02" : chain(source, 1, 12);
  const year = chance(0.7) ? "*" : chance(0.2) ? String(24 + source.below(14)) : chain(source, 2024, 2037);
  return `${chance(0.8) ? `${year}-` : ""}${month}${fromEnd ? "~" : "-"}${day}`;
}

function timeOf(source: Random): string {
  const { chance } = source;
  const hour = chance(0.3) ? `0${1 + source.below(3)}` : chain(source, 0, 23);
  const minute = chain(source, 0, 59);
  return chance(0.5) ? `${hour}:${minute}` : `${hour}:${minute}:${seconds(source)}`;
}

function seconds(source: Random): string {
  const { pick, below, chance } = source;
  if (chance(0.6)) return chain(source, 0, 59);
  const second = `${below(60)}.${below(1000)}`;
  return pick([
    second,
    `0/${1 + below(20)}.${below(10)}`,
    `${below(20)}..${30 + below(29)}.5/2.25`,
    `${second},59.9999999`,
  ]);
}

/** A list of values between two bounds, some of which lie beyond them. */
function chain(source: Random, low: number, high: number): string {
  const { below, chance } = source;
  if (chance(0.25)) return "*";
  const element = (): string => {
    const first = low + below(high - low + (chance(0.02) ? 3 : 1));
    const last = Math.min(high, first + below(high - low));
    const step = 1 + below(Math.max(1, Math.floor((high - low) / 3)));
    if (chance(0.2)) return `${first}..${last}`;
    if (chance(0.15)) return `${first}..${last}/${step}`;
    return chance(0.2) ? `${Math.max(low, first - step)}/${step}` : String(first);
  };
  return Array.from({ length: chance(0.2) ? 2 + below(3) : 1 }, element).join(",");
}
