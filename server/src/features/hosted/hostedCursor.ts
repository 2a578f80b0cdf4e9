import type { HostedEntry, HostedSet, HostedSetting } from "../../hosts/hostedUnit.ts";
import { SECTION_SETS } from "../../hosts/nix/nixOptions.ts";
import type { Span } from "../../text/span.ts";
import type { HostedView, ShownHosted } from "./hostedView.ts";

/** What stands under the cursor in a unit of a file of another language. */
export type HostedCursor =
  | {
      readonly kind: "key";
      readonly of: ShownHosted;
      readonly section: string;
      readonly typed: string;
      readonly span: Span;
      /** Whether a value follows. */
      readonly assigned: boolean;
    }
  | {
      readonly kind: "value";
      readonly of: ShownHosted;
      readonly section: string;
      readonly key: string;
      /** What stands before and after the cursor, as systemd reads it. */
      readonly before: string;
      readonly after: string;
      /** Whether the cursor is between quotes, and between which. */
      readonly quoted: boolean;
      readonly indented: boolean;
      readonly inList: boolean;
      /** What is replaced where there are no quotes yet. */
      readonly span: Span;
      /** Where an offset of the value stands in the file; undefined where no text of the file is there. */
      readonly sourceAt: (offset: number) => number | undefined;
    };

/** Says what the cursor stands in; undefined outside of all sections, in comments and in expressions. */
export function cursorIn(view: HostedView, offset: number): HostedCursor | undefined {
  const { file, units } = view;
  if (file.comments.some((it) => it.start < offset && offset <= it.end)) return undefined;
  const holds = (it: HostedSet): boolean => it.start < offset && offset < (it.closed ? it.end : it.end + 1);
  let found: { of: ShownHosted; section: string; set: HostedSet } | undefined;
  for (const of of units)
    for (const [section, sets] of of.hosted.sets)
      for (const set of sets) {
        const isInner = !found || set.end - set.start < found.set.end - found.set.start;
        if (holds(set) && isInner) found = { of, section, set };
      }
  if (!found) return undefined;
  const { of, set } = found;
  const entry = set.entries.find((it) => it.start <= offset && offset <= endOf(view, it));
  const place = entry && reached(found.section, entry, offset);
  if (!place) {
    if (entry || found.section === "") return undefined;
    return {
      kind: "key",
      of,
      section: found.section,
      typed: "",
      span: { start: offset, end: offset },
      assigned: false,
    };
  }
  const { section, name } = place;
  if (offset <= name.end) {
    const typed = file.text.slice(name.start, offset);
    const assigned = entry.value !== undefined;
    return { kind: "key", of, section, typed, span: { start: name.start, end: name.end }, assigned };
  }
  const { value } = entry;
  return value && name.name !== undefined
    ? valueAt(view, of, { section, key: name.name }, { ...entry, value }, offset)
    : undefined;
}

/** An entry reaches to its semicolon, which ends it; one whose value is missing over the blanks after its sign as well. */
function endOf({ file: { text } }: HostedView, { end, value }: HostedEntry): number {
  if (text[end - 1] === ";") return end - 1;
  const isMissing = value !== undefined && value.start === value.end;
  return isMissing ? end + (/^[ \t]*/.exec(text.slice(end, end + MAX_BLANKS))?.[0].length ?? 0) : end;
}

/** More blanks are not looked over. */
const MAX_BLANKS = 200;

/** The section and the name of an entry, which of a unit itself may lead into one of its sections. */
function reached(
  section: string,
  { names }: HostedEntry,
  offset: number,
): { section: string; name: HostedEntry["names"][number] } | undefined {
  const [first, second] = names;
  if (section !== "") return first && names.length === 1 ? { section, name: first } : undefined;
  const inner =
    first?.name !== undefined && Object.hasOwn(SECTION_SETS, first.name) ? SECTION_SETS[first.name] : undefined;
  return inner && second && names.length === 2 && offset >= second.start ? { section: inner, name: second } : undefined;
}

function valueAt(
  { file }: HostedView,
  of: ShownHosted,
  named: { readonly section: string; readonly key: string },
  entry: HostedEntry & { readonly value: Span },
  offset: number,
): HostedCursor | undefined {
  const { text } = file;
  const inside = of.hosted.settings.find((it) => isInQuotes(text, it, offset, entry));
  const literal = inside?.place?.literal;
  if (inside && literal) {
    const indented = text.startsWith("''", literal.start);
    const parts = inside.parts ?? [];
    const cursor = valueOffset(parts, offset, literal.start + (indented ? 2 : 1));
    if (cursor === undefined) return undefined;
    const whole = parts.map((it) => it.text).join("");
    const sourceAt = (at: number): number | undefined => sourceOf(parts, at, offset - cursor);
    return {
      ...{ kind: "value", of, ...named, quoted: true, indented, inList: inside.place?.list !== undefined },
      ...{ before: whole.slice(0, cursor), after: whole.slice(cursor), span: literal, sourceAt },
    };
  }
  const { value } = entry;
  const written = text.slice(value.start, value.end);
  const isList = written.startsWith("[") && offset > value.start && offset < value.end;
  const isWord = /^[A-Za-z_][\w-]*$/.test(written) && offset >= value.start && offset <= value.end;
  const isMissing = written === "" && /^[ \t]*$/.test(text.slice(value.end, offset));
  if (!isList && !isWord && !isMissing) return undefined;
  if (isList && !/[[\s]$/.test(text.slice(value.start, offset))) return undefined;
  const span = isWord ? value : { start: offset, end: offset };
  return {
    ...{ kind: "value", of, ...named, quoted: false, indented: false, inList: isList, span },
    ...{ before: "", after: "", sourceAt: () => undefined },
  };
}

/** Whether the cursor is between the quotes of a setting of this entry. */
function isInQuotes(text: string, { place }: HostedSetting, offset: number, entry: HostedEntry): boolean {
  const { literal, binding } = place ?? {};
  if (!literal || binding?.start !== entry.start) return false;
  const quotes = text.startsWith("''", literal.start) ? 2 : text.startsWith('"', literal.start) ? 1 : undefined;
  return quotes !== undefined && literal.start + quotes <= offset && offset <= literal.end - quotes;
}

type Parts = NonNullable<HostedSetting["parts"]>;

/** Where in a value an offset of the file is; undefined in what is interpolated. */
function valueOffset(parts: Parts, offset: number, start: number): number | undefined {
  let at = 0;
  if (parts.length === 0) return offset === start ? 0 : undefined;
  for (const { text, source, exact } of parts) {
    if (exact && source.start <= offset && offset <= source.end) return at + offset - source.start;
    if (offset === source.start) return at;
    at += text.length;
  }
  return offset === parts.at(-1)?.source.end ? at : undefined;
}

/** Where an offset of a value is in the file; of an empty value at `start`. */
function sourceOf(parts: Parts, offset: number, start: number): number | undefined {
  if (parts.length === 0) return start + offset;
  let at = 0;
  for (const { text, source, exact } of parts) {
    if (exact && at <= offset && offset <= at + text.length) return source.start + offset - at;
    if (offset === at) return source.start;
    at += text.length;
  }
  return offset === at ? parts.at(-1)?.source.end : undefined;
}
