import { readFileSync } from "node:fs";

const parsed = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));

/** The texts of the manifest by their keys: English ones, or those of a language. */
export const manifestTexts = (language?: string): Readonly<Record<string, string>> =>
  parsed(language === undefined ? "package.nls.json" : `package.nls.${language}.json`) as Record<string, string>;

/** The manifest as an editor in English reads it: each `%key%` is replaced by its text, and one without a text stays. */
export function readManifest<T>(): T {
  const texts = manifestTexts();
  const replaced = (value: unknown): unknown => {
    if (typeof value === "string") return texts[keyIn(value) ?? ""] ?? value;
    if (Array.isArray(value)) return value.map(replaced);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, replaced(it)]));
  };
  return replaced(parsed("package.json")) as T;
}

/** The key that a string of the manifest is, as VS Code reads it. */
export const keyIn = (text: string): string | undefined => /^%([^%]+)%$/.exec(text)?.[1];
