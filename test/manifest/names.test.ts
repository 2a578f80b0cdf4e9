import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { describe, it } from "mocha";
import { parseSync, Visitor } from "oxc-parser";

/** Words that do not say what they name: a path, an option, what was reported, what remains. */
const VAGUE: ReadonlySet<string> = new Set([
  ...["its", "told", "said", "asked", "mine", "among", "left"],
  ...["Told", "Said", "Asked", "Judged"],
  ...["placeOf", "nameOf", "wordsOf"],
]);

/** The keys of others' objects that are called so, and the files that read or write them. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "server/src/server/protocol.ts said": [
    "client/learn/bundleCommands.ts said",
    "server/src/server/learnRequests.ts said",
  ],
  "server/src/hardening/measuredDaemon.ts asked": [
    "server/src/cli/hardenFor.ts asked",
    "server/src/hardening/measured.ts asked",
    "server/src/hardening/measuredDropIn.ts asked",
    "server/src/hardening/measuredSureness.ts asked",
  ],
  "server/src/cli/hardenJson.ts left": [], // a key of --format json
  "client/webview/report.ts left": [], // a property of CSS
};

/** How many files may have one name, for whoever opens a file by its name. */
const MOST_ALIKE = 3;

/** What each folder of a view has, what starts and what it says to the extension; and what each folder of a dialect has. */
const IN_EACH_FOLDER: readonly string[] = ["main.ts", "messages.ts", "dialect.ts"];

const PRODUCT = ["server/src", "client"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((it) => it.endsWith(".ts"))
    .map((it) => `${folder}/${it}`),
);

/** The vague words that a file uses as names. */
function vagueNames(path: string): readonly string[] {
  const found = new Set<string>();
  const look = ({ name }: { readonly name: string }): void => {
    if (VAGUE.has(name)) found.add(`${path} ${name}`);
  };
  new Visitor({ Identifier: look, PrivateIdentifier: look }).visit(parseSync(path, readFileSync(path, "utf8")).program);
  return [...found];
}

describe("names", () => {
  it("say what they hold", () => {
    const known = Object.entries(KEYS).flatMap(([key, others]) => [key, ...others]);
    assert.deepEqual(PRODUCT.flatMap(vagueNames).toSorted(), known.toSorted());
  }).timeout(60_000);

  it("of files say which of them is meant", () => {
    const alike = new Map<string, string[]>();
    for (const it of PRODUCT) alike.set(basename(it), [...(alike.get(basename(it)) ?? []), it]);
    const many = [...alike].filter(([name, { length }]) => length > MOST_ALIKE && !IN_EACH_FOLDER.includes(name));
    assert.deepEqual(many, []);
  });
});
