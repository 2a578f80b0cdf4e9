import { CompletionItemKind } from "vscode-languageserver-types";
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
    const usual = INTERPRETERS.indexOf(it.name);
    if (usual >= 0) return [choice(it, RANKS.own + 1 + usual / 100)];
    if (it.path.startsWith("/usr/local/")) return [choice(it, RANKS.own + 2)];
    return typed === "" ? [] : [choice(it, RANKS.machine)];
  });
  return typed === "" ? [...shown, ...FOLDERS.map((text) => folder(text, from, to))] : shown;
}

/** Nothing in it has a meaning in a command line. */
const PATH = /^\/[\w/.,+@:=-]+$/;

/** What runs programs that are no files of the machine's own kind. */
const INTERPRETERS: readonly string[] = [
  "sh",
  "bash",
  "python3",
  "node",
  "java",
  "php",
  "perl",
  "ruby",
  "docker",
  "podman",
];

const FOLDERS = ["/usr/local/bin/", "/usr/bin/", "/usr/sbin/", "/opt/"];

const folder = (text: string, from: number, to: number): Choice => ({
  text,
  kind: CompletionItemKind.Folder,
  summary: "A directory with programs.",
  from,
  to,
  rank: RANKS.machine,
});
