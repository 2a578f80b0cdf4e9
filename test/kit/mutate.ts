import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type fc from "fast-check";
import { isSectionName } from "../../server/src/catalog/sections.ts";
import type { UnitKind } from "../../server/src/facts/unitKinds.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { decodeUtf8 } from "../../server/src/text/utf8.ts";
import { HOSTILE, HOSTILE_PIECES } from "./hostile.ts";
import type { Random } from "./random.ts";
import { madeBy } from "./shrunk.ts";
import { directiveLine, plainUnit, unitKind } from "./unitPieces.ts";

/** A unit file with its drop-ins, as texts in which a lone surrogate is a byte that is not UTF-8. */
export type HostileUnit = {
  readonly path: string;
  readonly text: string;
  /** The texts of its drop-ins, in the order in which systemd reads them. */
  readonly dropIns: readonly string[];
};

/** A unit of the catalog, of the examples or of the corpus, with some mutations; the same seed makes the same one. */
export const hostileUnit: fc.Arbitrary<HostileUnit> = madeBy(mutatedUnit);

/** Makes one such unit. */
export function mutatedUnit(random: Random): HostileUnit {
  const { path, text } = random.chance(0.4) ? realUnit(random) : invented(random);
  const mutated = mutate(random, text, random.chance(0.15) ? 0 : 1 + random.below(6));
  const count = random.chance(0.25) ? 1 + random.below(2) : 0;
  const dropIns = Array.from({ length: count }, () => mutate(random, dropIn(random), random.below(3)));
  return { path, text: mutated, dropIns };
}

/** Applies some mutations, one after the other. */
export function mutate(random: Random, text: string, count: number): string {
  let mutated = text;
  for (let i = 0; i < count; i++) mutated = random.pick(MUTATIONS)(random, mutated);
  return mutated;
}

type Mutation = (random: Random, text: string) => string;

const at = (random: Random, text: string): number => random.below(text.length + 1);
const insert = (text: string, offset: number, piece: string): string =>
  text.slice(0, offset) + piece + text.slice(offset);
const insertAny =
  (pieces: readonly string[]): Mutation =>
  (random, text) =>
    insert(text, at(random, text), random.pick(pieces));
/** Changes the list of lines, each with its end. */
const byLines =
  (change: (random: Random, lines: string[]) => string[]): Mutation =>
  (random, text) =>
    change(random, text.split(/(?<=\n)/)).join("");
/** Changes one line, without its end. */
const inLine = (change: (random: Random, line: string) => string): Mutation =>
  byLines((random, lines) => {
    const i = random.below(lines.length);
    return lines.with(
      i,
      (lines[i] ?? "").replace(/^.*/, (line) => change(random, line)),
    );
  });
const newLine = (make: (random: Random) => string): Mutation =>
  byLines((random, lines) => lines.toSpliced(random.below(lines.length + 1), 0, make(random)));
const stretch = (random: Random, text: string): [number, number] => {
  const from = at(random, text);
  return [from, Math.min(text.length, from + random.below(random.chance(0.5) ? 8 : 120))];
};

