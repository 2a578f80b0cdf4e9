import { SMBIOS_FIELDS } from "../../../facts/conditions.ts";
import { splitWords } from "../../../syntax/words.ts";
import type { Piece, Reader } from "../../grammar.ts";
import { part, wordTopic } from "../../piece.ts";
import { noValue, unknown } from "../../wording.ts";
import { comparison, trimmed } from "./comparison.ts";
import { type ConditionCheck, renamed, type Verdict, verdict, word } from "./conditionCheck.ts";

const KINDS = [
  { text: "uefi", summary: "The machine was booted with UEFI." },
  { text: "device-tree", summary: "The machine has a device tree." },
];

const CALLS = [
  { text: "device-tree-compatible()", summary: "The device tree lists this name as compatible." },
  { text: "smbios-field()", summary: "An SMBIOS field matches a comparison." },
];

/** Follows condition_test_firmware(), systemd 257 to 262. */
export const FIRMWARE: ConditionCheck = {
  form: "`uefi`, `device-tree`, `device-tree-compatible(…)` or `smbios-field(…)`",
  read(piece, into) {
    const { text } = piece;
    const open = text.indexOf("(");
    const name = part(piece, 0, open < 0 ? text.length : open);
    into.slot(piece.from, piece.to, () => CALLS.map((it) => ({ ...it, role: "word" })));
    if (open < 0)
      return word(piece, into, KINDS)
        ? undefined
        : verdict(piece, unknown(piece, "firmware"), "never", renamed(piece, KINDS));
    const call = CALLS.find((it) => it.text === `${name.text}()`);
    if (!call) return verdict(piece, unknown(piece, "firmware"), "never");
    const smbios = name.text === "smbios-field";
    if (!text.endsWith(")")) return verdict(piece, "needs a ) at the end", smbios ? "fails" : "never");
    const inner = part(piece, open + 1, text.length - 1);
    if (piece.exact) into.token(name.from, name.to, "word", wordTopic(name.text, call.summary));
    if (smbios) return smbiosField(inner, into);
    if (piece.exact) into.token(inner.from, inner.to, "text");
    return undefined;
  },
};

/** Follows condition_test_firmware_smbios_field(), systemd 257 to 262. */
function smbiosField(piece: Piece, into: Reader): Verdict | undefined {
  const [name = ""] = /^[^!<=>$]*/.exec(piece.text) ?? [];
  const field = part(piece, 0, name.trimEnd().length);
  if (!word(field, into, SMBIOS_FIELDS, "variable") && piece.exact) into.token(field.from, field.to, "variable");
  const { operator, behind } = comparison(part(piece, name.length), into, true);
  const { words, error } = splitWords(behind.text, "quotes");
  if (operator === "" || name.trim() === "" || name.includes("/") || error || words.length !== 1)
    return verdict(piece, noValue(piece, "a field, an operator and one value in smbios-field()"), "fails");
  const value = trimmed(behind);
  if (piece.exact) into.token(value.from, value.to, "text");
  return undefined;
}
