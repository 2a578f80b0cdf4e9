import { CompletionItemKind } from "vscode-languageserver-types";
import { knownPrograms } from "../../service/kinds.ts";
import type { Slot } from "../../values/read.ts";
import type { View } from "../view.ts";
import type { KnownProgram, World } from "../world.ts";
import { type Choice, RANKS } from "./choice.ts";
import { ownName } from "./common.ts";

/**
 * The programs for a command, each with its whole path. There are thousands, so that of those of the machine only the ones
 * come that begin as typed; where nothing is typed, those that a service may well be made of, and the folders with programs.
 */
export function programChoices(view: View, { from, to }: Slot, typed: string, world: World): Choice[] {
  const own = ownName(view.unit);
  const known = world.programs().filter((it) => PATH.test(it.path) && it.name.startsWith(typed));
  const choice = (it: KnownProgram, rank: number): Choice => ({
    text: it.path,
    label: it.name,
    kind: CompletionItemKind.Function,
    summary: it.home === "workspace" ? "A program of the workspace." : "A program of this machine.",
    remark: it.path,
    from,
    to,
    rank,
  });
  const shown = known.flatMap((it): Choice[] => {
    if (it.name === own) return [choice(it, RANKS.common + 1)];
    if (it.home === "workspace") return [choice(it, RANKS.own)];
    if (USUAL.includes(it.name)) return [choice(it, RANKS.own + 1 + likelihood(it.name))];
    if (it.path.startsWith("/usr/local/")) return [choice(it, RANKS.own + 2)];
    return typed === "" ? [] : [choice(it, RANKS.machine + likelihood(it.name))];
  });
  return typed === "" ? [...shown, ...folderChoices(from, to)] : shown;
}

/** The folders with programs; of a path that is begun those that its entries do not have, as long as it has one slash. */
export function folderChoices(from: number, to: number, typed = ""): Choice[] {
  const isOffered = (it: string): boolean =>
    typed === "" || (it.startsWith(typed) && typed.lastIndexOf("/") === 0 && it.split("/").length > 3);
  return FOLDERS.filter(isOffered).map((text, i) => ({
    text,
    kind: CompletionItemKind.Folder,
    summary: "A directory with programs.",
    from,
    to,
    rank: RANKS.machine + i / 100,
  }));
}

/**
 * A part of a rank by which a program comes before others that begin like it, 0 for the likeliest: what services mostly run,
 * then plain names, then of those with a version or a purpose in them what is known to be a service.
 */
export function likelihood(name: string): number {
  const usual = USUAL.indexOf(name);
  if (usual >= 0) return usual / 100;
  if (/^[a-z0-9]+$/i.test(name)) return 0.5;
  return knownPrograms(name).some((it) => it.name === name) ? 0.6 : 0.7;
}

/** Nothing in it has a meaning in a command line. */
const PATH = /^\/[\w/.,+@:=-]+$/;

/**
 * What services run that is no program of their own, the most common first: in services that people wrote for themselves and in
 * packages of Debian, as for the order of directives.
 */
const USUAL: readonly string[] = ["node", "docker", "python3", "sh", "java", "bash", "podman", "php", "perl", "ruby"];

const FOLDERS = ["/usr/bin/", "/usr/local/bin/", "/opt/", "/usr/sbin/"];
