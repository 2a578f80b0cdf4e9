import type { FileBytes } from "./bytes.ts";
import { type ElfFile, sectionOf } from "./elf.ts";

/** The names of the functions of a program of Go that the linker kept, and where those with code begin. */
export interface GoFunctions {
  readonly names: ReadonlySet<string>;
  readonly starts: ReadonlyMap<number, string>;
}

/** How the line table of a range of versions of Go is laid out. */
interface Layout {
  /** Which word of the header has the address of the code, if any. */
  readonly text?: number;
  /** Which words have the places of the names, of what follows them, and of the functions. */
  readonly names?: number;
  readonly functions?: number;
}

/** By the first number of the table: Go 1.2, 1.16, 1.18 and 1.20. */
const LAYOUTS: ReadonlyMap<number, Layout> = new Map([
  [0xfffffffb, {}],
  [0xfffffffa, { names: 2, functions: 6 }],
  [0xfffffff0, { text: 2, names: 3, functions: 7 }],
  [0xfffffff1, { text: 2, names: 3, functions: 7 }],
]);

const MAX_FUNCTIONS = 500_000;
const MAX_NAME = 400;

/** The functions of a program of Go; undefined for a program of another language. */
export function readGoFunctions(elf: ElfFile): GoFunctions | undefined {
  const table = tableOf(elf);
  const layout = table === undefined ? undefined : LAYOUTS.get(elf.file.u32(table));
  if (table === undefined || !layout) return undefined;
  const { file } = elf;
  const wide = file.u8(table + 7) === 8;
  const size = wide ? 8 : 4;
  const word = (index: number): number => file.word(table + 8 + index * size, wide);
  const count = Math.min(word(0), MAX_FUNCTIONS);
  const rows = table + (layout.functions === undefined ? 8 + size : word(layout.functions));
  const names = table + (layout.names === undefined ? 0 : word(layout.names));
  const starts = new Map<number, string>();
  const half = layout.text === undefined ? size : 4;
  const text = layout.text === undefined ? 0 : word(layout.text) || textAddress(elf);
  let characters = 0;
  for (let i = 0; i < count; i++) {
    const at = rows + i * half * 2;
    if (at + half * 2 > file.length) break;
    const row = file.word(at + half, half === 8);
    const place = (layout.functions === undefined ? table : rows) + row + half;
    const name = file.text(names + file.u32(place), MAX_NAME);
    characters += name.length;
    if (characters > file.length) break;
    if (name !== "") starts.set(text + file.word(at, half === 8), name);
  }
  const all = new Set(starts.values());
  // From 1.16 on the names stand together, with those of functions that are only parts of others.
  if (layout.names !== undefined) addNames(file, names, table + word(layout.names + 1), all);
  return { names: all, starts };
}

function addNames(file: FileBytes, start: number, end: number, names: Set<string>): void {
  let at = start;
  while (at < end && at < file.length && names.size < MAX_FUNCTIONS) {
    const name = file.text(at, MAX_NAME);
    if (name !== "") names.add(name);
    at += name.length + 1;
  }
}

const textAddress = (elf: ElfFile): number => sectionOf(elf, ".text")?.address ?? 0;

/** Where the line table is: in a section of its own, else where its header is found. */
function tableOf(elf: ElfFile): number | undefined {
  const { file, sections } = elf;
  const section = sections.find((it) => it.holdsBytes && it.name.endsWith(".gopclntab"));
  if (section && isHeader(file, section.offset)) return section.offset;
  if (sections.length > 0 && !sections.some((it) => it.name.startsWith(".go.") || it.name === ".note.go.buildid"))
    return undefined;
  for (const { offset, size, executable } of elf.segments) {
    if (executable && elf.segments.length > 1) continue;
    for (let at = offset - (offset % 4) + (offset % 4 ? 4 : 0); at + 8 <= offset + size; at += 4)
      if (file.u8(at + 1) === 0xff && isHeader(file, at)) return at;
  }
  return undefined;
}

function isHeader(file: FileBytes, at: number): boolean {
  if (!LAYOUTS.has(file.u32(at)) || file.u16(at + 4) !== 0) return false;
  const quantum = file.u8(at + 6);
  const size = file.u8(at + 7);
  return (quantum === 1 || quantum === 2 || quantum === 4) && (size === 4 || size === 8);
}

/** The package of a function: `net/http.(*Server).Serve` is of `net/http`. */
export function packageOfFunction(name: string): string {
  const plain = name.split("[", 1)[0] ?? "";
  const dot = plain.indexOf(".", plain.lastIndexOf("/") + 1);
  return (dot < 0 ? "" : plain.slice(0, dot)).replace(/%([0-9a-f]{2})/g, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
