import type { Span } from "../../text/span.ts";
import type { HostedFile, HostedSetting } from "../hostedUnit.ts";
import { boundsOf, movedFile, type Retyped, type Shift } from "../movedFile.ts";

/** What may be typed between two quotes without a look at anything else. */
const WORD = /^[\w.,@%+:/ -]{0,200}$/;

/**
 * The units of a text that is another one only between the quotes of one setting, without reading it again; undefined where
 * more may have changed. What is given is the same as what reading gives.
 */
export function retypedUnits(before: HostedFile, text: string): HostedFile | undefined {
  const shift = shiftOf(before.text, text);
  const [removed, added] = [before.text.slice(shift.start, shift.end), text.slice(shift.start, shift.end + shift.by)];
  if (!WORD.test(removed) || !WORD.test(added)) return undefined;
  // Next to these signs a letter more or less makes another sign.
  if (/[\\$]/.test(text.charAt(shift.start - 1)) || text.charAt(shift.end + shift.by) === "{") return undefined;
  const around = before.units.filter((it) => touches(boundsOf(it), shift));
  const found = around.flatMap((unit) =>
    unit.settings.flatMap((setting) => (holds(setting.place?.literal, shift) ? [{ unit, setting }] : [])),
  );
  const [only] = found;
  if (!only || found.length > 1 || NAMED_BY_VALUE.has(only.unit.path.kind)) return undefined;
  if (around.some((it) => it.raw)) return undefined;
  const part = retypedPart(before, only.setting, shift, added);
  return part && movedFile(before, text, shift, part);
}

/** Units whose name is made of one of their values. */
const NAMED_BY_VALUE: ReadonlySet<string> = new Set(["mount", "automount"]);

const holds = (literal: Span | undefined, { start, end }: Shift): boolean =>
  literal !== undefined && literal.start < start && end < literal.end;

const touches = (it: Span, { start, end }: Shift): boolean => it.start <= end && start <= it.end;

/** The part of a value whose text is another one; undefined where that is not plain text between double quotes. */
function retypedPart(
  { text }: HostedFile,
  { parts, place }: HostedSetting,
  { start, end, by }: Shift,
  added: string,
): Retyped | undefined {
  if (!parts || text[place?.literal?.start ?? -1] !== '"') return undefined;
  const part = parts.find((it) => it.source.start <= start && end <= it.source.end && it.exact && it.certain);
  if (!part || part.source.end - part.source.start !== part.text.length) return undefined;
  const from = start - part.source.start;
  const made = part.text.slice(0, from) + added + part.text.slice(end - part.source.start);
  const source = { start: part.source.start, end: part.source.end + by };
  return made === "" ? undefined : { was: part, is: { ...part, text: made, source } };
}

/** So much of two texts is compared at once. */
const CHUNK = 1024;

/** The one stretch in which two texts differ. */
function shiftOf(before: string, after: string): Shift {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.slice(start, start + CHUNK) === after.slice(start, start + CHUNK)) start += CHUNK;
  start = Math.min(start, most);
  while (start < most && before[start] === after[start]) start++;
  const remaining = most - start;
  const tail = (text: string, same: number): string => text.slice(text.length - same - CHUNK, text.length - same);
  let same = 0;
  while (same + CHUNK < remaining && tail(before, same) === tail(after, same)) same += CHUNK;
  while (same < remaining && before.at(-1 - same) === after.at(-1 - same)) same++;
  return { start, end: before.length - same, by: after.length - before.length };
}
