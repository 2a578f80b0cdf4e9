import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, it } from "mocha";
import { keyIn, manifestTexts } from "../kit/manifest.ts";

const MANIFEST = JSON.parse(readFileSync("package.json", "utf8"));

/** The client's files by their paths. */
const SOURCES = readdirSync("client", { recursive: true, encoding: "utf8" })
  .filter((it) => it.endsWith(".ts"))
  .map((path) => ({ path, source: readFileSync(`client/${path}`, "utf8") }));

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

/** What is the same in all languages: names, and examples of what to type. */
const NAMES: readonly string[] = [
  ...["Unit Warden", "root"],
  ...["/usr/bin/node /opt/shop/server.js --port 3000", "daily, Mon..Fri 06:30, *:0/15", "curl -fsS http://localhost/"],
];

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

/** The calls that ask for a text in the reader's language: those of the editor, and of the pages in views. */
const CALL = /(?<![\w.])(?:l10n\.)?t\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')?/g;

/** What the views take from the server's side in the reader's language. */
const BLOCKS = ["exposureBlocks", "learntBlocks", "serviceCells"].map((name) => {
  const path = `server/src/features/${name}.ts`;
  return { path, source: readFileSync(path, "utf8") };
});

/** What is asked for in all of the client; undefined where it is no plain text, which nobody could translate. */
const ASKED = [...SOURCES, ...BLOCKS].flatMap(({ path, source }) =>
  [...source.matchAll(CALL)]
    .filter(({ index }) => !/function $/.test(source.slice(0, index)))
    .map(({ 1: literal }) => ({ path, text: literal && (Function(`return ${literal}`)() as string) })),
);

const bundle = (name: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(`${MANIFEST.l10n}/${name}.json`, "utf8"));

describe("client: texts", () => {
  const texts = [...new Set(ASKED.map(({ text }) => text ?? ""))].sort();

  it("are plain texts where they are asked for", () => {
    assert.deepEqual(
      ASKED.filter(({ text }) => text === undefined),
      [],
    );
  });

  it("are listed for translators, all of them and no others (UPDATE=1 writes the list)", () => {
    const list = Object.fromEntries(texts.map((it) => [it, it]));
    if (process.env.UPDATE) writeFileSync(`${MANIFEST.l10n}/bundle.l10n.json`, `${JSON.stringify(list, null, 2)}\n`);
    assert.deepEqual(bundle("bundle.l10n"), list);
  });

  it("have translations for the languages of the manifest", () => {
    assert.deepEqual(languagesOf(MANIFEST.l10n, "bundle.l10n"), LANGUAGES);
  });

  for (const language of LANGUAGES)
    it(`are all translated, with what goes into them, and none is left over: ${language}`, () => {
      const translated = bundle(`bundle.l10n.${language}`);
      assert.deepEqual(Object.keys(translated).sort(), texts);
      for (const [text, other] of Object.entries(translated)) assert.deepEqual(kept(other), kept(text), text);
    });

  it("are asked for wherever the client shows one", () => {
    const inPlace = SOURCES.flatMap(({ path, source }) =>
      SHOWN_IN_CODE.flatMap((pattern) => [...source.matchAll(pattern)].map(({ 1: text = "" }) => ({ path, text }))),
    );
    assert.deepEqual(
      inPlace.filter(({ text }) => hasWords(text) && !NAMES.includes(text)),
      [],
    );
  });
});

/** Texts in place: in messages, in what the editor's lists and questions are made of, and in the elements of a page. */
const SHOWN_IN_CODE: readonly RegExp[] = [
  /\.(?:show(?:Information|Warning|Error)Message|setStatusBarMessage)\(\s*["'`](.*)/g,
  /\b(?:title|label|detail|description|prompt|placeHolder|placeholder|tooltip|"aria-label")\s*[:=]\s*["'`]([^"'`]*)/g,
  /\bcreateWebviewPanel\([^,]*,\s*["'`]([^"'`]*)["'`]/g,
  /\belement\(\s*"\w+",\s*\{[^{}]*\},\s*["'`]([^"'`]*)/g,
];

/** Whether a text has words to translate: names of directives, paths and what is put in are none. */
const hasWords = (text: string): boolean => /[A-Za-z]{2}/.test(text.replace(/\$\{[^}]*\}?|\w+=|\\u\w{4}|\/\S+/g, ""));
