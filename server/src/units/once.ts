/** A function of an object whose answer is kept as long as the object lives. */
export function once<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return (key) => {
    const found = known.get(key);
    if (found) return found.value;
    const value = make(key);
    known.set(key, { value });
    return value;
  };
}

/** More texts than the lines of any unit that people edit. */
const MANY = 8192;
/** Longer texts are rare and not worth the memory. */
const LONG = 512;

/**
 * A pure function of a text whose latest answers are kept: between two keystrokes all lines but one are the same.
 * The answers of two generations are held; where the younger one is full, the older one goes.
 */
export function remembered<V>(make: (text: string) => V): (text: string) => V {
  let young = new Map<string, V>();
  let old = new Map<string, V>();
  return (text) => {
    if (text.length > LONG) return make(text);
    const found = young.get(text);
    if (found !== undefined) return found;
    // A slice would keep the whole file that it was cut from.
    const own = ` ${text}`.slice(1);
    const value = old.get(own) ?? make(own);
    if (young.size >= MANY) [old, young] = [young, new Map()];
    young.set(own, value);
    return value;
  };
}
