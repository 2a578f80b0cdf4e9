import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packagesByDirective } from "./packagesByDirective.ts";
import { unitDirectives } from "./unitDirectives.ts";
import { versionFacts } from "./versionFacts.ts";

/** A file of data/ that is made from what lies next to the project. */
interface Extract {
  readonly path: string;
  /** Its text; `shared` is the folder with the corpus and the facts. */
  make(shared: string): string;
}

/** All of them; `npm run extracts` writes them, the conformance run compares them. */
export const EXTRACTS: readonly Extract[] = [
  { path: "data/facts/unit-directives.json", make: (shared) => unitDirectives(join(shared, "facts")) },
  { path: "data/facts/versions.json", make: (shared) => versionFacts(join(shared, "facts", "versions")) },
  { path: "data/packages-by-directive.json", make: (shared) => packagesByDirective(join(shared, "corpus")) },
];

/** Whether the file is as its sources say. */
export function isCurrent({ path, make }: Extract, shared: string): boolean {
  return existsSync(path) && readFileSync(path, "utf8") === make(shared);
}
