import { once } from "../once.ts";
import type { Because } from "./order.ts";
import type { OrderGraph } from "./orderGraph.ts";

/** Units each of which waits for the next one; the first stands at the end again. */
export interface Cycle {
  readonly path: readonly string[];
  /** Why each of them waits for the next. */
  readonly because: readonly Because[];
  /** The unit whose start brings all of them along, so that they cannot but meet. */
  readonly start: string;
}

/** What a unit waits for, or is waited for by, in a circle. */
export interface Knot {
  /** The shortest cycle in which the unit waits for `other`; undefined where there is none in a single start. */
  readonly waitingFor: (other: string) => Cycle | undefined;
  /** The shortest cycle in which `other` waits for the unit. */
  readonly waitedForBy: (other: string) => Cycle | undefined;
}

const knots = once((_: OrderGraph) => new Map<string, Knot | undefined>());

/**
 * What makes the order of a unit go in circles; undefined where nothing does. As systemd, which looks only at the jobs of
 * one start (transaction_verify_order(), 257 to 262), it counts a circle only where one unit brings all of it along: the
 * unit itself, another one of the circle, or the goal of the boot if the units are enabled.
 */
export function knotAt(graph: OrderGraph, name: string): Knot | undefined {
  const known = knots(graph);
  if (!known.has(name)) known.set(name, makeKnot(graph, name));
  return known.get(name);
}

function makeKnot(graph: OrderGraph, name: string): Knot | undefined {
  const own = graph.find(name);
  if (own === undefined || !isKnotted(graph, own)) return undefined;
  const starts = startsOf(graph, own);
  const known = new Map<number, Ways>();
  const first = (other: string, pick: (ways: Ways, node: number) => readonly number[] | undefined) => {
    const node = graph.find(other);
    if (node === undefined || graph.knots[node] !== graph.knots[own]) return undefined;
    for (const start of starts) {
      const ways = known.get(start) ?? waysAt(graph, own, closureOf(graph, start));
      known.set(start, ways);
      const path = pick(ways, node);
      if (path) return described(graph, path, start);
    }
    return undefined;
  };
  return {
    waitingFor: (other) =>
      first(other, ({ toOwn }, node) => (waits(graph, own, node) ? follow(toOwn, node, [own]) : undefined)),
    waitedForBy: (other) =>
      first(other, ({ fromOwn }, node) =>
        waits(graph, node, own) ? follow(fromOwn, node, [own])?.reverse() : undefined,
      ),
  };
}

const waits = (graph: OrderGraph, from: number, to: number): boolean =>
  graph.waits[from]?.some((it) => it.to === to) ?? false;

function isKnotted({ waits: all, knots: of }: OrderGraph, node: number): boolean {
  return all[node]?.some(({ to }) => of[to] === of[node]) ?? false;
}

function described({ names, waits: all }: OrderGraph, path: readonly number[], start: number): Cycle {
  return {
    path: path.map((it) => names[it] ?? ""),
    because: path.slice(1).map((to, i) => all[path[i] ?? 0]?.find((it) => it.to === to)?.because ?? "default"),
    start: names[start] ?? "",
  };
}

/** More starts than these are not tried. */
const STARTS = 16;
const GOALS: readonly string[] = ["graphical.target", "multi-user.target", "default.target"];

/** The unit, others in the same knot, and the goals of the boot. */
function startsOf({ knots: of, names, find }: OrderGraph, own: number): readonly number[] {
  const others: number[] = [];
  for (let node = 0; node < names.length && others.length < STARTS; node++)
    if (node !== own && of[node] === of[own]) others.push(node);
  return [own, ...others, ...GOALS.flatMap((it) => find(it) ?? [])];
}

const closures = once((_: OrderGraph) => new Map<number, Uint8Array>());

/** What the start of a unit brings along, marked with 1; the goals of the boot with all units that could be enabled there. */
function closureOf(graph: OrderGraph, start: number): Uint8Array {
  const known = closures(graph).get(start);
  if (known) return known;
  const boots = GOALS.includes(graph.names[start] ?? "");
  const brought = new Uint8Array(graph.names.length);
  const open = [start];
  brought[start] = 1;
  const bring = (node: number): void => {
    if (brought[node] === 1) return;
    brought[node] = 1;
    open.push(node);
  };
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const it of graph.pulls[node] ?? []) bring(it);
    if (boots) for (const it of graph.installed[node] ?? []) bring(it);
  }
  closures(graph).set(start, brought);
  return brought;
}

/** Of each unit of a knot the next one on the shortest way to a unit, and the one before on that from it. */
interface Ways {
  readonly toOwn: ReadonlyMap<number, number>;
  readonly fromOwn: ReadonlyMap<number, number>;
}

function waysAt(graph: OrderGraph, own: number, within: Uint8Array): Ways {
  if (within[own] !== 1) return { toOwn: new Map(), fromOwn: new Map() };
  const inside = (node: number): boolean => graph.knots[node] === graph.knots[own] && within[node] === 1;
  const forth = new Map<number, number[]>();
  const back = new Map<number, number[]>();
  for (let node = 0; node < within.length; node++) {
    if (!inside(node)) continue;
    const next = (graph.waits[node] ?? []).map((it) => it.to).filter(inside);
    forth.set(node, next);
    for (const to of next) (back.get(to) ?? newList(back, to)).push(node);
  }
  return { toOwn: search(back, own), fromOwn: search(forth, own) };
}

function newList(lists: Map<number, number[]>, key: number): number[] {
  const list: number[] = [];
  lists.set(key, list);
  return list;
}

/** Breadth first: from each node that is met the one that it was met from. */
function search(edges: ReadonlyMap<number, readonly number[]>, from: number): ReadonlyMap<number, number> {
  const met = new Map<number, number>();
  const queue = [from];
  for (const node of queue) {
    for (const next of edges.get(node) ?? []) {
      if (met.has(next) || next === from) continue;
      met.set(next, node);
      queue.push(next);
    }
  }
  return met;
}

/** Goes from a node back to where the search began, behind what stands there already. */
function follow(met: ReadonlyMap<number, number>, node: number, path: readonly number[]): number[] | undefined {
  if (!met.has(node)) return undefined;
  const way = [...path];
  for (let at: number | undefined = node; at !== undefined; at = met.get(at)) way.push(at);
  return way;
}
