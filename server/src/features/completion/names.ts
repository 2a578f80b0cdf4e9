import { type CompletionItem, CompletionItemKind, type Range } from "vscode-languageserver-types";
import { type Directive, isIgnored, isRead } from "../../catalog/catalog.ts";
import { describePodman } from "../../facts/podmanVersions.ts";
import { NEWEST_VERSION } from "../../facts/version.ts";
import { isConfigPath } from "../../families/checkedPath.ts";
import type { Section } from "../../syntax/tree.ts";
import type { Span } from "../../text/span.ts";
import { podmanOf } from "../../units/podman.ts";
import { assignmentsOf, sectionsFor } from "../../units/unit.ts";
import { rangeOf, type View } from "../view.ts";
import type { ItemData } from "./data.ts";
import { LAST_RANK, rankOf } from "./directiveRank.ts";

/** The directives of a section, the usual ones first; those that are set and take one value come last, and after them what is newer than the target. */
export function directiveItems(
  view: View,
  section: Section | undefined,
  span: Span,
  { withEquals, newer }: { readonly withEquals: boolean; readonly newer: boolean },
): CompletionItem[] {
  const { unit } = view;
  const home = sectionsFor(unit).find((it) => it === section?.name);
  if (home === undefined || !section) return [];
  const range = rangeOf(view, span);
  const typed = view.unit.file.text.slice(span.start, span.end);
  const data = { section: home, version: unit.version } satisfies ItemData;
  const items: CompletionItem[] = [];
  const isSeparate = unit.family.content.separateSections.some((it) => it === home);
  const isSet = ({ section: sectionName, name }: Directive): boolean =>
    isSeparate
      ? section.nodes.some((it) => it.kind === "assignment" && it.key === name)
      : assignmentsOf(unit, sectionName, name).length > 0;
  const all = unit.family.content.directivesIn(home, newer ? NEWEST_VERSION : unit.version);
  for (const [i, it] of all.entries()) {
    if (it.undocumented || it.successor || isIgnored(it, unit.version)) continue;
    const { podman } = it;
    if (podman?.replacedBy || (podman && !newer && podman.since > podmanOf(unit))) continue;
    items.push(
      directiveItem(view, it, podman || isConfigPath(unit.path) ? i : rankOf(it.section, it.name), {
        range,
        withEquals,
        data,
        isSet: !it.many && isSet(it),
        typed,
      }),
    );
  }
  return items;
}

function directiveItem(
  view: View,
  it: Directive,
  rank: number,
  {
    range,
    withEquals,
    data,
    isSet,
    typed,
  }: {
    readonly range: Range;
    readonly withEquals: boolean;
    readonly data: ItemData;
    readonly isSet: boolean;
    readonly typed: string;
  },
): CompletionItem {
  const isNew = !isRead(it, view.unit.version) || (it.podman?.since ?? 0) > podmanOf(view.unit);
  const needed = it.podman ? describePodman(it.podman.since) : `systemd ${it.since}`;
  return {
    label: it.name,
    kind: CompletionItemKind.Property,
    ...(isNew ? { detail: `Requires ${needed}. ${it.summary}`.trimEnd() } : it.summary && { detail: it.summary }),
    ...(isNew ? { labelDetails: { description: needed } } : {}),
    sortText: `${isNew ? 3 : isSet ? 2 : 1}${String(rank).padStart(3, "0")}${rank === LAST_RANK ? it.name : ""}`,
    ...filtered(it.name, typed),
    textEdit: { range, newText: withEquals ? `${it.name}=` : it.name },
    data,
  };
}

/** What clients compare with the letters that are typed, where the name itself would mislead them. */
function filtered(name: string, typed: string): { readonly filterText?: string } {
  if (ABBREVIATION.whole.test(typed) && name.startsWith("Standard"))
    return { filterText: name.replace("Standard", "Std") };
  // They prefer the same case: `non` would be NonBlocking= and never NoNewPrivileges=.
  const plain = `${name.slice(0, 1)}${name.slice(1, 3).toLowerCase()}${name.slice(3)}`;
  return /^[a-z]+$/.test(typed) && plain !== name ? { filterText: plain } : {};
}

/** `Standard…=` is known as stdin, stdout and stderr, by which clients would not find it before StateDirectory=. */
const ABBREVIATION = { begun: /^(?:st?)?$/i, whole: /^std/i } as const;

/** Whether a letter more may make an abbreviation of what is typed, for which the list has to be asked again. */
export const mayAbbreviate = (typed: string): boolean => ABBREVIATION.begun.test(typed);
