import { memo } from "../memo.ts";
import type { OrderGraph } from "./graph.ts";
import type { Reason } from "./order.ts";
import { rowAt } from "./rows.ts";

/** Units each of which waits for the next one; the first stands at the end again. */
export interface Cycle {
  readonly path: readonly string[];
  /** Why each of them waits for the next. */
  readonly reason: readonly Reason[];
  /** The unit whose start brings all of them along, so that they cannot but meet. */
  readonly start: string;
}

/** What a unit waits for, or is waited for by, in a cycle. */
export interface OrderComponent {
  /** The shortest cycle in which the unit waits for `other`; undefined where there is none in a single start. */
  readonly waitingFor: (other: string) => Cycle | undefined;
  /** The shortest cycle in which `other` waits for the unit. */
  readonly waitedForBy: (other: string) => Cycle | undefined;
}

const components = memo((_: OrderGraph) => new Map<number, OrderComponent>());

/**
 * What makes the order of a unit go in cycles; undefined where nothing does. As systemd, which looks only at the jobs of
 * one start (transaction_verify_order(), 257 to 262), it counts a cycle only where one unit brings all of it along: the
 * unit itself, another one of the cycle, or the goal of the boot if the units are enabled.
 */
export function knotAt(graph: OrderGraph, name: string): OrderComponent | undefined {
  const own = graph.find(name);
  const members = own === undefined ? undefined : membersOf(graph).get(graph.components[own] ?? own);
  if (own === undefined || !members) return undefined;
  const known = components(graph).get(own) ?? makeKnot(graph, own, members);
  components(graph).set(own, known);
  return known;
}

/** The units of each component that has more than one. */
const membersOf = memo(({ components: of }: OrderGraph): ReadonlyMap<number, readonly number[]> => {
  const count = new Int32Array(of.length);
  for (const component of of) count[component] = (count[component] ?? 0) + 1;
  const members = new Map<number, number[]>();
  for (const [node, component] of of.entries())
    if ((count[component] ?? 0) > 1) (members.get(component) ?? newList(members, component)).push(node);
  return members;
});

function makeKnot(graph: OrderGraph, own: number, members: readonly number[]): OrderComponent {
  const { waits, find } = graph;
  const starts = startsOf(graph, own, members);
  const known = new Map<number, Ways>();
  const first = (pick: (ways: Ways) => readonly number[] | undefined) => {
    for (const start of starts) {
      const ways = known.get(start) ?? waysAt(graph, own, members, closureOf(graph, start, members));
      known.set(start, ways);
      const path = pick(ways);
      if (path) return described(graph, path, start);
    }
    return undefined;
  };
  return {
    waitingFor: (other) => {
      const node = find(other);
      return node !== undefined && rowAt(waits, own).includes(node)
        ? first(({ toOwn }) => follow(toOwn, node, [own]))
        : undefined;
    },
    waitedForBy: (other) => {
      const node = find(other);
      return node !== undefined && rowAt(waits, node).includes(own)
        ? first(({ fromOwn }) => follow(fromOwn, node, [own])?.reverse())
        : undefined;
    },
  };
}

function described({ names, reason }: OrderGraph, path: readonly number[], start: number): Cycle {
  return {
    path: path.map((it) => names[it] ?? ""),
    reason: path.slice(1).map((to, i) => reason(path[i] ?? to, to)),
    start: names[start] ?? "",
  };
}

/** More starts than these are not tried. */
const STARTS = 16;
const GOALS: readonly string[] = ["graphical.target", "multi-user.target", "default.target"];

/** The unit, others in the same component, and the goals of the boot. */
function startsOf({ find }: OrderGraph, own: number, members: readonly number[]): readonly number[] {
  const others = members.slice(0, STARTS + 1).filter((it) => it !== own);
  return [own, ...others.slice(0, STARTS), ...GOALS.flatMap((it) => find(it) ?? [])];
}

const closures = memo((_: OrderGraph) => new Map<number, Uint8Array>());

/**
 * What the start of a unit brings along, marked with 1: of a unit in the component no more than it takes to know all members, of
 * a goal of the boot all, with the units that could be enabled there.
 */
function closureOf(graph: OrderGraph, start: number, members: readonly number[]): Uint8Array {
  const known = closures(graph).get(start);
  if (known) return known;
  const { names, pulls, installed, components: of } = graph;
  const boots = GOALS.includes(names[start] ?? "");
  const brings = boots ? [pulls, installed] : [pulls];
  const brought = new Uint8Array(names.length);
  const queue = [start];
  brought[start] = 1;
  let missing = boots ? Number.POSITIVE_INFINITY : members.length - 1;
  for (let i = 0; i < queue.length && missing > 0; i++) {
    const node = queue[i] ?? start;
    for (const { starts, items } of brings) {
      const end = starts[node + 1] ?? 0;
      for (let at = starts[node] ?? 0; at < end; at++) {
        const it = items[at] ?? node;
        if (brought[it] === 1) continue;
        brought[it] = 1;
        queue.push(it);
        if (of[it] === of[start]) missing--;
      }
    }
  }
  closures(graph).set(start, brought);
  return brought;
}

/** Of each unit of a knot the next one on the shortest way to a unit, and the one before on that from it. */
interface Ways {
  readonly toOwn: ReadonlyMap<number, number>;
  readonly fromOwn: ReadonlyMap<number, number>;
}

function waysAt({ waits }: OrderGraph, own: number, members: readonly number[], within: Uint8Array): Ways {
  if (within[own] !== 1) return { toOwn: new Map(), fromOwn: new Map() };
  const inside = new Set(members.filter((it) => within[it] === 1));
  const forth = new Map<number, readonly number[]>();
  const back = new Map<number, number[]>();
  for (const node of inside) {
    const next = [...rowAt(waits, node)].filter((it) => inside.has(it));
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

/** Goes from a node back to where the search began, after what stands there already. */
function follow(met: ReadonlyMap<number, number>, node: number, path: readonly number[]): number[] | undefined {
  if (!met.has(node)) return undefined;
  const way = [...path];
  for (let at: number | undefined = node; at !== undefined; at = met.get(at)) way.push(at);
  return way;
}
