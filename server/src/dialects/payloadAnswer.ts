import type { QuadletSpan } from "../service/containers/podmanOptions.ts";

/** How well a container is confined in one respect; `unknown` where its image or the host decides. */
export type PayloadVerdict = "good" | "weak" | "bad" | "unknown";

/** One question about the program in a container, with its answer. */
export interface PayloadAnswer {
  /** Short and stable, such as `user-namespace`. */
  readonly id: string;
  readonly question: string;
  readonly verdict: PayloadVerdict;
  /** A few words or a sentence without a full stop. */
  readonly answer: string;
  /** The lines that say so; none where podman's default does. */
  readonly because: readonly QuadletSpan[];
  /** The keys of [Container] that change it, the most useful first. */
  readonly keys: readonly string[];
}
