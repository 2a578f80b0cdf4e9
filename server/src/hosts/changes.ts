import { diffArrays } from "diff";
import { append } from "../text/append.ts";
import { applyEdits, type TextEdit } from "../text/span.ts";
import type { HostedLine, HostedText } from "./hostedText.ts";

/** A line `key=value` of a section. */
export interface PlainLine {
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

/** What edits of the text of a unit do to its settings. */
export type HostedChange =
  | { readonly kind: "change"; readonly line: HostedLine; readonly to: PlainLine }
  | { readonly kind: "remove"; readonly line: HostedLine }
  /** `notes` are the comments above it. */
  | { readonly kind: "add"; readonly to: PlainLine; readonly notes: readonly string[] };

/** The settings of a text in their order, one for each line. */
export function plainLines(text: string): readonly (PlainLine | undefined)[] {
  let section = "";
  return text.split("\n").map((line) => {
    const header = /^\[(.*)\]$/.exec(line.trim());
    if (header) section = header[1] ?? "";
    const equals = line.indexOf("=");
    if (header || equals < 1 || /^\s*[#;]/.test(line)) return undefined;
    return { section, key: line.slice(0, equals).trim(), value: line.slice(equals + 1).trim() };
  });
}

/** Says what edits do, setting by setting; undefined where they do something to a value of several lines. */
export function changesOf(written: HostedText, edits: readonly TextEdit[]): readonly HostedChange[] | undefined {
  const before = written.text.split("\n");
  const changed = applyEdits(written.text, edits);
  const after = changed.split("\n");
  const lineOf = linesByNumber(written, before);
  const wanted = plainLines(changed);
  const changes: HostedChange[] = [];
  for (const { removed, added } of hunksOf(before, after)) {
    const gone = removed.filter((it) => before[it]?.trim() !== "");
    const lines = gone.flatMap((it) => lineOf.get(it) ?? []);
    if (lines.length < gone.length) return undefined;
    let notes: string[] = [];
    const fresh: Extract<HostedChange, { kind: "add" }>[] = [];
    for (const it of added) {
      const to = wanted[it];
      const text = after[it]?.trim() ?? "";
      if (to) {
        fresh.push({ kind: "add", to, notes });
        notes = [];
      } else if (text.startsWith("#")) notes.push(text);
      else if (text === "") notes = [];
      else if (!/^\[.*\]$/.test(text)) return undefined;
    }
    for (const line of lines) {
      const { section, key } = line.setting;
      const same = fresh.findIndex(({ to }) => to.section === section && to.key === key);
      const at = same < 0 && lines.length === 1 && fresh.length === 1 && fresh[0]?.to.section === section ? 0 : same;
      const [to] = at < 0 ? [] : fresh.splice(at, 1);
      changes.push(to ? { kind: "change", line, to: to.to } : { kind: "remove", line });
    }
    append(changes, fresh);
  }
  return changes;
}

/** Lines that were taken out and those that stand in their place, by their numbers before and after. */
interface Hunk {
  readonly removed: number[];
  readonly added: number[];
}

function hunksOf(before: readonly string[], after: readonly string[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let [at, atAfter] = [0, 0];
  let open: Hunk | undefined;
  for (const { value, added, removed } of diffArrays([...before], [...after])) {
    if (!added && !removed) {
      open = undefined;
      at += value.length;
      atAfter += value.length;
      continue;
    }
    if (!open) {
      open = { removed: [], added: [] };
      hunks.push(open);
    }
    for (const _ of value) {
      if (added) open.added.push(atAfter++);
      else open.removed.push(at++);
    }
  }
  return hunks;
}

/** The settings by the number of their line, of those that have one line. */
function linesByNumber({ lines }: HostedText, physical: readonly string[]): ReadonlyMap<number, HostedLine> {
  const byStart = new Map(lines.map((it) => [it.start, it]));
  const found = new Map<number, HostedLine>();
  let start = 0;
  for (const [i, text] of physical.entries()) {
    const line = byStart.get(start);
    if (line && line.end === start + text.length) found.set(i, line);
    start += text.length + 1;
  }
  return found;
}
