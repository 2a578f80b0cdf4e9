import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Plan, Refusal } from "./plan.ts";

/** Writes what a plan makes below a folder, all or nothing; gives the paths. */
export function write({ files, changes }: Plan, root: string): readonly string[] {
  const taken = [...files.keys()].find((it) => existsSync(join(root, it)));
  if (taken !== undefined) throw new Refusal(`${taken} is there already`);
  for (const path of files.keys()) mkdirSync(dirname(join(root, path)), { recursive: true });
  for (const [path, text] of [...files, ...changes]) writeFileSync(join(root, path), text);
  return [...files.keys(), ...changes.keys()];
}
