import { together } from "../findings/together.ts";
import { groupedBy } from "../text/groupedBy.ts";
import type { TextEdit } from "../text/span.ts";
import type { HostedFile, HostedUnit } from "./hostedUnit.ts";
import type { UnitChange } from "./unitChange.ts";

/** A change as edits of the file, of which nobody knows yet whether they do the same. */
export interface Proposal {
  readonly change: UnitChange;
  readonly made: readonly TextEdit[];
}

/** Those that touch each other neither in the file nor in the text of their unit, but where they add settings at one place. */
export function compatible({ text }: HostedFile, proposals: readonly Proposal[]): readonly Proposal[] {
  const all = additions(proposals);
  const inFile = together(
    text,
    all.map((some, i) => ({ code: `${i}`, edits: asOne(some, madeIn), some })),
  );
  return [...groupedBy(inFile, ({ some }) => some[0]?.change.hosted).values()].flatMap((own) => {
    const edits = own.map(({ some }, i) => ({
      code: `${i}`,
      edits: asOne(some, wantedIn),
      some,
    }));
    return together(own[0]?.some[0]?.change.written.text ?? "", edits).flatMap(({ some }) => some);
  });
}

const madeIn = (it: Proposal): readonly TextEdit[] => it.made;
const wantedIn = (it: Proposal): readonly TextEdit[] => it.change.edits;

/** Proposals with those that add settings of other names at the same place, such as all that a service lacks, which one reading proves. */
function additions(proposals: readonly Proposal[]): readonly (readonly Proposal[])[] {
  const open = new Map<HostedUnit, Map<string, { readonly some: Proposal[]; readonly names: Set<string> }>>();
  return proposals.flatMap((it): readonly (readonly Proposal[])[] => {
    const { hosted } = it.change;
    const place = additionPlace(it);
    if (place === undefined) return [[it]];
    const places = open.get(hosted) ?? new Map();
    open.set(hosted, places);
    const names = [...(it.change.edits[0]?.newText.matchAll(/^[ \t]*([A-Za-z0-9]+)=/gm) ?? [])].map(
      ([, name = ""]) => name,
    );
    const there = places.get(place);
    if (!there) {
      const some = [it];
      places.set(place, { some, names: new Set(names) });
      return [some];
    }
    // What has no room there comes later.
    if (names.some((name) => there.names.has(name))) return [];
    there.some.push(it);
    for (const name of names) there.names.add(name);
    return [];
  });
}

/** Where a proposal adds something, in the text of its unit and in the file; undefined where it does something else. */
function additionPlace({ made, change: { edits } }: Proposal): string | undefined {
  const [inFile, inUnit] = [made[0], edits[0]];
  if (!inFile || !inUnit || made.length > 1 || edits.length > 1) return undefined;
  if (inFile.start < inFile.end || inUnit.start < inUnit.end || /^[ \t]*\[/m.test(inUnit.newText)) return undefined;
  return `${inFile.start} ${inUnit.start}`;
}

/** The edits of proposals, of which several insert something at one place. */
function asOne(some: readonly Proposal[], editsOf: (it: Proposal) => readonly TextEdit[]): readonly TextEdit[] {
  const all = some.flatMap(editsOf);
  if (some.length === 1) return all;
  const start = all[0]?.start ?? 0;
  return [{ start, end: start, newText: all.map((it) => it.newText).join("") }];
}

/** Proposals by their units. */
export const byUnit = (proposals: readonly Proposal[]): ReadonlyMap<HostedUnit, readonly Proposal[]> =>
  groupedBy(proposals, (it) => it.change.hosted);
