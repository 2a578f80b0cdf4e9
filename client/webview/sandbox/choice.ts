import type { WhatIf } from "../../../server/src/features/sandbox.ts";

/** What the reader chose. */
export interface SandboxChoice {
  readonly whatIf: WhatIf;
  /** Whether all paths are shown. */
  readonly all: boolean;
  /** The directories that are closed. */
  readonly closed: readonly string[];
  /** The path that has the focus. */
  readonly at: string;
}

/** Changes some of it. */
export type Choose = (changed: Partial<SandboxChoice>) => void;
