import { isKnownSpecifier } from "../../facts/specifiers.ts";
import { sourceSpan } from "../../syntax/cooked.ts";
import { specifiersOf } from "../../syntax/specifiers.ts";
import { splitWords } from "../../syntax/words.ts";
import { remembered } from "../../units/once.ts";
import type { Rule } from "../rule.ts";
import { settings } from "../walk.ts";

const splitEnvironment = remembered((value) => splitWords(value, "escapes"));

/** Follows config_parse_environ(), systemd 262: each word by itself, until quoting or an escape goes wrong. */
export const environment: Rule = {
  code: "value/environment",
  title: "Word of Environment= that is no assignment",
  why: "Each word must be NAME=VALUE; systemd drops a word that is not, and from broken quoting on the rest of the line.",
  page: "systemd.exec(5)",
  bad: { text: "[Service]\nExecStart=/bin/true\nEnvironment=LANG=C $HOME\n" },
  good: { text: "[Service]\nExecStart=/bin/true\nEnvironment=LANG=C HOME=/root\n" },
  *check(unit) {
    for (const { directive, node } of settings(unit)) {
      if (directive.type !== "environ") continue;
      const { words, error } = splitEnvironment(node.value.text);
      const found = (from: number, to: number, message: string) =>
        ({ ...sourceSpan(node.value, from, to), severity: "error", message, directive: node.key }) as const;
      for (const word of words) {
        const unknown = specifiersOf(word.value).find((it) => !isKnownSpecifier(it.letter, "full"));
        if (unknown) yield found(word.from, word.to, `%${unknown.letter} is no specifier: systemd drops this word`);
        else if (!/^(?:[A-Za-z_]|%[A-Za-z])(?:[A-Za-z0-9_]|%[A-Za-z])*=/.test(word.value)) {
          yield found(word.from, word.to, "This word is not NAME=VALUE: systemd drops it");
        }
      }
      if (!error) continue;
      const what = error.kind === "unterminated-quote" ? "The quote is not closed" : "This is no escape sequence";
      yield found(error.from, error.to, `${what}: systemd drops the line from here on`);
    }
  },
};
