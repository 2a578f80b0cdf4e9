import type { SystemdVersion } from "../../facts/version.ts";
import { unitKindOf } from "../../families/checkedPath.ts";
import { append } from "../../text/append.ts";
import type { TextEdit } from "../../text/span.ts";
import type { HostedChange } from "../changes.ts";
import type { HostedEntry, HostedFile, HostedSet, HostedSetting, HostedUnit } from "../hostedUnit.ts";
import { isUnshared } from "../shared.ts";
import { nixOption, SECTION_SETS } from "./nixOptions.ts";
import { nixAttribute, nixString, nixValue } from "./write.ts";

type Added = Extract<HostedChange, { kind: "add" }>;

/** All that is added under one name. */
interface AddedName {
  readonly section: string;
  readonly key: string;
  readonly values: string[];
  readonly notes: readonly string[];
}

/** The edits that add settings: to the list of their name, to the set of their section, or to the unit. */
export function additionEdits(
  file: HostedFile,
  unit: HostedUnit,
  added: readonly Added[],
  version: SystemdVersion,
): readonly TextEdit[] | undefined {
  const names = new Map<string, AddedName>();
  for (const { to, notes } of added) {
    const { section, key, value } = to;
    const known = names.get(`${section} ${key}`);
    if (known) known.values.push(value);
    else names.set(`${section} ${key}`, { section, key, values: [value], notes });
  }
  const edits: TextEdit[] = [];
  const bindings = new Map<Insertion["at"], { at: Insertion; lines: string[] }>();
  for (const it of names.values()) {
    const existing = unit.settings.findLast((own) => own.section === it.section && own.key === it.key);
    if (existing) {
      const own = longer(file, existing, it.values);
      if (!own) return undefined;
      append(edits, own);
      continue;
    }
    const empty = boundTo(unit, it);
    const place = insertion(file, unit, it);
    if (!place) return undefined;
    const written = place.words
      ? [...it.values.join(" ").split(/\s+/)].map(nixString)
      : it.values.map((value) =>
          it.values.length > 1 ? nixString(value) : nixValue(it.section, it.key, value, version),
        );
    const [first = ""] = written;
    const value = written.length === 1 && !place.words ? first : `[ ${written.join(" ")} ]`;
    // What is bound to nothing is bound no second time.
    if (empty) {
      if (!empty.value || !/^\[\s{0,200}\]$/.test(file.text.slice(empty.value.start, empty.value.end)))
        return undefined;
      edits.push({ start: empty.value.start, end: empty.value.end, newText: value });
      continue;
    }
    const known = bindings.get(place.at) ?? { at: place, lines: [] };
    bindings.set(place.at, known);
    append(known.lines, [...(place.inline ? [] : it.notes), `${place.prefix}${place.name}${value};`]);
  }
  for (const { at, lines } of bindings.values())
    edits.push({
      start: at.at,
      end: at.at,
      newText: at.inline
        ? lines.map((it) => ` ${it}`).join("")
        : lines.map((it) => `\n${at.indentation}${it}`).join("") + at.after,
    });
  return edits;
}

/** The binding that a name has already, though nothing comes of it, such as an empty list. */
function boundTo(unit: HostedUnit, { section, key }: AddedName): HostedEntry | undefined {
  const option = optionOf(unit, section, key)?.name;
  const leads = ({ names }: HostedEntry): boolean => {
    const [first, second] = names.map((it) => it.name);
    return (
      (first !== undefined && first === option) ||
      (second === key && first !== undefined && SECTION_SETS[first] === section)
    );
  };
  const own = (unit.sets.get(section) ?? []).flatMap((it) => it.entries).find((it) => it.names[0]?.name === key);
  return own ?? (unit.sets.get("") ?? []).flatMap((it) => it.entries).find(leads);
}

/** The edits that make a list of a value, or a list longer. */
function longer(
  { text }: HostedFile,
  { place, parts }: HostedSetting,
  values: readonly string[],
): TextEdit[] | undefined {
  if (!place || !parts) return undefined;
  const more = values.map((it) => ` ${nixString(it)}`).join("");
  const { list, literal, value } = place;
  if (list) {
    // Before the blanks at the end of the list.
    const at = list.start + text.slice(list.start, list.end - 1).trimEnd().length;
    return text[list.end - 1] === "]" ? [{ start: at, end: at, newText: more }] : undefined;
  }
  if (!literal || literal.start !== value.start || literal.end !== value.end) return undefined;
  return [
    { start: value.start, end: value.start, newText: "[ " },
    { start: value.end, end: value.end, newText: `${more} ]` },
  ];
}

