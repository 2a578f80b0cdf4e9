import { addressFamily } from "../facts/addressFamilies.ts";
import { effective } from "../security/effective.ts";
import type { Unit } from "../units/unit.ts";
import { type CausingSetting, cause, LIKELY, linesToBlame, SURE } from "./cause.ts";
import type { Message } from "./evidence.ts";
import { addWord } from "./fixes.ts";

/** Families in the order in which they are wanted most, with the words that show each. */
const FAMILIES = [
  ["AF_NETLINK", /netlink|getifaddrs|rtnl|interface|udev|ifaddr/i],
  ["AF_UNIX", /\bunix\b|\.sock\b|\/dev\/log\b|d-?bus|syslog|notify|journal/i],
  ["AF_INET6", /inet6|ipv6|\[::|::1/i],
  ["AF_INET", /\binet\b|ipv4|\b\d+\.\d+\.\d+\.\d+\b|\btcp\b|\budp\b/i],
  ["AF_PACKET", /packet|pcap|capture|dhcp|arp\b|raw socket/i],
  ["AF_BLUETOOTH", /bluetooth|\bhci/i],
  ["AF_ALG", /\balg\b|crypto/i],
  ["AF_VSOCK", /vsock/i],
  ["AF_CAN", /\bcan\d|can bus/i],
] as const;

/** The families that programs want which say nothing of it. */
const USUAL = FAMILIES.slice(0, 5).map(([name]) => name);

/** What refuses a socket of a family; `text` is what else was said. */
export function* familyCauses(unit: Unit, message: Message, text: string): Iterable<CausingSetting> {
  if (linesToBlame(unit, "RestrictAddressFamilies").length === 0) return;
  const missing = (name: string): boolean => isRefused(unit, name);
  const shownBy = (words: string): string[] =>
    FAMILIES.filter(([name, pattern]) => pattern.test(words) && missing(name)).map(([name]) => name);
  const named = [...text.matchAll(/\bAF_[A-Z0-9]+/g)].map((it) => it[0]).filter(missing);
  const fromMessage = shownBy(message.text);
  const usual = USUAL.filter(missing);
  const all = [...new Set([...named, ...fromMessage, ...shownBy(text), ...usual])];
  const [first] = all;
  // Of several that would all say the same, none is sure.
  const alone = named.length === 0 && fromMessage.length === 0 && all.length > 1;
  yield cause(
    unit,
    "RestrictAddressFamilies",
    named.length > 0 ? 100 : first === undefined || alone ? LIKELY + 10 : SURE,
    first === undefined
      ? "RestrictAddressFamilies= denies the sockets that the program opens"
      : alone
        ? `RestrictAddressFamilies= denies sockets of ${listed(all.slice(0, 3))}, none of which the message names`
        : `RestrictAddressFamilies= denies sockets of ${first}`,
    all.slice(0, 3).map((it) => addWord(unit, "RestrictAddressFamilies", it)),
  );
}

/** Whether RestrictAddressFamilies= refuses a family. */
export function isRefused(unit: Unit, name: string): boolean {
  const { allow, members } = effective(unit).settings.addressFamilies;
  const number = addressFamily(name);
  if (number === undefined) return false;
  return allow ? !(members?.has(number) ?? false) : (members?.has(number) ?? false);
}

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
