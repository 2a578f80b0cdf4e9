import type { Directive } from "../catalog/catalog.ts";
import { manualUrl } from "../catalog/manualLink.ts";
import { hasCome, NEWEST_VERSION, releaseOf, type SystemdVersion } from "../facts/version.ts";
import { valueEntry } from "../manual/entry.ts";
import type { Target } from "../manual/inlineMarkdown.ts";
import type { Manual } from "../manual/manual.ts";
import { entryMarkdown } from "../manual/markdown.ts";
import type { ManualEntry } from "../manual/model.ts";
import { type Bounds, openingOf } from "../manual/opening.ts";
import type { FoundEntry } from "../manual/pageIndex.ts";
import { type ManualPlace, OPEN_MANUAL } from "../manual/place.ts";
import { entryText } from "../manual/plain.ts";
import { belowRule, code, join, link, type Prose, plainProse, proseParagraphs, sentence } from "../reports/markup.ts";
import { memoBy } from "../units/memo.ts";

/** The manual as a reader of this client has it. */
export interface ManualSource {
  readonly manual: Manual;
  /** Whether the pages are those of this machine or came with us. */
  readonly origin: "installed" | "bundled";
  /** Whether the client opens pages itself, by OPEN_MANUAL. */
  readonly views: boolean;
}

const BOUNDS: Bounds = { paragraphs: 2, length: 1200 };

/**
 * How the manual begins to speak of a directive, and the way to the rest; undefined where it says nothing. Entries of 10 kB
 * take a moment to read, and hovers come again.
 */
export const describeEntry = memoBy((pages: ManualSource, directive: Directive): Prose | undefined => {
  const entry = pages.manual.directiveEntry(directive);
  if (!entry) return undefined;
  const { names, scope, since } = entry;
  return excerpt(pages, entry, entry, [
    names.includes(directive.name)
      ? undefined
      : sentence(
          plainProse("The manual says of"),
          code(`${names[0] ?? entry.anchor}=`),
          plainProse("which replaces it:"),
        ),
    directive.scope === undefined && scope === "system" ? plainProse("Only for system services.") : undefined,
    directive.default === undefined ? defaultOf(entry) : undefined,
    directive.since === undefined && since !== undefined && names.includes(directive.name)
      ? plainProse(`Since systemd ${since}.`)
      : undefined,
  ]);
});

/** The default of a setting, where its entry says it in a word. */
function defaultOf(entry: FoundEntry): Prose | undefined {
  if (entry.names.length > 1) return undefined;
  const [, word] = /\bDefaults to "?([\w/.:%-]*\w)"?[.,;]?(?=\s|$)/.exec(entryText(entry)) ?? [];
  return word === undefined || /^(?:a|an|the|unset)$/.test(word)
    ? undefined
    : sentence(plainProse("Default:"), code(word));
}

/** What the manual says of one value of a directive; undefined where it says nothing of its own. */
export function describeValueEntry(pages: ManualSource, directive: Directive, value: string): Prose | undefined {
  const entry = pages.manual.directiveEntry(directive);
  const part = entry && valueEntry(entry, value);
  return part && excerpt(pages, entry, part, []);
}

/** Below a rule: where the text comes from and the way to the rest, what is to be said before it, and its opening. */
function excerpt(
  pages: ManualSource,
  entry: FoundEntry,
  content: ManualEntry,
  before: readonly (Prose | undefined)[],
): Prose {
  const { blocks, more } = openingOf(content.blocks, BOUNDS);
  const opening = { ...content, blocks };
  const body = { markdown: entryMarkdown(opening, linkTargets(pages)), plain: entryText(opening) };
  const place = { page: entry.page, section: entry.manualSection, anchor: entry.anchor };
  const about = proseParagraphs(source(pages, place, more), ...before, body.plain === "" ? undefined : body);
  return belowRule(about);
}

function source(pages: ManualSource, place: ManualPlace, more: boolean): Prose {
  const from = `${place.page}(${place.section}) of ${sourceOf(pages)}`;
  const label = more ? "Continue in the manual" : "Open in the manual";
  const url = pages.views
    ? openManualUri(place)
    : manualUrl(place.page, place.anchor || undefined, pages.manual.version);
  return {
    markdown: join([link(label, url), plainProse(from)], " · ").markdown,
    plain: `From ${from}${more ? ", continued there" : ""}:`,
  };
}

/** Which systemd the pages describe, and whether it is the reader's own. */
export function sourceOf({ manual, origin }: Pick<ManualSource, "manual" | "origin">): string {
  return `systemd ${manual.version}${origin === "installed" ? " on this machine" : ", bundled"}`;
}

/** That the pages describe a newer systemd than a target that is not the newest itself. */
export function newerManual({ manual }: Pick<ManualSource, "manual">, target: SystemdVersion): Prose | undefined {
  return target === NEWEST_VERSION || hasCome({ since: manual.version }, target)
    ? undefined
    : plainProse(`The manual describes systemd ${manual.version}; your target is systemd ${releaseOf(target)}.`);
}

/** Where the names of pages in a text lead: into the view, to the web for those of systemd's, else nowhere. */
export function linkTargets(pages: ManualSource): Target {
  return (page, section) => pageTarget(pages, { page, section });
}

/** The same for one page and a place on it. */
export function pageTarget({ manual, views }: ManualSource, place: ManualPlace): string | undefined {
  const { page, section, anchor } = place;
  if (views && manual.has(page, section)) return openManualUri(place);
  return manual.isOurs(page, section) ? manualUrl(page, anchor, manual.version) : undefined;
}

/** The URI that makes the client open a page; brackets are left to no Markdown reader's mercy. */
export function openManualUri(place: ManualPlace): string {
  const argument = encodeURIComponent(JSON.stringify([place])).replace(
    /[()']/g,
    (it) => `%${it.charCodeAt(0).toString(16)}`,
  );
  return `command:${OPEN_MANUAL}?${argument}`;
}
