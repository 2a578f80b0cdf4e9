import { readFile } from "node:fs/promises";
import { relative, sep } from "node:path";
import type { Plugin } from "esbuild";
import { withLaterImports } from "./laterImports.ts";
import { inPlainLetters } from "./plainRegExps.ts";

/** How the bundles read our own modules: in plain letters, and with imports of what only some files need made later. */
export const coreSources: Plugin = {
  name: "core-sources",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]server[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      const name = relative(process.cwd(), path).split(sep).join("/");
      return { contents: inPlainLetters(withLaterImports(text, name)), loader: "ts" };
    });
  },
};
