/** Bytes of a name that are no UTF-8 stand as half characters, U+DC80 to U+DCFF, which no UTF-8 holds. */
const RAW = /([\udc80-\udcff])/u;

/** A name as text: what is no UTF-8 keeps its bytes, so that `nativePath` leads back to it. */
export function nameOfBytes(bytes: Buffer): string {
  const text = bytes.toString("utf8");
  if (!text.includes("\ufffd") || Buffer.from(text).equals(bytes)) return text;
  return [...bytes].map((it) => String.fromCharCode(it < 0x80 ? it : 0xdc00 + it)).join("");
}

/** Whether a path has names that are no UTF-8. */
export const isRawPath = (path: string): boolean => RAW.test(path);

/** A path as the system takes it. */
export function nativePath(path: string): string | Buffer {
  if (!isRawPath(path)) return path;
  return Buffer.concat(
    path.split(RAW).map((it) => (isRawPath(it) ? Buffer.from([it.charCodeAt(0) - 0xdc00]) : Buffer.from(it))),
  );
}
