import type { Daemon } from "./daemon.ts";
import { confined, type HardenedUnit, harden } from "./hardened.ts";
import { withLayer } from "./layer.ts";
import { type Outcome, type Patience, tryDaemon } from "./trial.ts";

/** The profiles that are tried, weakest first. */
export const TRIED = ["basic", "strict", "isolated"] as const;

/** How a daemon does with a profile. */
export interface ProfileReport {
  readonly profile: (typeof TRIED)[number];
  readonly exposure: string;
  readonly lines: readonly string[];
  /** The unit with them. */
  readonly text: string;
  readonly outcome: Outcome;
  /** The line that breaks it, where it is broken: with it it fails, with those before it it works. */
  readonly broken?: { readonly line: string; readonly outcome: Outcome; readonly alone: boolean };
}

/** All that was seen of a daemon. */
export interface Report {
  readonly daemon: Daemon;
  readonly shipped?: {
    readonly exposure: string;
    readonly outcome: Outcome;
    readonly path: string;
    readonly dropIns: readonly string[];
  };
  readonly profiles: readonly ProfileReport[];
  /** How it does in an empty root, where one is offered. */
  readonly confined?: Outcome;
  /** Why it could not be tried. */
  readonly error?: string;
}

const PATIENT: Patience = { start: 90, answer: 25 };

/** Installs a daemon, and tries it as shipped, with each profile and in an empty root. */
export async function examine(daemon: Daemon, bisecting: boolean): Promise<Report> {
  try {
    return await withLayer(daemon, async (root) => {
      const { files, ...outcome } = await tryDaemon(daemon, root, PATIENT);
      const { path, dropIns } = files;
      const shipped = { exposure: harden(files, "off").exposure, outcome, path, dropIns };
      const profiles: ProfileReport[] = [];
      if (!outcome.works) return { daemon, shipped, profiles };
      const patience = { start: 20 + 4 * outcome.seconds.start, answer: 10 + 3 * outcome.seconds.answer };
      // A profile that adds nothing to the one before it need not be tried again.
      const seen = new Map<string, Outcome>([[files.text, outcome]]);
      for (const profile of TRIED) {
        const hardened = harden(files, profile);
        const tried = seen.get(hardened.text) ?? (await tryDaemon(daemon, root, patience, hardened.text));
        seen.set(hardened.text, tried);
        const broken = tried.works || !bisecting ? undefined : await bisect(daemon, root, patience, hardened);
        profiles.push({
          profile,
          exposure: hardened.exposure,
          lines: hardened.lines,
          text: hardened.text,
          outcome: tried,
          ...(broken ? { broken } : {}),
        });
      }
      const text = confined(files);
      if (text === undefined) return { daemon, shipped, profiles };
      return { daemon, shipped, profiles, confined: await tryDaemon(daemon, root, patience, text) };
    });
  } catch (error) {
    return { daemon, profiles: [], error: error instanceof Error ? error.message : String(error) };
  }
}

/** Finds the first line that breaks a daemon, halving the lines, and whether it does so without the others. */
async function bisect(
  daemon: Daemon,
  root: string,
  patience: Patience,
  hardened: HardenedUnit,
): Promise<NonNullable<ProfileReport["broken"]> | undefined> {
  const { lines, only } = hardened;
  const attempt = (some: readonly string[]) => tryDaemon(daemon, root, patience, only(new Set(some)));
  let works = 0;
  let fails = lines.length;
  let last: Outcome | undefined;
  while (fails - works > 1) {
    const middle = (works + fails) >> 1;
    const outcome = await attempt(lines.slice(0, middle));
    if (outcome.works) works = middle;
    else {
      fails = middle;
      last = outcome;
    }
  }
  const line = lines[fails - 1];
  if (line === undefined) return undefined;
  const alone = await attempt([line]);
  return { line, outcome: alone.works ? (last ?? alone) : alone, alone: !alone.works };
}
