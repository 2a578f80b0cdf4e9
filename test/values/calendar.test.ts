import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { nextElapses } from "../../server/src/values/calendar/nextElapses.ts";
import { normalForm } from "../../server/src/values/calendar/normalForm.ts";
import { parseCalendar } from "../../server/src/values/calendar/parse.ts";
import { skippedTime } from "../../server/src/values/calendar/zoneClock.ts";
import type { Where } from "../../server/src/values/grammar.ts";
import { slotsAt, tokensOf } from "../../server/src/values/read.ts";
import { parseUnitName } from "../../server/src/values/unitName.ts";
import { valueType } from "../../server/src/values/valueTypes.ts";

const NOON = Date.UTC(2026, 10, 24, 11) * 1000;

function elapses(text: string, count = 3, zone = "Europe/Berlin", from = NOON): string[] | undefined {
  const { event } = parseCalendar(text);
  assert.ok(event, text);
  return nextElapses(event, from, count, zone)?.map((it) => {
    const seconds = new Date(Math.floor(it / 1_000_000) * 1000).toISOString().slice(0, 19);
    return `${seconds}.${String(it % 1_000_000).padStart(6, "0")}`.replace(".000000", "");
  });
}

describe("calendar events: the form in full", () => {
  it("is systemd's", () => {
    const cases = {
      daily: "*-*-* 00:00:00",
      "Quarterly UTC": "*-01,04,07,10-01 00:00:00 UTC",
      "Sat-Sun": "Sat,Sun *-*-* 00:00:00",
      "tue,Wed..fri 8:00": "Tue..Fri *-*-* 08:00:00",
      "Mon..Sun": "*-*-* 00:00:00",
      "Sun,Mon": "Mon,Sun *-*-* 00:00:00",
      "70..26-1-1": "1970..2026-01-01 00:00:00",
      "1..5/3:0": "*-*-* 01..04/3:00:00",
      "*:0..30/31": "*-*-* *:00:00",
      "1,2,1:0": "*-*-* 01,02:00:00",
      "*:*:0/1,5": "*-*-* *:*:*",
      "*:*:0.1..0.3/0.1": "*-*-* *:*:00.100000..00.300000/0.100000",
      "10:00:00.1234567": "*-*-* 10:00:00.123457",
      "*-*~7/1": "*-*~07/1 00:00:00",
      "@1700000000 Europe/Berlin": "2023-11-14 22:13:20 UTC",
      "10:00 cest": "*-*-* 10:00:00 CEST",
    };
    for (const [text, form] of Object.entries(cases)) {
      const { event } = parseCalendar(text);
      assert.equal(event && normalForm(event), form, text);
    }
  });
});

describe("calendar events: when they elapse", () => {
  it("goes by the local clock, or that of a zone", () => {
    assert.deepEqual(elapses("10:00", 1), ["2026-11-25T09:00:00"]);
    assert.deepEqual(elapses("10:00 UTC", 1), ["2026-11-25T10:00:00"]);
    assert.deepEqual(elapses("10:00 America/New_York", 1), ["2026-11-24T15:00:00"]);
  });

  it("passes over a time that the clock skips, and takes one that it shows twice once", () => {
    const winter = Date.UTC(2027, 2, 26, 12) * 1000;
    assert.deepEqual(elapses("02:30", 3, "Europe/Berlin", winter), [
      "2027-03-27T01:30:00",
      "2027-03-29T00:30:00",
      "2027-03-30T00:30:00",
    ]);
    const summer = Date.UTC(2026, 9, 24, 12) * 1000;
    assert.deepEqual(elapses("02:30", 2, "Europe/Berlin", summer), ["2026-10-25T00:30:00", "2026-10-26T01:30:00"]);
  });

  it("counts microseconds, and begins after the moment given", () => {
    assert.deepEqual(elapses("*:*:0/0.4", 4, "UTC", NOON), [
      "2026-11-24T11:00:00.400000",
      "2026-11-24T11:00:00.800000",
      "2026-11-24T11:00:01.200000",
      "2026-11-24T11:00:01.600000",
    ]);
  });

  it("is rare or never", () => {
    assert.deepEqual(elapses("*-02-29", 2, "UTC"), ["2028-02-29T00:00:00", "2032-02-29T00:00:00"]);
    assert.deepEqual(elapses("2199-12-31", 5, "UTC"), ["2199-12-31T00:00:00"]);
    assert.deepEqual(elapses("*-02-30"), []);
    assert.deepEqual(elapses("2020-01-01"), []);
    assert.deepEqual(elapses("Mon 2027-01-01"), []);
  });

  it("is not known where the zone is not", () => {
    assert.equal(elapses("10:00 CEST"), undefined);
    assert.equal(elapses("10:00 CET"), undefined, "which a machine in Berlin takes for its own winter time");
    assert.deepEqual(elapses("10:00 CET", 1, "UTC"), ["2026-11-25T09:00:00"]);
    assert.deepEqual(elapses("10:00 GMT", 1, "UTC"), ["2026-11-25T10:00:00"]);
    assert.equal(elapses("10:00", 1, "Nowhere/Land"), undefined);
  });
});

