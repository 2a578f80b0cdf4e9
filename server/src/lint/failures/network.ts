import { addressFamily } from "../../facts/addressFamilies.ts";
import { effective } from "../../security/effective.ts";
import type { Unit } from "../../units/unit.ts";
import { type Cause, cause, LIKELY, linesOf, POSSIBLE, SURE } from "./cause.ts";
import type { Evidence, Message } from "./evidence.ts";
import { addWord, fixes, setTo } from "./fixes.ts";
import { isOfSystemd } from "./places.ts";

/** What keeps a program from the network, or from sockets at all. */
export function* networkCauses(unit: Unit, { messages, text }: Evidence): Iterable<Cause> {
  for (const message of messages) {
    if (isOfSystemd(message)) continue;
    if (message.error === "EAFNOSUPPORT") yield* familyCauses(unit, text);
    if (UNREACHABLE.test(message.text)) yield* unreachable(unit, message);
    if (message.error === "EPERM" && /\bsend|connect|bind|listen|recv/i.test(message.text))
      yield* addresses(unit, message);
    else if (message.error === "EPERM" && /\bsend|connect|\bbind\(/i.test(text)) yield* addresses(unit, message);
  }
}

/** Families in the order in which they are wanted most, with the words that show each. */
const FAMILIES = [
  ["AF_NETLINK", /netlink|getifaddrs|rtnl|interface|udev|ifaddr/i],
  ["AF_PACKET", /packet|pcap|capture|dhcp|arp\b|raw socket/i],
  ["AF_INET6", /inet6|ipv6|\[::|::1/i],
  ["AF_UNIX", /\bunix\b|\.sock\b|d-?bus|syslog|notify|journal/i],
  ["AF_INET", /\binet\b|ipv4|\b\d+\.\d+\.\d+\.\d+\b|\btcp\b|\budp\b/i],
  ["AF_BLUETOOTH", /bluetooth|\bhci/i],
  ["AF_ALG", /\balg\b|crypto/i],
  ["AF_VSOCK", /vsock/i],
  ["AF_CAN", /\bcan\d|can bus/i],
] as const;

function* familyCauses(unit: Unit, text: string): Iterable<Cause> {
  const missing = (name: string): boolean => {
    const { allow, members } = effective(unit).settings.addressFamilies;
    const number = addressFamily(name);
    if (number === undefined) return false;
    return allow ? !(members?.has(number) ?? false) : (members?.has(number) ?? false);
  };
  if (linesOf(unit, "RestrictAddressFamilies").length === 0) return;
  const named = [...text.matchAll(/\bAF_[A-Z0-9]+/g)].map((it) => it[0]).filter(missing);
  const shown = FAMILIES.filter(([name, words]) => words.test(text) && missing(name)).map(([name]) => name);
  const usual = FAMILIES.slice(0, 5)
    .map(([name]) => name)
    .filter(missing);
  const all = [...new Set([...named, ...shown, ...usual])];
  const [first] = all;
  yield cause(
    unit,
    "RestrictAddressFamilies",
    named.length > 0 ? 100 : SURE,
    first === undefined
      ? "RestrictAddressFamilies= refuses the sockets that the program opens"
      : `RestrictAddressFamilies= refuses sockets of ${first}${named.length > 0 ? "" : ", which is the likeliest of those that the program may want"}`,
    all.slice(0, 3).map((it) => addWord(unit, "RestrictAddressFamilies", it)),
  );
}

const UNREACHABLE =
  /network is (?:unreachable|down)|name resolution|name or service not known|no route to host|cannot assign requested address|could not resolve|ENETUNREACH|EAI_|ENOTFOUND|EADDRNOTAVAIL/i;

function* unreachable(unit: Unit, { text }: Message): Iterable<Cause> {
  const { privateNetwork, ipDeny } = effective(unit).settings;
  if (privateNetwork && linesOf(unit, "PrivateNetwork").length > 0)
    yield cause(unit, "PrivateNetwork", SURE, "PrivateNetwork= leaves the unit no network but its own loopback", [
      setTo(unit, "PrivateNetwork", "no"),
    ]);
  if (linesOf(unit, "NetworkNamespacePath").length > 0)
    yield cause(unit, "NetworkNamespacePath", LIKELY, "NetworkNamespacePath= puts the unit into a network of its own");
  if (ipDeny.count > 0 && /resol|not known/i.test(text))
    yield cause(
      unit,
      "IPAddressDeny",
      LIKELY,
      "IPAddressDeny= stops packets to the servers that resolve names, localhost included where it says any",
      [addWord(unit, "IPAddressAllow", "localhost")],
    );
  if (linesOf(unit, "RestrictNetworkInterfaces").length > 0)
    yield cause(
      unit,
      "RestrictNetworkInterfaces",
      POSSIBLE,
      "RestrictNetworkInterfaces= stops packets on other interfaces",
    );
}

/** Lists of addresses and ports answer with EPERM. */
function* addresses(unit: Unit, { text }: Message): Iterable<Cause> {
  const address = /\b(\d{1,3}(?:\.\d{1,3}){3})\b/.exec(text)?.[1];
  const deny = linesOf(unit, "IPAddressDeny").length > 0;
  if (deny && !/\bbind|listen/i.test(text))
    yield cause(
      unit,
      "IPAddressDeny",
      SURE - 10,
      `IPAddressDeny= stops packets to ${address ?? "addresses"} that IPAddressAllow= does not list`,
      fixes(addWord(unit, "IPAddressAllow", address ?? "localhost")),
    );
  if (linesOf(unit, "SocketBindDeny").length > 0 && /\bbind|listen/i.test(text)) {
    const port = /(?::|port |, ?)(\d{1,5})\b/i.exec(text)?.[1];
    yield cause(
      unit,
      "SocketBindDeny",
      SURE,
      `SocketBindDeny= refuses ${port === undefined ? "ports" : `port ${port}`} that SocketBindAllow= does not list`,
      fixes(port === undefined ? undefined : addWord(unit, "SocketBindAllow", port)),
    );
  }
}
