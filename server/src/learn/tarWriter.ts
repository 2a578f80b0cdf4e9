const BLOCK = 512;

/** The header of a file in a tar archive; its name has at most 100 bytes, so that no extension is needed. */
export function tarHeader(name: string, size: number, seconds: number): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (text: string, at: number): void => block.set(new TextEncoder().encode(text), at);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, "0")}\0`;
  put(name.slice(-100), 0);
  put(octal(0o644, 7), 100);
  put(octal(0, 7), 108);
  put(octal(0, 7), 116);
  put(octal(size, 11), 124);
  put(octal(Math.floor(seconds), 11), 136);
  put(" ".repeat(8), 148);
  put("0", 156);
  put("ustar\x0000", 257);
  put(
    `${octal(
      block.reduce((all, it) => all + it, 0),
      6,
    )} `,
    148,
  );
  return block;
}

/** What follows the bytes of a file. */
export const tarPadding = (size: number): Uint8Array => new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);

/** What ends an archive. */
export const tarEnd = (): Uint8Array => new Uint8Array(2 * BLOCK);
