import type { Diagnostic } from "vscode-languageserver-types";
import { isOnLine, typedLine, type Writing } from "../../rules/unfinished.ts";
import { diagnosticsOf } from "../diagnostics.ts";
import { type HostedView, inFile } from "./hostedView.ts";

/** What an editor shows of the units of a file, and whether something of it waits until its line is finished. */
export function hostedDiagnostics(
  view: HostedView,
  writing: Writing,
): { readonly items: readonly Diagnostic[]; readonly held: boolean } {
  const all = view.found.map(({ finding, place, of }) => ({ finding: { ...finding, ...place }, unit: of.unit }));
  const line = typedLine(view.file.text, writing);
  const shown = line ? all.filter((it) => !isOnLine(it.finding, line)) : all;
  const [first] = shown;
  const items = first
    ? diagnosticsOf(
        inFile(view, first.unit),
        shown.map((it) => it.finding),
      )
    : [];
  return { items, held: shown.length < all.length };
}
