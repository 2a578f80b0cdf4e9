import { utf8Length } from "../text/utf8.ts";

const LONGEST_LABEL = 63;
const LONGEST = 253;

/**
 * Whether a text is a domain name: labels of up to 63 bytes with dots between them, up to 253 bytes in all as systemd writes them.
 * Follows dns_name_is_valid() and, where `strict` allows only letters, digits and dashes, dns_name_is_valid_ldh(), systemd 257 and
 * 262.
 */
export function isDnsName(text: string, strict = false): boolean {
  let rest = text;
  let total = 0;
  for (let first = true; ; first = false) {
    const label = firstLabel(rest, strict);
    if (!label) return false;
    rest = rest.slice(label.length);
    if (label.bytes === 0) return rest === "" && total <= LONGEST;
    total += label.escaped + (first ? 0 : 1);
  }
}

interface Label {
  /** How many characters of the text it takes, with the dot behind it. */
  readonly length: number;
  readonly bytes: number;
  /** How many bytes it has as systemd writes it. */
  readonly escaped: number;
}

/** Follows dns_label_unescape() and dns_label_escape(), systemd 257 and 262. */
function firstLabel(text: string, strict: boolean): Label | undefined {
  let [at, bytes, escaped] = [0, 0, 0];
  while (at < text.length && text.charAt(at) !== ".") {
    const [, whole = "", plain] = (strict ? STRICT : CHARACTER).exec(text.slice(at, at + 4)) ?? [];
    if (whole === "") return undefined;
    if (plain === undefined && Number(whole.slice(1)) > 255) return undefined;
    const length = plain === undefined ? 1 : utf8Length(plain);
    bytes += length;
    escaped += plain !== undefined && /[A-Za-z0-9_-]/.test(plain) ? 1 : /^\\[\\.]/.test(whole) ? 2 : length * 4;
    at += whole.length;
  }
  if (bytes > LONGEST_LABEL) return undefined;
  if (strict && (text.startsWith("-") || text.charAt(at - 1) === "-")) return undefined;
  if (text.charAt(at) === ".") at++;
  return bytes === 0 && at < text.length ? undefined : { length: at, bytes, escaped };
}

/** An escaped dot or backslash, a byte by three digits, or any other character but control characters. */
const CHARACTER = /^(\\[\\.]|\\[0-9]{3}|([^\\\x00-\x1f\x7f]))/u;
const STRICT = /^(([A-Za-z0-9-]))/;

/** Whether a text names the local machine. Follows is_localhost(), systemd 257 to 262. */
export const isLocalhost = (text: string): boolean =>
  /(?:^|\.)localhost\.?$|(?:^|\.)localhost\.localdomain\.?$/i.test(text);

/** Whether a text is a host name. Follows hostname_is_valid() without flags, systemd 257 and 262. */
export function isHostname(text: string): boolean {
  if (text === "" || text.length > 64) return false;
  return text.split(".").every((it) => /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(it));
}
