import {
  CodeLens,
  EventEmitter,
  type ExtensionContext,
  l10n,
  languages,
  Range,
  type TextDocument,
  window,
  workspace,
} from "vscode";
import { UNIT_FILES } from "../unitFiles.ts";
import { ASK_SYSTEMD } from "./failedUnits.ts";

/** So long an answer of systemd counts, in milliseconds. */
const LASTS = 5000;

/** Says above the first section of a file that its unit failed on this machine, and explains it; nothing where that is not known. */
export function registerFailedLens(
  { subscriptions }: ExtensionContext,
  failedResult: (file: string) => Promise<string | undefined>,
): void {
  const known = new Map<string, { readonly until: number; readonly result: Promise<string | undefined> }>();
  const changed = new EventEmitter<void>();
  const askAgain = (): void => {
    known.clear();
    changed.fire();
  };
  const resultOf = ({ uri: { fsPath } }: TextDocument): Promise<string | undefined> => {
    const last = known.get(fsPath);
    if (last && last.until > Date.now()) return last.result;
    const result = failedResult(fsPath);
    known.set(fsPath, { until: Date.now() + LASTS, result });
    return result;
  };
  const selector = UNIT_FILES.map((it) => ({ ...it, scheme: "file" }));
  subscriptions.push(
    changed,
    window.onDidChangeWindowState(({ focused }) => {
      if (focused) askAgain();
    }),
    workspace.onDidSaveTextDocument(askAgain),
    languages.registerCodeLensProvider(selector, {
      onDidChangeCodeLenses: changed.event,
      async provideCodeLenses(document) {
        const result = await resultOf(document);
        if (result === undefined) return [];
        const line = firstSection(document);
        const title = l10n.t("$(error) Failed on this machine ({0}): explain", result);
        const command = { title, command: "unitWarden.explainFailure", arguments: [document.uri, ASK_SYSTEMD] };
        return [new CodeLens(new Range(line, 0, line, 0), command)];
      },
    }),
  );
}

function firstSection(document: TextDocument): number {
  const before = document.getText().split(/^\[/m, 1)[0] ?? "";
  return document.positionAt(before.length).line;
}
