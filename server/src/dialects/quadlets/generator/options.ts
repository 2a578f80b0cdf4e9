import { podmanDoes } from "../../../facts/quadlets/changes.ts";
import { quadletKey } from "../../../facts/quadlets/keys.ts";
import { sourceSpan } from "../../../syntax/joinedText.ts";
import { type Conversion, isKnown, type PodmanCommand } from "./conversion.ts";
import { quadletWords } from "./quadletWords.ts";
import type { SourceItem, SourceSetting } from "./sources.ts";

/** The keys whose option and value always were two words. */
const ALWAYS_TWO = /^(?:Health|Secret$|EnvironmentFile$|Mount$|PublishPort$|Sub[UG]IDMap$|[UG]IDMap$|UserNS$|Log)/;

/** Adds the options that keys stand for, each in the way that the table of keys says. */
export function addOptions(conversion: Conversion, command: PodmanCommand, keys: readonly string[]): void {
  for (const name of keys) addOption(conversion, command, name);
}

function addOption(conversion: Conversion, command: PodmanCommand, name: string): void {
  const { own, unit, version } = conversion;
  const key = quadletKey(unit.type.section, name);
  if (!key || !isKnown(unit.type.section, name, version)) return;
  const { option = "", kind } = key;
  const take = ({ text, origin }: SourceItem): void =>
    command.take(
      origin,
      ...optionWords(option, text, podmanDoes(version, "parts options from values") || ALWAYS_TWO.test(name)),
    );
  switch (kind) {
    case "string": {
      const found = own.filled(name);
      if (found) take(found);
      return;
    }
    case "lines":
      for (const it of own.lines(name)) take(it);
      return;
    case "words":
      noteMistakes(conversion, name, "words");
      for (const it of own.words(name)) take(it);
      return;
    case "args":
      noteMistakes(conversion, name, "args");
      for (const it of own.args(name)) take(it);
      return;
    case "keyvals":
      for (const it of pairsOf(conversion, name)) command.take(it.origin, option, it.text);
      return;
    case "bool": {
      const value = own.flag(name);
      if (value !== undefined) command.take(own.text(name)?.origin, value ? option : `${option}=false`);
      return;
    }
    default:
  }
}

/** The words of an option: its value stands behind a `=` or `:` of the option, or is a word of its own. */
function optionWords(option: string, value: string, two: boolean): string[] {
  if (option === "") return [value];
  const words = option.split(" ");
  const last = words.pop() ?? "";
  if (/[=:]$/.test(last)) return [...words, last + value];
  return two ? [...words, last, value] : [...words, `${last}=${value}`];
}

/** Adds an option without value where a key is true, and nothing where it is false. */
export function addFlag({ own, unit }: Conversion, command: PodmanCommand, name: string): void {
  if (!own.flag(name)) return;
  command.take(own.text(name)?.origin, ...(quadletKey(unit.type.section, name)?.option ?? "").split(" "));
}

/** `NAME=value` of all lines, the last one of each name, in the order of the names. */
export function pairsOf(conversion: Conversion, name: string): readonly SourceItem[] {
  const { own, version, remark } = conversion;
  const pairs = new Map<string, SourceItem>();
  noteMistakes(conversion, name, "args");
  for (const it of own.args(name)) {
    const equals = it.text.indexOf("=");
    if (equals < 0 && !podmanDoes(version, "takes bare names")) remark("no-equals", it.text, it.origin);
    else pairs.set(equals < 0 ? it.text : it.text.slice(0, equals), it);
  }
  return [...pairs].sort(([a], [b]) => byCodePoints(a, b)).map(([, it]) => it);
}

/** Go sorts by bytes of UTF-8, which is by code points. */
export function byCodePoints(a: string, b: string): number {
  for (let at = 0; at < a.length && at < b.length; ) {
    const [one = 0, other = 0] = [a.codePointAt(at), b.codePointAt(at)];
    if (one !== other) return one - other;
    at += one > 0xffff ? 2 : 1;
  }
  return a.length - b.length;
}

/** Remarks the lines of a key that count for nothing because of a mistake. */
export function noteMistakes(conversion: Conversion, name: string, how: "words" | "args"): void {
  for (const it of conversion.own.settings(name)) noteMistake(conversion, it, how);
}

/** The same of one line. */
export function noteMistake({ remark }: Conversion, setting: SourceSetting, how: "words" | "args"): void {
  const { mistake } = quadletWords(setting.value.text, how);
  if (!mistake) return;
  const { kind, from, to } = mistake;
  const origin = { path: setting.path, ...sourceSpan(setting.value, from, to) };
  remark(kind === "escape" ? "bad-escape" : "open-quote", setting.value.text.slice(from, to), origin);
}
