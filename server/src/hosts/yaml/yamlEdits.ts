import type { TextEdit } from "../../text/span.ts";
import type { HostedText } from "../hostedText.ts";
import type { HostedFile, HostedUnit } from "../hostedUnit.ts";
import { rawEdits } from "../rawEdits.ts";
import { type YamlStyle, yamlWritten } from "./scalars.ts";

/** Edits of the text of a unit as edits of the lines that it stands in, or between its quotes; of other texts there are none. */
export function yamlEdits(
  file: HostedFile,
  unit: HostedUnit,
  own: HostedText,
  edits: readonly TextEdit[],
): readonly TextEdit[] | undefined {
  if (styleOf(file, unit) === "whole") return undefined;
  return rawEdits(file.text, own, edits, (it) => yamlText(file, unit, it));
}

/** Whether a unit stands there in a way that can be changed piece by piece. */
export const isYamlWritable = (file: HostedFile, unit: HostedUnit): boolean => styleOf(file, unit) !== "whole";

/** A text as it stands in that of a unit. */
export const yamlText = (file: HostedFile, unit: HostedUnit, text: string): string =>
  yamlWritten(text, styleOf(file, unit), file.text.includes("\r\n") ? "\r\n" : "\n") ?? text;

/** How a unit is written, which its parts show: lines stand there as they are, and between quotes their ends do not. */
function styleOf({ text }: HostedFile, { raw = [], extent }: HostedUnit): YamlStyle {
  if (!raw.some((it) => it.exact)) return "whole";
  const [first, last] = [raw[0]?.source.start ?? extent.start, raw.at(-1)?.source.end ?? extent.end];
  return /[\r\n]/.test(text.slice(first, last)) || isAfterLineEnd(text, first) ? "lines" : "quoted";
}

/** Whether nothing but blanks stands before an offset in its line. */
const isAfterLineEnd = (text: string, at: number): boolean =>
  text.slice(text.lastIndexOf("\n", at - 1) + 1, at).trim() === "";
