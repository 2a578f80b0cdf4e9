import type { PodmanVersion } from "../../facts/podmanVersions.ts";
import { type QuadletKey, quadletKey } from "../../facts/quadlets/keys.ts";
import { sourceSpan } from "../../syntax/joinedText.ts";
import type { Assignment, UnitFile } from "../../syntax/tree.ts";
import { splitWords } from "../../syntax/words.ts";
import type { Span } from "../../text/span.ts";
import { memo } from "../../units/memo.ts";
import { parsePodmanArgs } from "./podmanArgs.ts";

/** A .container file with what is read with it. */
export interface ContainerQuadlet {
  /** The file and its drop-ins in the order in which the generator reads them. */
  readonly files: readonly UnitFile[];
  readonly scope: "system" | "user";
  readonly podman: PodmanVersion;
}

/** Where something is said. */
export interface QuadletSpan {
  readonly file: UnitFile;
  readonly node: Assignment;
  /** The words that say it, in the text of the file. */
  readonly span: Span;
}

/** An option of `podman run` that a quadlet says, by a key of its own or in PodmanArgs=. */
export interface PodmanOption extends QuadletSpan {
  /** The long name without dashes, such as `cap-add`. */
  readonly name: string;
  readonly value: string;
}

/** The section of a .container file that podman reads. */
export const CONTAINER = "Container";

/** Whether the generator takes a value for true; all others are false, without a message. */
export const isQuadletTrue = (text: string): boolean => /^(?:1|yes|true|on)$/i.test(text);

/** All assignments of a key in a section, those of the drop-ins after those of the file. */
export const linesOfKey = (quadlet: ContainerQuadlet, section: string, key: string): readonly QuadletSpan[] =>
  linesByKey(quadlet).get(`${section}.${key}`) ?? [];

const linesByKey = memo(({ files }: ContainerQuadlet): ReadonlyMap<string, readonly QuadletSpan[]> => {
  const lines = new Map<string, QuadletSpan[]>();
  for (const file of files)
    for (const { name, header, nodes } of file.sections)
      for (const node of header.closed ? nodes : []) {
        if (node.kind !== "assignment") continue;
        const key = `${name}.${node.key}`;
        const place = { file, node, span: node.valueSpan };
        const known = lines.get(key);
        if (known) known.push(place);
        else lines.set(key, [place]);
      }
  return lines;
});

/** Those after the last empty one, which resets a list. */
export function linesSince(lines: readonly QuadletSpan[]): readonly QuadletSpan[] {
  return lines.slice(lines.findLastIndex((it) => it.node.text === "") + 1);
}

/** Keys whose option the table of keys does not say as one option with one value. */
const BY_HAND: ReadonlySet<string> = new Set([
  "Group",
  "PodmanArgs",
  "GlobalArgs",
  "RemapUidSize",
  "RemapUsers",
  "VolatileTmp",
]);

/** The options of `podman run` that a quadlet makes, those of PodmanArgs= last, which win where only one can hold. */
export function podmanOptions(quadlet: ContainerQuadlet): readonly PodmanOption[] {
  const keys = new Set<string>();
  for (const { sections } of quadlet.files) {
    for (const { name, nodes } of sections) {
      if (name !== CONTAINER) continue;
      for (const node of nodes) if (node.kind === "assignment") keys.add(node.key);
    }
  }
  const own = [...keys].flatMap((name): readonly PodmanOption[] => {
    const key = quadletKey(CONTAINER, name);
    return key ? optionsOfKey(quadlet, key) : [];
  });
  return [...own, ...fromPodmanArgs(quadlet)];
}

function optionsOfKey(quadlet: ContainerQuadlet, key: QuadletKey): readonly PodmanOption[] {
  const lines = linesOfKey(quadlet, CONTAINER, key.name);
  const last = lines.at(-1);
  if (last === undefined) return [];
  if (BY_HAND.has(key.name)) return special(quadlet, key.name, last);
  if (key.name === "Image" || key.option === undefined)
    return key.name === "Image" ? [{ ...last, name: "image", value: oneText(last) }] : [];
  const { option, prefix } = optionOf(key.option);
  const made = ({ file, node, span }: QuadletSpan, value: string, at = span): PodmanOption => {
    return { file, node, span: at, name: option, value: prefix + value };
  };
  switch (key.kind) {
    case "bool":
      // A switch that takes no value of its own, such as `--security-opt=no-new-privileges`, is only there where it is true.
      if (prefix !== "") return isQuadletTrue(last.node.text) ? [made(last, "")] : [];
      return [made(last, `${isQuadletTrue(last.node.text)}`)];
    case "string":
    case "uint32":
    case "bool-or-healthy":
    case "last-args":
      return last.node.text === "" ? [] : [made(last, oneText(last))];
    case "lines":
      return linesSince(lines).map((it) => made(it, it.node.text));
    case "words":
    case "args":
    case "keyvals":
      return linesSince(lines).flatMap((it) => spannedWords(it).map(({ value, span }) => made(it, value, span)));
  }
}

/** The value of a key that holds one text: one pair of double quotes is no part of it. */
const oneText = ({ node }: QuadletSpan): string => node.text.replace(/^"(.*)"$/s, "$1");

/** `--security-opt seccomp=` is the option `security-opt` whose value begins with `seccomp=`. */
function optionOf(text: string): { readonly option: string; readonly prefix: string } {
  if (text === "-v") return { option: "volume", prefix: "" };
  const [, option = "", prefix = ""] = /^--([\w-]+)[ =]?(.*)$/s.exec(text) ?? [];
  return { option, prefix };
}

/** The words of a line with their places. */
export const spannedWords = ({ node }: QuadletSpan): readonly { readonly value: string; readonly span: Span }[] =>
  wordsIn(node);

/** A line that no edit touched is split once. */
const wordsIn = memo((node: QuadletSpan["node"]) =>
  splitWords(node.text, "relaxed").words.map(({ value, from, to }) => ({
    value,
    span: sourceSpan(node.value, from, to),
  })),
);

function special(quadlet: ContainerQuadlet, name: string, last: QuadletSpan): readonly PodmanOption[] {
  const value = oneText(last);
  if (name === "RemapUsers") {
    const size = linesOfKey(quadlet, CONTAINER, "RemapUidSize").at(-1);
    if (value === "auto") return [{ ...last, name: "userns", value: size ? `auto:size=${size.node.text}` : "auto" }];
    return value === "keep-id" ? [{ ...last, name: "userns", value }] : [];
  }
  if (name === "VolatileTmp" && isQuadletTrue(value))
    return [{ ...last, name: "tmpfs", value: "/tmp:rw,size=512M,mode=1777" }];
  return [];
}

/** Lines of PodmanArgs= follow each other on the command line, so that an option may end in the next one. */
function fromPodmanArgs(quadlet: ContainerQuadlet): readonly PodmanOption[] {
  const words = linesSince(linesOfKey(quadlet, CONTAINER, "PodmanArgs")).flatMap((line) =>
    spannedWords(line).map(({ value, span }) => ({ ...line, value, span })),
  );
  return parsePodmanArgs(words.map((it) => it.value)).flatMap(({ option, value, firstWord, lastWord }) => {
    const first = words[firstWord];
    const last = words[lastWord];
    if (first === undefined) return [];
    const end = last && last.node === first.node ? last.span.end : first.span.end;
    return [{ name: option, value, file: first.file, node: first.node, span: { start: first.span.start, end } }];
  });
}
