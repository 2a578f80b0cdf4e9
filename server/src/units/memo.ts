/** Where an object keeps what was made of it. */
const MEMO = Symbol("memo");

type Memo = Map<unknown, unknown>;

/**
 * A function of one immutable object whose answer is kept as long as the object lives. The answers hang on the object itself,
 * out of sight: those of a WeakMap outlive many short collections, and with them one whole tree for each keystroke.
 */
export function memo<K extends object, V>(make: (key: K) => V): (key: K) => V {
  return (key) => {
    const known = memoOf(key);
    const found = known.get(make) as V | undefined;
    if (found !== undefined || known.has(make)) return found as V;
    const value = make(key);
    known.set(make, value);
    return value;
  };
}

/** The same for a function of an immutable object and one more thing: each answer is kept by that. */
export function memoBy<K extends object, A, V>(make: (key: K, by: A) => V): (key: K, by: A) => V {
  const answersOf = memo((_: K) => new Map<A, V>());
  return (key, by) => {
    const answers = answersOf(key);
    const found = answers.get(by);
    if (found !== undefined || answers.has(by)) return found as V;
    const value = make(key, by);
    answers.set(by, value);
    return value;
  };
}

function memoOf(key: object): Memo {
  const known = (key as { readonly [MEMO]?: Memo })[MEMO];
  if (known) return known;
  const made: Memo = new Map();
  Object.defineProperty(key, MEMO, { value: made });
  return made;
}
