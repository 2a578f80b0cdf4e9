import { groupedBy } from "../text/groupedBy.ts";
import { applyEdits, type TextEdit } from "../text/span.ts";
import { unitsApart } from "./apart.ts";
import { plainLines } from "./changes.ts";
import { byUnit, compatible, type Proposal } from "./compatible.ts";
import { hostedText } from "./hostedText.ts";
import type { HostedFile, HostedUnit } from "./hostedUnit.ts";
import type { HostLanguage } from "./hosts.ts";
import type { UnitChange } from "./unitChange.ts";

/** So many characters are read again at most to prove the edits of a file, of which one reading proves those of many units. */
const MOST_READ_AGAIN = 32 << 20;

/** Counts what is read again. The first reading is always allowed. */
export class Rereads {
  #remaining: number;
  #isCut = false;

  constructor(most = MOST_READ_AGAIN) {
    this.#remaining = most;
  }

  /** Whether something was left out, as too much would have had to be read. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Whether a text may be read. */
  allows({ length }: string): boolean {
    if (this.#remaining <= 0) this.#isCut = true;
    else this.#remaining -= length;
    return !this.#isCut;
  }
}

/** Edits of the text of a unit as edits of the file; undefined where none do the same, which the file shows once it is read again. */
export function hostEdits(
  host: HostLanguage,
  file: HostedFile,
  change: UnitChange,
  rereads = new Rereads(),
): readonly TextEdit[] | undefined {
  const apart = unitsApart(host, file, [change]);
  const [moved] = apart?.changes ?? [];
  if (apart && moved) {
    const made = hostEdits(host, apart.file, moved, rereads);
    return made && apart.inWhole(made);
  }
  const proposal = proposed(host, file, change);
  if (!proposal) return undefined;
  const part = host.part?.(file, change.hosted);
  if (!part) return failing(host, file, [proposal], rereads).length === 0 ? proposal.made : undefined;
  const { start, end } = part;
  const inPart = proposal.made.map((it) => ({ ...it, start: it.start - start, end: it.end - start }));
  const again = host.units(applyEdits(file.text.slice(start, end), inPart));
  return isMeant(proposal, again, again.units[0], applyEdits(change.written.text, change.edits))
    ? proposal.made
    : undefined;
}

/** The same of many changes, of which each has to be right alone, in the order of the changes. */
export function hostEditsOfEach(
  host: HostLanguage,
  file: HostedFile,
  changes: readonly UnitChange[],
  rereads = new Rereads(),
): readonly (readonly TextEdit[] | undefined)[] {
  if (host.part) return changes.map((it) => hostEdits(host, file, it, rereads));
  const apart = unitsApart(host, file, changes);
  if (apart)
    return hostEditsOfEach(host, apart.file, apart.changes, rereads).map((made) => made && apart.inWhole(made));
  const firstOf = firstOfEqual(changes);
  const proven = new Map<UnitChange, readonly TextEdit[]>();
  const prove = (some: readonly Proposal[]): void => {
    if (some.length === 0) return;
    const wrong = failing(host, file, some, rereads);
    const isWrong = new Set(wrong);
    for (const it of some) if (!isWrong.has(it)) proven.set(it.change, it.made);
    if (some.length <= 1 || wrong.length === 0) return;
    // What is wrong together may be right without the others.
    const half = wrong.length < some.length ? wrong.length : wrong.length >> 1;
    prove(wrong.slice(0, half));
    prove(wrong.slice(half));
  };
  let proposals = proposalsFor(host, file, [...new Set(firstOf.values())]);
  while (proposals.length > 0) {
    const group = compatible(file, proposals);
    prove(group);
    const done = new Set(group);
    proposals = proposals.filter((it) => !done.has(it));
  }
  return changes.map((it) => proven.get(firstOf.get(it) ?? it));
}

/** For each change the first one that does the same: findings about a service share the fixes that add all it lacks. */
function firstOfEqual(changes: readonly UnitChange[]): ReadonlyMap<UnitChange, UnitChange> {
  const known = new Map<HostedUnit, Map<string, UnitChange>>();
  return new Map(
    changes.map((it) => {
      const own = known.get(it.hosted) ?? new Map<string, UnitChange>();
      known.set(it.hosted, own);
      const key = JSON.stringify(it.edits);
      const first = own.get(key) ?? it;
      own.set(key, first);
      return [it, first];
    }),
  );
}

/** What of many changes can be done to a file at once. */
export interface Applied {
  /** The file with what is done. */
  readonly file: HostedFile;
  readonly done: ReadonlySet<UnitChange>;
  /** Those that are not right even alone. */
  readonly refused: ReadonlySet<UnitChange>;
}

/** Does as many changes as can be seen to be right together. Others may be right once these are done: a caller tries again. */
export function appliedTogether(
  host: HostLanguage,
  file: HostedFile,
  changes: readonly UnitChange[],
  rereads: Rereads,
): Applied {
  const proposals = proposalsFor(host, file, changes);
  const known = new Set(proposals.map((it) => it.change));
  const refused = new Set(changes.filter((it) => !known.has(it)));
  let group = compatible(file, proposals);
  let made: HostedFile | undefined;
  while (group.length > 0) {
    const { wrong: some, again } = readAgain(host, file, group, rereads);
    const wrong = new Set(some);
    made = again;
    if (wrong.size === 0) break;
    if (group.length === 1) for (const it of group) refused.add(it.change);
    const right = group.filter((it) => !wrong.has(it));
    group = right.length > 0 ? right : group.slice(0, group.length >> 1);
  }
  return { file: (group.length > 0 && made) || file, done: new Set(group.map((it) => it.change)), refused };
}

function proposed(host: HostLanguage, file: HostedFile, change: UnitChange): Proposal | undefined {
  const made = change.made ?? host.propose(file, change.hosted, change.written, change.edits, change.version);
  return made && { change, made };
}

const proposalsFor = (host: HostLanguage, file: HostedFile, changes: readonly UnitChange[]): readonly Proposal[] =>
  changes.flatMap((it) => proposed(host, file, it) ?? []);

/** Those of some proposals whose units are not as they are meant to be once all of them are done. */
const failing = (...query: Parameters<typeof readAgain>): readonly Proposal[] => readAgain(...query).wrong;

/** The same, with the file as it is then; undefined where that is not read. */
function readAgain(
  host: HostLanguage,
  file: HostedFile,
  proposals: readonly Proposal[],
  rereads: Rereads,
): { readonly wrong: readonly Proposal[]; readonly again: HostedFile | undefined } {
  const text = applyEdits(
    file.text,
    proposals.flatMap((it) => it.made),
  );
  if (!rereads.allows(text) || !host.mayHold(text)) return { wrong: proposals, again: undefined };
  const again = host.units(text);
  const numbers = new Map(file.units.map((it, at) => [it, at]));
  const wrong = [...byUnit(proposals)].flatMap(([unit, some]) => {
    const [first] = some;
    const edits = some.flatMap((it) => it.change.edits);
    const wanted = first && applyEdits(first.change.written.text, edits);
    const isRight = first && isMeant(first, again, again.units[numbers.get(unit) ?? -1], wanted ?? "");
    return isRight ? [] : some;
  });
  return { wrong, again };
}

/** Whether a unit of a file that was read again has a text. */
function isMeant({ change }: Proposal, file: HostedFile, again: HostedUnit | undefined, text: string): boolean {
  if (!again) return false;
  if (change.hosted.raw) return again.raw !== undefined && again.raw.map((it) => it.text).join("") === text;
  return settingsIn(text) === settingsIn(hostedText(file, again, change.version).text);
}

/** All settings of a text in an order of their own, but for those of one name, whose order counts. */
function settingsIn(text: string): string {
  const all = plainLines(text).flatMap((it) => (it ? [it] : []));
  const named = groupedBy(all, (it) => `${it.section} ${it.key}`);
  return [...named]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, some]) => some.map((it) => `${name}=${plainValue(it.value)}`))
    .join("\n");
}

const plainValue = (value: string): string =>
  /^(?:yes|true)$/.test(value) ? "true" : value === "no" ? "false" : value;
