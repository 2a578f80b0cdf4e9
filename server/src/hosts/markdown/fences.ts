import { kindFromSections } from "../../families/unitFiles/unitPath.ts";
import type { HostedFile, HostedPart, HostedUnit } from "../hostedUnit.ts";
import { FENCE_NAMES, FENCED_SECTIONS } from "../signs.ts";

/** The first line of a text between fences that is called one of systemd. */
const OPEN = new RegExp(`^([ \\t>]*(?:[-*+] +|\\d{1,9}[.)] +)?)(\`{3,}|~{3,})[ \\t]*${FENCE_NAMES}`, "i");
const HEADER = /^[ \t]*\[([^\]\n]{1,40})\]/;
/** Longer lines hold no fence. */
const MAX_LINE = 1000;

/** The texts between fences that begin as units do. They are parts of units, of which nobody knows the rest. */
export function fencedUnits(text: string): HostedFile {
  const units: HostedUnit[] = [];
  for (let at = 0; at < text.length; ) {
    const end = lineEnd(text, at);
    const open = end - at < MAX_LINE ? OPEN.exec(text.slice(at, end)) : null;
    const start = at;
    at = end + 1;
    if (!open) continue;
    const [lead = "", fence = ""] = [open[1], open[2]];
    const body: HostedPart[] = [];
    const sections: string[] = [];
    // A list's sign has blanks of its width in the lines below it.
    const indent = lead.replace(/[^>\t]/g, " ");
    while (at < text.length && !isFence(text, at, fence)) {
      const next = Math.min(lineEnd(text, at) + 1, text.length);
      const from = Math.min(at + commonLead(text, at, indent), next);
      const line = text.slice(from, next);
      body.push({ text: line, source: { start: from, end: next }, exact: true, certain: true });
      const header = line.length < MAX_LINE ? HEADER.exec(line)?.[1] : undefined;
      if (header !== undefined) sections.push(header);
      at = next;
    }
    at = lineEnd(text, at) + 1;
    if (!sections.some((it) => FENCED_SECTIONS.includes(it))) continue;
    const path = { kind: kindFromSections(sections), role: "drop-in", name: undefined, scope: "system" } as const;
    const name = { start: start + lead.length, end: start + lead.length + fence.length };
    const extent = { start, end: body.at(-1)?.source.end ?? end };
    units.push({ path, name, extent, settings: [], open: true, sets: new Map(), sectionNames: false, raw: body });
  }
  return { text, units, comments: [], marks: new Map() };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/** Whether a line ends what a fence began: at least as many of its signs and nothing else. */
function isFence(text: string, at: number, fence: string): boolean {
  const line = text.slice(at, Math.min(lineEnd(text, at), at + MAX_LINE)).replace(/^[ \t>]*/, "");
  return line.startsWith(fence) && /^(`+|~+)[ \t]*\r?$/.test(line);
}

/** How much of the lead of its fence a line has. */
function commonLead(text: string, at: number, lead: string): number {
  let length = 0;
  while (length < lead.length && text[at + length] === lead[length]) length++;
  return length;
}
