import { type PerVersion, type SystemdVersion, valueIn } from "../facts/version.ts";

/** Follows credential_name_valid(), systemd 257 to 262. */
export function isCredentialName(name: string): boolean {
  return /^(?!\.{1,2}$)[\x20-\x7e]{1,255}$/.test(name) && !/[:/]/.test(name);
}

/** Follows credential_glob_valid(), systemd 257 to 262: a name, or the start of names and one `*`. */
export function isCredentialGlob(glob: string): boolean {
  const start = glob.replace(/\*$/, "");
  return !/[*?[]/.test(start) && ((start === "" && glob !== "") || isCredentialName(start));
}

/** The letters of Base64; later those that it has in web addresses count, too. */
const LETTERS: PerVersion<RegExp> = { 0: /^[A-Za-z0-9+/]*={0,2}$/, 255: /^[A-Za-z0-9+/_-]*={0,2}$/ };

/**
 * Whether a text is Base64, blanks left out. Follows unbase64mem(), systemd 239 to 262: filled up with `=`, without bits
 * that count for nothing.
 */
export function isBase64(text: string, version: SystemdVersion): boolean {
  const packed = text.replace(/[ \t\n\r]+/g, "");
  if (packed.length % 4 !== 0 || !valueIn(LETTERS, version).test(packed)) return false;
  const bits = packed.endsWith("==") ? /[AQgw]==$/ : /[AEIMQUYcgkosw048]=$/;
  return !packed.endsWith("=") || bits.test(packed);
}
