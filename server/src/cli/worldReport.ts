import type { Sandbox } from "../features/sandbox.ts";

/** The world of the service in one file. */
export interface WorldReport {
  readonly path: string;
  readonly sandbox: Sandbox;
  /** The files that its lines stand in: the unit file, then its drop-ins. */
  readonly files: readonly string[];
}
