import { readFileSync } from "node:fs";
import type { SourceMap, SourceMapping } from "node:module";
import { dirname, resolve } from "node:path";

/**
 * Makes stacks name the lines of our sources instead of those of the bundle. Node.js could do that, but reads the whole map
 * when the bundle is loaded; this reads it with the first stack that somebody looks at.
 */
export function nameSourceLines(bundle: string): void {
  let map: SourceMap | undefined;
  Error.prepareStackTrace = (error, frames) => {
    map ??= mapOf(bundle);
    return [String(error), ...frames.map((it) => `    at ${namedIn(map, bundle, it)}`)].join("\n");
  };
}

function mapOf(bundle: string): SourceMap | undefined {
  try {
    // What reads maps is loaded as late as they are.
    const { SourceMap } = require("node:module") as typeof import("node:module");
    return new SourceMap(JSON.parse(readFileSync(`${bundle}.map`, "utf8")));
  } catch {
    return undefined;
  }
}

function namedIn(map: SourceMap | undefined, bundle: string, frame: NodeJS.CallSite): string {
  const [line, column] = [frame.getLineNumber() ?? 0, frame.getColumnNumber() ?? 0];
  const found: Partial<SourceMapping> = (frame.getFileName() === bundle && map?.findEntry(line - 1, column - 1)) || {};
  if (found.originalSource === undefined) return String(frame);
  const place = `${resolve(dirname(bundle), found.originalSource)}:${(found.originalLine ?? 0) + 1}:1`;
  return String(frame).replace(`${bundle}:${line}:${column}`, place);
}

/** Ends the program with an error that nobody expected; Node.js itself would print the whole line of the bundle before it. */
export function endWith(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
}
