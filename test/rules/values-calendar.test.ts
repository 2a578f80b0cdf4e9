import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { fixed, fixTitles, onlyFinding } from "../kit/fixes.ts";
import { expectFindings, findingsOf } from "../kit/fixture.ts";

const QUIET = { profile: "off" } as const;
const path = "x.timer";
const timer = (value: string): string => `[Timer]\nOnCalendar=${value}\nOnBootSec=5min\n`;

describe("value/calendar", () => {
  const code = "value/calendar";

  it("is pointed at where systemd stops reading", () => {
    expectFindings(`#- x.timer
[Timer]
OnBootSec=5min
OnCalendar=*:*/15
             ^^^^ value/calendar error: "*/15" in OnCalendar= is a step without a number to start from; did you mean 0/15? systemd ignores this line
OnCalendar=Mon..Fri 24:00
                    ^^ value/calendar error: The hour "24" in OnCalendar= is out of range; did you mean 00? systemd ignores this line; allowed: 0 to 23
OnCalendar=Fri..Mon
           ^^^^^^^^ value/calendar error: "Fri..Mon" in OnCalendar= runs backwards; did you mean Mon,Fri..Sun? systemd ignores this line
OnCalendar=10:00 Europe/Berlim
                 ^^^^^^^^^^^^^ value/calendar error: Unknown time zone "Europe/Berlim" in OnCalendar=; did you mean Europe/Berlin? systemd ignores this line
OnCalendar=*-02~29
                ^^ value/calendar error: The day "29" in OnCalendar= is out of range from the end of a month: systemd ignores this line; allowed: 1 to 28
OnCalendar=*:0/60
              ^^^ value/calendar error: OnCalendar= has the step 60, which goes from 0 past the last minute: systemd ignores this line
OnCalendar=Mon 8
               ^ value/calendar error: "8" in OnCalendar= is an hour without minutes; did you mean 8:00? systemd ignores this line
OnCalendar=Tues,Fri 8:00
           ^^^^ value/calendar error: "Tues" in OnCalendar= is no weekday; did you mean Tue? systemd ignores this line
`);
  });

  it("is a text that is no event at all", () => {
    expectFindings(`#- x.timer
[Timer]
OnBootSec=5min
OnCalendar=montly
           ^^^^^^ value/calendar error: "montly" is no value of OnCalendar=; did you mean monthly? systemd ignores this line; allowed: a calendar event such as Mon..Fri 08:00 or daily
OnCalendar=5min 20s
           ^^^^^^^^ value/calendar error: "5min 20s" in OnCalendar= is a time span: systemd ignores this line; allowed: a calendar event such as Mon..Fri 08:00 or daily
OnCalendar=every day
           ^^^^^^^^^ value/calendar error: "every day" is no value of OnCalendar=: systemd ignores this line; allowed: a calendar event such as Mon..Fri 08:00 or daily
OnCalendar=0 5 * * 1
           ^^^^^^^^^ value/calendar error: "0 5 * * 1" in OnCalendar= has the fields of a crontab; did you mean Mon *-*-* 05:00:00? systemd ignores this line; allowed: a calendar event such as Mon..Fri 08:00 or daily
`);
  });

  it("is found on the line on which it stands, and not where a specifier hides what is written", () => {
    expectFindings(String.raw`#- x@.timer
[Timer]
OnBootSec=5min
OnCalendar=Mon..Fri \
  25:00
  ^^ value/calendar error
OnCalendar=*-*-* %i:00
OnCalendar=%i
OnCalendar=%Q
           ^^ value/specifier error
`);
  });

  it("is no event, keyword or empty value", () => {
    const values = ["", "daily", "WEEKLY UTC", "Mon,Wed..Fri, 10:00", "Sat-Sun 8:0", "*-*~07/1 0:0", "@1700000000"];
    const others = ["10:00 CEST", "10:00 -03", "10:00 US/Eastern", "10:00:00.5 GMT", "2024..2030/2-1,7-1..7"];
    for (const value of [...values, ...others]) {
      assert.deepEqual(findingsOf(timer(value), path), [], value);
      assert.deepEqual(findingsOf(timer(value), path, QUIET, 257), [], value);
    }
  });

  it("is put right by fixes that leave an event", () => {
    const cases: readonly (readonly [string, string])[] = [
      ["*:*/15", "*:0/15"],
      ["*-*-*/3 0:00", "*-*-1/3 0:00"],
      ["*-*/2-1", "*-1/2-1"],
      ["*,1:00", "*:00"],
      ["24:00", "00:00"],
      ["22..2:00", "22..23,0..2:00"],
      ["*:0/60", "*:0"],
      ["Mon 8", "Mon 8:00"],
      ["Mon.Fri 8:00", "Mon..Fri 8:00"],
      ["Sat..Mon 8:00", "Mon,Sat,Sun 8:00"],
      ["Tues,Fri 8:00", "Tue,Fri 8:00"],
      ["montly", "monthly"],
      ["@daily", "daily"],
      ["* *-*-* 10:00", "*-*-* 10:00"],
      ["2030-01-01T10:00", "2030-01-01 10:00"],
      ["*-*-*T10:00", "*-*-* 10:00"],
      ["2030/01/02 10:00", "2030-01-02 10:00"],
      ["10:00 europe/berlin", "10:00 Europe/Berlin"],
      ["10:00  Europe/Berlin", "10:00 Europe/Berlin"],
      ["Mon\t10:00", "Mon 10:00"],
      ["10:00 Mon..Fri", "Mon..Fri 10:00"],
      ["Mon Tue", "Mon,Tue"],
      ['"Mon 10:00"', "Mon 10:00"],
      ["0 5 * * 1", "Mon *-*-* 05:00:00"],
      ["*/15 8-17 1,15 * *", "*-*-01,15 08..17:00/15:00"],
      ["30 2 * 1-6/2 *", "*-01..06/2-* 02:30:00"],
      ["0 0 * * mon-fri", "Mon..Fri *-*-* 00:00:00"],
      ["0 0 * * 5-7", "Fri..Sun *-*-* 00:00:00"],
    ];
    for (const [bad, good] of cases) {
      assert.equal(fixed(timer(bad), code, { path }), timer(good), bad);
      assert.deepEqual(findingsOf(timer(good), path), [], good);
    }
  });

  it("is offered no fix that would leave it wrong", () => {
    for (const value of ["*:*/90", "24:60", "70 5 * * 1", "0 5 1 * 1", "@reboot", "10:00 Nowhere/Land"])
      assert.deepEqual(fixTitles(timer(value), code, path), [], value);
  });
});

