import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** How much of the room for young objects may be taken when a server comes to rest; what a key makes fits into the others. */
const MOST_TAKEN = 0.5;

/** Less is not worth it, in bytes: that much is collected in a moment, as in the small room of the start. */
const LEAST = 3 * 1024 * 1024;

/**
 * Collects young objects between two keys instead of within one, where somebody waits for the answer: to be called whenever
 * something was sent. It collects no more often than V8 by itself would with some less room.
 */
export function collectAtRest(collect = minorCollection(), youngSpace = spaceOfV8): () => void {
  let isResting = false;
  const rest = (): void => {
    isResting = false;
    const { taken, room } = youngSpace();
    if (taken > LEAST && taken > room * MOST_TAKEN) collect();
  };
  return () => {
    if (isResting) return;
    isResting = true;
    // At once, so that the next key does not meet it; what is due already, such as the findings after an answer, comes before.
    setImmediate(rest);
  };
}

/** How much there is for young objects, in bytes. */
interface YoungSpace {
  readonly taken: number;
  readonly room: number;
}

/** V8 has the room twice, and fills one half. */
function spaceOfV8(): YoungSpace {
  const young = getHeapSpaceStatistics().find((it) => it.space_name === "new_space");
  return { taken: young?.space_used_size ?? 0, room: (young?.space_size ?? 0) / 2 };
}

/** What V8 gives to new contexts while it is asked to; nothing in a build without it. */
function minorCollection(): () => void {
  let gc: unknown;
  return () => {
    if (gc === undefined) {
      setFlagsFromString("--expose-gc");
      gc = runInNewContext("globalThis.gc") ?? null;
      setFlagsFromString("--no-expose-gc");
    }
    if (typeof gc === "function") gc({ type: "minor", execution: "sync" });
  };
}
