import { type CompletionItem, CompletionItemKind, InsertTextFormat } from "vscode-languageserver-types";
import CONFIGS from "../../../../snippets/configs.json";
import QUADLETS from "../../../../snippets/quadlets.json";
import SNIPPETS from "../../../../snippets/systemd.json";
import { directive, isRead, sectionsWith } from "../../catalog/catalog.ts";
import type { SystemdVersion } from "../../facts/version.ts";
import { isConfigPath } from "../../families/checkedPath.ts";
import { snippetText } from "../../text/snippetText.ts";
import type { Span } from "../../text/span.ts";
import { codeLines, type Prose } from "../markup.ts";
import { rangeOf, type View } from "../view.ts";
import type { World } from "../world.ts";
import { ownName } from "./common.ts";
import type { ItemData } from "./data.ts";

interface Snippet {
  readonly prefix: string;
  /** The kind of the units that it writes, `drop-in`, or the section that it is for. */
  readonly for: string;
  readonly description: string;
  readonly body: readonly string[];
}

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
  return ALL.filter((it) => fits(it) && linesFor(it, view.unit.version).length > 0)
    .map((it, i) => ({ it, place: i + (it.prefix.startsWith(first) ? 0 : 100) }))
    .sort((a, b) => a.place - b.place)
    .map(({ it }, i) => itemOf(view, span, it, `0${String(i).padStart(2, "0")}`));
}

/** Lines for a section that is there; they come after all directives. */
export function sectionSnippets(view: View, section: string | undefined, span: Span): CompletionItem[] {
  return ALL.filter((it) => it.for === `[${section}]` && linesFor(it, view.unit.version).length > 0).map((it, i) =>
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

/** Its lines but those of directives that a version does not know, and what is said of them. */
function linesFor({ body }: Snippet, version: SystemdVersion): readonly string[] {
  return body.filter((line) => {
    const [, name = ""] = /^(?:# .* )?([A-Za-z]+)=/.exec(line) ?? [];
    const [home] = sectionsWith(name);
    const row = home && directive(home, name);
    return !row || isRead(row, version);
  });
}

function itemOf(view: View, span: Span, snippet: Snippet, sortText: string): CompletionItem {
  const { prefix, description } = snippet;
  const { version } = view.unit;
  const body = linesFor(snippet, version);
  const name = ownName(view.unit);
  return {
    label: prefix,
    kind: CompletionItemKind.Snippet,
    detail: `${description}.`,
    sortText,
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range: rangeOf(view, span), newText: named(body.join("\n"), name) },
    data: { snippet: true, version, ...(name === undefined ? {} : { name }) } satisfies ItemData,
  };
}

/** What a snippet writes before anything in it is changed; undefined where there is none of this label. */
export function snippetPreview(label: string, name: string | undefined, version: SystemdVersion): Prose | undefined {
  const found = ALL.find((it) => it.prefix === label);
  if (!found) return undefined;
  const text = snippetText(named(linesFor(found, version).join("\n"), name));
  return codeLines(text);
}

/** The name of the file instead: not every client knows it as a variable. */
const named = (body: string, name: string | undefined): string =>
  body.replace(/\$\{TM_FILENAME_BASE:([^}]*)\}/g, (_, fallback: string) => name ?? fallback);
