import { lineIndex } from "../../text/lineIndex.ts";
import type { ProgramForm } from "../reading.ts";
import { Masker, type ScriptString } from "./masker.ts";
import { SYNTAXES } from "./scriptSyntaxes.ts";

/** A script without its comments, and with blanks for what stands in strings; offsets stay the same. */
export interface MaskedText {
  readonly code: string;
  /** By their place. */
  readonly strings: readonly ScriptString[];
  /** From 1. */
  lineOf(offset: number): number;
  /** The string that begins at an offset. */
  stringAt(offset: number): ScriptString | undefined;
}

/** Separates code, comments and strings of a script. */
export function maskedText(text: string, form: ProgramForm): MaskedText {
  const masker = new Masker(text, SYNTAXES[form] ?? SYNTAXES.python);
  masker.run();
  const { strings } = masker;
  const lines = lineIndex(text);
  const byStart = new Map(strings.map((it) => [it.start, it]));
  return {
    code: masker.code,
    strings,
    lineOf: (offset) => lines.positionAt(offset).line + 1,
    stringAt: (offset) => byStart.get(offset),
  };
}
