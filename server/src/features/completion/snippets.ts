import { type CompletionItem, CompletionItemKind, InsertTextFormat } from "vscode-languageserver-types";
import CONFIGS from "../../../../snippets/configs.json";
import QUADLETS from "../../../../snippets/quadlets.json";
import SNIPPETS from "../../../../snippets/systemd.json";
import type { SystemdVersion } from "../../facts/version.ts";
import { isConfigPath } from "../../families/checkedPath.ts";
import { codeLines, type Prose } from "../../reports/markup.ts";
import type { Span } from "../../text/span.ts";
import {
  type Snippet,
  type SnippetFile,
  snippetBody,
  snippetDefaults,
  snippetFile,
  snippetLines,
} from "../snippetBody.ts";
import { rangeOf, type View } from "../view.ts";
import type { World } from "../world.ts";
import { ownName } from "./common.ts";
import type { ItemData } from "./data.ts";

const ALL: readonly Snippet[] = [...Object.values(SNIPPETS), ...Object.values(QUADLETS), ...Object.values(CONFIGS)];

const OF_CONFIGS: ReadonlySet<Snippet> = new Set(Object.values(CONFIGS));

/** Whole units for a file without a section: those of its kind; all of them in a new tab, whose kind nobody knows. */
export function unitSnippets(view: View, span: Span, world: World): CompletionItem[] {
  const { path } = view.unit;
  const { role, kind, name } = path;
  const fits = (it: Snippet): boolean => {
    // podman and networkd have files of one suffix.
    if (isConfigPath(path) !== OF_CONFIGS.has(it) && name !== undefined) return false;
    if (isConfigPath(path) && (role === "unit" || kind.endsWith(".conf"))) return it.for === kind;
    if (role === "drop-in") return it.for === "drop-in" && kind === "service";
    return name === undefined ? !/^drop-in$|^\[/.test(it.for) : it.for === kind;
  };
  const first = likely(view, world);
  return ALL.filter((it) => fits(it) && snippetLines(it, view.unit.version).length > 0)
    .map((it, i) => ({ it, place: i + (it.prefix.startsWith(first) ? 0 : 100) }))
    .sort((a, b) => a.place - b.place)
    .map(({ it }, i) => itemOf(view, span, it, `0${String(i).padStart(2, "0")}`));
}

/** Lines for a section that is there; they come after all directives. */
export function sectionSnippets(view: View, section: string | undefined, span: Span): CompletionItem[] {
  return ALL.filter((it) => it.for === `[${section}]` && snippetLines(it, view.unit.version).length > 0).map((it, i) =>
    itemOf(view, span, it, `25${i}`),
  );
}

/** What a file is most likely to become, by its name, its place and what is there by the same name. */
function likely(view: View, world: World): string {
  const { kind, scope, name } = view.unit.path;
  if (kind !== "service") return kind;
  if (name?.endsWith("@.service")) return "socket-accept-service";
  const own = ownName(view.unit);
  const has = (other: "timer" | "socket"): boolean => world.units([other]).some((it) => it.name === `${own}.${other}`);
  if (own !== undefined && has("timer")) return "timer-service";
  if (own !== undefined && has("socket")) return "socket-service";
  return scope === "user" ? "service-user" : "service";
}

function itemOf(view: View, span: Span, snippet: Snippet, sortText: string): CompletionItem {
  const { prefix, description } = snippet;
  const { version } = view.unit;
  const file = snippetFile(view.unit);
  return {
    label: prefix,
    kind: CompletionItemKind.Snippet,
    detail: `${description}.`,
    sortText,
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range: rangeOf(view, span), newText: snippetBody(snippet, version, file) },
    data: { snippet: true, version, file } satisfies ItemData,
  };
}

/** What the snippet of a label writes to a file before anything in it is changed; undefined where there is none. */
export function snippetPreview(label: string, file: SnippetFile, version: SystemdVersion): Prose | undefined {
  const found = ALL.find((it) => it.prefix === label);
  return found && codeLines(snippetDefaults(found, version, file));
}
