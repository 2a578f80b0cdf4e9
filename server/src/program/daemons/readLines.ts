import { type ConfigurationEntry, type ConfigurationSection, MOST_ENTRIES, valueWords } from "./entry.ts";

/** How lines of keys and values are written. */
export interface LineForm {
  /** What may stand between key and value: `=`, `:`, a blank; the first of them that a line has. */
  readonly between: string;
  /** What begins a comment, at the start of a line. */
  readonly comments: string;
  /** What begins a comment behind a value. */
  readonly inner?: string;
  /** How sections begin: `[name]`, `<name>` up to `</name>`, or a word of a list at the start of a line. */
  readonly sections?: "[" | "<" | readonly string[];
  /** How a line goes on: behind a `\`, or in lines that begin with a blank. */
  readonly continued?: "\\" | " ";
  /** Whether a line without a sign between lists names, each of which is a key: `[rabbitmq_management,rabbitmq_mqtt].` */
  readonly hasNames?: true;
}

/** Reads lines of keys and values in sections. Nothing throws; a line that is not one of these has no words. */
export function readLines(text: string, form: LineForm): readonly ConfigurationEntry[] {
  const entries: ConfigurationEntry[] = [];
  let section: ConfigurationSection | undefined;
  for (const { text: raw, line } of wholeLines(text, form)) {
    if (entries.length >= MOST_ENTRIES) break;
    const trimmed = raw.trim();
    if (trimmed === "" || form.comments.includes(trimmed[0] ?? "")) continue;
    const opened = sectionOf(raw, trimmed, form, section);
    if (opened === "end") {
      section = section?.parent;
      continue;
    }
    if (opened) {
      entries.push({
        ...inSection(section),
        key: opened.words[0] ?? "",
        words: opened.words.slice(1),
        line,
        opens: opened,
      });
      section = opened;
      continue;
    }
    if (form.hasNames && !trimmed.includes(form.between)) {
      for (const key of trimmed
        .split(/[^\w]+/)
        .filter(Boolean)
        .slice(0, MOST_NAMES))
        entries.push({ ...inSection(section), key, words: [], line });
      continue;
    }
    const [key, value] = parted(trimmed, form.between);
    entries.push({ ...inSection(section), key, words: valueWords(value, form.inner), line });
  }
  return entries;
}

/** More names than one line lists. */
const MOST_NAMES = 200;

const inSection = (section: ConfigurationSection | undefined): { readonly section?: ConfigurationSection } =>
  section ? { section } : {};

/** The lines with those that go on joined, each with the number of its first one. */
function* wholeLines(
  text: string,
  { continued }: LineForm,
): Iterable<{ readonly text: string; readonly line: number }> {
  let parts: string[] = [];
  let first = 1;
  let line = 0;
  for (const it of text.split("\n")) {
    line++;
    const isRest =
      continued === "\\" ? parts.length > 0 : continued === " " && parts.length > 0 && /^[ \t]+[^ \t\r#]/.test(it);
    if (!isRest && parts.length > 0) {
      yield { text: parts.join(" "), line: first };
      parts = [];
    }
    if (parts.length === 0) first = line;
    const goesOn = continued === "\\" && it.trimEnd().endsWith("\\");
    parts.push(goesOn ? it.trimEnd().slice(0, -1) : it);
    if (goesOn || continued === " ") continue;
    yield { text: parts.join(" "), line: first };
    parts = [];
  }
  if (parts.length > 0) yield { text: parts.join(" "), line: first };
}

/** The section that a line begins, "end" where it ends one. */
function sectionOf(
  raw: string,
  line: string,
  { sections }: LineForm,
  parent: ConfigurationSection | undefined,
): ConfigurationSection | "end" | undefined {
  if (sections === "[") {
    const end = line.startsWith("[") ? line.indexOf("]") : -1;
    return end > 0 ? { words: [line.slice(1, end).trim()] } : undefined;
  }
  if (sections === "<") {
    if (line.startsWith("</")) return "end";
    if (!line.startsWith("<")) return undefined;
    const words = valueWords(line.slice(1).replace(/>$/, ""));
    return { words, ...(parent ? { parent } : {}) };
  }
  if (!sections || raw.startsWith(" ") || raw.startsWith("\t")) return undefined;
  const words = valueWords(line);
  return sections.includes(words[0]?.replace(/:$/, "") ?? "")
    ? { words: words.map((it) => it.replace(/:$/, "")) }
    : undefined;
}

/** Key and value; where a line begins with a sign, as `!include`, a blank parts them. */
function parted(line: string, between: string): readonly [key: string, value: string] {
  const signs = /^[!.&@]/.test(line) ? " " : between;
  const places = [...signs].map((it) => (it === " " ? line.search(/[ \t]/) : line.indexOf(it))).filter((it) => it > 0);
  const at = places.reduce((first, it) => Math.min(first, it), line.length);
  const value = line.slice(at + 1).trim();
  // `key = value` where a blank parts, too.
  const sign = value[0] ?? "";
  const isSign = sign !== " " && signs.includes(" ") && signs.includes(sign) && line[at] !== sign;
  return [line.slice(0, at).trim(), isSign ? value.slice(1).trim() : value];
}
