import { once } from "../once.ts";
import { bootOrder } from "./bootOrder.ts";
import { knotsOf } from "./knots.ts";
import { loadUnit, type UnitFiles } from "./load.ts";
import { treesAround } from "./lookup.ts";
import { type Because, type Order, orderOf } from "./order.ts";
import { placeOf, treeKey } from "./place.ts";
import type { IndexedFile, Tree, UnitIndex } from "./unitIndex.ts";

/** That a unit waits for another one. */
export interface Wait {
  readonly to: number;
  readonly because: Because;
}

/** Who waits for whom among the units that one manager would see; units are numbers. */
export interface OrderGraph {
  readonly names: readonly string[];
  /** The number of a unit by any of its names; undefined for one that has no file. */
  readonly find: (name: string) => number | undefined;
  readonly waits: readonly (readonly Wait[])[];
  /** What the start of a unit brings with it. */
  readonly pulls: readonly (readonly number[])[];
  /** What it would bring besides if all units were enabled; of a whole system only those count that are. */
  readonly installed: readonly (readonly number[])[];
  /** Units that can be reached from each other have the same number here. */
  readonly knots: readonly number[];
}

/** More units than these are not looked at, so that templates that name ever new instances come to an end. */
const MOST = 50_000;

/**
 * The graph from the point of view of a file: the units of its own tree, and where that is no whole system, those of the
 * machine and of systemd behind them. It is kept until the order of one of these units changes, whatever else does.
 */
export function orderGraph(index: UnitIndex, near: string): OrderGraph {
  const trees = viewFrom(index, near);
  const scope = trees[0]?.scope ?? placeOf(near)?.scope ?? "system";
  const key = trees.map((it) => it.key).join(" ") || scope;
  const known = graphsOf(index).get(key);
  if (known) return known;
  const last = latest.get(key);
  const same = last && last.trees.length === trees.length && trees.every((it, i) => it === last.trees[i]);
  const graph = same && !isStale(index, last.parts, scope) ? last.graph : keep(index, key, trees, scope);
  graphsOf(index).set(key, graph);
  return graph;
}

const graphsOf = once((_: UnitIndex) => new Map<string, OrderGraph>());

/** A unit with the files that its order was read from. */
interface Part {
  readonly unit: UnitFiles;
  readonly files: readonly IndexedFile[];
  readonly order: Order;
}

/** The graph that was made last for each point of view. */
const latest = new Map<
  string,
  { readonly trees: readonly Tree[]; readonly parts: Part[]; readonly graph: OrderGraph }
>();
const VIEWS = 16;

function keep(index: UnitIndex, key: string, trees: readonly Tree[], scope: Tree["scope"]): OrderGraph {
  const parts: Part[] = [];
  const graph = build(index, trees, scope, parts);
  latest.delete(key);
  latest.set(key, { trees, parts, graph });
  const [oldest] = latest.keys();
  if (latest.size > VIEWS && oldest !== undefined) latest.delete(oldest);
  return graph;
}

/** Whether a change of a file changed an order; parts whose text changed in other ways are made to know the new one. */
function isStale(index: UnitIndex, parts: Part[], scope: Tree["scope"]): boolean {
  for (const [i, { unit, files, order }] of parts.entries()) {
    if (files.every((it) => index.files.get(it.placed.path) === it)) continue;
    const now = partOf(index, unit, scope);
    if (now.order !== order) return true;
    parts[i] = now;
  }
  return false;
}

const partsOf = once((_: UnitFiles): { last?: Part } => ({}));

/** The order of a unit, the very same object as long as it is equal. */
function partOf(index: UnitIndex, unit: UnitFiles, scope: Tree["scope"]): Part {
  const known = partsOf(unit);
  const { last } = known;
  if (last?.files.every((it) => index.files.get(it.placed.path) === it)) return last;
  const files = filesOf(index, unit);
  const order = orderOf(unit, files, scope);
  const same = last && JSON.stringify(order) === JSON.stringify(last.order);
  known.last = { unit, files, order: same ? last.order : order };
  return known.last;
}

function filesOf(index: UnitIndex, { fragment, dropIns }: UnitFiles): readonly IndexedFile[] {
  return [...(fragment ? [fragment] : []), ...dropIns].flatMap((it) => index.files.get(it.path) ?? []);
}

