import { componentsOf } from "./components.ts";
import { NOBODY, type NumberedOrder, type Numbering } from "./numbering.ts";
import type { Reason } from "./order.ts";
import { type NumberRows, numberRows, type Pairs, rowAt } from "./rows.ts";

/** Who waits for whom among the units that one manager would see; units are numbers. */
export interface OrderGraph {
  readonly names: readonly string[];
  /** The number of a unit by any of its names; undefined for one that has no file. */
  readonly find: (name: string) => number | undefined;
  readonly waits: NumberRows;
  /** Why a unit waits for another one. */
  readonly reason: (unit: number, other: number) => Reason;
  /** What the start of a unit brings with it. */
  readonly pulls: NumberRows;
  /** What it would bring besides if all units were enabled; of a whole system only those count that are. */
  readonly installed: NumberRows;
  /** Units that can be reached from each other have the same number here. */
  readonly components: Int32Array;
}

/** Puts units in order. Those without a file of their own are numbered as they are met, whatever was met at other times. */
export function graphOf(numbering: Numbering): OrderGraph {
  const { own, nameOfNumber, linksOf } = numbering;
  const units = Array.from({ length: own }, (_, i) => i);
  const met = new Map<number, number>();
  const numberOf = (unit: number): number => {
    if (unit < own) return unit;
    const number = met.get(unit) ?? units.push(unit) - 1;
    met.set(unit, number);
    return number;
  };
  const links: NumberedOrder[] = [];
  const [waits, pulls, installed] = [noPairs(), noPairs(), noPairs()];
  // The list grows while it is read: what is named may be an instance that was not met before.
  for (let at = 0; at < units.length; at++) {
    const order = linksOf(units[at] ?? NOBODY);
    links.push(order);
    for (const it of order.after) add(waits, at, numberOf(it));
    for (const it of order.before) add(waits, numberOf(it), at);
    for (const it of order.pulls) add(pulls, at, numberOf(it));
    for (const it of order.installs) add(installed, numberOf(it), at);
  }
  const names = units.map(nameOfNumber);
  const count = units.length;
  const graph = { names, pulls: numberRows(count, pulls), installed: numberRows(count, installed) };
  const written = numberRows(count, waits);
  const all = addDefaults(waits, links, { ...graph, waits: written }) ? numberRows(count, waits) : written;
  const find = (name: string): number | undefined => {
    const unit = numbering.find(name);
    return unit === NOBODY ? undefined : unit < own ? unit : met.get(unit);
  };
  const reason = (unit: number, other: number): Reason => {
    const [from, to] = [units[unit] ?? NOBODY, units[other] ?? NOBODY];
    const why = [
      ...numbering.orderOf(from).after.filter((it) => numbering.find(it.name) === to),
      ...numbering.orderOf(to).before.filter((it) => numbering.find(it.name) === from),
    ].map((it) => it.reason);
    return why.find((it) => it === "After" || it === "Before") ?? why[0] ?? "default";
  };
  return { ...graph, find, waits: all, reason, components: componentsOf(all) };
}

const noPairs = (): Pairs => ({ from: [], to: [] });

function add({ from, to }: Pairs, a: number, b: number): void {
  if (a === b) return;
  from.push(a);
  to.push(b);
}

/**
 * Follows unit_add_default_target_dependency(), systemd 257 to 262, for the order between a target and what it starts;
 * says whether there is any.
 */
function addDefaults(
  pairs: Pairs,
  links: readonly NumberedOrder[],
  { names, waits, pulls, installed }: Pick<OrderGraph, "names" | "waits" | "pulls" | "installed">,
): boolean {
  const behind = new Set<string>();
  for (const [at, name] of names.entries()) {
    if (!links[at]?.defaults || !name.endsWith(".target")) continue;
    for (const other of [...rowAt(pulls, at), ...rowAt(installed, at)]) {
      if (!links[other]?.defaults || rowAt(waits, other).includes(at) || behind.has(`${other} ${at}`)) continue;
      add(pairs, at, other);
      behind.add(`${at} ${other}`);
    }
  }
  return behind.size > 0;
}
