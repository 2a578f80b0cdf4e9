import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { describeCalendar } from "../../server/src/features/calendar.ts";

/** Noon of 24 November 2026 in Berlin. */
const NOW = Date.UTC(2026, 10, 24, 11);

describe("calendar events in words", () => {
  it("are the full form and the next five times, by the reader's clock and in UTC", () => {
    assert.equal(
      describeCalendar("Mon 10:00", NOW, "Europe/Berlin")?.plain,
      `Mon *-*-* 10:00:00

Elapses next, in Europe/Berlin:

- Mon 2026-11-30 10:00:00 (09:00:00 UTC)
- Mon 2026-12-07 10:00:00 (09:00:00 UTC)
- Mon 2026-12-14 10:00:00 (09:00:00 UTC)
- Mon 2026-12-21 10:00:00 (09:00:00 UTC)
- Mon 2026-12-28 10:00:00 (09:00:00 UTC)`,
    );
  });

  it("name the day in UTC where it is another one, and follow the change of the clocks", () => {
    const said = describeCalendar("2027-*-28 00:30", Date.UTC(2027, 2, 1), "Europe/Berlin")?.plain ?? "";
    assert.match(
      said,
      /- Sun 2027-03-28 00:30:00 \(Sat 2027-03-27 23:30:00 UTC\)\n- Wed 2027-04-28 00:30:00 \(Tue 2027-04-27 22:30:00 UTC\)/,
    );
  });

  it("say it once for a reader in UTC, and keep fractions", () => {
    const said = describeCalendar("2026-11-25 00:00:00.5", NOW, "UTC")?.plain;
    assert.equal(said, "2026-11-25 00:00:00.500000\n\nElapses next:\n\n- Wed 2026-11-25 00:00:00.500000 UTC");
  });

  it("say that they are over, or only their form where nobody knows the time", () => {
    assert.equal(describeCalendar("2020-01-01", NOW, "UTC")?.plain, "2020-01-01 00:00:00\n\nNever elapses again.");
    assert.equal(describeCalendar("daily", undefined, "UTC")?.markdown, "**\\*-\\*-\\* 00:00:00**");
    assert.equal(describeCalendar("nonsense", NOW, "UTC"), undefined);
  });
});
