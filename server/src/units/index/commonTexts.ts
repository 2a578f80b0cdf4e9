import type { LineTable } from "../../syntax/lineTable.ts";
import { parse } from "../../syntax/parse.ts";
import type { RepeatedTexts, TextTable } from "../../syntax/textTable.ts";
import { type Contents, contentsOf } from "./contents.ts";

/** What texts of the same work have in common. */
export interface CommonTexts {
  readonly lines: LineTable;
  readonly contents: TextTable<Contents>;
  /** Told of each text. */
  readonly repeated: RepeatedTexts;
}

/** What the index keeps of a text; places in it are those of this very text. */
export function contentsIn(text: string, common: CommonTexts | undefined): Contents {
  const read = (): Contents => contentsOf(parse(text, undefined, common?.lines));
  if (!common) return read();
  common.repeated.note(text);
  const { value, shift } = common.contents.of("", text, read);
  if (shift === 0) return value;
  const mentions = value.mentions.map((it) => ({ ...it, start: it.start + shift, end: it.end + shift }));
  return { mentions, settings: value.settings, sections: value.sections };
}
