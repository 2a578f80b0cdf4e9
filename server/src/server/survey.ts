import type { ReferenceContext } from "../features/referenceContext.ts";
import type { UnitContext } from "../findings/rule.ts";
import type { UnitIndex } from "../units/index/unitIndex.ts";
import type { Client } from "./capabilities.ts";
import type { UnitDocuments } from "./documents.ts";
import type { Guard } from "./guard.ts";
import type { Indexing } from "./indexing.ts";
import { pathOfUri, uriOfPath } from "./uris.ts";
import type { SeenUnits } from "./worlds.ts";

/** What a survey is made with. */
export interface SurveySources {
  readonly client: Client;
  readonly units: UnitDocuments;
  readonly guard: Guard;
  readonly indexing: Indexing;
}

/** The units around the open documents. Invariant: nothing is known to be missing before all files were seen once. */
export class Survey {
  readonly #sources: SurveySources;
  /** Called each time that all was seen. */
  readonly #done: () => void;
  #surveyed = false;
  /** How many surveys are on their way. */
  #running = 0;
  #latest: Promise<void> = Promise.resolve();

  constructor(sources: SurveySources, done: () => void) {
    this.#sources = sources;
    this.#done = done;
  }

  /** Looks at what was not seen yet: around a document that was opened, or at the machine once that is allowed. */
  look(opened?: string): void {
    this.#running++;
    this.#latest = this.#survey(opened)
      .catch(this.#sources.guard.complain)
      .finally(() => {
        this.#running--;
      });
  }

  /** The other units around a document for its rules, once all were seen. */
  surroundings(uri: string): UnitContext | undefined {
    const { indexing } = this.#sources;
    if (!this.#surveyed) return undefined;
    return { index: indexing.sayings(), path: pathOfUri(uri), complete: !indexing.partial };
  }

  /** The other units from the point of view of a document, as far as they were seen. */
  seen(uri: string): SeenUnits {
    const context = this.#around(uri);
    return this.#running === 0 && this.#surveyed ? { context } : { context, missing: this.#latest };
  }

  /** The other units from there, once all files were seen that may be, and those that changed were read again. */
  async context(uri: string): Promise<ReferenceContext> {
    await this.#latest;
    if (!this.#surveyed) await this.#sources.indexing.ready();
    await this.#sources.indexing.caughtUp();
    return this.#around(uri);
  }

  /** All units, once they were seen that may be. */
  async all(): Promise<UnitIndex> {
    await this.#latest;
    if (!this.#surveyed) await this.#survey(undefined);
    await this.#sources.indexing.caughtUp();
    return this.#sources.indexing.sayings();
  }

  /** What is open keeps the address that the client gave it: clients differ in what they escape. */
  #around(uri: string): ReferenceContext {
    const { indexing, units } = this.#sources;
    return {
      index: indexing.current(),
      path: pathOfUri(uri),
      uriOf: (path) => units.openAt(path)?.uri ?? uriOfPath(path),
    };
  }

  async #survey(opened: string | undefined): Promise<void> {
    const { client, indexing } = this.#sources;
    if (opened !== undefined) indexing.opened(opened, !client.watchedFiles);
    await indexing.ready();
    this.#surveyed = true;
    this.#done();
  }
}
