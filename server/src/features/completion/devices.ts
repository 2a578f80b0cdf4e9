import { CompletionItemKind } from "vscode-languageserver-types";
import type { Directive } from "../../catalog/catalog.ts";
import { DEVICE_KEYS } from "../../dialects/network/deviceNames.ts";
import { namesDevices } from "../devices.ts";
import type { View } from "../view.ts";
import type { World } from "../world.ts";
import { type Choice, RANKS } from "./choice.ts";

/** The virtual devices that the word at the cursor can name: those of the kinds that the setting is for; in [Match] all. */
export function deviceChoices(view: View, known: Directive, text: string, cursor: number, world: World): Choice[] {
  if (!namesDevices(view)) return [];
  const section: string = known.section;
  const kinds = section === "Network" ? DEVICE_KEYS[known.name] : undefined;
  if (!kinds && !(section === "Match" && known.name === "Name")) return [];
  let from = cursor;
  while (from > 0 && /[^\s!]/.test(text.charAt(from - 1))) from--;
  const rest = text.slice(cursor).search(/\s|$/);
  return world
    .devices()
    .filter((it) => !kinds || kinds.includes(it.kind))
    .map(({ name, kind }) => ({
      text: name,
      kind: CompletionItemKind.Reference,
      summary: `A ${kind} device of the .netdev files here.`,
      from,
      to: cursor + rest,
      rank: RANKS.own,
    }));
}
