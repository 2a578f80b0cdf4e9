/** Bytes of a file, read in little endian unless a name says otherwise; what lies outside of them is 0. */
export class FileBytes {
  readonly bytes: Uint8Array;
  readonly #view: DataView;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(at: number): number {
    return this.bytes[at] ?? 0;
  }

  u16(at: number): number {
    return this.#has(at, 2) ? this.#view.getUint16(at, true) : 0;
  }

  u32(at: number): number {
    return this.#has(at, 4) ? this.#view.getUint32(at, true) : 0;
  }

  i32(at: number): number {
    return this.#has(at, 4) ? this.#view.getInt32(at, true) : 0;
  }

  /** The same in big endian. */
  u16be(at: number): number {
    return this.#has(at, 2) ? this.#view.getUint16(at) : 0;
  }

  u32be(at: number): number {
    return this.#has(at, 4) ? this.#view.getUint32(at) : 0;
  }

  /** A number of 64 bits; of one that is larger than a file or an address can be only that it is large. */
  u64(at: number): number {
    return this.u32(at) + this.u32(at + 4) * 0x1_0000_0000;
  }

  /** A number of 32 or 64 bits. */
  word(at: number, wide: boolean): number {
    return wide ? this.u64(at) : this.u32(at);
  }

  /** The text up to the next NUL, of which only the first characters count. */
  text(at: number, most = 512): string {
    if (!(at >= 0) || at >= this.length) return "";
    const end = this.bytes.subarray(at, at + most).indexOf(0);
    return latin1(this.bytes.subarray(at, at + (end < 0 ? most : end)));
  }

  #has(at: number, size: number): boolean {
    return at >= 0 && at + size <= this.length;
  }
}

const LATIN1 = new TextDecoder("latin1");

/** A character a byte, which keeps places and finds texts of ASCII. */
export const latin1 = (bytes: Uint8Array): string => LATIN1.decode(bytes);

/** Whether bytes begin as a file of the form ELF does. */
export const isElf = (bytes: Uint8Array): boolean => new FileBytes(bytes).u32(0) === 0x464c457f;
