import type { FileBytes } from "./bytes.ts";
import type { ElfFile } from "./elf.ts";

/** A run of bytes with its place in the file and in memory. */
interface CodePart {
  readonly offset: number;
  readonly size: number;
  readonly address: number;
}

/** The short pieces of code through which imports are called, by their addresses; `cells` are the places that the loader fills. */
export function stubsOf(elf: ElfFile, cells: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
  const stubs = new Map<number, string>();
  if (cells.size === 0) return stubs;
  const find = elf.processor === "aarch64" ? findArm : findX86;
  for (const it of stubParts(elf)) find(elf.file, it, cells, stubs);
  return stubs;
}

/** The sections of such pieces, or all code where nothing names sections. */
function stubParts({ sections, segments }: ElfFile): readonly CodePart[] {
  const stubs = sections.filter((it) => it.name.startsWith(".plt"));
  return stubs.length > 0 ? stubs : segments.filter((it) => it.executable);
}

/** `jmp *cell`. */
function findX86(
  file: FileBytes,
  { offset, size, address }: CodePart,
  cells: ReadonlyMap<number, string>,
  stubs: Map<number, string>,
): void {
  for (let i = 0; i + 6 <= size; i++) {
    if (file.u8(offset + i) !== 0xff || file.u8(offset + i + 1) !== 0x25) continue;
    const name = cells.get(address + i + 6 + file.i32(offset + i + 2));
    if (name === undefined) continue;
    for (const before of beginnings(file, offset + i)) stubs.set(address + i - before, name);
  }
}

const ENDBR = 0xfa1e0ff3;

/** How many bytes before its jump such a piece may begin. */
function beginnings(file: FileBytes, at: number): readonly number[] {
  const prefix = file.u8(at - 1) === 0xf2 ? 1 : 0;
  return [0, prefix, ...(file.u32(at - prefix - 4) === ENDBR ? [prefix + 4] : [])];
}

/** `bti c`, which may stand before the rest. */
const LANDING = 0xd503245f;

/** `adrp x16, page` and `ldr x17, [x16, place]`. */
function findArm(
  file: FileBytes,
  { offset, size, address }: CodePart,
  cells: ReadonlyMap<number, string>,
  stubs: Map<number, string>,
): void {
  for (let i = 0; i + 8 <= size; i += 4) {
    const [page, load] = [file.u32(offset + i), file.u32(offset + i + 4)];
    if ((page & 0x9f00001f) >>> 0 !== 0x90000010 || (load & 0xffc003ff) >>> 0 !== 0xf9400211) continue;
    const at = address + i;
    const distance = (((page << 8) >> 13) * 4 + ((page >>> 29) & 3)) * 4096;
    const name = cells.get(at - (at % 4096) + distance + ((load >>> 10) & 0xfff) * 8);
    if (name === undefined) continue;
    stubs.set(at, name);
    if (file.u32(offset + i - 4) === LANDING) stubs.set(at - 4, name);
  }
}
