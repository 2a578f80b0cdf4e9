import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../../build/bundle.ts";

const SOURCES = ["server/src", "client", "build"];
const BUNDLES = ["client.js", "desktop.js", "server.js", "cli.js", "unit-warden.js", "unit-warden-check.js"].map((it) =>
  join("dist", it),
);

/** Makes dist/ where it is missing or older than the sources; for a `before` hook. */
export async function built(): Promise<void> {
  if (BUNDLES.every(existsSync) && Math.max(...timesOf(sources())) < Math.min(...timesOf(BUNDLES))) return;
  await bundle();
}

function sources(): string[] {
  return SOURCES.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)),
  );
}

/** When files were changed. */
function timesOf(paths: readonly string[]): number[] {
  return paths.map((path) => statSync(path).mtimeMs);
}
