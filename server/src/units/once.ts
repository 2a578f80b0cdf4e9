import { ownText } from "../text/own.ts";

export { memo as once } from "./memo.ts";

/** A pure function whose latest answer is kept for as long as it is asked about the very same things. */
export function latest<A extends readonly unknown[], V>(make: (...args: A) => V): (...args: A) => V {
  let known: { readonly args: A; readonly value: V } | undefined;
  return (...args) => {
    const same = known?.args.length === args.length && args.every((it, i) => it === known?.args[i]);
    if (!known || !same) known = { args, value: make(...args) };
    return known.value;
  };
}

/** Gives the list that it was given last, where it is given an equal one: then what is made of it need not be made again. */
export function steady<T>(): (list: readonly T[]) => readonly T[] {
  let known: readonly T[] = [];
  return (list) => {
    if (list.length !== known.length || list.some((it, i) => it !== known[i])) known = list;
    return known;
  };
}

/** More texts than the lines of any unit that people edit. */
const MANY = 8192;
/** Longer texts are rare and not worth the memory: only the last one is kept. */
const LONG = 512;

/**
 * A pure function of a text whose latest answers are kept: between two keystrokes all lines but one are the same.
 * The answers of two generations are held; where the younger one is full, the older one goes.
 */
export function remembered<V>(make: (text: string) => V): (text: string) => V {
  let young = new Map<string, V>();
  let old = new Map<string, V>();
  let long: { readonly text: string; readonly value: V } | undefined;
  return (text) => {
    if (text.length > LONG) {
      if (long?.text !== text) long = { text, value: make(text) };
      return long.value;
    }
    const found = young.get(text);
    if (found !== undefined || young.has(text)) return found as V;
    const own = ownText(text);
    const value = old.has(own) ? (old.get(own) as V) : make(own);
    if (young.size >= MANY) [old, young] = [young, new Map()];
    young.set(own, value);
    return value;
  };
}
