import type { PodmanVersion } from "../../../facts/podmanVersions.ts";
import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import type { QuadletType } from "../../../facts/quadlets/keys.ts";
import { type JoinedText, sourceSpan } from "../../../syntax/joinedText.ts";
import type { Span } from "../../../text/span.ts";
import { withoutBlanks } from "./quadletLines.ts";
import { quadletWords } from "./quadletWords.ts";
import type { QuadletGroup, QuadletLine } from "./readQuadlet.ts";
import type { Origin, ServiceLine, ServiceSection } from "./service.ts";

/** A setting of a quadlet file or of one of its drop-ins. */
export interface SourceSetting extends Origin {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JoinedText;
}

/** A quadlet file with its drop-ins. */
export interface QuadletSource {
  readonly path: string;
  /** The name of the file, such as `web.container`. */
  readonly name: string;
  readonly type: QuadletType;
  /** The settings of each section, in the order in which they count. */
  readonly settings: ReadonlyMap<string, readonly SourceSetting[]>;
  /** Where the first header of each section stands. */
  readonly headers: ReadonlyMap<string, Origin>;
  /** All lines as the service takes them over. */
  readonly sections: readonly ServiceSection[];
}

/** A value, or a part of one, with its place. */
export interface SourceItem {
  readonly text: string;
  readonly origin: Origin;
}

/** One read file of a quadlet. */
export interface SourceFile {
  readonly path: string;
  readonly groups: readonly QuadletGroup[];
}

/** Puts a quadlet file and its drop-ins together, in the order in which they count. */
export function mergedSource(name: string, type: QuadletType, files: readonly SourceFile[]): QuadletSource {
  const settings = new Map<string, SourceSetting[]>();
  const headers = new Map<string, Origin>();
  const sections = new Map<string, { name: string; comments: ServiceLine[]; lines: ServiceLine[] }>();
  for (const { path, groups } of files) {
    for (const group of groups) {
      const own = settings.get(group.name) ?? [];
      settings.set(group.name, own);
      if (!headers.has(group.name)) headers.set(group.name, { path, ...group.nameSpan });
      const section = sections.get(group.name) ?? { name: group.name, comments: [], lines: [] };
      sections.set(group.name, section);
      for (const it of group.comments) section.comments.push(copied(it, path));
      for (const it of group.lines) section.lines.push(copied(it, path));
      for (const { key, keySpan, value, start, end } of group.lines)
        if (key !== undefined && keySpan) own.push({ key, keySpan, value, path, start, end });
    }
  }
  return { path: files[0]?.path ?? name, name, type, settings, headers, sections: [...sections.values()] };
}

function copied({ key, value, start, end }: QuadletLine, path: string): ServiceLine {
  const line = { value: value.text, copied: true, origin: { path, start, end } };
  return key === undefined ? line : { key, ...line };
}

/** Reads the settings of one section by the rules of a version. */
export interface SectionReader {
  /** The last setting of a name, whatever its value. */
  last(key: string): SourceSetting | undefined;
  /** Its value without white space at the end and without quotes; it may be empty. */
  text(key: string): SourceItem | undefined;
  /** The same, only where it is not empty. */
  filled(key: string): SourceItem | undefined;
  /** The settings that count of a list, after the last empty one. */
  settings(key: string): readonly SourceSetting[];
  /** All values, each as one; an empty one takes back those before. */
  lines(key: string): readonly SourceItem[];
  /** The words of all values, with backslashes as they are. */
  words(key: string): readonly SourceItem[];
  /** The words of all values, escapes decoded. */
  args(key: string): readonly SourceItem[];
  /** The words of the last value, escapes decoded; undefined where it is not set, or a mistake makes it count for nothing. */
  lastArgs(key: string): readonly SourceItem[] | undefined;
  flag(key: string): boolean | undefined;
}

/** A reader of one section. */
export function sectionReader(source: QuadletSource, section: string, version: PodmanVersion): SectionReader {
  const settings = source.settings.get(section) ?? [];
  const all = (key: string): readonly SourceSetting[] => {
    const own = settings.filter((it) => it.key === key);
    return own.slice(own.findLastIndex(({ value }) => value.text === "") + 1);
  };
  const split = (setting: SourceSetting, how: "words" | "args"): readonly SourceItem[] =>
    quadletWords(setting.value.text, how).words.map(({ text, from, to }) => item(setting, text, from, to));
  const last = (key: string): SourceSetting | undefined => settings.findLast((it) => it.key === key);
  const text = (key: string): SourceItem | undefined => {
    const setting = last(key);
    if (!setting) return undefined;
    const all = setting.value.text;
    const raw = all.slice(0, withoutBlanks(all, { start: 0, end: all.length }).end);
    const [from, to] = unquoted(raw, version);
    return item(setting, raw.slice(from, to), from, to);
  };
  return {
    last,
    settings: all,
    text,
    filled: (key) => {
      const found = text(key);
      return found?.text ? found : undefined;
    },
    lines: (key) => all(key).map((it) => item(it, it.value.text, 0, it.value.text.length)),
    words: (key) => all(key).flatMap((it) => split(it, "words")),
    args: (key) => all(key).flatMap((it) => split(it, "args")),
    lastArgs: (key) => {
      const setting = last(key);
      if (!setting || quadletWords(setting.value.text, "args").mistake) return undefined;
      return split(setting, "args");
    },
    flag: (key) => {
      const found = text(key);
      return found && TRUE.test(found.text);
    },
  };
}

const TRUE = /^(?:1|yes|true|on)$/i;

/** The stretch that is left of a value when its quotes are off; for some versions all go, whether they match or not. */
function unquoted(raw: string, version: PodmanVersion): [from: number, to: number] {
  let [from, to] = [0, raw.length];
  const isQuote = (at: number): boolean => raw.charAt(at) === '"';
  if (podmanDoes(version, "takes a pair of quotes off") && to > 1 && isQuote(0) && isQuote(to - 1)) return [1, to - 1];
  if (!podmanDoes(version, "takes quotes off")) return [from, to];
  while (from < to && isQuote(from)) from++;
  while (to > from && isQuote(to - 1)) to--;
  return [from, to];
}

function item(setting: SourceSetting, text: string, from: number, to: number): SourceItem {
  return { text, origin: { path: setting.path, ...sourceSpan(setting.value, from, to) } };
}
