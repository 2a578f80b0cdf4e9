import { largest, smallest } from "../../text/extremes.ts";
import { latin1 } from "./bytes.ts";
import { type ElfFile, loadedParts, offsetOf } from "./elf.ts";

/** How texts end: with a NUL, or by a length that stands elsewhere, or some in either way. */
export type TextEnds = "nul" | "length" | "both";

const MAX_TEXT = 512;
/** A text of C among those of Rust is short and stands between two NUL; the number next to it need be no length, but the first text of Rust stands so, too. */
const MAX_ENDED = 128;
const MAX_TEXTS = 400_000;
const MAX_CHARACTERS = 16_000_000;

/** All texts of a program, cut where they end. */
export function readTexts(
  elf: ElfFile,
  ends: TextEnds,
  references: ReadonlySet<number>,
  lengths: ReadonlyMap<number, ReadonlySet<number>>,
): ReadonlySet<string> {
  const texts = new TextSet();
  if (ends === "nul") addRuns(elf, texts);
  if (ends !== "length") for (const it of references) if (!lengths.has(it)) addEnded(elf, it, ends, texts);
  for (const [address, sizes] of lengths) addCounted(elf, address, sizes, ends, texts);
  return texts.all;
}

const isPlain = (byte: number): boolean => (byte >= 0x20 && byte < 0x7f) || byte === 9 || byte === 10 || byte === 13;

/** Texts, as many as a large program has. */
class TextSet {
  readonly all = new Set<string>();
  #characters = 0;

  get isFull(): boolean {
    return this.all.size >= MAX_TEXTS || this.#characters > MAX_CHARACTERS;
  }

  add(bytes: Uint8Array): void {
    this.#characters += bytes.length;
    this.all.add(latin1(bytes));
  }
}

/** The runs of plain characters up to a NUL. */
function addRuns(elf: ElfFile, texts: TextSet): void {
  const parts = [...loadedParts(elf, false), ...(elf.sections.length === 0 ? loadedParts(elf, true) : [])];
  for (const { offset, size } of parts) {
    const bytes = elf.file.bytes.subarray(offset, offset + size);
    let start = 0;
    for (let i = 0; i < bytes.length && !texts.isFull; i++) {
      const byte = bytes[i] ?? 0;
      if (isPlain(byte)) continue;
      if (byte === 0 && i - start > 1 && i - start <= MAX_TEXT) texts.add(bytes.subarray(start, i));
      start = i + 1;
    }
  }
}

/** What stands from an address that code names up to the NUL: the linker lets one text end another. */
function addEnded(elf: ElfFile, address: number, ends: TextEnds, texts: TextSet): void {
  const start = offsetOf(elf, address);
  if (start === undefined || texts.isFull) return;
  const { bytes } = elf.file;
  const before = bytes[start - 1] ?? 0;
  if (ends === "nul" ? !isPlain(before) : before !== 0) return;
  const most = ends === "nul" ? MAX_TEXT : MAX_ENDED;
  let end = start;
  while (end - start < most && isPlain(bytes[end] ?? 0)) end++;
  if (bytes[end] === 0 && end - start > 1) texts.add(bytes.subarray(start, end));
}

function addCounted(elf: ElfFile, address: number, sizes: ReadonlySet<number>, ends: TextEnds, texts: TextSet): void {
  const start = offsetOf(elf, address);
  if (start === undefined || texts.isFull) return;
  if (ends === "both" && elf.file.u8(start - 1) === 0) {
    const end = elf.file.bytes.subarray(start, start + MAX_ENDED).findIndex((it) => !isPlain(it));
    if (end > 1 && elf.file.u8(start + end) === 0) texts.add(elf.file.bytes.subarray(start, start + end));
  }
  for (const size of sizes) {
    const bytes = elf.file.bytes.subarray(start, start + size);
    if (bytes.length === size && size > 1 && bytes.every(isPlain)) texts.add(bytes);
  }
}

/** Adds texts whose address and length stand side by side in data. */
export function addListedTexts(
  elf: ElfFile,
  pointers: ReadonlyMap<number, number>,
  lengths: Map<number, Set<number>>,
): void {
  const { file, segments } = elf;
  const lowest = smallest(segments.map((it) => it.address));
  const highest = largest(segments.map((it) => it.address + it.size));
  for (const { offset, size, address } of loadedParts(elf, false)) {
    for (let i = (8 - (address % 8)) % 8; i + 16 <= size; i += 8) {
      const length = file.u64(offset + i + 8);
      if (length === 0 || length > MAX_TEXT) continue;
      const target = file.u64(offset + i) || (pointers.get(address + i) ?? 0);
      if (target <= lowest || target >= highest || lengths.size > MAX_TEXTS) continue;
      const known = lengths.get(target);
      if (known) known.add(length);
      else lengths.set(target, new Set([length]));
    }
  }
}
