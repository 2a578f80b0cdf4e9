import fc from "fast-check";
import type { Json } from "../../test/kit/shrunk.ts";

/** One property that must hold for every input, and what makes such inputs. */
export interface FuzzParts<Input extends Json> {
  /** The word after `--only`; one target has it. */
  readonly name: string;
  /** Makes inputs; the same seed makes the same ones. JSON holds them, so that what was found can be kept. */
  readonly input: fc.Arbitrary<Input>;
  /** Throws an error whose message says in a sentence what is wrong. */
  readonly run: (input: Input) => void | Promise<void>;
  /** Why it cannot run on this machine; undefined where it can. */
  readonly missing?: () => string | undefined;
  /** Ends what `run` started and kept, such as a server. */
  readonly end?: () => void | Promise<void>;
}

/** An input for which a property does not hold, made as small as the time allowed. */
export interface Found {
  readonly target: string;
  /** The seed that finds it at once. */
  readonly seed: number;
  readonly message: string;
  readonly input: Json;
}

/** A property that can be searched for inputs that break it. */
export interface FuzzTarget extends Pick<FuzzParts<Json>, "name" | "missing" | "end"> {
  /** Tries inputs for some seconds, until one breaks the property; `seed` and the numbers after it are the seeds of rounds. */
  readonly search: (
    seed: number,
    seconds: number,
    /** Called before each run, and without one after it. */
    watch?: (run?: Omit<Found, "message">) => void,
  ) => Promise<{ readonly runs: number; readonly found?: Found }>;
  /** Tries one input again; throws where it still breaks the property. */
  readonly replay: (input: Json) => Promise<void>;
}

/** How many inputs a seed stands for: few, so that a found one is soon reached again. */
const RUNS_OF_A_SEED = 20;
/** How long a failing input is made smaller. */
const SHRINKING_SECONDS = 60;

/** Makes a target of its parts. */
export function fuzzTarget<Input extends Json>(parts: FuzzParts<Input>): FuzzTarget {
  const { name, input, run } = parts;
  return {
    ...parts,
    replay: async (kept) => run(kept as Input),
    async search(first, seconds, watch = () => undefined) {
      const end = Date.now() + seconds * 1000;
      let runs = 0;
      for (let seed = first; Date.now() < end; seed++) {
        let broken = false;
        let until = end;
        const property = fc.asyncProperty(input, async (it) => {
          if (Date.now() > until) return;
          if (!broken) runs++;
          watch({ target: name, seed, input: it });
          try {
            await run(it);
          } catch (error) {
            if (!broken) until = Date.now() + SHRINKING_SECONDS * 1000;
            broken = true;
            throw error;
          } finally {
            watch();
          }
        });
        const { failed, counterexample, errorInstance } = await fc.check(property, { seed, numRuns: RUNS_OF_A_SEED });
        const [smallest] = failed ? (counterexample ?? []) : [];
        if (smallest !== undefined)
          return { runs, found: { target: name, seed, message: messageOf(errorInstance), input: smallest } };
      }
      return { runs };
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
