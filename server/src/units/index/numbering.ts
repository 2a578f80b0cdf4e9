import { bootOrder } from "./bootOrder.ts";
import type { FilePlace } from "./filePlace.ts";
import { loadUnit, type UnitFiles } from "./load.ts";
import { type Order, orderOf } from "./order.ts";
import type { IndexedFile, Tree, UnitIndex } from "./unitIndex.ts";
import { isWhole } from "./whole.ts";

/** The number of a name that no unit stands after. */
export const NOBODY = -1;

/** The order of a unit with numbers instead of names; `NOBODY` is never among them. */
export interface NumberedOrder {
  readonly after: readonly number[];
  readonly before: readonly number[];
  readonly pulls: readonly number[];
  readonly installs: readonly number[];
  readonly defaults: boolean;
}

/** The units that one manager would see, numbered; they stay as long as the trees do, whatever the files say. */
export interface Numbering {
  /** How many units are there because of their own file; those that are only named, such as instances, come after. */
  readonly own: number;
  /** How many names it was asked for. */
  readonly size: () => number;
  readonly nameOfNumber: (unit: number) => string;
  /** The number of a unit by any name that was met, `NOBODY` for any other. */
  readonly find: (name: string) => number;
  readonly orderOf: (unit: number) => Order;
  readonly linksOf: (unit: number) => NumberedOrder;
  /** Looks at the files that changed; says whether an order did. */
  readonly refresh: (index: UnitIndex) => boolean;
}

/** More units than these are not looked at, so that templates that name ever new instances come to an end. */
const MOST = 50_000;

/** What is known of a unit. */
interface Entry {
  readonly name: string;
  /** Missing for what systemd brings along. */
  readonly unit?: UnitFiles;
  /** Of a whole system only those units are enabled that are. */
  readonly whole: boolean;
  files: readonly IndexedFile[];
  /** Made when they are asked for. */
  links?: NumberedOrder;
}

/** Numbers the units of some trees, in which the first counts most. */
export function numberingOf(first: UnitIndex, trees: readonly Tree[], scope: FilePlace["scope"]): Numbering {
  let index = first;
  const boots = !trees.some(isWhole);
  const entries: Entry[] = [];
  const numbers = new Map<string, number>();
  const enter = (entry: () => Entry, name: string): number => {
    const known = numbers.get(name) ?? NOBODY;
    if (known !== NOBODY || entries.length >= MOST) return known;
    numbers.set(name, entries.length);
    return entries.push(entry()) - 1;
  };
  const load = (name: string): number => {
    for (const tree of trees) {
      const unit = loadUnit(tree, name);
      if (unit.masked) return NOBODY;
      const entry = (): Entry => ({ name: unit.id, unit, whole: isWhole(tree), files: filesOf(index, unit) });
      if (unit.fragment) return enter(entry, unit.id);
    }
    const isBrought = boots && bootOrder(name, scope) !== undefined;
    return isBrought ? enter(() => ({ name, whole: false, files: NONE }), name) : NOBODY;
  };
  const meet = (name: string): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const number = load(name);
    numbers.set(name, number);
    return number;
  };
  const orderIn = ({ name, unit, whole, files }: Entry): Order => {
    if (!unit) return bootOrder(name, scope) ?? NO_ORDER;
    const order = orderOf(unit, files, scope);
    return whole ? { ...order, installs: [] } : order;
  };
  /** Whether another order is in the files of a unit now. */
  const isChanged = (entry: Entry): boolean => {
    const { unit, files, links } = entry;
    if (!unit || files.every((it) => index.files.get(it.placed.path) === it)) return false;
    entry.files = filesOf(index, unit);
    entry.links = linksOf(orderIn(entry), meet);
    return JSON.stringify(entry.links) !== JSON.stringify(links);
  };
  for (const tree of trees) for (const name of tree.units.keys()) meet(name);
  return {
    own: entries.length,
    size: () => numbers.size,
    nameOfNumber: (unit) => entries[unit]?.name ?? "",
    find: (name) => numbers.get(name) ?? NOBODY,
    orderOf: (unit) => (entries[unit] ? orderIn(entries[unit]) : NO_ORDER),
    linksOf: (unit) => {
      const entry = entries[unit];
      if (!entry) return NO_LINKS;
      entry.links ??= linksOf(orderIn(entry), meet);
      return entry.links;
    },
    refresh: (now) => {
      index = now;
      return entries.filter(isChanged).length > 0;
    },
  };
}

const NONE: readonly never[] = [];
const NO_ORDER: Order = { after: NONE, before: NONE, pulls: NONE, installs: NONE, defaults: false };
const NO_LINKS: NumberedOrder = { after: NONE, before: NONE, pulls: NONE, installs: NONE, defaults: false };

/** The files of a unit that the index has, fragment first. */
export function filesOf({ files }: UnitIndex, { fragment, dropIns }: UnitFiles): readonly IndexedFile[] {
  const found: IndexedFile[] = [];
  for (const placed of fragment ? [fragment, ...dropIns] : dropIns) {
    const file = files.get(placed.path);
    if (file) found.push(file);
  }
  return found;
}

function linksOf(order: Order, meet: (name: string) => number): NumberedOrder {
  const [after, before, pulls, installs]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (const { name } of order.after) add(after, meet(name));
  for (const { name } of order.before) add(before, meet(name));
  for (const name of order.pulls) add(pulls, meet(name));
  for (const name of order.installs) add(installs, meet(name));
  return { after, before, pulls, installs, defaults: order.defaults };
}

function add(list: number[], unit: number): void {
  if (unit !== NOBODY) list.push(unit);
}
