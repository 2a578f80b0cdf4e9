/** The bytes of a text that `decodeUtf8` read: its lone surrogates U+DC80 to U+DCFF are single bytes again. */
export function bytesOf(text: string): Uint8Array {
  return Buffer.concat(
    [...text].map((char) => {
      const code = char.codePointAt(0) ?? 0;
      return code >= 0xdc80 && code <= 0xdcff ? Buffer.of(code - 0xdc00) : Buffer.from(char);
    }),
  );
}
