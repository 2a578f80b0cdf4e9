import { largest, smallest } from "../text/extremes.ts";
import { lineStart } from "../text/lineStart.ts";
import type { HostedFile } from "./hostedUnit.ts";
import type { HostLanguage } from "./hosts.ts";

/**
 * The beginning of a file that has all units which are known of it, at their places, and is read again in less time; the file
 * itself where they are not the same without the rest.
 */
export function headOf(host: HostLanguage, file: HostedFile): HostedFile {
  const { text, units, beyond } = file;
  if (!host.readsInOrder || !beyond) return file;
  const last = largest(units.map((it) => it.extent.end));
  const next = smallest(beyond.map((it) => it.start).filter((it) => it > last));
  if (next === Number.POSITIVE_INFINITY) return file;
  const head = text.slice(0, lineStart(text, next));
  const isSame = host.mayHold(head) && JSON.stringify(host.units(head).units) === JSON.stringify(units);
  return isSame ? { text: head, units, comments: file.comments, marks: file.marks } : file;
}
