import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { after, before, describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { decodeUtf8 } from "../../server/src/text/utf8.ts";
import { loadUnit, type UnitFiles } from "../../server/src/units/index/load.ts";
import { EMPTY_INDEX, type SeenFile, withChanges } from "../../server/src/units/index/unitIndex.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { machineFiles, putFiles } from "../../test/kit/boxFiles.ts";
import { PROPERTIES, shorn, shownValues, unquoted } from "../../test/kit/shownValues.ts";
import { skip } from "../../test/kit/skip.ts";
import { MACHINE_VERSION } from "../../test/kit/systemd.ts";
import { kindDropIns, unitTree } from "../../test/kit/unitTrees.ts";

const TREES = 300;
const CORPUS = "../shared/corpus";
const CHUNK = 60;

/** What systemd says of a unit, by property; properties may have several lines. */
type Shown = ReadonlyMap<string, readonly string[]>;

describe(`drop-ins and effective values, as a running systemd has them${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, function () {
  this.timeout(240_000);
  let box: Box | undefined;
  before(function () {
    if (NO_BOX !== undefined || MACHINE_VERSION === undefined)
      skip(this, "there is no systemd-analyze of a known version");
    box = startBox();
  });
  after(() => box?.stop());

  // The corpus comes first: the trees bring drop-ins that count for all units of a kind.
  it("of the corpus units with drop-ins, among all units of this machine", function () {
    if (!box || !existsSync(CORPUS)) skip(this, "there is no corpus");
    const files = corpusFiles();
    const names = new Set(files.flatMap((it) => namesFor(it.path, files)));
    const count = compare(box, files, [...names], (it) => AS_WRITTEN.includes(it));
    process.stdout.write(
      `\n      corpus: ${files.filter((it) => it.path.endsWith(".conf")).length} drop-ins; ${count}\n`,
    );
  });

  it(`of ${TREES} made-up trees`, function () {
    if (!box) skip(this, "nothing can be started in a box");
    const trees = Array.from({ length: TREES }, (_, i) => unitTree(i));
    const files = [...kindDropIns(1), ...trees.flatMap((it) => it.files)];
    const names = trees.flatMap((it) => it.names);
    const count = compare(box, files, names, () => true);
    process.stdout.write(`\n      made-up trees: ${TREES}; ${count}\n`);
  });
});

/** The properties that systemctl prints as people write them. */
const AS_WRITTEN = ["Description", "Documentation", "StopWhenUnneeded", "Restart", "KillMode"];

/** Puts files into the box next to those of the machine, and compares what is said of some units. */
function compare(
  box: Box,
  files: readonly SeenFile[],
  names: readonly string[],
  isCompared: (property: string) => boolean,
): string {
  putFiles(box, files);
  const replaced = new Set(files.map((it) => it.path));
  const all = [...machineFiles().filter((it) => !replaced.has(it.path)), ...files];
  const tree = withChanges(EMPTY_INDEX, all).trees.get("system:");
  assert.ok(tree);
  const texts = new Map(all.map((it) => [it.path, it.text ?? ""]));
  const differences: string[] = [];
  const counts = { units: 0, dropIns: 0, masked: 0, aliased: 0, cats: 0, values: 0 };
  for (let i = 0; i < names.length; i += CHUNK) {
    const chunk = names.slice(i, i + CHUNK);
    const shown = show(box, chunk);
    for (const name of chunk) {
      const said = shown.get(name);
      if (!said) throw new Error(`systemctl says nothing of ${name}`);
      const ours = loadUnit(tree, name);
      const problems = [...filesDiffer(ours, said), ...valuesDiffer(ours, said, texts, isCompared, counts)];
      differences.push(...problems.map((it) => `${name}: ${it}`));
      counts.units++;
      counts.dropIns += ours.dropIns.length;
      counts.masked += ours.masked ? 1 : 0;
      counts.aliased += ours.aliases.length > 0 ? 1 : 0;
    }
    const loaded = chunk.filter((name) => shown.get(name)?.get("LoadState")?.[0] === "loaded");
    const ours = loaded.flatMap((name) => {
      const { fragment, dropIns } = loadUnit(tree, name);
      return [...(fragment ? [fragment] : []), ...dropIns].map((it) => it.path);
    });
    counts.cats += loaded.length;
    const theirs = cat(box, loaded);
    const at = ours.findIndex((path, n) => path !== theirs[n]);
    if (at >= 0 || theirs.length !== ours.length)
      differences.push(
        `systemctl cat has ${theirs.slice(at, at + 3).join(" ")}, not ${ours.slice(at, at + 3).join(" ")}`,
      );
  }
  if (differences.length > 0) assert.fail(`${differences.length} differences:\n${differences.join("\n")}`);
  const { units, dropIns, masked, aliased, cats, values } = counts;
  return `${units} units (${masked} masked, ${aliased} with aliases), ${dropIns} drop-ins and ${cats} outputs of cat in the same order, ${values} values equal`;
}

function filesDiffer(ours: UnitFiles, said: Shown): readonly string[] {
  const first = (name: string): string => unquoted(said.get(name)?.[0] ?? "");
  // Of a unit that it refuses for its file systemd reads no drop-in, and gives it no other name.
  if (first("LoadState") === "bad-setting" && first("DropInPaths") === "") return [];
  // A slice needs no file.
  const isThere = ours.fragment !== undefined || ours.id.endsWith(".slice");
  const state = ours.masked ? "masked" : isThere ? "loaded" : "not-found";
  const loads = first("LoadState").replace(/^(?:bad-setting|error)$/, "loaded");
  const pairs: readonly (readonly [string, string, string])[] = [
    ["LoadState", state, loads],
    ["Id", ours.id, first("Id")],
    ["FragmentPath", ours.fragment?.path ?? "", first("FragmentPath")],
    ["DropInPaths", isThere ? ours.dropIns.map((it) => it.path).join(" ") : "", first("DropInPaths")],
    ["Names", [ours.id, ...ours.aliases].sort().join(" "), first("Names").split(" ").sort().join(" ")],
  ];
  return pairs.flatMap(([name, own, theirs]) => (own === theirs ? [] : [`${name}: ${own}, systemd: ${theirs}`]));
}

function valuesDiffer(
  ours: UnitFiles,
  said: Shown,
  texts: ReadonlyMap<string, string>,
  isCompared: (property: string) => boolean,
  counts: { values: number },
): readonly string[] {
  const unit = ours.masked || said.get("LoadState")?.[0] !== "loaded" ? undefined : unitOf(ours, texts);
  const differences: string[] = [];
  for (const [name, value] of unit ? shownValues(unit) : []) {
    if (!isCompared(name)) continue;
    const theirs = shorn(name, said.get(name) ?? []);
    counts.values++;
    if (theirs !== value) differences.push(`${name}: ${value}, systemd: ${theirs}`);
  }
  return differences;
}

function unitOf({ id, fragment, dropIns }: UnitFiles, texts: ReadonlyMap<string, string>): Unit | undefined {
  const path = fragment && unitPath(fragment.path);
  const text = fragment && texts.get(fragment.path);
  if (!path || text === undefined || MACHINE_VERSION === undefined) return undefined;
  return readUnit({ ...path, name: id }, text, MACHINE_VERSION, {
    dropIns: dropIns.map((it) => texts.get(it.path) ?? ""),
  });
}

/** The properties of many units by the name that was asked for. */
function show(box: Box, names: readonly string[]): ReadonlyMap<string, Shown> {
  const properties = ["Id", "Names", "FragmentPath", "DropInPaths", "LoadState"];
  for (const list of Object.values(PROPERTIES)) properties.push(...list.map((it) => it.name));
  const { output } = box.run("systemctl", "show", "-p", [...new Set(properties)].join(), "--", ...names);
  const blocks = output.replace(/\n$/, "").split("\n\n");
  assert.equal(blocks.length, names.length);
  return new Map(
    blocks.map((block, i) => {
      const shown = new Map<string, string[]>();
      for (const line of block.split("\n")) {
        const equals = line.indexOf("=");
        const name = line.slice(0, equals);
        shown.set(name, [...(shown.get(name) ?? []), line.slice(equals + 1)]);
      }
      return [names[i] ?? "", shown];
    }),
  );
}

/** Which files `systemctl cat` prints for some units, in its order. */
function cat(box: Box, names: readonly string[]): readonly string[] {
  const { output } = box.run("systemctl", "cat", "--", ...names);
  return output.split("\n").flatMap((it) => /^# (\/(?:etc|run|usr)\/(?:.*\/)?systemd\/.*)$/.exec(it)?.[1] ?? []);
}

/** The units of system managers in the corpus that have drop-ins, with these. */
function corpusFiles(): readonly SeenFile[] {
  const rows = readFileSync(`${CORPUS}/dropins-257.jsonl`, "utf8").trim().split("\n");
  const files = new Map<string, SeenFile>();
  const packages = readdirSync(`${CORPUS}/units`);
  const add = (source: string, path: string): void => {
    if (!files.has(path)) files.set(path, { path, text: decodeUtf8(readFileSync(source)) });
  };
  for (const row of rows) {
    const { unit } = JSON.parse(row) as { unit: string };
    const path = unit.slice(unit.indexOf("/"));
    if (/^\/(?:usr\/lib|etc)\/systemd\/system\/[^/]*\.d\//.test(path)) add(`${CORPUS}/units/${unit}`, path);
  }
  for (const path of [...files.keys()]) {
    const owner = path.split("/").at(-2)?.slice(0, -2) ?? "";
    for (const name of [owner, owner.replace(/@[^@]*\./, "@.")]) {
      const home = packages.find((it) => existsSync(`${CORPUS}/units/${it}/usr/lib/systemd/system/${name}`));
      const target = `/usr/lib/systemd/system/${name}`;
      if (home !== undefined) add(`${CORPUS}/units/${home}${target}`, target);
    }
  }
  return [...files.values()];
}

/** Which units to ask about because of a drop-in. */
function namesFor(path: string, files: readonly SeenFile[]): readonly string[] {
  const owner = path.endsWith(".conf") ? (path.split("/").at(-2)?.slice(0, -2) ?? "") : undefined;
  if (owner === undefined) return [];
  if (owner.includes("@.")) return [owner.replace("@.", "@i.")];
  const known = files.some((it) => it.path.endsWith(`/${owner}`)) || !/-\.[a-z]+$|^[a-z]+$/.test(owner);
  return known ? [owner] : [owner.replace(/-\./, "-1000.")].filter((it) => it.includes("."));
}
