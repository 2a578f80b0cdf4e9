import type { DirectiveName } from "../catalog/catalog.ts";

/** What a status, a signal or a result means. */
export interface Meaning {
  /** What systemd or the kernel does there, in sentences. */
  readonly does: string;
  /** The settings that lead there, the usual ones first. */
  readonly settings: readonly DirectiveName[];
  /** How to find the one that did, in sentences. */
  readonly find: string;
}

export function meaning(does: string, settings: string, find: string): Meaning {
  return { does, settings: settings.split(" ").filter((it) => it !== "") as DirectiveName[], find };
}
