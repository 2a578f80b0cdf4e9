import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { parseSync, Visitor } from "oxc-parser";
import { slowTextFor } from "../kit/regExpAttack.ts";

/** How many expressions of a file are slow for texts which they are never given, and why they are not. */
const BOUNDED: Readonly<Record<string, readonly [count: number, reason: string]>> = {
  "server/src/failures/hidden.ts": [1, "a line of evidence has at most 2,000 characters"],
  "server/src/failures/networkCauses.ts": [1, "a line of evidence has at most 2,000 characters"],
  "server/src/failures/operations.ts": [3, "a line of evidence has at most 2,000 characters"],
  "server/src/failures/places.ts": [1, "a line of evidence has at most 2,000 characters"],
  "server/src/text/snippetText.ts": [1, "the bodies of our own snippets"],
  "server/src/hardening/profiles.ts": [1, "the names of directives"],
  "server/src/hardening/suggestions/secretFiles.ts": [1, "names of less than 100 characters"],
  "server/src/hardening/suggestions/secretWords.ts": [1, "names of less than 100 characters"],
  "server/src/manual/entry.ts": [1, "a paragraph of systemd's manual"],
  "server/src/service/programNames.ts": [1, "names of at most MAX_NAME characters"],
  "server/src/values/calendar/mistakes.ts": [1, "the last 80 characters"],
  "server/src/values/number.ts": [1, "digits, of which `.` matches each"],
};

interface Literal {
  readonly place: string;
  readonly written: string;
}

/** The literals of regular expressions, each once for a file. */
function literals(): readonly Literal[] {
  const found = new Map<string, Literal>();
  for (const folder of ["server/src", "client"]) {
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((it) => it.endsWith(".ts"))) {
      const text = readFileSync(`${folder}/${name}`, "utf8");
      const visitor = new Visitor({
        Literal(node) {
          if (!("regex" in node)) return;
          const written = text.slice(node.start, node.end);
          const place = `${folder}/${name}`;
          found.set(`${place} ${written}`, { place, written });
        },
      });
      visitor.visit(parseSync(name, text).program);
    }
  }
  return [...found.values()];
}

/** An expression as it is written. */
function compiled(written: string): RegExp {
  const end = written.lastIndexOf("/");
  return new RegExp(written.slice(1, end), written.slice(end + 1));
}

describe("regular expressions", () => {
  it("take time that grows with the text, or get a short one", () => {
    const attacks = new Map<string, string | undefined>();
    const slow = new Map<string, string[]>();
    for (const { place, written } of literals()) {
      if (!attacks.has(written)) attacks.set(written, slowTextFor(compiled(written)));
      const attack = attacks.get(written);
      if (attack !== undefined) slow.set(place, [...(slow.get(place) ?? []), `${written} takes long for ${attack}`]);
    }
    const isExpected = (place: string): boolean => slow.get(place)?.length === BOUNDED[place]?.[0];
    const places = [...new Set([...slow.keys(), ...Object.keys(BOUNDED)])].filter((it) => !isExpected(it));
    assert.deepEqual(
      places.map((it) => [it, slow.get(it)]),
      [],
    );
  }).timeout(600_000);

  it("are found slow where they are", () => {
    for (const slow of [/\s+$/, /^(a+)+$/, /:.*$/, /(x*)*y/, /a[^b]*b/g])
      assert.notEqual(slowTextFor(slow), undefined, String(slow));
    for (const fast of [/(?<!\s)\s+$/, /^a+$/, /^[^:]*:/, /x*/, /a[^a]*b/g])
      assert.equal(slowTextFor(fast), undefined, String(fast));
  }).timeout(300_000);
});
