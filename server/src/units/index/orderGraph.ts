import { memo } from "../memo.ts";
import { filePlaceOf, treeKey } from "./filePlace.ts";
import { graphOf, type OrderGraph } from "./graph.ts";
import { type Numbering, numberingOf } from "./numbering.ts";
import type { Tree, UnitIndex } from "./unitIndex.ts";
import { isWhole } from "./whole.ts";

/**
 * The graph from the point of view of a file: the units of its own tree, and where that is no whole system, those of the
 * machine and of systemd after them. It is kept until the order of one of these units changes, whatever else does.
 */
export function orderGraph(index: UnitIndex, near: string): OrderGraph {
  const trees = viewFrom(index, near);
  const scope = trees[0]?.scope ?? filePlaceOf(near)?.scope ?? "system";
  const key = trees.map((it) => it.key).join(" ") || scope;
  const known = graphsOf(index).get(key);
  if (known) return known;
  const graph = graphFor(index, key, trees, scope);
  graphsOf(index).set(key, graph);
  return graph;
}

const graphsOf = memo((_: UnitIndex) => new RecentGraphs<OrderGraph>());

interface View {
  readonly trees: readonly Tree[];
  readonly numbering: Numbering;
  readonly graph: OrderGraph;
}

/** What was made last for a point of view; an edit of a text leaves all trees the very same. */
const viewsOn = memo((_: UnitIndex["trees"]) => new RecentGraphs<View>());

/** More graphs than these are not kept: whoever goes through many folders is seldom back. */
const MOST_GRAPHS = 16;

/** By their points of view. Invariant: the latest ones and no more. */
class RecentGraphs<T> {
  readonly #known = new Map<string, T>();

  get(key: string): T | undefined {
    return this.#known.get(key);
  }

  set(key: string, value: T): void {
    this.#known.delete(key);
    this.#known.set(key, value);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_GRAPHS && oldest !== undefined) this.#known.delete(oldest);
  }
}

/** A numbering that was asked for more names than these is made again: most of them may be names that were being typed. */
const NAMES = 100_000;

function graphFor(index: UnitIndex, key: string, trees: readonly Tree[], scope: Tree["scope"]): OrderGraph {
  const views = viewsOn(index.trees);
  const last = views.get(key);
  const same = last && last.trees.length === trees.length && trees.every((it, i) => it === last.trees[i]);
  const kept = same && last.numbering.size() < NAMES ? last : undefined;
  if (kept && !kept.numbering.refresh(index)) return kept.graph;
  const numbering = kept?.numbering ?? numberingOf(index, trees, scope);
  const graph = graphOf(numbering);
  views.set(key, { trees, numbering, graph });
  return graph;
}

/** The trees whose units count for a file. */
export function viewFrom(index: UnitIndex, near: string): readonly Tree[] {
  const place = filePlaceOf(near);
  const own = place && index.trees.get(treeKey(place));
  if (!own || isWhole(own)) return own ? [own] : [];
  const machine = index.trees.get(treeKey({ root: "", scope: own.scope }));
  return machine && machine !== own && isWhole(machine) ? [own, machine] : [own];
}
