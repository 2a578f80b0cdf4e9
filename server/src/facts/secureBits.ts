import type { DescribedWord } from "./word.ts";
/** The flags of SecureBits=. Follows secure_bits_to_strv() and its parser, systemd 257, and 262, which has more. */
export const SECURE_BITS: readonly DescribedWord[] = [
  { text: "keep-caps", summary: "Keeps the permitted capabilities when the last user ID 0 is dropped." },
  { text: "no-setuid-fixup", summary: "Changing to or from root does not change the capabilities." },
  { text: "noroot", summary: "Root gets no capabilities by starting a program." },
  { text: "no-cap-ambient-raise", summary: "No capability can be added to the ambient set.", since: 258 },
  { text: "exec-restrict-file", summary: "Interpreters run only files that the process may execute.", since: 258 },
  { text: "exec-deny-interactive", summary: "Interpreters take no commands typed by a user.", since: 258 },
].flatMap((bit) => [
  bit,
  { ...bit, text: `${bit.text}-locked`, summary: `Makes the present state of \`${bit.text}\` final.` },
]);
