import type { AssignedLine, Assignment, InvalidLine, Section, UnitFile } from "../syntax/tree.ts";
import { withLine } from "./lineLists.ts";
import { memo, memoBy } from "./memo.ts";
import type { Memory } from "./memory.ts";

/** Assignments by their directives, each list in the order of the file. */
export type DirectiveLists = Pick<
  ReadonlyMap<string, readonly Assignment[]>,
  "get" | "has" | "keys" | "values" | "size"
> &
  Iterable<readonly [string, readonly Assignment[]]>;

/** The assignments of a section by their directives; a list is made when it is asked for. */
export const byDirective = memo((section: Section): SectionLists => new SectionLists(section));

/** The directives of a section with the places of their nodes; the very same after an edit within the values of lines. */
export const namesIn = (section: Section): ReadonlyMap<string, readonly number[]> => placesOf(section).assigned;

/** So few nodes are looked through, where a map of them would take more time and memory than all that is asked of it. */
const FEW_NODES = 8;

/** The assignments of one directive in a section, in the order of the file. */
export const assignedIn = (section: Section, name: string): readonly Assignment[] =>
  section.nodes.length > FEW_NODES
    ? (byDirective(section).get(name) ?? NONE)
    : section.nodes.filter((it): it is Assignment => it.kind === "assignment" && it.key === name);

/** Whether a section has a line for a directive. */
export const isAssignedIn = (section: Section, name: string): boolean =>
  section.nodes.length > FEW_NODES
    ? namesIn(section).has(name)
    : section.nodes.some((it) => it.kind === "assignment" && it.key === name);

/** Adds the directives that a section has lines for. */
export function addNames(section: Section, names: Set<string>): void {
  if (section.nodes.length > FEW_NODES) for (const it of namesIn(section).keys()) names.add(it);
  else for (const it of section.nodes) if (it.kind === "assignment") names.add(it.key);
}

/** The lines of a section that say nothing. */
export const invalidIn = memo((section: Section): readonly InvalidLine[] =>
  placesOf(section).invalid.map((at) => section.nodes[at] as InvalidLine),
);

/** Where the nodes of a section say what, which an edit within a line does not change. */
interface Places {
  readonly assigned: ReadonlyMap<string, readonly number[]>;
  readonly invalid: readonly number[];
}

interface Known {
  places?: Places;
  /** The lines of each directive that was asked for. */
  lines?: Map<string, readonly AssignedLine[]>;
  /** What an edit has changed, until there is another one. */
  edit?: SectionEdit | undefined;
}

/** From where to where the nodes of a section are others than before an edit, when there were as many; `since` stands for that section. */
export interface SectionEdit {
  readonly since: object;
  readonly start: number;
  readonly end: number;
}

const knownOf = memo((_: Section): Known => ({}));

function placesOf(section: Section): Places {
  if (section.nodes.length === 0) return NO_PLACES;
  const known = knownOf(section);
  known.places ??= placesIn(section);
  return known.places;
}

const NO_PLACES: Places = { assigned: new Map(), invalid: [] };

function placesIn({ nodes }: Section): Places {
  const assigned = new Map<string, number[]>();
  const invalid: number[] = [];
  let at = -1;
  for (const node of nodes) {
    at++;
    if (node.kind === "invalid") invalid.push(at);
    if (node.kind !== "assignment") continue;
    const list = assigned.get(node.key);
    if (list) list.push(at);
    else assigned.set(node.key, [at]);
  }
  return { assigned, invalid };
}

/** Invariant: a list is that of the nodes at the places of its directive, made once for all who ask. */
class SectionLists implements DirectiveLists {
  readonly #section: Section;
  readonly #places: Places["assigned"];
  readonly #lists = new Map<string, readonly Assignment[]>();
  readonly #remembered = new Map<string, readonly AssignedLine[]>();

  constructor(section: Section) {
    this.#section = section;
    this.#places = placesOf(section).assigned;
  }

