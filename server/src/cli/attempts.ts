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

/** What an error says to the reader; of one of the system neither its code nor the call and the path that failed. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^E[A-Z0-9]+: (.*?), \w+(?: '.*)?$/s.exec(message)?.[1] ?? message;
}

/** The same where nothing else names the file of a failed call. */
export function messageWithPath(error: unknown): string {
  const message = messageOf(error);
  if (!(error instanceof Error) || message === error.message) return message;
  return "path" in error && typeof error.path === "string" ? `${error.path}: ${message}` : message;
}