/** The trees whose units count for a file. */
function viewFrom(index: UnitIndex, near: string): readonly Tree[] {
  const place = placeOf(near);
  const own = place && index.trees.get(treeKey(place));
  if (!own || isWhole(own)) return own ? [own] : [];
  const machine = treesAround(index, near).find((it) => it.root === "");
  return machine && machine !== own && isWhole(machine) ? [own, machine] : [own];
}

/** Whether a tree is that of a system with systemd's own units, so that what is not in it is not there. */
export const isWhole = once(({ units, root }: Tree): boolean =>
  ["basic.target", "shutdown.target"].every((name) => units.get(name)?.some(({ place }) => place.folder !== root)),
);

function build(index: UnitIndex, trees: readonly Tree[], scope: Tree["scope"], parts: Part[]): OrderGraph {
  const numbers = new Map<string, number | undefined>();
  const names: string[] = [];
  const orders: Order[] = [];
  const add = (id: string, order: () => Order): number | undefined => {
    const known = numbers.get(id);
    if (known !== undefined || names.length >= MOST) return known;
    numbers.set(id, names.length);
    names.push(id);
    orders.push(order());
    return numbers.get(id);
  };
  const find = (name: string): number | undefined => {
    if (numbers.has(name)) return numbers.get(name);
    const number = load(name);
    numbers.set(name, number);
    return number;
  };
  const load = (name: string): number | undefined => {
    for (const tree of trees) {
      const unit = loadUnit(tree, name);
      if (unit.masked) return undefined;
      if (!unit.fragment) continue;
      return add(unit.id, () => {
        const part = partOf(index, unit, scope);
        const { order } = part;
        parts.push(part);
        return isWhole(tree) ? { ...order, installs: NOWHERE } : order;
      });
    }
    const order = trees.some(isWhole) ? undefined : bootOrder(name, scope);
    return order && add(name, () => order);
  };
  for (const tree of trees) for (const name of tree.units.keys()) find(name);
  const edges = connect(names, orders, find);
  return { names, find: (name) => numbers.get(name), ...edges, knots: knotsOf(edges.waits) };
}

const isWritten = (because: Because): boolean => because === "After" || because === "Before";

const NOWHERE: Order["installs"] = [];

/** Follows unit_add_default_target_dependency(), systemd 257 to 262, for the order between a target and what it starts. */
function connect(
  names: readonly string[],
  orders: readonly Order[],
  find: (name: string) => number | undefined,
): Pick<OrderGraph, "waits" | "pulls" | "installed"> {
  const waits: Map<number, Because>[] = [];
  const pulls: number[][] = [];
  const installed: number[][] = [];
  const listAt = <T>(lists: T[], at: number, empty: () => T): T => {
    const list = lists[at] ?? empty();
    lists[at] = list;
    return list;
  };
  const wait = (from: number, to: number | undefined, because: Because): void => {
    const list = listAt(waits, from, () => new Map());
    if (to === undefined || to === from) return;
    const known = list.get(to);
    if (known === undefined || (!isWritten(known) && isWritten(because))) list.set(to, because);
  };
  // The list grows while it is read: what is named may be an instance that was not met before.
  for (let at = 0; at < orders.length; at++) {
    const order = orders[at];
    if (!order) continue;
    listAt(installed, at, () => []);
    for (const { name, because } of order.after) wait(at, find(name), because);
    for (const { name, because } of order.before) {
      const other = find(name);
      if (other !== undefined) wait(other, at, because);
    }
    pulls[at] = order.pulls.flatMap((it) => find(it) ?? []);
    for (const name of order.installs) {
      const other = find(name);
      if (other !== undefined) listAt(installed, other, () => []).push(at);
    }
  }
  for (const [at, order] of orders.entries()) {
    if (!names[at]?.endsWith(".target") || !order.defaults) continue;
    for (const other of [...(pulls[at] ?? []), ...(installed[at] ?? [])]) {
      if (orders[other]?.defaults && !waits[other]?.has(at)) wait(at, other, "default");
    }
  }
  const lists = orders.map((_, at) => [...(waits[at] ?? [])].map(([to, because]): Wait => ({ to, because })));
  return {
    waits: lists,
    pulls: orders.map((_, at) => pulls[at] ?? []),
    installed: orders.map((_, at) => installed[at] ?? []),
  };
}
