import { type Generated, generate } from "../dialects/quadlets/generator/generate.ts";
import { whatIsWrong } from "../dialects/quadlets/generator/reasons.ts";
import type { GeneratedService, Origin, ServiceLine, ServicePart } from "../dialects/quadlets/generator/service.ts";
import { unitsOfParts } from "../dialects/quadlets/quadletParts.ts";
import { describePodman } from "../facts/podmanVersions.ts";
import { isQuadletPath } from "../families/checkedPath.ts";
import type { QuadletPath } from "../families/quadletFiles/quadletPath.ts";
import { lineIndex } from "../text/lineIndex.ts";
import type { QuadletsBeside } from "../units/index/gatherQuadlets.ts";
import { podmanOf } from "../units/podman.ts";
import type { Unit } from "../units/unit.ts";
import {
  type EffectiveLine,
  type EffectiveRow,
  type EffectiveUnit,
  type SourceLine,
  shortOrigin,
} from "./effective.ts";

/**
 * The service that podman makes of a quadlet, each line with the place that it comes from; undefined of any other unit.
 * `files` are the paths of the quadlet and its drop-ins, `beside` the quadlets that are read with it.
 */
export function effectiveQuadlet(
  unit: Unit,
  files: readonly string[],
  beside: QuadletsBeside,
): EffectiveUnit | undefined {
  return isQuadletPath(unit.path)
    ? shownOf(unit, files, beside.path, generatedWith(unit, unit.path, beside))
    : undefined;
}

/** All that podman makes of a quadlet and those next to it. */
function generatedWith(unit: Unit, { scope }: QuadletPath, beside: QuadletsBeside): Generated {
  const { path: own } = beside;
  const files = new Map(beside.texts);
  const folder = own.slice(0, own.lastIndexOf("/"));
  for (const [name, text] of unit.beside ?? []) files.set(`${folder}/${name}`, text);
  const texts = [unit.file, ...unit.dropIns].map((it) => it.text);
  for (const [at, path] of pathsOf(unit, own).entries()) files.set(path, texts[at] ?? "");
  return generate({ files, folders: [beside.folder], version: podmanOf(unit), scope });
}

/** The paths of a quadlet and its drop-ins for the generator. */
const pathsOf = ({ dropIns }: Unit, own: string): readonly string[] => [
  own,
  ...dropIns.map((_, at) => `${own}.d/${String(at + 1).padStart(6, "0")}.conf`),
];

function shownOf(unit: Unit, files: readonly string[], own: string, { services, refusals }: Generated): EffectiveUnit {
  const version = podmanOf(unit);
  const paths = pathsOf(unit, own);
  const service = services.find(({ source }) => source === own);
  const lines = [unit.file, ...unit.dropIns].map((it) => lineIndex(it.text));
  const place = ({ path, start }: Origin): SourceLine | undefined => {
    const file = paths.indexOf(path);
    return file < 0 ? undefined : { file, line: lines[file]?.positionAt(start).line ?? 0 };
  };
  const why = refusals.filter(({ quadlet }) => quadlet === own);
  const messages = service ? [] : [`${describePodman(version)} makes no service of ${unit.path.name ?? "it"}`];
  for (const it of why) {
    const at = place(it);
    messages.push(`${whatIsWrong(it)}${at && it.reason !== "unreadable-neighbour" ? ` (${inWords(files, at)})` : ""}`);
  }
  return {
    name: service?.name ?? unit.path.name ?? "",
    by: `${describePodman(version)} makes it`,
    files,
    messages,
    lines: service ? linesOf(service, place) : [],
  };
}

/** The same of each part of a `.quadlets` file, as if it were installed where that lies; undefined of any other file. */
export function effectiveParts(unit: Unit, path: string, beside: QuadletsBeside): readonly EffectiveUnit[] | undefined {
  const folder = beside.path.slice(0, beside.path.lastIndexOf("/"));
  let all: Generated | undefined;
  return unitsOfParts(unit)?.flatMap((it) => {
    if (!isQuadletPath(it.path)) return [];
    const own = `${folder}/${it.path.name}`;
    // Podman reads all parts at once; of several that have one name each is shown as if it were the only one.
    const isAmongAll = it.beside?.get(it.path.name ?? "") === it.file.text;
    const made = (isAmongAll ? all : undefined) ?? generatedWith(it, it.path, { ...beside, path: own });
    if (isAmongAll) all = made;
    return [shownOf(it, [path], own, made)];
  });
}

/** A line of the quadlet itself, or of one of its drop-ins. */
const inWords = (files: readonly string[], at: SourceLine): string =>
  at.file === 0 ? `line ${at.line + 1}` : shortOrigin(files, at);

/** What podman writes once more after the lines of the file, of which the last one counts. */
const SINGLE: ReadonlySet<string> = new Set(["Delegate"]);

function linesOf({ sections }: GeneratedService, place: (origin: Origin) => SourceLine | undefined): EffectiveLine[] {
  return sections.flatMap(({ name: section, lines }) => {
    // What podman has read is systemd's no more.
    if (section.startsWith("X-")) return [];
    const written = new Set(lines.flatMap(({ key, copied }) => (copied ? [] : (key ?? []))));
    return lines.flatMap((line): EffectiveLine[] => {
      const { key, value, copied, origin } = line;
      if (key === undefined) return [];
      const at = origin && place(origin);
      const rows = rowsOf(line, place);
      const isOverridden = copied && SINGLE.has(key) && written.has(key);
      return [
        {
          section,
          directive: key,
          value,
          state: isOverridden ? "overridden" : "in-force",
          ...(at ? { origin: at } : {}),
          ...(isOverridden ? { reason: "overridden by podman" } : copied ? {} : { reason: "by podman" }),
          ...(rows.length > 1 ? { rows } : {}),
        },
      ];
    });
  });
}

/** A command in several rows: each option, with its value, in one. */
function rowsOf(
  { key, value, parts = [] }: ServiceLine,
  place: (origin: Origin) => SourceLine | undefined,
): EffectiveRow[] {
  if (!/^Exec/.test(key ?? "")) return [];
  const rows: EffectiveRow[] = [];
  const [starting, ending] = [firstBy(parts, "start"), firstBy(parts, "end")];
  let start = 0;
  let next = 0;
  const push = (end: number): void => {
    while ((parts[next]?.start ?? end) < start) next++;
    const inside = parts[next];
    const at = inside && inside.start < end ? place(inside.origin) : undefined;
    const text = value.slice(start, end).trimEnd();
    if (text !== "") rows.push({ text, ...(at ? { origin: at } : { reason: "by podman" }) });
    start = end;
  };
  for (const { index } of value.matchAll(WORD)) {
    const own = starting.get(index);
    const before = ending.get(index - 1);
    const isOption = value.charAt(index) === "-" || value.startsWith('"-', index);
    const isElsewhere = own?.origin !== before?.origin && (own !== undefined || before !== undefined);
    if (
      index > 0 &&
      (isElsewhere || (own === undefined && isOption && index - start > 1 && startsOption(value, index)))
    )
      push(index);
  }
  push(value.length);
  return rows;
}

function firstBy(parts: readonly ServicePart[], side: "start" | "end"): ReadonlyMap<number, ServicePart> {
  return new Map(parts.map((it) => [it[side], it] as const).reverse());
}

const WORD = /(?<= |^)(?:"(?:[^"\\]|\\.)*"|[^ ]+)/g;

/** The first options stay in the row of podman's own words. */
const startsOption = (value: string, index: number): boolean => value.startsWith("--name", index);
