/**
 * How many shapes the parts of the services of a fleet have in V8, as JSON by their names. A program of its own: where others have
 * made objects with thousands of names before, V8 gives each object a shape of its own.
 * Usage: node --allow-natives-syntax --import=tsx test/units/fleetShapes.ts
 */

import { inputFile } from "../../server/src/cli/files.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { contentsOf } from "../../server/src/units/index/contents.ts";
import { filePlaceOf } from "../../server/src/units/index/filePlace.ts";
import { forOwnManager } from "../../server/src/units/ownManager.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { memoryHost } from "../kit/memoryHost.ts";

/** How many services the fleet has. */
const FLEET = 400;

/** Whether V8 keeps the properties of two objects in the same places. */
const isSameShape = new Function("a", "b", "return %HaveSameMap(a, b)") as (a: object, b: object) => boolean;

/** The parts of a service of a fleet that all who judge it read. */
function partsOf(i: number): Readonly<Record<string, object | undefined>> {
  const path = `/srv/${i}/app-${i}.service`;
  const text = `[Unit]\nAfter=app-${i + 1}.service\n[Service]\nExecStart=/usr/bin/app ${i}\n`;
  const input = inputFile(memoryHost({}), path, undefined, "file");
  const read = input?.unit && forOwnManager(readUnit(input.unit, text, NEWEST_VERSION), undefined, "auto");
  const contents = read && contentsOf(read.file);
  const [file, place] = [read?.file, filePlaceOf(path)];
  return { input, unit: read, path: read?.path, file, place, contents, mention: contents?.mentions[0] };
}

function shapesOf(parts: readonly (object | undefined)[]): number {
  const shapes: object[] = [];
  for (const part of parts) if (part && !shapes.some((it) => isSameShape(it, part))) shapes.push(part);
  return shapes.length;
}

const fleet = Array.from({ length: FLEET }, (_, i) => partsOf(i));
const names = Object.keys(fleet[0] ?? {});
console.log(JSON.stringify(Object.fromEntries(names.map((name) => [name, shapesOf(fleet.map((it) => it[name]))]))));
