import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import REQUESTS from "./requests.json" with { type: "json" };

/** What people asked for in public: the command that answers it, a test that does, or what is missing. */
interface Request {
  readonly number: number;
  readonly wish: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly run?: readonly string[];
  readonly stdin?: string;
  /** What the answer says. */
  readonly expect?: string;
  readonly test?: string;
  /** The end of the title of that test. */
  readonly title?: string;
  readonly partly?: string;
  readonly open?: string;
}

/** The fewest that may be answered. */
const LEAST = 52;

describe("requests", () => {
  const answered = new Set<number>();
  const rows: readonly Request[] = REQUESTS as readonly Request[];

  for (const { number, wish, files, run, stdin, expect = "", test, title } of rows) {
    if (run)
      it(`${number}: ${wish}`, () => {
        const host = memoryHost(files ?? {}, stdin === undefined ? {} : { piped: stdin });
        const { stdout } = runOver(host, ...run);
        assert.match(stdout, new RegExp(expect, "s"));
        answered.add(number);
      });
    if (test !== undefined)
      it(`${number}: ${wish}`, () => {
        assert.ok(title && new RegExp(`\\bit\\(["\`].*${title}["\`]`).test(readFileSync(test, "utf8")), test);
        answered.add(number);
      });
  }

  it("have one row each, and an answer or what is missing", () => {
    assert.deepEqual(
      rows.map((it) => it.number),
      rows.map((_, i) => i + 1),
    );
    for (const { number, run, test, partly, open } of rows)
      assert.equal([run, test, partly, open].filter((it) => it !== undefined).length, 1, String(number));
    assert.ok(answered.size >= LEAST);
  });

  after(() => {
    const partly = rows.filter((it) => it.partly !== undefined).length;
    console.log(`\nRequests: ${answered.size} of ${rows.length} answered, ${partly} partly`);
  });
});
