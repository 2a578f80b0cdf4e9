import { closeSync, existsSync, openSync } from "node:fs";
import { dirname, join } from "node:path";
import { cachedDataVersionTag } from "node:v8";
import { Script } from "node:vm";
import { type CodePlace, checksumOf, codePlace, readCode, readWhole, release, writeCode } from "./compiledCode.ts";
import { holdCode, withDefaults } from "./heap.ts";
import { nameSourceLines } from "./sourceLines.ts";

/** How long a server runs before what it has compiled until then is kept, in milliseconds. */
const WARM = 10_000;

/** Exit statuses of a command that did its work. */
const WORKED = 1;

/** What makes a function of a module, as Node.js does. */
const HEAD = Buffer.from("(function(exports,require,module,__filename,__dirname){");
const TAIL = Buffer.from("\n})");

/**
 * Loads the bundle of a program next to this file with the code that V8 compiled for it in an earlier run; else keeps what this run
 * compiles: what is used and no more, so that each program has its own. A thread keeps none, as it ends before its time.
 * `prepare` is called before the bundle runs, and told whether this run keeps its code.
 */
export function loadCore(
  program: string,
  { keeps = true, prepare }: { readonly keeps?: boolean; readonly prepare?: (isKeeping: boolean) => void } = {},
): typeof import("./program.ts") {
  const path = bundleFor(program);
  const flags = cachedDataVersionTag();
  nameSourceLines(path);
  const whole = readWrapped(path);
  const source = checksumOf(whole.subarray(HEAD.length, -TAIL.length));
  const place = codePlace(program, path);
  // The bundle is plain ASCII, which is read fastest as Latin-1.
  const text = whole.toString("latin1");
  const known = place && readCode(place, source, whole);
  const script = new Script(text, {
    filename: path,
    columnOffset: -HEAD.length,
    ...(known && { cachedData: known }),
  });
  for (const it of [whole, known]) if (it) release(it);
  const keeping = keeps && place && (!known || script.cachedDataRejected) ? { place, source, flags } : undefined;
  prepare?.(keeping !== undefined);
  if (keeping) {
    holdCode();
    keepCode(script, keeping);
  }
  const module = { exports: {} };
  script.runInThisContext()(module.exports, require, module, path, dirname(path));
  return module.exports as typeof import("./program.ts");
}

/** A command may have a bundle of its own, which the extension comes without. */
function bundleFor(program: string): string {
  const own = join(__dirname, `unit-warden-${program}.js`);
  return existsSync(own) ? own : join(__dirname, "unit-warden.js");
}

/** Reads a module into what makes a function of it; joined later, it would be in memory twice. */
function readWrapped(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const whole = readWhole(file, { before: HEAD.length, after: TAIL.length });
    HEAD.copy(whole);
    TAIL.copy(whole, whole.length - TAIL.length);
    return whole;
  } finally {
    closeSync(file);
  }
}

/** Where code is kept, of which source, and for which flags of V8, as V8 itself numbers them. */
interface Keeping {
  readonly place: CodePlace;
  readonly source: number;
  readonly flags: number;
}

/** Keeps the code at the end of a command, and of a server that goes on once it had time to do what it usually does. */
function keepCode(script: Script, { place, source, flags }: Keeping): void {
  const keep = (): void =>
    withDefaults(() => {
      // Some flags of threads cannot be taken back, and no later run would take code that was made under them.
      if (cachedDataVersionTag() === flags) writeCode(place, source, script.createCachedData());
    });
  const atEnd = (status: number): void => {
    if (status <= WORKED) keep();
  };
  process.once("exit", atEnd);
  setTimeout(() => {
    process.off("exit", atEnd);
    keep();
  }, WARM).unref();
}
