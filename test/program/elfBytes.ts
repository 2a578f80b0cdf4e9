/** A section of a file that a test makes. */
interface MadeSection {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly executable?: boolean;
}

/** Where the first byte of such a file is in memory. */
const BASE = 0x400000;
const HEADER = 64;
const PROGRAM_HEADER = 56;
const SECTION_HEADER = 64;
const ALIGN = 16;

/** The address of each section, in their order. */
export function addressesOf(sections: readonly MadeSection[]): readonly number[] {
  let offset = aligned(HEADER + PROGRAM_HEADER);
  return sections.map(({ bytes }) => {
    const address = BASE + offset;
    offset = aligned(offset + bytes.length);
    return address;
  });
}

const aligned = (offset: number): number => Math.ceil(offset / ALIGN) * ALIGN;

/** A program in the form ELF for 64 bits, with one segment that holds all sections. */
export function elfOf(sections: readonly MadeSection[], machine = 62): Uint8Array {
  const addresses = addressesOf(sections);
  const names = ["", ...sections.map((it) => it.name), ".shstrtab"];
  const texts = new TextEncoder().encode(names.map((it) => `${it}\0`).join(""));
  const last = sections.at(-1);
  const end = last ? (addresses.at(-1) ?? BASE) - BASE + last.bytes.length : HEADER + PROGRAM_HEADER;
  const table = aligned(end + texts.length);
  const bytes = new Uint8Array(table + names.length * SECTION_HEADER);
  const view = new DataView(bytes.buffer);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  put16(view, 16, [2, machine]);
  put64(view, 32, [HEADER, table]);
  put16(view, 52, [HEADER, PROGRAM_HEADER, 1, SECTION_HEADER, names.length, names.length - 1]);
  view.setUint32(HEADER, 1, true);
  view.setUint32(HEADER + 4, 5, true);
  put64(view, HEADER + 8, [0, BASE, BASE, end, end, 0x1000]);
  const header = (index: number, flags: number, address: number, offset: number, size: number): void => {
    const at = table + index * SECTION_HEADER;
    const before = names.slice(0, index).reduce((sum, it) => sum + it.length + 1, 0);
    view.setUint32(at, before, true);
    view.setUint32(at + 4, 1, true);
    put64(view, at + 8, [flags, address, offset, size]);
  };
  for (const [i, { bytes: content, executable = false }] of sections.entries()) {
    const address = addresses[i] ?? BASE;
    bytes.set(content, address - BASE);
    header(i + 1, executable ? 6 : 2, address, address - BASE, content.length);
  }
  bytes.set(texts, end);
  header(names.length - 1, 0, 0, end, texts.length);
  return bytes;
}

function put16(view: DataView, at: number, numbers: readonly number[]): void {
  for (const [i, it] of numbers.entries()) view.setUint16(at + i * 2, it, true);
}

function put64(view: DataView, at: number, numbers: readonly number[]): void {
  for (const [i, it] of numbers.entries()) view.setBigUint64(at + i * 8, BigInt(it), true);
}
