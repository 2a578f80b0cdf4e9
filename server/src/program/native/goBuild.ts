import { decodeUtf8 } from "../../text/utf8.ts";
import type { FileBytes } from "./bytes.ts";
import { type ElfFile, offsetOf, sectionOf } from "./elf.ts";

/** What the linker of Go wrote about how a program was built. */
export interface GoBuild {
  /** `go1.24.4` */
  readonly version: string;
  /** The modules that it was built of, its own first; none where it was built without them. */
  readonly modules: readonly string[];
}

const HEADER = 32;
const MAX_TEXT = 1_000_000;

/** How a program of Go was built, where that stands in it. */
export function readGoBuild(elf: ElfFile): GoBuild | undefined {
  const section = sectionOf(elf, ".go.buildinfo");
  const { file } = elf;
  // "\xff Go buildinf:"
  if (!section || file.u32(section.offset) !== 0x6f4720ff) return undefined;
  const isInline = (file.u8(section.offset + 15) & 2) !== 0;
  const [version, modules] = isInline ? inlineTexts(file, section.offset) : pointedTexts(elf, section.offset);
  return { version, modules: moduleNames(modules) };
}

function inlineTexts(file: FileBytes, start: number): readonly [string, string] {
  const version = countedText(file, start + HEADER);
  const modules = countedText(file, version.end);
  return [version.text, modules.text];
}

/** A text after its length, seven bits a byte. */
function countedText(file: FileBytes, start: number): { readonly text: string; readonly end: number } {
  let size = 0;
  let at = start;
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = file.u8(at++);
    size |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  const end = Math.min(at + size, file.length, at + MAX_TEXT);
  return { text: decodeUtf8(file.bytes.subarray(at, end)), end };
}

/** Before Go 1.18 the header leads to addresses and lengths. */
function pointedTexts(elf: ElfFile, start: number): readonly [string, string] {
  const { file } = elf;
  const wide = file.u8(start + 14) === 8;
  const size = wide ? 8 : 4;
  const text = (index: number): string => {
    const header = offsetOf(elf, file.word(start + 16 + index * size, wide));
    const place = header === undefined ? undefined : offsetOf(elf, file.word(header, wide));
    if (header === undefined || place === undefined) return "";
    const length = Math.min(file.word(header + size, wide), MAX_TEXT);
    return decodeUtf8(file.bytes.subarray(place, place + length));
  };
  return [text(0), text(1)];
}

/** `mod` is its own module, `dep` one that it needs; the list stands between two marks of 16 bytes. */
const moduleNames = (text: string): readonly string[] =>
  text.split("\n").flatMap((line) => {
    const [kind = "", name = "", version = ""] = line.split("\t");
    return (kind === "mod" || kind === "dep") && name !== "" ? [`${name} ${version}`.trim()] : [];
  });
