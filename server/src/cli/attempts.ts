/** What work makes of each path, but for undefined; where it throws, that is a problem and the rest is done. */
export function attemptEach<T extends string | { readonly path: string }, R>(
  items: readonly T[],
  problems: string[],
  work: (item: T) => R | undefined,
  progress?: (done: number, total: number) => void,
): R[] {
  const made: R[] = [];
  for (const [i, item] of items.entries()) {
    try {
      const result = work(item);
      if (result !== undefined) made.push(result);
    } catch (error) {
      problems.push(`${typeof item === "string" ? item : item.path}: ${messageOf(error)}`);
    }
    progress?.(i + 1, items.length);
  }
  return made;
}

/** What an error says to the reader. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
