import { CompletionItemKind } from "vscode-languageserver-types";
import type { Unit } from "../../units/unit.ts";
import { whereOf } from "../../units/where.ts";
import { isBusName } from "../../values/busName.ts";
import type { Slot } from "../../values/read.ts";
import type { World } from "../world.ts";
import { type Choice, choicesOf, RANKS } from "./choice.ts";

/** Where D-Bus has a file for each name that it starts a service for. */
const FOLDERS = {
  system: ["/usr/share/dbus-1/system-services/"],
  user: ["/usr/share/dbus-1/services/"],
} as const;

/** D-Bus names, the likeliest first: those in the unit's own name, near the unit, of other units, after the unit, of the machine. */
export function busNameChoices(unit: Unit, slot: Slot, world: World): Choice[] {
  const { unit: named, scope } = whereOf(unit);
  const own = named.prefix.replace(/^dbus-/, "");
  const choice = choicesOf(CompletionItemKind.Reference, slot);
  // What ends as the unit is called is most likely meant.
  const isOwn = (it: string): boolean => it.toLowerCase().endsWith(`.${own.toLowerCase()}`);
  const found = (it: string, summary: string, rank: number): Choice =>
    choice(it, summary, isOwn(it) ? RANKS.common : rank);
  const machine = FOLDERS[scope]
    .flatMap((it) => world.entries(it))
    .flatMap(({ name }) => (name.endsWith(".service") ? [name.slice(0, -".service".length)] : []));
  return [
    ...(own.includes(".") && isBusName(own) ? [choice(own, "The name in that of the unit.", RANKS.common)] : []),
    ...world.activatedNames().map((it) => found(it, "D-Bus starts it by a file near the unit.", RANKS.own)),
    ...world.settings(["BusName"]).map((it) => found(it, "The name of another unit here.", RANKS.own + 1)),
    ...machine.filter(isBusName).map((it) => found(it, "D-Bus of this machine starts it.", RANKS.machine)),
    ...(/^[a-z]\w*$/i.test(own)
      ? [choice(`org.example.${capital(own)}`, "After the unit; put your own domain first.", RANKS.offered)]
      : []),
  ];
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
