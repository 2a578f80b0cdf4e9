import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, it } from "mocha";
import { inputFile } from "../../server/src/cli/files.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { contentsOf } from "../../server/src/units/index/contents.ts";
import { filePlaceOf } from "../../server/src/units/index/filePlace.ts";
import { forItsManager } from "../../server/src/units/itsManager.ts";
import { readUnit } from "../../server/src/units/unit.ts";
import { memoryHost } from "../kit/memoryHost.ts";

/** Whether V8 keeps the properties of two objects in the same places. */
function sameShape(): (a: object, b: object) => boolean {
  setFlagsFromString("--allow-natives-syntax");
  const same = runInNewContext("(a, b) => %HaveSameMap(a, b)") as (a: object, b: object) => boolean;
  // It is compiled when it is called.
  assert(same({}, {}));
  setFlagsFromString("--no-allow-natives-syntax");
  return same;
}

/** How many services the fleet has. */
const FLEET = 400;

/** V8 may take another shape where it compiles the code that makes an object anew; without care there are as many as objects. */
const MOST_SHAPES = FLEET / 8;

/** The parts of a service of a fleet that all who judge it read. */
function partsOf(i: number): Readonly<Record<string, object | undefined>> {
  const path = `/srv/${i}/app-${i}.service`;
  const text = `[Unit]\nAfter=app-${i + 1}.service\n[Service]\nExecStart=/usr/bin/app ${i}\n`;
  const input = inputFile(memoryHost({}), path, undefined, "file");
  const read = input?.unit && forItsManager(readUnit(input.unit, text, NEWEST_VERSION), undefined, "auto");
  const contents = read && contentsOf(read.file);
  const [file, place] = [read?.file, filePlaceOf(path)];
  return { input, unit: read, path: read?.path, file, place, contents, mention: contents?.mentions[0] };
}

describe("services of a fleet", () => {
  it("are of one shape, so that what reads them need not look up where their properties are", () => {
    const same = sameShape();
    const all = Array.from({ length: FLEET }, (_, i) => partsOf(i));
    for (const name of Object.keys(all[0] ?? {})) {
      const shapes: object[] = [];
      for (const { [name]: part } of all) {
        assert(part, name);
        if (!shapes.some((it) => same(it, part))) shapes.push(part);
      }
      assert(shapes.length <= MOST_SHAPES, `${name}: ${shapes.length} shapes`);
    }
  });
});
