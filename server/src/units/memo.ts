/** Where an object keeps what was made of it. */
const MEMO = Symbol("memo");

/**
 * The answers about an object: functions, each with its answer after it, behind a map with those that no longer fit. Most objects
 * have one or two, for which a map would take ten times the memory.
 */
type Memo = [many: Map<unknown, unknown> | undefined, ...few: unknown[]];

/** So many are looked through. */
const FEW = 8;

/** What is no answer. */
const NOTHING = Symbol("nothing");

/**
 * A function of one immutable object whose answer is kept as long as the object lives. The answers hang on the object itself,
 * out of sight: those of a WeakMap outlive many short collections, and with them one whole tree for each keystroke.
 */
export function memo<K extends object, V>(make: (key: K) => V): (key: K) => V {
  return (key) => {
    const known = (key as Remembering)[MEMO];
    const found = known ? answerIn(known, make) : NOTHING;
    if (found !== NOTHING) return found as V;
    const value = make(key);
    keep(key, make, value);
    return value;
  };
}

/** The same for a function of an immutable object and one more thing: each answer is kept by that, among those of the function. */
export function memoBy<K extends object, A, V>(make: (key: K, by: A) => V): (key: K, by: A) => V {
  const answersOf = (key: K): Memo | undefined => {
    const known = (key as Remembering)[MEMO];
    const found = known ? answerIn(known, make) : NOTHING;
    return found === NOTHING ? undefined : (found as Memo);
  };
  return (key, by) => {
    const answers = answersOf(key);
    const found = answers ? answerIn(answers, by) : NOTHING;
    if (found !== NOTHING) return found as V;
    const value = make(key, by);
    // Others may have come while it was made.
    const now = answersOf(key);
    if (now) add(now, by, value);
    else keep(key, make, [undefined, by, value] satisfies Memo);
    return value;
  };
}

interface Remembering {
  readonly [MEMO]?: Memo;
}

function answerIn(memo: Memo, question: unknown): unknown {
  for (let i = 1; i < memo.length; i += 2) if (memo[i] === question) return memo[i + 1];
  const many = memo[0];
  return many?.has(question) ? many.get(question) : NOTHING;
}

function keep(key: object, make: unknown, value: unknown): void {
  const known = (key as Remembering)[MEMO];
  if (!known) {
    HIDDEN.value = [undefined, make, value] satisfies Memo;
    Object.defineProperty(key, MEMO, HIDDEN);
    HIDDEN.value = undefined;
  } else add(known, make, value);
}

function add(known: Memo, question: unknown, value: unknown): void {
  if (known.length < 2 * FEW) known.push(question, value);
  else {
    known[0] ??= new Map();
    known[0].set(question, value);
  }
}

/** One for all, as a new one for each object costs as much as the rest. */
const HIDDEN: PropertyDescriptor = { value: undefined };
