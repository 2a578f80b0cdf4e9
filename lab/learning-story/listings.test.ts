import assert from "node:assert/strict";
import { carryOutErrand } from "../../server/src/cli/errand.ts";
import { fakeSystemd } from "../../test/kit/fakeSystemd.ts";
import { type MemoryMachineOptions, memoryMachine } from "../../test/kit/memoryMachine.ts";
import { errandOf, FILES, OBSERVED, printed, UNIT as SERVICE } from "../../test/kit/observable.ts";
import { recordedBundle } from "../../test/kit/recordedBundle.ts";
import { listingOf, listingsOf, readPage, withListings } from "./listings.ts";
import { STEPS, UNIT } from "./steps.ts";

/** What a command prints on a machine in memory. */
async function output(options: MemoryMachineOptions, ...words: readonly string[]): Promise<string> {
  return printed(await carryOutErrand(errandOf(...words), memoryMachine(options), new AbortController().signal));
}

/** The lines of a listing, without what was cut from them. */
const linesOf = (name: string): readonly string[] =>
  listingOf(readPage(), name)
    .split("\n")
    .map((it) => it.replace(/…$/, ""));

/** A line without what differs from machine to machine: times and counts, and how long it is away by them. */
const masked = (line: string): string =>
  line
    .replaceAll(/\bx\.service/g, UNIT)
    .replaceAll(/\d+(?:\.\d+)*/g, "N")
    .replace(/, and is away for [\s\S]*/, "");

describe("the page about learning", () => {
  it("shows what the steps of its story print, each once", () => {
    const shown = listingsOf(readPage());
    const made = STEPS.flatMap((it) => it.name ?? []);
    assert.deepEqual([...shown].sort(), [...made].sort());
  });

  it("gets its listings anew, and keeps what stands around them", () => {
    const page = "a\n\n<!-- listing: x -->\n```console\nold\n```\n\nb\n";
    assert.equal(withListings(page, new Map([["x", "$ new\n"]])), page.replace("old", "$ new"));
    assert.equal(withListings(page, new Map()), page);
  });

  it("shows the settings and reasons that a recorded run of the service gives today", async () => {
    const files = { "/b.tar": recordedBundle(UNIT.replace(".service", "")) };
    const text = await output({ files }, "learn", "--bundle", "/b.tar");
    const shown = ["drop-in", "journal", "again", "bundle"].flatMap((name) => {
      const found = linesOf(name).flatMap(
        (it) => /^# +(?:proven|seen) +(.*)/.exec(it)?.[1] ?? /^[A-Z]\w+=.*/.exec(it)?.[0] ?? [],
      );
      assert.notEqual(found.length, 0, name);
      return found.filter((it) => !it.includes("/srv/shop"));
    });
    // Evidence ends with its line of the log, which is another in each run.
    const started = shown.map((it) => it.replace(/ \(Exec[\s\S]*/, ""));
    assert.deepEqual(
      started.filter((it) => !text.includes(it)),
      [],
    );
  });

  it("says what is going to happen in the words of today", async () => {
    const { program } = fakeSystemd(SERVICE, OBSERVED);
    const exercise = /--exercise '(.*)'/.exec(linesOf("learn")[0] ?? "")?.[1] ?? "";
    const words = ["learn", SERVICE, "--verify", "--write", "--dry-run", "--exercise", exercise];
    const plan = (await output({ files: FILES, program }, ...words)).split("\n").map(masked);
    const lines = linesOf("learn");
    const shown = lines
      .slice(
        1,
        lines.findIndex((it) => it.startsWith("exercising it before")),
      )
      .map(masked);
    assert.ok(shown.length > 4);
    assert.deepEqual(
      shown.filter((it) => !plan.some((line) => line.startsWith(it))),
      [],
    );
  });
});
