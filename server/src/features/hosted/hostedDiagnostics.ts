import type { Diagnostic } from "vscode-languageserver-types";
import type { Finding } from "../../findings/finding.ts";
import { diagnosticsOf } from "../diagnostics.ts";
import type { HostedView } from "./hostedView.ts";

/** What was found in the units of a file, at its places there. */
export const placedFindings = (view: HostedView): readonly Finding[] =>
  [...view.found.map(({ finding, place }) => ({ ...finding, ...place })), ...view.unread].sort(
    (a, b) => a.start - b.start,
  );

/** What an editor shows of such findings. */
export function hostedDiagnostics(view: HostedView, shown: readonly Finding[]): Diagnostic[] {
  return diagnosticsOf({ lines: view.lines, unit: { version: view.version } }, shown);
}