  get size(): number {
    return this.#places.size;
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  keys(): MapIterator<string> {
    return this.#places.keys();
  }

  get(name: string): readonly Assignment[] | undefined {
    const known = this.#lists.get(name);
    if (known) return known;
    const { nodes } = this.#section;
    const list = this.#places.get(name)?.map((at) => nodes[at] as Assignment);
    if (list) this.#lists.set(name, list);
    return list;
  }

  /** The lines of a directive; the same array as in the version before where an edit was in none of them. */
  lines(name: string, memory: Memory): readonly AssignedLine[] {
    const remembered = this.#remembered.get(name);
    if (remembered) return remembered;
    const known = knownOf(this.#section);
    known.lines ??= new Map();
    const { lines } = known;
    const carried = lines.get(name);
    // Of those the memory learns as well, for the same lines in the midst of others.
    const found = carried ? memory.learn(name, carried) : reused(this.get(name) ?? NONE, name, memory);
    lines.set(name, found);
    this.#remembered.set(name, found);
    return found;
  }

  *values(): MapIterator<readonly Assignment[]> {
    for (const [, list] of this) yield list;
  }

  *[Symbol.iterator](): MapIterator<[string, readonly Assignment[]]> {
    for (const name of this.keys()) yield [name, this.get(name) ?? NONE];
  }
}

/** Of more sections no list of one of them is looked for. */
const FEW_SECTIONS = 64;

/** What sections of one name say together; a list that only one of a few has stays the same array. */
export function joinedLists(sections: readonly Section[]): DirectiveLists {
  const [only] = sections;
  if (only && sections.length === 1) return byDirective(only);
  const joined = new Map<string, Assignment[]>();
  /** The only section that has a name. */
  const owners = new Map<string, Section | undefined>();
  for (const section of sections)
    for (const node of section.nodes) {
      if (node.kind !== "assignment") continue;
      const { key } = node;
      const list = joined.get(key);
      if (list) list.push(node);
      else joined.set(key, [node]);
      if (sections.length <= FEW_SECTIONS) owners.set(key, !list || owners.get(key) === section ? section : undefined);
    }
  if (owners.size === 0) return joined;
  return new Map([...joined].map(([name, list]) => [name, ownList(owners.get(name), name) ?? list]));
}

const ownList = (owner: Section | undefined, name: string): readonly Assignment[] | undefined =>
  owner && byDirective(owner).get(name);

/** The lines of a directive among lists, which the memory of the document knows again. */
export const linesIn = (lists: DirectiveLists, name: string, memory: Memory): readonly AssignedLine[] =>
  lists instanceof SectionLists ? lists.lines(name, memory) : reusedBy(lists.get(name) ?? NONE, memory)(name);

const reused = (list: readonly Assignment[], name: string, memory: Memory): readonly AssignedLine[] =>
  memory.reuseEqual(
    name,
    list.map((it) => it.line),
  );

const reusedBy = memoBy((list: readonly Assignment[], memory: Memory) => {
  let known: readonly AssignedLine[] | undefined;
  return (name: string) => {
    known ??= reused(list, name, memory);
    return known;
  };
});

const NONE: readonly never[] = [];

/** How many nodes at the start and at the end of a file say the same as those of the file before an edit. */
export interface Reused {
  readonly start: number;
  readonly end: number;
}

/** Carries over what an edit within lines leaves of what is known of sections; an edit that adds or takes lines leaves nothing. */
export function carryLists(before: UnitFile, after: UnitFile, { start, end }: Reused): void {
  const isAlike = (it: Section, i: number): boolean => it.nodes.length === before.sections[i]?.nodes.length;
  if (before.nodes.length !== after.nodes.length || before.preamble.length !== after.preamble.length) return;
  if (before.sections.length !== after.sections.length || !after.sections.every(isAlike)) return;
  let at = after.preamble.length;
  for (const [i, section] of after.sections.entries()) {
    at++;
    const old = before.sections[i];
    const { length } = section.nodes;
    if (old) carry(old, section, Math.max(0, start - at), Math.min(length, after.nodes.length - end - at));
    at += length;
  }
}

/** What stands for a section, without its nodes. */
export const tokenOf = (section: Section): object => knownOf(section);

/** What the last edit has changed in a section, where that is known. */
export const editOf = (section: Section): SectionEdit | undefined => knownOf(section).edit;

function carry(before: Section, after: Section, start: number, end: number): void {
  const since = knownOf(before);
  knownOf(after).edit = { since, start, end };
  since.edit = undefined;
  const { places, lines: old } = since;
  if (!places) return;
  const lines = new Map(old);
  for (let at = start; at < end; at++) {
    const [was, is] = [before.nodes[at], after.nodes[at]];
    if (was?.kind !== is?.kind) return;
    if (was?.kind !== "assignment" || is?.kind !== "assignment") continue;
    if (was.key !== is.key) return;
    const known = lines.get(is.key);
    if (!known || was.line === is.line) continue;
    const place = places.assigned.get(is.key)?.indexOf(at) ?? -1;
    lines.set(is.key, withLine(known, place, is.line));
  }
  Object.assign(knownOf(after), { places, lines });
}
