import type { Fix } from "../../findings/finding.ts";
import type { LineRule } from "../../findings/rule.ts";
import { sourceOffset } from "../../syntax/joinedText.ts";
import type { Assignment } from "../../syntax/tree.ts";
import { ownFile, type Unit } from "../../units/unit.ts";

/** Seen with 257: the program gets "Restart=always" as an argument, and nothing is restarted. */
export const joinedSetting: LineRule = {
  code: "syntax/joined-setting",
  *line({ node, section, directive }, unit) {
    const { value, key } = node;
    if (!directive || !value.pieces) return;
    for (const { at } of value.pieces.slice(1)) {
      const [, blank = "", name = ""] = /^(\s*)([A-Z]\w*)=/.exec(value.text.slice(at, at + MAX_NAME)) ?? [];
      if (name === "" || !isSetting(unit, section.name, name, key) || takesMore(value.text.slice(0, at))) continue;
      const start = sourceOffset(value, at + blank.length);
      yield {
        start,
        end: start + name.length,
        severity: "warning",
        message: `${name}= is no setting here: the backslash before it joins the line to ${key}=${key.startsWith("Exec") ? ", which passes it on as an argument" : ""}`,
        directive: name,
        fixes: withoutBackslash(unit, node, start),
      };
      return;
    }
  },
};

/** More letters than the name of any setting has. */
const MAX_NAME = 60;

/** Names of one word may be those of variables in a list of such. */
const isSetting = (unit: Unit, section: string, name: string, key: string): boolean =>
  unit.family.content.directive(section, name) !== undefined &&
  (!/Environment/.test(key) || /^[A-Z][a-z]+[A-Z]/.test(name));

/** Whether the text before ends in an option that takes NAME=VALUE, such as those of systemd-run. */
const takesMore = (before: string): boolean =>
  /(?:^|\s)-(?:[poeDE]|-(?:property|setenv|env|set))\s*$/.test(before.slice(-MAX_NAME));

function withoutBackslash(unit: Unit, node: Assignment, at: number): readonly Fix[] {
  const before = ownFile(unit).text.slice(node.start, at);
  const found = /(?<![ \t])[ \t]*\\(?=(?:\r\n|\n|\r)[ \t]*$)/.exec(before);
  if (!found) return [];
  const start = node.start + found.index;
  return [
    { title: "Remove the backslash", safe: false, edits: () => [{ start, end: start + found[0].length, newText: "" }] },
  ];
}