const unit = parseUnitName("x.timer");
assert.ok(unit);
const where: Where = { version: NEWEST_VERSION, scope: "system", kind: "timer", unit, certain: true };
const type = valueType("calendarTimer");

describe("calendar events: tokens and places", () => {
  it("has a token for each part, all of one topic", () => {
    const text = "Mon..Fri *-*-01 08:00/15 Europe/Berlin";
    const tokens = tokensOf(type, text, where);
    assert.deepEqual(
      tokens.map(({ from, to, role }) => `${text.slice(from, to)} ${role}`),
      [
        ...["Mon word", ".. operator", "Fri word"],
        ...["* operator", "- operator", "* operator", "- operator", "01 number"],
        ...["08 number", ": operator", "00 number", "/ operator", "15 number", "Europe/Berlin word"],
      ],
    );
    for (const { topic } of tokens) assert.deepEqual(topic?.(), { kind: "calendar", text });
  });

  it("colours what can be read of an event that is none, without a topic", () => {
    const tokens = tokensOf(type, "Mon 25:00", where);
    assert.deepEqual(
      tokens.map(({ role, topic }) => [role, topic]),
      [
        ["word", undefined],
        ["number", undefined],
        ["operator", undefined],
        ["number", undefined],
      ],
    );
  });

  /** The places at `|`, narrowest first: the text of each, and whether some words are offered there. */
  function places(marked: string): { text: string; offers: string[] }[] {
    const cursor = marked.indexOf("|");
    const text = marked.replace("|", "");
    return slotsAt(type, text, cursor, where).map(({ from, to, offers }) => ({
      text: text.slice(from, to),
      offers: offers().map((it) => it.text),
    }));
  }

  it("offers keywords, whole events and weekdays in an empty value", () => {
    const offers = places("|").flatMap((it) => it.offers);
    for (const it of ["daily", "hourly", "*-*-* 02:00:00", "Mon", "Sun"]) assert.ok(offers.includes(it), it);
    assert.ok(!offers.includes("anually"));
    for (const slot of slotsAt(type, "", 0, where))
      for (const { text, summary } of slot.offers()) assert.ok(summary, text);
  });

  it("offers weekdays behind a comma and in a range", () => {
    for (const marked of ["Mon,|", "Mon..F|", "Mon,We|..Fri 8:00"]) {
      const [first] = places(marked);
      assert.deepEqual(first?.offers, ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], marked);
    }
    assert.equal(places("Mon,We|..Fri 8:00")[0]?.text, "We");
  });

  it("offers dates, times and zones where they may follow", () => {
    const [afterDays] = places("Mon..Fri |");
    for (const it of ["*-*-01", "08:00", "*:0/15", "Europe/Berlin"]) assert.ok(afterDays?.offers.includes(it), it);
    const [afterDate] = places("*-*-01 0|");
    assert.ok(afterDate?.offers.includes("02:00") && !afterDate.offers.includes("*-*-01"));
    for (const marked of ["08:00 Eu|", "daily |", "Mon 8:00 |"]) {
      const [zone] = places(marked);
      assert.ok(zone?.offers.includes("Europe/Berlin") && zone.offers.includes("UTC"), marked);
      assert.ok(!zone?.offers.includes("08:00"), marked);
    }
  });
});

describe("values: times that a clock skips", () => {
  it("are those of the hour in which summer time begins, on a Sunday in most zones", () => {
    for (const [zone, from, to] of [
      ["Europe/Berlin", 120, 180],
      ["Europe/London", 60, 120],
      ["America/New_York", 120, 180],
      ["Australia/Lord_Howe", 120, 150],
    ] as const)
      assert.deepEqual(skippedTime(zone), { from, to, weekday: 6 }, zone);
    for (const zone of ["UTC", "Asia/Tokyo", "No/Zone"]) assert.equal(skippedTime(zone), undefined, zone);
  });
});
