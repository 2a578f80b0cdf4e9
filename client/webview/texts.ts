/** The texts of the reader's language that the extension has put into the page; none where it speaks English. */
const TEXTS: Readonly<Record<string, string>> = JSON.parse(document.body.dataset.texts ?? "{}");

/** A text in the reader's language, with what replaces `{0}`, `{1}` and so on. */
export function t(message: string, ...args: readonly (string | number)[]): string {
  return (TEXTS[message] ?? message).replace(/\{(\d+)\}/g, (whole, at: string) => String(args[Number(at)] ?? whole));
}
