import type { Span } from "../text/span.ts";
import { memo } from "../units/memo.ts";
import type { HostedFile, HostedPart, HostedUnit } from "./hostedUnit.ts";

/** A stretch of a text that was replaced, and by how much longer a text. */
export interface Shift extends Span {
  readonly by: number;
}

/**
 * What is known of a unit: which one it was, where it stands elsewhere now and is otherwise the same, and its bounds. It hangs on
 * the unit, as a WeakMap would keep the units of many texts.
 */
const knownOf = memo((_: HostedUnit): { from?: MovedFrom; bounds?: Span } => ({}));

interface MovedFrom {
  readonly origin: HostedUnit;
  readonly by: number;
}

/** The unit that a unit is but for its place, through all moves, and how far it has come. */
export const movedFrom = (unit: HostedUnit): MovedFrom => knownOf(unit).from ?? { origin: unit, by: 0 };

/** A part of a value and what it becomes. */
export interface Retyped {
  readonly was: HostedPart;
  readonly is: HostedPart;
}

/** A file after a change that moves its units, and changes one part of a value. */
export function movedFile(
  { units, comments, marks }: HostedFile,
  text: string,
  shift: Shift,
  { was, is }: Retyped,
): HostedFile {
  const at: Mover = { ...offsetsAfter(shift), part: (it) => (it === was ? is : undefined) };
  return {
    text,
    units: units.map((it) => {
      const { start, end } = boundsOf(it);
      if (end < shift.start) return it;
      const made = start > shift.end ? movedBy(it, shift.by) : moved(it, at);
      knownOf(made).bounds = { start: at.start(start), end: end + shift.by };
      return made;
    }),
    comments: moved(comments, at),
    marks: new Map([...marks].map(([start, spans]) => [at.start(start), moved(spans, at)])),
  };
}

/** A unit that stands elsewhere, most of which is looked at only where somebody is. */
function movedBy(unit: HostedUnit, by: number): HostedUnit {
  const { origin, by: before } = movedFrom(unit);
  const all = before + by;
  const [start, end] = [(offset: number) => offset + all, (offset: number) => offset + all];
  const at: Mover = { start, end, part: () => undefined };
  let settings: HostedUnit["settings"] | undefined;
  let sets: HostedUnit["sets"] | undefined;
  const made: HostedUnit = {
    ...(origin.raw ? moved(origin, at) : withoutMost(origin)),
    name: moved(origin.name, at),
    extent: moved(origin.extent, at),
    get settings() {
      settings ??= moved(origin.settings, at);
      return settings;
    },
    get sets() {
      sets ??= moved(origin.sets, at);
      return sets;
    },
  };
  knownOf(made).from = { origin, by: all };
  return made;
}

/** What of a unit has no place, without a look at the rest. */
const withoutMost = ({ path, open, sectionNames }: HostedUnit): Pick<HostedUnit, "path" | "open" | "sectionNames"> => ({
  path,
  open,
  sectionNames,
});

/** Between two places that touch where something is inserted, it stands before the second one. */
function offsetsAfter({ start, end, by }: Shift): Pick<Mover, "start" | "end"> {
  const inside = (offset: number): number => Math.min(offset, end + by);
  return {
    start: (offset) => (offset < start ? offset : offset >= end ? offset + by : inside(offset)),
    end: (offset) => (offset <= start ? offset : offset >= end ? offset + by : inside(offset)),
  };
}

/** What becomes of offsets, and of the part that changes. */
interface Mover {
  readonly start: (offset: number) => number;
  readonly end: (offset: number) => number;
  readonly part: (it: unknown) => unknown;
}

/** A copy of plain data in which all places are those after a change. */
function moved<T>(it: T, at: Mover): T {
  if (typeof it !== "object" || it === null) return it;
  const part = at.part(it);
  if (part !== undefined) return part as T;
  if (Array.isArray(it)) return it.map((each) => moved(each, at)) as T;
  if (it instanceof Map) return new Map([...it].map(([key, value]) => [key, moved(value, at)])) as T;
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(it)) {
    if (typeof value === "number" && (key === "start" || key === "end")) copy[key] = at[key](value);
    else copy[key] = moved(value, at);
  }
  return copy as T;
}

/** The smallest stretch with all places of a unit. */
export function boundsOf(unit: HostedUnit): Span {
  const known = knownOf(unit);
  if (known.bounds) return known.bounds;
  let [start, end] = [unit.extent.start, unit.extent.end];
  const look = (it: unknown): void => {
    if (typeof it !== "object" || it === null) return;
    if (it instanceof Map) {
      for (const each of it.values()) look(each);
      return;
    }
    if ("start" in it && typeof it.start === "number") start = Math.min(start, it.start);
    if ("end" in it && typeof it.end === "number") end = Math.max(end, it.end);
    for (const each of Object.values(it)) look(each);
  };
  look(unit);
  known.bounds = { start, end };
  return known.bounds;
}
