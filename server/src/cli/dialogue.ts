import type { Ending } from "./outcome.ts";
import type { Unwritten } from "./writes.ts";

/** Somebody who answers questions. */
export interface Asker {
  /** Asks for one key; "" for Enter, undefined where nobody answers any more. */
  key(question: string, keys: string): Promise<string | undefined>;
  /** Asks for a line; undefined where nobody answers any more. */
  line(question: string): Promise<string | undefined>;
  say(text: string): void;
}

/** Work that depends on what somebody answers, who sits at a terminal. */
export interface Dialogue {
  readonly talk: (asker: Asker) => Promise<Ending | Unwritten>;
}

/** Whether a command has questions first. */
export const isDialogue = (it: object): it is Dialogue => "talk" in it;

/** Why nothing is asked. */
export const NOBODY_ASKED =
  "--ask asks on a terminal, and there is none: write what the service needs as comments such as # unit-warden: no homes";
