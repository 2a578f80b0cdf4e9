import type { WhatIf } from "../../../server/src/features/sandbox.ts";
import type { SandboxView } from "../../../server/src/server/protocol.ts";

/** What the extension sends to the page. */
export interface ToSandbox {
  readonly view: SandboxView;
}

/** What the page sends to the extension: it wants a world, or goes to a line. */
export type FromSandbox =
  | { readonly kind: "wanted"; readonly whatIf: WhatIf }
  | { readonly kind: "open"; readonly uri: string; readonly line: number };
