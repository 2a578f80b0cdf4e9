import { CompletionItemKind } from "vscode-languageserver-types";
import { splitWords } from "../../syntax/words.ts";
import { mergedAssignments } from "../../units/unit.ts";
import { whereOf } from "../../units/where.ts";
import type { Slot } from "../../values/read.ts";
import { resolveSpecifiers } from "../../values/resolve.ts";
import type { View } from "../view.ts";
import type { KnownUnit, World } from "../world.ts";
import type { Choice } from "./choice.ts";

/** What the workspace, the machine and the rest of the unit know of a slot. */
export function lookedUp(view: View, slot: Slot, text: string, cursor: number, world: World): Choice[] {
  const { lookup, from, to } = slot;
  const named = (names: readonly string[], kind: CompletionItemKind, summary: string): Choice[] =>
    names.map((name) => ({ text: name, kind, summary, from, to, rank: 2 }));
  switch (lookup?.kind) {
    case undefined:
      return [];
    case "units":
      return world
        .units(lookup.kinds)
        .filter(({ name }) => name !== whereOf(view.unit).unit.full)
        .map((unit) => ({
          text: unit.name,
          kind: CompletionItemKind.Reference,
          summary: unit.description,
          remark: originOf(unit),
          from,
          to,
          rank: unit.home === "machine" ? 2 : 0,
        }));
    case "users":
      return named(world.users(), CompletionItemKind.Constant, "A user of this machine.");
    case "groups":
      return named(world.groups(), CompletionItemKind.Constant, "A group of this machine.");
    case "interfaces":
      return named(world.interfaces(), CompletionItemKind.Constant, "A network interface of this machine.");
    case "programs":
      return text.slice(from, cursor).includes("/")
        ? paths(view, slot, text, cursor, world)
        : named(programs(text.slice(from, cursor), world), CompletionItemKind.Function, "A program of this machine.");
    case "paths":
      return paths(view, slot, text, cursor, world);
    case "variables":
      return named(variables(view), CompletionItemKind.Variable, "Set by `Environment=` of this unit.");
  }
}

/** Where a unit is from: of another place in the workspace the last folders. */
function originOf({ name, home, folder }: KnownUnit): string {
  const from = home === "workspace" ? folder.split("/").slice(-2).join("/") : ORIGINS[home];
  return name.includes("@.") ? `template, ${from}` : from;
}

const ORIGINS = { own: "workspace", machine: "machine" } as const;

/** There are thousands, so only those that begin as typed. */
const programs = (typed: string, world: World): string[] =>
  typed === "" ? [] : world.programs().filter((it) => it.startsWith(typed));

/** The entries of the folder that is typed so far, each to be put behind its slash. */
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
  return world
    .entries(folder)
    .filter((it) => it.folder || !onlyFolders)
    .map(({ name, folder: isFolder }) => ({
      text: name,
      kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
      from: from + slash + 1,
      to: end,
      rank: 2,
    }));
}

/** The names that `Environment=` of this unit and its drop-ins sets. */
function variables({ unit }: View): string[] {
  const names = mergedAssignments(unit, "Service", "Environment").flatMap(({ value }) =>
    splitWords(value.text, "quotes").words.map((word) => word.value.slice(0, Math.max(0, word.value.indexOf("=")))),
  );
  return [...new Set(names)].filter((it) => it !== "");
}
