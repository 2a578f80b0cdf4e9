import { type Directive, directive } from "../../catalog/catalog.ts";
import { isSectionName, type SectionName } from "../../catalog/sections.ts";
import type { Assignment, UnitFile } from "../../syntax/tree.ts";
import { memo } from "../memo.ts";
import { type WhyDropped, whyDropped } from "../settingsReader.ts";
import { sectionsFor, type Unit } from "../unit.ts";
import { isFirstTaken, slotsOf } from "./slots.ts";
import { variablesIn } from "./variables.ts";

/** Why an assignment has no effect, or what it does. */
export type Fate =
  | { readonly kind: "in-force" }
  /** An empty assignment that takes back those before it, or sets the default again. */
  | { readonly kind: "resets" }
  /** A later assignment of a setting that has one value took its place. */
  | { readonly kind: "overridden"; readonly by: MergedLine }
  /** An empty assignment after it took it back. */
  | { readonly kind: "reset"; readonly by: MergedLine }
  /** systemd ignores it, also a `second` one where the first counts. */
  | { readonly kind: "dropped"; readonly why: WhyDropped | "second" };

/** One assignment of a unit's files with what becomes of it. */
export interface MergedLine {
  readonly section: SectionName;
  readonly directive: Directive | undefined;
  readonly node: Assignment;
  /** 0 for the unit file, from 1 on the drop-ins in their order. */
  readonly source: number;
  readonly fate: Fate;
}

/** An assignment in a section that this kind of unit does not have, of which systemd reads nothing. */
export interface StrayLine extends Pick<MergedLine, "node" | "source"> {
  readonly section: string;
}

type Draft = { -readonly [K in keyof MergedLine]: MergedLine[K] };

/**
 * Every assignment that systemd reads for a unit, in its order, with what becomes of it (kept per unit). What follows the
 * line at which it gives up on a file is left out.
 */
export const settingLines = (unit: Unit): readonly MergedLine[] => linesOf(unit).lines;

/** The assignments in sections that this kind of unit does not have, as far as systemd reads the files. */
export const strayLines = (unit: Unit): readonly StrayLine[] => linesOf(unit).strays;

interface Lines {
  readonly lines: readonly MergedLine[];
  readonly strays: readonly StrayLine[];
}

const linesOf: (unit: Unit) => Lines = memo((unit: Unit): Lines => {
  const lines: Draft[] = [];
  const strays: StrayLine[] = [];
  const names: readonly string[] = sectionsFor(unit);
  /** What is in force, by section and slot. */
  const slots = new Map<string, Draft[]>();
  [unit.file, ...unit.dropIns].forEach((file, source) => {
    for (const { section, node } of assignmentsOf(file)) {
      if (!names.includes(section) || !isSectionName(section)) {
        strays.push({ section, node, source });
        continue;
      }
      const known = directive(section, node.key);
      const line: Draft = { section, directive: known, node, source, fate: IN_FORCE };
      lines.push(line);
      const why = whyDropped(unit, known, node.text);
      if (why !== undefined || !known) line.fate = DROPPED[why ?? "unknown"];
      else settle(line, known, slots);
      if (why === "refused") break;
    }
  });
  for (const [slot, inForce] of slots) if (slot.endsWith(" Environment")) overrideVariables(inForce);
  return { lines, strays };
});

const IN_FORCE: Fate = { kind: "in-force" };

type Dropped = Extract<Fate, { kind: "dropped" }>;

/** One for each reason: a long file may have many such lines. */
const DROPPED = {
  unknown: { kind: "dropped", why: "unknown" },
  ignored: { kind: "dropped", why: "ignored" },
  value: { kind: "dropped", why: "value" },
  refused: { kind: "dropped", why: "refused" },
  second: { kind: "dropped", why: "second" },
  empty: { kind: "dropped", why: "empty" },
} as const satisfies Record<Dropped["why"], Dropped>;

function settle(line: Draft, { name, alias, many, section }: Directive, slots: Map<string, Draft[]>): void {
  for (const slot of slotsOf(section, alias ?? name)) {
    const key = `${section} ${slot}`;
    const before = slots.get(key) ?? [];
    if (line.node.text !== "" && isFirstTaken(section, name) && before.some((it) => it.node.text !== "")) {
      line.fate = DROPPED.second;
    } else if (line.node.text !== "" && many) {
      slots.set(key, before);
      before.push(line);
    } else {
      slots.set(key, [line]);
      const resets = line.node.text === "";
      if (resets) line.fate = { kind: "resets" };
      for (const it of before)
        displace(it, slots, resets ? { kind: "reset", by: line } : { kind: "overridden", by: line });
    }
  }
}

/** An assignment that set several things is gone only when all of them are set again. */
function displace(line: Draft, slots: ReadonlyMap<string, readonly Draft[]>, fate: Fate): void {
  if (line.fate.kind === "resets") return;
  const { section, node, directive: known } = line;
  const all = slotsOf(section, known?.alias ?? node.key);
  if (all.length === 1 || all.every((slot) => !slots.get(`${section} ${slot}`)?.includes(line))) line.fate = fate;
}

/** A line with variables is gone where later ones set each of them again. */
function overrideVariables(inForce: readonly Draft[]): void {
  const setters = new Map<string, Draft>();
  for (const line of inForce.toReversed()) {
    const names = variablesIn(line.node.text);
    const [by, ...others] = names.map((it) => (it === undefined ? undefined : setters.get(it)));
    if (by && others.every((it) => it !== undefined)) line.fate = { kind: "overridden", by };
    for (const it of names) if (it !== undefined) setters.set(it, line);
  }
}

function* assignmentsOf(file: UnitFile): Iterable<{ section: string; node: Assignment }> {
  const limit = file.tooLong?.start ?? Number.POSITIVE_INFINITY;
  let section: string | undefined;
  for (const node of file.nodes) {
    if (node.start >= limit) return;
    if (node.kind === "comment") continue;
    if (!node.utf8) return;
    if (node.kind === "header") {
      if (!node.closed) return;
      section = node.name;
    } else if (node.kind === "assignment" && section !== undefined) yield { section, node };
  }
}
