import type { Replacement, TokenRole, Wording } from "../grammar.ts";

/** A part of an event with a meaning of its own; offsets count in the event. */
export interface Part {
  readonly from: number;
  readonly to: number;
  readonly role: Extract<TokenRole, "word" | "number" | "operator">;
}

/** What makes a text no calendar event; offsets count in the text. */
export interface Mistake extends Wording {
  readonly from: number;
  readonly to: number;
  readonly fixes?: readonly Replacement[];
}

/** A text while it is read from the left. */
export interface Scan {
  readonly text: string;
  at: number;
  readonly parts: Part[];
  /** The first mistake: nothing is read after it. */
  mistake?: Mistake;
}

/** The character at the place that is read, empty at the end. */
export const peek = (scan: Scan, ahead = 0): string => scan.text.charAt(scan.at + ahead);

/** Takes characters as a part. */
export function take(scan: Scan, length: number, role: Part["role"]): void {
  scan.parts.push({ from: scan.at, to: scan.at + length, role });
  scan.at += length;
}

/** Takes what a sticky expression matches, undefined where it does not match. */
export function takeMatch(scan: Scan, sticky: RegExp, role: Part["role"]): string | undefined {
  sticky.lastIndex = scan.at;
  const found = sticky.exec(scan.text)?.[0];
  if (found) take(scan, found.length, role);
  return found;
}

export function skipSpaces(scan: Scan): void {
  while (peek(scan) === " ") scan.at++;
}

/** Ends the reading. */
export function fail(scan: Scan, mistake: Mistake): undefined {
  scan.mistake ??= mistake;
  return undefined;
}

/** The word at the place that is read, or the character there if it begins none; of the end, the last character. */
export function stretch({ text, at }: Scan): { from: number; to: number; found: string } {
  if (at >= text.length) return { from: Math.max(0, text.length - 1), to: text.length, found: "" };
  const sticky = /[^\s,:~./-]+|./sy;
  sticky.lastIndex = at;
  const found = sticky.exec(text)?.[0] ?? "";
  return { from: at, to: at + found.length, found };
}
