import { directivesIn } from "../catalog/catalog.ts";
import { NEWEST_VERSION } from "../facts/version.ts";
import { describeEntry, type ManualSource } from "../features/manual.ts";
import type { UserSettings } from "./settings.ts";

/** How long one of the first requests of a session may wait for it, in milliseconds. */
export const LONGEST_WAIT = 1000;
/** After so long no request waits any more, as where its folder does not answer. */
const GIVE_UP = 10 * LONGEST_WAIT;

/** Finds the pages that the settings ask for; undefined where there are none. */
export type LoadManual = (
  source: UserSettings["manual"]["source"],
  reader: ManualReader,
) => Promise<Loaded | undefined>;

type Loaded = Omit<ManualSource, "views">;

/** For whom pages are read. */
interface ManualReader {
  /** Whether the client is one of ours, which can be asked for more than LSP has. */
  readonly views: () => boolean;
  /** Takes one line for each page that is skipped. */
  readonly log: (line: string) => void;
}

/** The manual of a connection, read once and not before it is wanted. */
export interface Manuals {
  /** What is there at once. */
  readonly pages: ManualSource | undefined;
  /** Settles once it is read or nowhere to be found; undefined where it is, and where requests waited for it long enough. */
  readonly coming: Promise<unknown> | undefined;
  /** Reads it, if that was not begun yet. It never fails. */
  load(): Promise<ManualSource | undefined>;
  /** Lets no request wait any more, as at the end of the connection. */
  giveUp(): void;
}

/** Makes the manual of a connection; `source` may say something else at the next call. */
export function manualsOf(
  load: LoadManual,
  source: () => UserSettings["manual"]["source"],
  reader: ManualReader,
): Manuals {
  const loading = new Map<string, Promise<ManualSource | undefined>>();
  const finished = new Set<string>();
  // Until the settings are known nobody knows which one is wanted.
  let begun: (first: Promise<unknown>) => void = () => undefined;
  const first = new Promise<unknown>((resolve) => {
    begun = resolve;
  });
  let waitedSince: number | undefined;
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  const loaded = new Map<string, ManualSource>();
  const begin = async (wanted: UserSettings["manual"]["source"]): Promise<ManualSource | undefined> => {
    const found = await load(wanted, reader).catch((error: unknown) => reader.log(String(error)));
    if (!found) return undefined;
    const pages = { ...found, views: reader.views() };
    loaded.set(wanted, pages);
    readAhead(pages);
    return pages;
  };
  return {
    get pages() {
      return loaded.get(source());
    },
    get coming() {
      if (finished.has(source())) return undefined;
      waitedSince ??= performance.now();
      return performance.now() - waitedSince < GIVE_UP
        ? Promise.race([loading.get(source()) ?? first, over])
        : undefined;
    },
    load() {
      const wanted = source();
      const promise = loading.get(wanted) ?? begin(wanted).finally(() => finished.add(wanted));
      loading.set(wanted, promise);
      begun(promise);
      return promise;
    },
    giveUp() {
      waitedSince = Number.NEGATIVE_INFINITY;
      end();
    },
  };
}

/** How long a request may have to wait for the reading ahead, and how long that waits for requests, in milliseconds. */
const SLICE = 2;
const PAUSE = 4;

/**
 * Reads a little at a time what takes longest for the first hover: the pages that units ask for. Of each only one entry, as
 * those of all directives would have the memory for young objects grow, which V8 hardly gives back.
 */
function readAhead(pages: ManualSource): void {
  const rows = (["Service", "Unit", "Install"] as const).flatMap((it) => directivesIn(it, NEWEST_VERSION));
  const firsts = new Map(rows.map((it) => [it.page, it])).values();
  const readOn = (): void => {
    const end = performance.now() + SLICE;
    for (const row of firsts) {
      describeEntry(pages, row);
      if (performance.now() < end) continue;
      setTimeout(readOn, PAUSE);
      return;
    }
  };
  setTimeout(readOn, PAUSE);
}
