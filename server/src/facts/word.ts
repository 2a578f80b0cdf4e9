import type { Lifetime } from "./version.ts";

/** A word that systemd or the kernel knows, and what it stands for. */
export interface DescribedWord extends Lifetime {
  readonly text: string;
  /** One sentence or phrase, in Markdown with backquotes. */
  readonly summary: string;
}
