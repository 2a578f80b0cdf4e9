import type { ExplainedFailure } from "../../../server/src/server/protocol.ts";

/** A change that was made from the page. */
export interface AppliedChange {
  /** The number of the failure, from 0. */
  readonly failure: number;
  readonly setting: string;
  readonly title: string;
  /** The names of the files that it changed. */
  readonly files: readonly string[];
}

/** What else the reader can do with the unit. */
export type FailureTool = "again" | "learn" | "try";

/** What the extension sends to the page. */
export interface ToFailures {
  readonly explained: Omit<ExplainedFailure, "markdown">;
  /** The name of the unit, or of its file where it has none. */
  readonly name: string;
  /** What the page keeps of the view: the address of the unit file, and the lines that tell of the failures. */
  readonly state: { readonly key: string; readonly text: string };
  readonly applied: readonly AppliedChange[];
  readonly tools: readonly FailureTool[];
}

/** What the page sends to the extension. */
export type FromFailures =
  | { readonly kind: "ready" }
  | { readonly kind: "open"; readonly uri: string; readonly line: number }
  | { readonly kind: "tool"; readonly tool: FailureTool }
  | { readonly kind: "apply"; readonly failure: number; readonly setting: string; readonly title: string };
