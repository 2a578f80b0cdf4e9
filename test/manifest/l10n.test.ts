import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { keyIn, manifestTexts } from "../kit/manifest.ts";

const MANIFEST: unknown = JSON.parse(readFileSync("package.json", "utf8"));

/** The languages besides English that files with a name like `START.LANGUAGE.json` are for. */
const languagesOf = (folder: string, start: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const [, language] = new RegExp(`^${start.replaceAll(".", "\\.")}\\.([a-z-]+)\\.json$`).exec(name) ?? [];
    return language ?? [];
  });

const LANGUAGES = languagesOf(".", "package.nls");

/** All strings of a value with the names that lead to them. */
function stringsIn(value: unknown, path: readonly string[] = []): { readonly path: string[]; readonly text: string }[] {
  if (typeof value === "string") return [{ path: [...path], text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, it]) => stringsIn(it, [...path, name]));
}

/** What a translation has to keep: placeholders, commands of links, code, and words that systemd writes in capitals. */
const kept = (text: string): string[] =>
  (text.match(/\{\d+\}|\(command:[^)]*\)|`+[^`]*`+|\$\([a-z-]+\)|\b[A-Z]{2,}(?:_[A-Z]+)*\b/g) ?? []).sort();

/** Where the manifest has texts for a reader. */
const SHOWN = /^(?:title|shortTitle|label|description|markdownDescription|altText|deprecationMessage|displayName)$/;

/** Names, which are the same in all languages: those of the product. */
const NAMES: readonly string[] = ["Unit Warden"];

describe("manifest: texts", () => {
  const keys = stringsIn(MANIFEST).flatMap(({ text }) => keyIn(text) ?? []);

  it("stand in a file of their own, all of them", () => {
    const inPlace = stringsIn(MANIFEST).filter(
      ({ path, text }) =>
        (SHOWN.test(path.at(-1) ?? "") || path.at(-2) === "enumDescriptions") &&
        keyIn(text) === undefined &&
        !NAMES.includes(text),
    );
    assert.deepEqual(inPlace, []);
  });

  it("are translated into German", () => {
    assert.deepEqual(LANGUAGES, ["de"]);
  });

  for (const language of [undefined, ...LANGUAGES])
    it(`are there for each key of the manifest, and no others: ${language ?? "English"}`, () => {
      assert.deepEqual(Object.keys(manifestTexts(language)).sort(), [...new Set(keys)].sort());
    });

  for (const language of LANGUAGES)
    it(`have the same code, commands and names in translation: ${language}`, () => {
      const translated = manifestTexts(language);
      for (const [key, text] of Object.entries(manifestTexts()))
        assert.deepEqual(kept(translated[key] ?? ""), kept(text), key);
    });

  it("have titles of their own for all commands in each language", () => {
    for (const language of [undefined, ...LANGUAGES]) {
      const titles = Object.entries(manifestTexts(language)).filter(([key]) => /^command\.(?!.*\.short$)/.test(key));
      assert.equal(new Set(titles.map(([, title]) => title)).size, titles.length, language);
    }
  });
});
