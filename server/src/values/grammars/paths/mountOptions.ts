import type { DescribedWord } from "../../../facts/word.ts";
import type { HoverTopic, Piece, Reader } from "../../grammar.ts";
import { part, wordTopic } from "../../piece.ts";

/** Options of a mount with commas between them, of which the kernel judges, not systemd. */
export function readMountOptions(piece: Piece, known: readonly DescribedWord[], into: Reader): void {
  const { cursor } = into;
  if (!piece.exact) {
    into.token(piece.from, piece.to, "word");
    return;
  }
  for (let at = 0; at <= piece.text.length; ) {
    const comma = piece.text.indexOf(",", at);
    const end = comma < 0 ? piece.text.length : comma;
    const option = part(piece, at, end);
    if (cursor === undefined || (option.from <= cursor && cursor <= option.to)) readOption(option, known, into);
    at = end + 1;
  }
}

function readOption(option: Piece, known: readonly DescribedWord[], into: Reader): void {
  into.slot(option.from, option.to, () => known.map((it) => ({ ...it, role: "word" })));
  const equals = option.text.indexOf("=");
  const name = equals < 0 ? option.text : option.text.slice(0, equals + 1);
  const facts = known.find(({ text }) => text === option.text) ?? known.find(({ text }) => text === name);
  const at = part(option, 0, equals < 0 ? option.text.length : equals);
  into.token(at.from, at.to, "word", facts && wordTopic(name, facts.summary));
  if (equals < 0) return;
  const sign = part(option, equals, equals + 1);
  const amount = part(option, equals + 1);
  into.token(sign.from, sign.to, "operator");
  const meaning = meaningOf(name, amount.text);
  into.token(amount.from, amount.to, meaning || /^\d/.test(amount.text) ? "number" : "name", meaning);
}

/** What the value of an option of tmpfs stands for. */
function meaningOf(name: string, text: string): (() => HoverTopic) | undefined {
  if (name === "mode=" && /^[0-7]{1,5}$/.test(text)) return () => ({ kind: "mode", mode: Number.parseInt(text, 8) });
  const [, digits, suffix] = name === "size=" ? (/^(\d{1,15})([kmg]?)$/i.exec(text) ?? []) : [];
  if (digits === undefined) return undefined;
  const bytes = Number(digits) * 1024 ** ["", "k", "m", "g"].indexOf((suffix ?? "").toLowerCase());
  return () => ({ kind: "size", bytes });
}
