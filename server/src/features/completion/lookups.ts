import { CompletionItemKind } from "vscode-languageserver-types";
import type { Directive } from "../../catalog/catalog.ts";
import { whereOf } from "../../units/where.ts";
import type { Slot } from "../../values/read.ts";
import { resolveSpecifiers } from "../../values/resolve.ts";
import type { View } from "../view.ts";
import type { KnownUnit, World } from "../world.ts";
import { accountChoices } from "./accounts.ts";
import { busNameChoices } from "./busNames.ts";
import { type Choice, choicesOf, RANKS } from "./choice.ts";
import { ownName } from "./common.ts";
import { folderChoices, likelihood, programChoices } from "./programs.ts";
import { credentialChoices, secretChoices } from "./secrets.ts";
import { variableChoices } from "./variables.ts";

/** What the workspace, the machine and the rest of the unit know of a slot. */
export function lookedUp(
  view: View,
  known: Directive,
  slot: Slot,
  { text, cursor }: { readonly text: string; readonly cursor: number },
  world: World,
): Choice[] {
  const { lookup, from, to } = slot;
  const constant = choicesOf(CompletionItemKind.Constant, slot);
  switch (lookup?.kind) {
    case undefined:
      return [];
    case "units":
      return units(view, slot, world);
    case "users":
      return accountChoices(slot, world.users(), "user");
    case "groups":
      return accountChoices(slot, world.groups(), "group");
    case "interfaces":
      return world.interfaces().map((it) => constant(it, "A network interface of this machine.", RANKS.machine));
    case "programs":
      return text.slice(from, cursor).includes("/")
        ? [...folderChoices(from, to, text.slice(from, cursor)), ...paths(view, slot, text, cursor, world)]
        : programChoices(view, slot, text.slice(from, cursor), world);
    case "busNames":
      return busNameChoices(view.unit, slot, world);
    case "credentials":
      return credentialChoices(view.unit, known, slot, lookup.alone, world);
    case "secrets":
      return secretChoices(view.unit, known, slot, text, world);
    case "paths":
      return paths(view, slot, text, cursor, world);
    case "variables":
      return variableChoices(view.unit, known, slot, text);
  }
}

/** The units that have a file; those that belong to the unit by their name come before all others. */
function units(view: View, { lookup, from, to }: Slot, world: World): Choice[] {
  // A quadlet is in the index by its own name, not by that of its service.
  const selves = [whereOf(view.unit).unit.full, view.unit.path.name];
  const own = ownName(view.unit);
  const kinds = lookup?.kind === "units" ? lookup.kinds : undefined;
  return world
    .units(kinds)
    .filter(({ name }) => !selves.includes(name))
    .map((unit) => ({
      text: unit.name,
      kind: CompletionItemKind.Reference,
      summary: unit.description,
      remark: originOf(unit),
      from,
      to,
      rank:
        unit.home === "machine"
          ? RANKS.machine
          : own !== undefined && unit.name.startsWith(`${own}.`)
            ? RANKS.own
            : RANKS.own + 1,
    }));
}

/** Where a unit is from: of another place in the workspace the last folders. */
function originOf({ name, home, folder }: KnownUnit): string {
  const from = home === "workspace" ? folder.split("/").slice(-2).join("/") : ORIGINS[home];
  return name.includes("@.") ? `template, ${from}` : from;
}

const ORIGINS = { own: "workspace", machine: "machine" } as const;

/** The entries of the folder that is typed so far, each to be put after its slash; a folder with the next slash. */
function paths(view: View, { from, to, lookup }: Slot, text: string, cursor: number, world: World): Choice[] {
  const typed = text.slice(from, cursor);
  const slash = typed.lastIndexOf("/");
  const { unit, scope, certain } = whereOf(view.unit);
  if (slash < 0 || (typed.includes("%") && (scope === "user" || !certain))) return [];
  const folder = resolveSpecifiers(typed.slice(0, slash + 1), unit, scope);
  if (!folder?.startsWith("/") || folder.includes("/../")) return [];
  const next = text.slice(cursor, to).indexOf("/");
  const end = next < 0 ? to : cursor + next;
  const onlyFolders = lookup?.kind === "paths" && lookup.only === "directories";
  const entries = lookup?.kind === "programs" ? world.programEntries(folder) : world.entries(folder);
  return entries
    .filter((it) => PLAIN.test(it.name) && (it.folder || !onlyFolders))
    .map(({ name, folder: isFolder }) => ({
      text: isFolder && !onlyFolders && next < 0 ? `${name}/` : name,
      filter: name,
      kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
      from: from + slash + 1,
      to: end,
      rank: RANKS.machine + 1 + (lookup?.kind === "programs" ? likelihood(name) : 0),
    }));
}

/** Names that stand for themselves in any value: no blanks, quotes, backslashes, dollar and percent signs. */
export const PLAIN = /^[^\s"'\\$%;]+$/;
