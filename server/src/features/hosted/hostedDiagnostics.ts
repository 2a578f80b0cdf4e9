import type { Diagnostic } from "vscode-languageserver-types";
import { isBeingTyped, type Writing } from "../../rules/unfinished.ts";
import { diagnosticsOf } from "../diagnostics.ts";
import { type HostedView, inFile } from "./hostedView.ts";

/** What an editor shows of the units of a file, and whether something of it waits until its line is finished. */
export function hostedDiagnostics(
  view: HostedView,
  writing: Writing,
): { readonly items: readonly Diagnostic[]; readonly held: boolean } {
  const all = view.found.map(({ finding, place, of }) => ({ finding: { ...finding, ...place }, unit: of.unit }));
  const shown = all.filter((it) => !isBeingTyped(view.file.text, it.finding, writing));
  const [first] = shown;
  const items = first
    ? diagnosticsOf(
        inFile(view, first.unit),
        shown.map((it) => it.finding),
      )
    : [];
  return { items, held: shown.length < all.length };
}
