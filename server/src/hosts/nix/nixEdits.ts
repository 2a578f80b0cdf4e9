import type { SystemdVersion } from "../../facts/version.ts";
import { append } from "../../text/append.ts";
import type { TextEdit } from "../../text/span.ts";
import { changesOf, type HostedChange } from "../changes.ts";
import type { HostedText } from "../hostedText.ts";
import type { HostedFile, HostedUnit } from "../hostedUnit.ts";
import { rawEdits } from "../rawEdits.ts";
import { additionEdits } from "./additions.ts";
import { STORE } from "./values.ts";
import { nixAttribute, nixInside, nixValue } from "./write.ts";

/** Edits of the text of a unit as edits of the Nix file that it stands in; undefined where none can do the same. */
export function nixEdits(
  file: HostedFile,
  unit: HostedUnit,
  written: HostedText,
  edits: readonly TextEdit[],
  version: SystemdVersion,
): readonly TextEdit[] | undefined {
  if (unit.raw) {
    return rawEdits(file.text, written, edits, (it) => nixText(file, unit, it));
  }
  const changes = changesOf(written, edits);
  if (!changes || changes.length === 0 || changes.some(namesStore)) return undefined;
  const made: TextEdit[] = [];
  for (const it of changes) {
    if (it.kind === "add") continue;
    const own = it.kind === "remove" ? removal(file, it, changes, unit) : changed(file, it, version);
    if (!own) return undefined;
    append(made, own);
  }
  const added = additionEdits(
    file,
    unit,
    changes.flatMap((it) => (it.kind === "add" ? [it] : [])),
    version,
  );
  if (!added) return undefined;
  return distinct([...made, ...added]);
}

/** A text as it stands in a unit that is a text in the module, between whichever quotes. */
export const nixText = ({ text }: HostedFile, { raw }: HostedUnit, it: string): string =>
  nixInside(it, text.slice(0, raw?.[0]?.source.start).trimEnd().endsWith("''"));

/** Whether a value would get a path of the store that stands for one that nobody knows. */
function namesStore(it: HostedChange): boolean {
  if (it.kind === "remove") return false;
  const before = it.kind === "change" ? (it.line.setting.parts ?? []).map((part) => part.text).join("") : "";
  return it.to.value.split(STORE).length > before.split(STORE).length;
}

/** Each once, in the order of the file. */
function distinct(edits: readonly TextEdit[]): TextEdit[] {
  const known = new Map(edits.map((it) => [`${it.start} ${it.end} ${it.newText}`, it]));
  return [...known.values()].toSorted((a, b) => a.start - b.start || a.end - b.end);
}

type Changed = Extract<HostedChange, { kind: "change" }>;

/** The edits that give a setting another name or value. */
function changed(file: HostedFile, { line, to }: Changed, version: SystemdVersion): readonly TextEdit[] | undefined {
  const { setting } = line;
  const edits: TextEdit[] = [];
  if (to.key !== setting.key) {
    if (!setting.own || setting.place?.list) return undefined;
    edits.push({ ...setting.keySpan, newText: nixAttribute(to.key) });
  }
  const value = (setting.parts ?? []).map((it) => it.text).join("");
  if (value === to.value) return edits;
  const inside = insideEdit(file, { line, to, kind: "change" }, value);
  if (inside) return [...edits, inside];
  const literal = setting.place?.literal;
  if (!literal || setting.parts?.some((it) => !it.certain)) return undefined;
  return [
    ...edits,
    { start: literal.start, end: literal.end, newText: nixValue(setting.section, to.key, to.value, version) },
  ];
}

/** An edit inside the quotes, where one stretch of text changes that stands there as it is. */
function insideEdit(file: HostedFile, { line, to }: Changed, value: string): TextEdit | undefined {
  let start = 0;
  while (start < value.length && start < to.value.length && value[start] === to.value[start]) start++;
  let end = 0;
  const most = Math.min(value.length, to.value.length) - start;
  while (end < most && value.at(-1 - end) === to.value.at(-1 - end)) end++;
  const [from, until] = [start, value.length - end];
  let at = 0;
  for (const part of line.setting.parts ?? []) {
    const isHere = at <= from && until <= at + part.text.length && part.text !== "";
    const isBare = !/["']|\n/.test(file.text.charAt(part.source.start - 1)) && !isWithin(file, line, part.source.start);
    if (isHere && part.exact && part.certain && !isBare) {
      const base = part.source.start - at;
      const newText = nixInside(to.value.slice(start, to.value.length - end), isIndented(file, line));
      return /[\s"]/.test(newText) && line.setting.place?.list && !line.setting.own
        ? undefined
        : { start: base + from, end: base + until, newText };
    }
    at += part.text.length;
  }
  return undefined;
}

/** Whether an offset lies inside the quotes of the value. */
function isWithin(file: HostedFile, { setting }: Changed["line"], offset: number): boolean {
  const literal = setting.place?.literal;
  return literal !== undefined && offset > literal.start && /["']/.test(file.text.charAt(literal.start));
}

const isIndented = (file: HostedFile, { setting }: Changed["line"]): boolean =>
  file.text.startsWith("''", setting.place?.literal?.start ?? -1);

/** The edits that take a setting out: an element of its list, or the whole binding once nothing is left of it. */
function removal(
  { text }: HostedFile,
  { line }: Extract<HostedChange, { kind: "remove" }>,
  changes: readonly HostedChange[],
  { settings }: HostedUnit,
): readonly TextEdit[] | undefined {
  const { place } = line.setting;
  if (!place) return undefined;
  const removed = new Set(changes.flatMap((it) => (it.kind === "remove" ? [it.line.setting] : [])));
  const others = settings.filter((it) => it.place?.binding.start === place.binding.start && !removed.has(it));
  if (others.length > 0) {
    const { literal, list } = place;
    if (!list || !literal) return undefined;
    const from = list.start + text.slice(list.start, literal.start).trimEnd().length;
    return [{ start: from, end: literal.end, newText: "" }];
  }
  const { start, end } = place.binding;
  const lead = text.slice(Math.max(0, start - 200), start);
  const before = lead.length - Math.max(lead.trimEnd().length, lead.lastIndexOf("\n") + 1);
  const after = /^[ \t]*\r?\n/.exec(text.slice(end, end + 200))?.[0].length ?? 0;
  const isAlone = after > 0 && (start - before === 0 || text[start - before - 1] === "\n");
  return [{ start: start - before, end: isAlone ? end + after : end, newText: "" }];
}
