import type { DirectiveName } from "../catalog/catalog.ts";
import type { Unit } from "../units/unit.ts";
import { listWords } from "../units/words.ts";
import { endsOf, type Network, networksOf } from "../values/ipNetworks.ts";
import { linesToBlame } from "./cause.ts";

const ADDRESS = /(?<![\w.:/-])(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f]*:[\da-f:.]*\]|::1)(?![\w.]*\w)/gi;

/** The addresses in a text that a program may have wanted to reach, in their order and without doubles. */
export function addressesIn(text: string): readonly string[] {
  const words = text.replace(/\/\/|@/g, " ").matchAll(ADDRESS);
  const found = [...words].map((it) => it[0].replace(/^\[|\]$/g, "").toLowerCase());
  return [...new Set(found)].filter((it) => it !== "0.0.0.0" && it !== "::" && networksOf(it) !== undefined);
}

/** Whether an address is of the machine itself. */
export function isLoopback(address: string): boolean {
  return address === "localhost" || address === "::1" || /^127\./.test(address);
}

/** Whether IPAddressDeny= blocks packets to an address, as IPAddressAllow= does not list it. */
export function isStopped(unit: Unit, address: string): boolean {
  return lists(unit, "IPAddressDeny", address) && !lists(unit, "IPAddressAllow", address);
}

function lists(unit: Unit, name: DirectiveName, address: string): boolean {
  const wanted = networksOf(address) ?? [];
  const words = linesToBlame(unit, name).flatMap((it) => listWords(it.text));
  const listed = words.flatMap((it) => networksOf(it) ?? []);
  return wanted.some((it) => listed.some((network) => holds(network, it)));
}

/** Whether a network holds all of another. */
function holds(outer: Network, inner: Network): boolean {
  const [first, last] = endsOf(outer);
  const [from, to] = endsOf(inner);
  return first.length === from.length && compare(first, from) <= 0 && compare(to, last) <= 0;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((it, i) => it !== b[i]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}
