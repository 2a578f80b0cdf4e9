import { CompletionItemKind } from "vscode-languageserver-types";
import type { Directive } from "../../catalog/catalog.ts";
import { SERVICE_VARIABLES } from "../../facts/serviceVariables.ts";
import { splitWords } from "../../syntax/words.ts";
import { mergedDirectives, type Unit } from "../../units/unit.ts";
import type { Slot } from "../../values/read.ts";
import { type Choice, RANKS } from "./choice.ts";

/**
 * The variables that the unit sets or passes on, in a command also those of systemd that it has there. After `$` a name that
 * is not the whole argument gets its braces, without which systemd leaves it as it is.
 */
export function variableChoices(
  unit: Unit,
  { section, name: setting }: Directive,
  { from, to }: Slot,
  text: string,
): Choice[] {
  const lines = mergedDirectives(unit, section);
  const has = (key: string): boolean => lines.get(key)?.some((it) => it.value.text !== "") === true;
  const words = (key: "Environment" | "PassEnvironment"): string[] =>
    (lines.get(key) ?? []).flatMap(({ value }) => splitWords(value.text, "quotes").words.map((word) => word.value));
  const ofSystemd = SERVICE_VARIABLES.filter(
    ({ commands, needs }) => (!commands || commands.includes(setting)) && (!needs || needs.some(has)),
  );
  const written = isCommand(setting) ? withBraces(text, from, to) : (name: string): string => name;
  const choice = (name: string, summary: string, rank: number): Choice => ({
    text: written(name),
    label: name,
    filter: written(name),
    kind: CompletionItemKind.Variable,
    summary,
    from,
    to,
    rank,
  });
  return [
    ...words("Environment").flatMap((it) =>
      it.indexOf("=") > 0 ? choice(it.slice(0, it.indexOf("=")), "Set by `Environment=` of this unit.", RANKS.own) : [],
    ),
    ...words("PassEnvironment").map((it) => choice(it, "Passed on by `PassEnvironment=` of this unit.", RANKS.own)),
    ...(isCommand(setting) ? ofSystemd : []).map(({ name, summary, commands }) =>
      choice(name, `${summary}.`, commands ? RANKS.common : RANKS.machine),
    ),
  ];
}

const isCommand = (setting: string): boolean => setting.startsWith("Exec");

/** How a name is written into the stretch of a command: alone after a `$` that begins an argument, else between braces. */
function withBraces(text: string, from: number, to: number): (name: string) => string {
  const before = text.slice(0, from);
  if (before.endsWith("{")) return (name) => (text.charAt(to) === "}" ? name : `${name}}`);
  return (name) => (/(?:^|\s)["']?\$$/.test(before) ? name : `{${name}}`);
}
