import { basename } from "node:path";
import type { Plugin } from "esbuild";

/** The core for `check` alone: the command that is run most often, also after each save, reads and compiles half as much with it. */
export const CHECK = "dist/unit-warden-check.js";

/** The modules that `check` loads when it runs; with all others that are loaded so it has nothing to do. */
const ITS_OWN: ReadonlySet<string> = new Set(["cli.ts", "thread.ts", "threads.ts", "writeFiles.ts", "check.ts"]);

/** Leaves out of a bundle what `check` never loads, such as the other commands. */
export const checkAlone: Plugin = {
  name: "check-alone",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ kind, path }) =>
      kind !== "dynamic-import" || ITS_OWN.has(basename(path)) ? undefined : { path, namespace: "left-out" },
    );
    onLoad({ filter: /./, namespace: "left-out" }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`${path} is no part of check`)});`,
    }));
  },
};
