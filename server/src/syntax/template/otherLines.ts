import type { Tag, TagRole } from "./tags.ts";

const CPP: readonly (readonly [RegExp, TagRole])[] = [
  [/^if/, "open"],
  [/^elif/, "middle"],
  [/^else/, "else"],
  [/^endif/, "close"],
];

/** Whole lines that are tags: those of a preprocessor where one of its blocks ends, of m4, and `@IF_X@` up to `@ENDIF_X@`. */
export function directiveLines(text: string): readonly Tag[] {
  const tags: Tag[] = [];
  const add = (found: RegExpMatchArray, role: TagRole, dialect: Tag["dialect"]): void => {
    const start = found.index ?? 0;
    tags.push({ start, end: start + found[0].length, role, dialect });
  };
  if (/^#endif\b/m.test(text) && /^#[ \t]{0,9}if/m.test(text)) {
    for (const it of text.matchAll(/^#[ \t]{0,9}((?:if|ifdef|ifndef|elif|else|endif)\b)[^\n\r]*/gm)) {
      const role = CPP.find(([name]) => name.test(it[1] ?? ""))?.[1];
      if (role) add(it, role, "cpp");
    }
  }
  for (const it of text.matchAll(/^(?:dnl\b|m4_\w{1,99}\(|['\])]{1,9}(?:m4_)?dnl\b)[^\n\r]*/gm))
    add(it, "silent", "m4");
  for (const it of text.matchAll(/^@(IF|ELSE|END_?IF|if|else|end_?if)(?![A-Za-z0-9])[^@\n\r]{0,99}@[ \t]{0,99}$/gm)) {
    const [, word = ""] = it;
    add(it, /^if/i.test(word) ? "open" : /^else/i.test(word) ? "else" : "close", "at");
  }
  return tags;
}
