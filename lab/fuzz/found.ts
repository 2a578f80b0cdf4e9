import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Found } from "./target.ts";

/** Where all that was ever found is kept: a file each, named after the target and its seed. */
const FOLDER = "lab/fuzz/found";

/** The kept files. */
export function keptFiles(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((it) => it.endsWith(".json"))
    .sort()
    .map((it) => join(FOLDER, it));
}

/** Reads a kept file. */
export function readFound(file: string): Found {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** Keeps what was found; the path of its file. */
export function keep(found: Found): string {
  const file = join(FOLDER, `${found.target}-${found.seed}.json`);
  writeFileSync(file, `${JSON.stringify(found, undefined, 2)}\n`);
  return file;
}
