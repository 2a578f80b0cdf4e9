/**
 * The text of a module in plain ASCII, which `main/core.ts` reads the core as: esbuild itself escapes letters in texts, but not
 * those in regular expressions.
 */
export const inPlainLetters = (text: string): string => text.replace(OTHERS, escaped);

const OTHERS = /[^\0-\x7f]/g;

const escaped = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** Whether a text is plain ASCII. */
export const isPlain = (text: string): boolean => text.search(OTHERS) < 0;