/** Where a binding goes, and how it begins there. */
interface Insertion {
  readonly at: number;
  /** Whether all of the set stands in one line. */
  readonly inline: boolean;
  readonly indentation: string;
  /** What leads from the set to the binding. */
  readonly prefix: string;
  /** The name and the equals sign. */
  readonly name: string;
  /** Whether the value is a list of words. */
  readonly words: boolean;
  /** What comes after the last line. */
  readonly after: string;
}

function insertion(file: HostedFile, unit: HostedUnit, { section, key }: AddedName): Insertion | undefined {
  const name = `${nixAttribute(key)} = `;
  const own = openSet(file, unit, section);
  if (own) return inSet(file, own, { prefix: "", name, words: false });
  // One that stands alone shows how its section is reached.
  const isFree = (at: number): boolean => isUnshared(file, unit, at);
  const other = unit.settings.findLast(
    (it) => it.section === section && it.own && it.place && !it.conditional && isFree(it.place.binding.start),
  );
  if (other?.place) {
    const { binding } = other.place;
    const prefix = file.text.slice(binding.start, other.keySpan.start);
    return after(file, binding, { prefix, name, words: false });
  }
  const whole = openSet(file, unit, "");
  if (!whole) return undefined;
  const isHome = unit.sectionNames;
  const option = isHome ? undefined : optionOf(unit, section, key);
  if (option) return inSet(file, whole, { prefix: "", name: `${option.name} = `, words: option.words });
  const set = isHome ? section : Object.keys(SECTION_SETS).find((it) => SECTION_SETS[it] === section);
  if (set === undefined || (!isHome && section === "Install")) return undefined;
  return inSet(file, whole, { prefix: `${set}.`, name, words: false });
}

/** The first set of a section that counts in any case, and for no other unit. */
const openSet = (file: HostedFile, unit: HostedUnit, section: string): HostedSet | undefined =>
  unit.sets.get(section)?.find((it) => it.closed && !it.conditional && isUnshared(file, unit, it.start));

/** The option of NixOS for a directive, where it has one of its own. */
function optionOf({ path }: HostedUnit, section: string, key: string): { name: string; words: boolean } | undefined {
  const name = key === "Alias" ? "aliases" : key.charAt(0).toLowerCase() + key.slice(1);
  const option = nixOption(unitKindOf(path), name);
  const isIt = option?.section === section && option.key === key && (option.as === "words" || option.as === "value");
  return isIt ? { name, words: option.as === "words" } : undefined;
}

type Start = Pick<Insertion, "prefix" | "name" | "words">;

function inSet(file: HostedFile, set: HostedSet, start: Start): Insertion | undefined {
  const last = set.entries.at(-1);
  if (last) return after(file, last, start, file.text.slice(set.start, set.end).includes("\n"));
  const inner = file.text.slice(set.start + 1, set.end - 1);
  const line = indentationAt(file.text, set.start);
  if (inner.trim() !== "" || !file.text.startsWith("{", set.start)) return undefined;
  const at = set.start + 1;
  if (inner.includes("\n")) return { ...start, at, inline: false, indentation: `${line}  `, after: "" };
  return { ...start, at, inline: true, indentation: "", after: "" };
}

/** After a binding, and the comment behind it. */
function after(
  { text }: HostedFile,
  binding: { start: number; end: number },
  start: Start,
  lines = true,
): Insertion | undefined {
  if (text[binding.end - 1] !== ";") return undefined;
  if (!lines) return { ...start, at: binding.end, inline: true, indentation: "", after: "" };
  const rest = /^[ \t]*(?:#[^\r\n]*)?(?=\r?\n)/.exec(text.slice(binding.end, binding.end + MAX_LINE));
  const at = binding.end + (rest?.[0].length ?? 0);
  return { ...start, at, inline: !rest, indentation: indentationAt(text, binding.start), after: "" };
}

const MAX_LINE = 2000;

/** The blanks at the start of the line that an offset stands in. */
function indentationAt(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? "";
}
