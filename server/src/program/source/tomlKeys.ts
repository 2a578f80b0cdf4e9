/** A text in TOML, with its line from 1. */
export interface TomlText {
  readonly text: string;
  readonly line: number;
}

/** A key with the texts in its value, be it one, a list or a table in braces. */
export interface TomlKey {
  /** The table that it stands in, without brackets: `package`, `tool.poetry.scripts`. */
  readonly table: string;
  readonly key: string;
  readonly line: number;
  readonly texts: readonly TomlText[];
}

const TABLE = /^[ \t]*\[{1,2}[ \t]*([^\]\n]{1,200}?)[ \t]*\]{1,2}[ \t]*(?:#.*)?$/;
const KEY = /^[ \t]*("[^"\n]{1,200}"|'[^'\n]{1,200}'|[\w.-]{1,200})[ \t]*=[ \t]*(.*)$/;
const TEXT = /"((?:[^"\\\n]|\\.){0,1000})"|'([^'\n]{0,1000})'|#.*/g;

/**
 * The keys of a text in TOML whose values are texts, lists of them or tables in braces, as manifests and lock files have them;
 * nothing else is read, and no text is refused.
 */
export function tomlKeys(text: string): readonly TomlKey[] {
  const found: TomlKey[] = [];
  let table = "";
  let list: TomlText[] | undefined;
  for (const [i, row] of text.split("\n").entries()) {
    const line = i + 1;
    if (list) {
      addTexts(list, row, line);
      if (endsList(row)) list = undefined;
      continue;
    }
    const head = TABLE.exec(row)?.[1];
    if (head !== undefined) {
      table = head.replace(/["']/g, "");
      found.push({ table, key: "", line, texts: [] });
      continue;
    }
    const [, key, value = ""] = KEY.exec(row) ?? [];
    if (key === undefined) continue;
    const texts: TomlText[] = [];
    addTexts(texts, value, line);
    found.push({ table, key: key.replace(/^["']|["']$/g, ""), line, texts });
    if (value.startsWith("[") && !endsList(value)) list = texts;
  }
  return found;
}

function addTexts(texts: TomlText[], row: string, line: number): void {
  for (const [, basic, literal] of row.matchAll(TEXT)) {
    const text = basic ?? literal;
    if (text !== undefined) texts.push({ text, line });
  }
}

/** Whether a list ends in a row; brackets inside of texts are those of extras, such as `uvicorn[standard]`. */
const endsList = (row: string): boolean => row.replace(TEXT, "").includes("]");
