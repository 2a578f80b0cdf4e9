import type { AssignedLine, Assignment } from "../syntax/tree.ts";
import { type DirectiveLists, linesIn } from "./byDirective.ts";
import type { Memory } from "./memory.ts";

interface Answered<U> {
  readonly question: (version: U) => unknown;
  readonly answer: unknown;
}

/**
 * What was asked of a unit that stands for many versions of a document, and the version that answers now.
 *
 * Invariant: all questions so far have the very same answers in that version, so that whatever was derived from them holds.
 */
export class VersionedAnswers<U> {
  readonly #answers = new Map<unknown, Answered<U>>();
  #version: U;
  readonly #isOfSameForm: (a: U, b: U) => boolean;
  /** How often another version was no different. */
  turns = 0;
  /** Whether somebody wanted to know all that stands in the text. */
  #wantsAll = false;
  /** The unit that it is for: what is made of that with something else in it is another one. */
  unit: U | undefined;

  /** `isOfSameForm` says whether two versions differ in nothing but what is asked for. */
  constructor(version: U, isOfSameForm: (a: U, b: U) => boolean) {
    this.#version = version;
    this.#isOfSameForm = isOfSameForm;
  }

  /** The version that answers. */
  get version(): U {
    return this.#version;
  }

  /** The answer to a question, known by a key that it does not share with another one. */
  ask<V>(key: unknown, question: (version: U) => V): V {
    const known = this.#answers.get(key);
    if (known) return known.answer as V;
    const answer = question(this.#version);
    this.#answers.set(key, { question, answer });
    return answer;
  }

  /** The version, for those who may look at anything in it: an edit of anything then makes a difference. */
  all(): U {
    this.#wantsAll = true;
    return this.#version;
  }

  /** Has another version answer, if that makes no difference for what was asked. */
  turnTo(version: U): boolean {
    if (version === this.#version) return true;
    if (this.#wantsAll || !this.#isOfSameForm(this.#version, version)) return false;
    for (const { question, answer } of this.#answers.values()) if (question(version) !== answer) return false;
    this.#version = version;
    this.turns++;
    return true;
  }
}

/** The directives of a unit that stands for many versions, which all have the same names: whose lines are asked for counts. */
export class LastingLists<U extends { readonly memory: Memory }, S extends string> implements DirectiveLists {
  readonly #versions: VersionedAnswers<U>;
  readonly #section: S;
  readonly #listsOf: (version: U, section: S) => DirectiveLists;

  constructor(versions: VersionedAnswers<U>, section: S, listsOf: (version: U, section: S) => DirectiveLists) {
    this.#versions = versions;
    this.#section = section;
    this.#listsOf = listsOf;
  }

  get #lists(): DirectiveLists {
    return this.#listsOf(this.#versions.version, this.#section);
  }

  get size(): number {
    return this.#lists.size;
  }

  has(name: string): boolean {
    return this.#lists.has(name);
  }

  keys(): MapIterator<string> {
    return this.#lists.keys();
  }

  get(name: string): readonly Assignment[] | undefined {
    const list = this.#lists.get(name);
    if (list) this.lines(name);
    return list;
  }

  /** Those of a directive, the very same ones in all versions. */
  lines(name: string): readonly AssignedLine[] {
    const section = this.#section;
    const listsOf = this.#listsOf;
    return this.#versions.ask(`${section} ${name}`, (it) => linesIn(listsOf(it, section), name, it.memory));
  }

  *values(): MapIterator<readonly Assignment[]> {
    for (const [, list] of this) yield list;
  }

  *[Symbol.iterator](): MapIterator<[string, readonly Assignment[]]> {
    for (const name of this.keys()) yield [name, this.get(name) ?? NONE];
  }
}

const NONE: readonly Assignment[] = [];
