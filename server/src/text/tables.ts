/** A table that is made when it is first read, so that the start of the program does not pay for what it may not need. */
export function lazy<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/**
 * All rows of several tables by their names. It has no prototype, so that V8 keeps a dictionary: with spreading, each name
 * would become a hidden class of its own, which takes a hundred times as long.
 */
export function joinTables<T extends readonly object[]>(...tables: T): Joined<T> {
  return Object.assign(Object.create(null), ...tables) as Joined<T>;
}

type Joined<T extends readonly object[]> = T extends readonly [infer First, ...infer Rest extends readonly object[]]
  ? First & Joined<Rest>
  : object;
