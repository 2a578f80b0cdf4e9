/**
 * What was derived from one document, kept from each version of its text to the next.
 *
 * - A keystroke makes new objects for what it touches and shares all others. Whoever derives something from several of them
 *   asks the memory of the unit; the latest answer to each query is kept while its inputs are the very same objects.
 * - Answers are inputs of other queries: a list that no edit touched stays the same list (`reuseEqual`).
 * - What follows from one immutable object, such as a tree, a line or a list, hangs on that object (`memo`) instead.
 * - A memory belongs to one document: no other document evicts its answers, and closing the document ends it.
 * - A unit that is made for one question about the document, such as what fixes would make of it, has the memory `within`
 *   that question, so that the two do not evict each other's answers.
 * - A unit or its tree is no good input: the next version would keep the old one alive, and is never the same.
 *
 * Invariant: an answer depends on its inputs alone, so that forgetting changes what answers cost and never what they are.
 */
export class Memory {
  readonly #answers = new Map<string, Answer>();
  readonly #lists = new Map<string, readonly unknown[]>();
  readonly #parts = new Map<string, Memory>();

  /** What `make` makes of the inputs. The name is that of this query and no other's. */
  query<A extends unknown[], V>(name: string, inputs: readonly [...A], make: (...inputs: NoInfer<A>) => V): V {
    const known = this.#answers.get(name);
    if (known && isEqual(known.inputs, inputs)) {
      known.hits++;
      return known.value as V;
    }
    const value = make(...inputs);
    this.#answers.set(name, { inputs, value, hits: known?.hits ?? 0, misses: (known?.misses ?? 0) + 1 });
    return value;
  }

  /** Gives the list that it was given last under this name where that has the same elements, else the new one. */
  reuseEqual<T>(name: string, list: readonly T[]): readonly T[] {
    const known = this.#lists.get(name);
    if (known && (known === list || isEqual(known, list))) return known as readonly T[];
    this.#lists.set(name, list);
    return list;
  }

  /** Gives a list that is known to be new, or to be the last one, so that it is the one to give for those that are the same. */
  learn<T>(name: string, list: readonly T[]): readonly T[] {
    this.#lists.set(name, list);
    return list;
  }

  /** The memory of a question about this document, which survives its versions as well. */
  within(question: string): Memory {
    const known = this.#parts.get(question) ?? new Memory();
    this.#parts.set(question, known);
    return known;
  }

  /** Drops everything. */
  forget(): void {
    this.#answers.clear();
    this.#lists.clear();
    this.#parts.clear();
  }

  /** How often each query was answered from memory, and how often not; those of questions stand after their name. */
  counts(): ReadonlyMap<string, Counts> {
    const parts = [...this.#parts].flatMap(([question, part]) =>
      [...part.counts()].map(([name, it]) => [`${question}: ${name}`, it] as const),
    );
    return new Map([
      ...[...this.#answers].map(([name, { hits, misses }]) => [name, { hits, misses }] as const),
      ...parts,
    ]);
  }
}

/** How often a query was answered from memory, and how often its answer was made. */
export interface Counts {
  readonly hits: number;
  readonly misses: number;
}

interface Answer {
  readonly inputs: readonly unknown[];
  readonly value: unknown;
  hits: number;
  readonly misses: number;
}

const isEqual = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((it, i) => it === b[i]);
