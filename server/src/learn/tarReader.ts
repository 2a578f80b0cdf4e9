/** Takes the bytes of one file of an archive, piece by piece. */
export type FileSink = (piece: Uint8Array) => void;

/** Reads an archive as it comes. */
export interface TarReader {
  /** False once nothing that follows counts any more. */
  push(piece: Uint8Array): boolean;
  /** Why the archive is not read to its end; undefined where it is whole. */
  end(): string | undefined;
}

const BLOCK = 512;

/** What extended headers may hold: names of files, no more. */
const MOST_EXTENDED = 64 * 1024;

/** So many files an archive may have. */
const MOST_FILES = 100_000;

/**
 * Reads a tar archive (ustar, pax, GNU's long names) in pieces of any size. `open` is asked for each regular file and takes its
 * bytes, or not; nothing is written anywhere, links and devices are passed over. Never throws for what is in it.
 */
export function tarReader(open: (name: string, size: number) => FileSink | undefined): TarReader {
  const header = new Uint8Array(BLOCK);
  let filled = 0;
  let [remaining, padding, files, zeros] = [0, 0, 0, 0];
  let sink: FileSink | undefined;
  let problem: string | undefined;
  /** What extended headers said of the next file. */
  let next: { readonly path?: string; readonly size?: number } = {};
  let extended: { kind: string; bytes: number[] } | undefined;

  const begin = (): void => {
    if (header.every((it) => it === 0)) {
      zeros++;
      return;
    }
    const made = readHeader(header);
    if (typeof made === "string") {
      problem = made;
      return;
    }
    const isExtended = made.kind === "x" || made.kind === "L";
    const size = isExtended ? made.size : (next.size ?? made.size);
    remaining = made.kind === "1" || made.kind === "2" || made.kind === "5" ? 0 : size;
    padding = (BLOCK - (remaining % BLOCK)) % BLOCK;
    sink = undefined;
    if (isExtended) {
      if (size > MOST_EXTENDED) problem = "a header of the archive is too long";
      extended = { kind: made.kind, bytes: [] };
      const { bytes } = extended;
      sink = (piece) => {
        for (const it of piece) bytes.push(it);
      };
    } else if (made.kind !== "g") {
      if (++files > MOST_FILES) problem = "the archive has too many files";
      else if (made.kind === "0") sink = open(next.path ?? made.name, size);
      next = {};
    }
    if (remaining === 0) finish();
  };

  const finish = (): void => {
    sink = undefined;
    if (!extended) return;
    const { kind, bytes } = extended;
    extended = undefined;
    const text = new TextDecoder().decode(Uint8Array.from(bytes));
    next = kind === "L" ? { ...next, path: untilNul(text) } : { ...next, ...paxFields(text) };
  };

  return {
    push(piece) {
      let at = 0;
      while (at < piece.length && problem === undefined && zeros < 2) {
        if (remaining > 0) {
          const length = Math.min(remaining, piece.length - at);
          sink?.(piece.subarray(at, at + length));
          [at, remaining] = [at + length, remaining - length];
          if (remaining === 0) finish();
          continue;
        }
        if (padding > 0) {
          const length = Math.min(padding, piece.length - at);
          [at, padding] = [at + length, padding - length];
          continue;
        }
        const length = Math.min(BLOCK - filled, piece.length - at);
        header.set(piece.subarray(at, at + length), filled);
        [at, filled] = [at + length, filled + length];
        if (filled < BLOCK) continue;
        filled = 0;
        begin();
      }
      return problem === undefined && zeros < 2;
    },
    end() {
      if (problem !== undefined) return problem;
      return remaining > 0 || padding > 0 || filled > 0 || zeros === 0 ? "the archive is cut off" : undefined;
    },
  };
}

interface Header {
  readonly name: string;
  readonly size: number;
  /** The type as it is written, `0` for a regular file. */
  readonly kind: string;
}

function readHeader(block: Uint8Array): Header | string {
  const text = (from: number, to: number): string => untilNul(new TextDecoder().decode(block.subarray(from, to)));
  const sum = block.reduce((all, byte, at) => all + (at >= 148 && at < 156 ? 32 : byte), 0);
  if (Number.parseInt(text(148, 156).trim(), 8) !== sum) return "this is not a tar archive, or it is damaged";
  const size = numberIn(block.subarray(124, 136));
  if (size === undefined) return "a file of the archive has an impossible size";
  const isUstar = text(257, 262) === "ustar";
  const prefix = isUstar ? text(345, 500) : "";
  const name = text(0, 100);
  const kind = String.fromCharCode(block[156] ?? 0);
  return { name: prefix === "" ? name : `${prefix}/${name}`, size, kind: kind === "\0" || kind === "7" ? "0" : kind };
}

/** Octal digits, or GNU's base 256 for what is larger. */
function numberIn(field: Uint8Array): number | undefined {
  if ((field[0] ?? 0) >= 0x80) {
    const value = field.reduce((all, byte, at) => all * 256 + (at === 0 ? byte & 0x7f : byte), 0);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const written = untilNul(new TextDecoder().decode(field)).trim();
  return /^[0-7]{1,12}$/.test(written) ? Number.parseInt(written, 8) : written === "" ? 0 : undefined;
}

const untilNul = (text: string): string => text.split("\0", 1)[0] ?? "";

/** The name and the size of an extended header, lines of `LENGTH KEY=VALUE`. */
function paxFields(text: string): { readonly path?: string; readonly size?: number } {
  const path = /(?:^|\n)\d+ path=([^\n]*)/.exec(text)?.[1];
  const size = Number(/(?:^|\n)\d+ size=(\d{1,15})\n/.exec(text)?.[1] ?? Number.NaN);
  return { ...(path !== undefined && { path }), ...(Number.isNaN(size) ? {} : { size }) };
}
