import { decodeUtf8 } from "../../text/utf8.ts";

const ESCAPED: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, v: 11, f: 12 };

/** The text in which strace escaped bytes, read as UTF-8 without loss. */
export function unescapedBytes(text: string): string {
  if (!/[\\\x80-\xff]/.test(text)) return text;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 92) {
      bytes.push(code & 0xff);
      continue;
    }
    const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4));
    if (octal === null) {
      const next = text[at + 1] ?? "\\";
      bytes.push(ESCAPED[next] ?? next.charCodeAt(0) & 0xff);
      at++;
    } else {
      bytes.push(Number.parseInt(octal[0], 8) & 0xff);
      at += octal[0].length;
    }
  }
  return decodeUtf8(Uint8Array.from(bytes));
}

/** The text of a quoted argument; `undefined` for a pointer, NULL and a text that strace cut off. */
export function quotedText(arg: string | undefined): string | undefined {
  if (arg === undefined || arg.length < 2 || !arg.startsWith('"') || !arg.endsWith('"')) return undefined;
  return unescapedBytes(arg.slice(1, -1));
}

/** What a descriptor leads to, as `/etc/passwd` or `socket:[12]`, with `(deleted)` taken off. */
export function descriptorTarget(arg: string | undefined): string | undefined {
  const open = arg?.indexOf("<") ?? -1;
  if (arg === undefined || open < 0) return undefined;
  const close = arg.lastIndexOf(">");
  return close > open ? unescapedBytes(arg.slice(open + 1, close)) : undefined;
}

/** The names of flags, as `O_RDONLY|O_CLOEXEC`. */
export const flagsOf = (arg: string | undefined): readonly string[] => (arg === undefined ? [] : arg.split("|"));

/** A number in decimal, octal (`0644`) or hexadecimal, and -1 where the argument is none. */
export function numberArg(arg: string | undefined): number {
  if (arg === undefined) return -1;
  if (/^0[0-7]+$/.test(arg)) return Number.parseInt(arg, 8);
  const number = /^(?:-?\d+|0x[0-9a-f]+)$/.test(arg) ? Number(arg) : -1;
  return Number.isSafeInteger(number) ? number : -1;
}

/** Permissions among the bits of a mode, as of `S_IFREG|S_ISUID|0755`; `undefined` where there are none. */
export function modeOf(arg: string | undefined): number | undefined {
  if (arg === undefined) return undefined;
  let mode: number | undefined;
  for (const flag of flagsOf(arg)) {
    const bits = flag === "S_ISUID" ? 0o4000 : flag === "S_ISGID" ? 0o2000 : flag === "S_ISVTX" ? 0o1000 : bitsOf(flag);
    if (bits !== undefined) mode = (mode ?? 0) | bits;
  }
  return mode;
}

function bitsOf(flag: string): number | undefined {
  return /^[0-7]+$/.test(flag) ? Number.parseInt(flag, 8) & 0o7777 : undefined;
}
