import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/**
 * Keeps the core plain ASCII, which `main/core.ts` reads it as: esbuild itself escapes letters in texts, but not those in regular
 * expressions.
 */
export const plainRegExps: Plugin = {
  name: "plain-regexps",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]server[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      return isPlain(text) ? undefined : { contents: text.replace(OTHERS, escaped), loader: "ts" };
    });
  },
};

const OTHERS = /[^\0-\x7f]/g;

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Whether a text is plain ASCII. */
export const isPlain = (text: string): boolean => text.search(OTHERS) < 0;
