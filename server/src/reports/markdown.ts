import {
  bullets,
  code,
  heading,
  join,
  link,
  type Prose,
  plainProse,
  proseParagraphs,
  sentence,
  strong,
} from "./markup.ts";
import type { Item, Remark, ReportBlock, ReportOffer } from "./model.ts";

/** A report as a document: each group is a part with a heading, and what it lists a list. */
export const reportDocument = (title: Prose, blocks: readonly ReportBlock[]): string =>
  `${proseParagraphs(heading(1, title), ...blocks.flatMap((it) => blockProse(it, paragraphs))).markdown}\n`;

type Notes = (lines: readonly string[]) => readonly Prose[];

const paragraphs: Notes = (lines) => lines.map(plainProse);
const listed: Notes = (lines) => [bullets(lines.map(plainProse))];

/** A part of it; notes on a whole report are paragraphs, those under a heading a list. */
function blockProse(block: ReportBlock, notes: Notes): readonly (Prose | undefined)[] {
  switch (block.kind) {
    case "notes":
      return notes(block.lines);
    case "remarks":
      return block.remarks.map((it) => plainProse(it.text));
    case "steps":
      return [stepsProse(block.steps)];
    case "items":
    case "checks":
      return [bullets(block.items.map(itemProse))];
    case "group":
      return [heading(2, plainProse(block.title)), ...block.blocks.flatMap((it) => blockProse(it, listed))];
  }
}

function stepsProse(steps: readonly ReportOffer[]): Prose | undefined {
  if (steps.length === 0) return undefined;
  return plainProse(`${steps.map((it) => `${it.title} (${it.gain})`).join(", or ")}.`);
}

/** An item as the text of one line. */
export function itemProse({ title, offer, remarks = [], sample, check }: Item): Prose {
  const cost = check?.cost ? plainProse(check.cost) : undefined;
  const head = title && sentence(titleProse(title), cost);
  const [first, rest] = check ? [remarks.slice(0, 1), remarks.slice(1)] : [remarks, []];
  const offered = offer && offerProse(offer);
  const seen = sample === undefined ? undefined : code(sample);
  if (check)
    return sentence(
      join([head, remarkProse(first)], ": "),
      offered && join([offered, plainProse(".")], ""),
      remarkProse(rest),
    );
  return sentence(join([head, offered, remarkProse(first)], ": "), seen);
}

function titleProse({ text, as, url }: NonNullable<Item["title"]>): Prose {
  if (url !== undefined) return link(text, url);
  return { text: plainProse, code, strong }[as](text);
}

function offerProse({ lines = [], gain, tags = [] }: ReportOffer): Prose {
  const grades = tags.map(({ text, reason }) => (reason === undefined ? text : `${text}, as ${reason}`));
  const known = gain === undefined ? grades : [...grades, gain];
  return sentence(...lines.map(code), known.length === 0 ? undefined : plainProse(`(${known.join("; ")})`));
}

/** Remarks as sentences; those of one look are clauses of one. */
function remarkProse(remarks: readonly Remark[]): Prose | undefined {
  if (remarks.length === 0) return undefined;
  const ended = (text: string): string => text.replace(/[^.!?]$/, "$&.");
  const texts = remarks.map(({ text, look }, i) =>
    /[.!?]$/.test(text) || look !== remarks[i + 1]?.look ? ended(text) : `${text};`,
  );
  return plainProse(texts.join(" "));
}