describe("value/calendar-never", () => {
  const code = "value/calendar-never";

  it("is a weekday that the date does not have, of which systemd 262 warns", () => {
    expectFindings(`#- x.timer
[Timer]
OnBootSec=5min
OnCalendar=Thu 2027-01-01 10:00
           ^^^ value/calendar-never warning: "2027-01-01" in OnCalendar= is a Friday, not a Thu: it never elapses
OnCalendar=Fri 2027-01-01 10:00
OnCalendar=Thu 2027-01-*
OnCalendar=Thu 2027-01-01,08,14
`);
    assert.equal(
      onlyFinding(timer("Mon..Wed 2027-1-1"), code, path, 257).message,
      '"2027-01-01" in OnCalendar= is a Friday, not a Mon..Wed; did you mean Fri? it never elapses',
    );
  });

  it("is put right by another weekday or none", () => {
    const text = timer("Mon,Tue 2027-01-01");
    const titles = fixTitles(text, code, path);
    assert.deepEqual(titles, ["Change to Fri", "Remove the weekday"]);
    assert.deepEqual(
      titles.map((title) => fixed(text, code, { path, title })),
      [timer("Fri 2027-01-01"), timer("2027-01-01")],
    );
  });

  it("is a date that no year has", () => {
    for (const value of ["*-02-30", "*-4,6,9,11-31", "2027-02-29", "Mon 2027-2~1,2,3", "*-02-30 UTC"])
      assert.match(
        onlyFinding(timer(value), code, path).message,
        / in OnCalendar= matches no day up to the year 2199: it never elapses$/,
        value,
      );
    for (const value of ["*-02-29", "2028-02-29", "*-2~28", "2027-2~1", "1970-01-01", "Sun 2027-2~1,2,3"])
      assert.deepEqual(findingsOf(timer(value), path), [], value);
  });
});