const MUTATIONS: readonly Mutation[] = [
  ...[HOSTILE.controls, HOSTILE.bytes, HOSTILE.continuations, HOSTILE.comments, HOSTILE.quotes].map(insertAny),
  ...[HOSTILE.specifiers, HOSTILE.markdown, HOSTILE.outputs, ["\n", "\r\n", " ", "\t", "=", "[", "]"]].map(insertAny),
  function cut(random, text) {
    const [from, to] = stretch(random, text);
    return text.slice(0, from) + text.slice(to);
  },
  function double(random, text) {
    const [from, to] = stretch(random, text);
    return insert(text, to, text.slice(from, to));
  },
  function splice(random, text) {
    const other = (random.chance(0.5) ? realUnit(random) : invented(random)).text;
    return text.slice(0, at(random, text)) + other.slice(at(random, other));
  },
  function noise(random, text) {
    const offset = at(random, text);
    return (
      text.slice(0, offset) +
      String.fromCharCode(random.below(random.chance(0.8) ? 128 : 0x10000)) +
      text.slice(offset + 1)
    );
  },
  byLines((random, lines) => {
    const [one, other] = [random.below(lines.length), random.below(lines.length)];
    return lines.with(one, lines[other] ?? "").with(other, lines[one] ?? "");
  }),
  byLines((random, lines) => lines.toSpliced(random.below(lines.length), 1)),
  byLines((random, lines) => lines.toSpliced(random.below(lines.length), 0, random.pick(lines))),
  newLine(
    (random) =>
      `[${random.pick(["Unit", "Service", "Install", "Socket", "X-Own", "Nowhere", "", "Ser vice", "service"])}]\n`,
  ),
  newLine(
    (random) => `${directiveLine(random, random.pick(["Unit", "Service", "Service", "Install", "Timer"] as const))}\n`,
  ),
  // A misspelt name, in another letter case, or with something before it.
  inLine((random, line) =>
    line.replace(/^\w+(?==)/, (key) => random.pick([misspelt(random, key), key.toLowerCase(), ` ${key}`])),
  ),
  inLine((random, line) => line.replace(/(?<==).*/, () => random.pick(["", " ", '""', random.pick(HOSTILE_PIECES)]))),
  inLine((random, line) => line + random.pick([" ", "\\", ";", " # why", `${random.pick(HOSTILE_PIECES)}`])),
  inLine(
    (random, line) =>
      line + random.pick(["a", "a ", "/a ", "1", ";", "\\x41", "%i", '"', "(", "a=b "]).repeat(1 + random.below(1500)),
  ),
  (_, text) => text.replace(/\r?\n/g, "\r\n"),
  (_, text) => text.replaceAll("\n", "\r"),
  (_, text) => `\ufeff${text}`,
  (_, text) => text.trimEnd(),
];

function misspelt(random: Random, key: string): string {
  const i = random.below(key.length);
  return random.chance(0.5) ? key.slice(0, i) + key.slice(i + 1) : insert(key, i, random.pick([..."aeXY-_ 0"]));
}

const NAMES: readonly string[] = [
  "app",
  "app@",
  "app@x",
  "a-b-c",
  "dev-sda1",
  "-",
  "srv-data",
  "a\\x2db",
  "x.y",
  "systemd-resolved",
];

function invented(random: Random): { path: string; text: string } {
  const kind = unitKind(random);
  return { path: pathOf(random, kind), text: plainUnit(random, kind) };
}

function pathOf(random: Random, kind: UnitKind): string {
  const folder = random.pick([
    "/etc/systemd/system",
    "/etc/systemd/system",
    "/usr/lib/systemd/system",
    "/etc/systemd/user",
    "/w",
  ]);
  const name = `${random.pick(NAMES)}.${kind}`;
  return random.chance(0.1) ? `${folder}/${name}.d/10-x.conf` : `${folder}/${name}`;
}

function dropIn(random: Random): string {
  const section = random.pick(["Service", "Service", "Unit", "Install"]);
  if (!isSectionName(section)) return "";
  return [`[${section}]`, ...Array.from({ length: random.below(4) }, () => directiveLine(random, section)), ""].join(
    "\n",
  );
}

const CORPUS = "../shared/corpus/units";

/** The files of the examples, and of the corpus where there is one, in a fixed order. */
function realFiles(): readonly string[] {
  FOUND ??= ["examples", ...(existsSync(CORPUS) ? [CORPUS] : [])].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((it) => it.isFile() && unitPath(`/w/${it.name}`) !== undefined)
      .map((it) => join(it.parentPath, it.name))
      .sort(),
  );
  return FOUND;
}

let FOUND: readonly string[] | undefined;

function realUnit(random: Random): { path: string; text: string } {
  const file = random.pick(realFiles());
  return { path: `/etc/systemd/system/${file.replace(/^.*\//, "")}`, text: decodeUtf8(readFileSync(file)) };
}
