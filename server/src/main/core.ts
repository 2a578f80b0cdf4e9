import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Script } from "node:vm";
import { type CodePlace, checksumOf, codePlace, readCode, writeCode } from "./compiledCode.ts";
import { nameSourceLines } from "./sourceLines.ts";

/** How long a server runs before what it has compiled until then is kept, in milliseconds. */
const WARM = 10_000;

/** Exit statuses of a command that did its work. */
const WORKED = 1;

/** What makes a function of a module, as Node.js does. */
const HEAD = "(function(exports,require,module,__filename,__dirname){";
const TAIL = "\n})";

/**
 * Loads the bundle of a program next to this file with the code that V8 compiled for it in an earlier run; else keeps what this run
 * compiles: what is used and no more, so that each program has its own. A thread keeps none, as it ends before its time. The
 * cache of Node.js itself has a module as it was before it ran, without the functions that were called.
 */
export function loadCore(
  program: string,
  { keeps = true }: { readonly keeps?: boolean } = {},
): typeof import("./program.ts") {
  const path = bundleFor(program);
  nameSourceLines(path);
  const bytes = readFileSync(path);
  const source = checksumOf(bytes);
  const place = codePlace(program, path);
  const known = place && readCode(place, source);
  const script = new Script(`${HEAD}${bytes.toString()}${TAIL}`, {
    filename: path,
    columnOffset: -HEAD.length,
    ...(known && { cachedData: known }),
  });
  if (keeps && place && (!known || script.cachedDataRejected)) keepCode(script, place, source);
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, path, dirname(path));
  return module.exports as typeof import("./program.ts");
}

/** A command may have a bundle of its own, which the extension comes without. */
function bundleFor(program: string): string {
  const own = join(__dirname, `unit-warden-${program}.js`);
  return existsSync(own) ? own : join(__dirname, "unit-warden.js");
}

/** Keeps the code at the end of a command, and of a server that goes on once it had time to do what it usually does. */
function keepCode(script: Script, place: CodePlace, source: number): void {
  const keep = (): void => writeCode(place, source, script.createCachedData());
  const atEnd = (status: number): void => {
    if (status <= WORKED) keep();
  };
  process.once("exit", atEnd);
  setTimeout(() => {
    process.off("exit", atEnd);
    keep();
  }, WARM).unref();
}
