import { commands, EventEmitter, type ExtensionContext, l10n, Uri, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  HARDENING_CHOICES_REQUEST,
  type HardeningChoices,
  type HardeningPreview,
  PREVIEW_SCHEME,
} from "../../server/src/server/protocol.ts";
import { fileNameOf, neededUri } from "../activeUnit.ts";
import { pickOne, tell } from "../saying.ts";
import { onRunning } from "../server/running.ts";
import { applyTo } from "./edits.ts";

/** How long typing has to rest before a preview follows, in milliseconds. */
const REST = 150;

/** Adds the command that shows what hardening would change in a diff editor, and the one that applies it from there. */
export function registerPreview(context: ExtensionContext, client: BaseLanguageClient): void {
  const changed = new EventEmitter<Uri>();
  const ask = (uri: string): Promise<HardeningChoices | null> =>
    client.sendRequest<HardeningChoices | null>(HARDENING_CHOICES_REQUEST, { uri });
  const chosen = async (preview: Uri): Promise<{ choice?: HardeningPreview; version: number; uri: string }> => {
    const [id, uri = ""] = splitQuery(preview.query);
    const found = await ask(uri);
    const choice = found?.choices.find((it) => it.id === id);
    return { ...(choice ? { choice } : {}), version: found?.version ?? 0, uri };
  };
  const content = {
    onDidChange: changed.event,
    async provideTextDocumentContent(preview: Uri): Promise<string> {
      const choice = await chosen(preview).then(
        (it) => it.choice,
        () => undefined,
      );
      return choice?.text ?? textOf(client, splitQuery(preview.query)[1] ?? "");
    },
  };
  let resting: ReturnType<typeof setTimeout> | undefined;
  const follow = (): void => {
    const shown = workspace.textDocuments.filter((it) => it.uri.scheme === PREVIEW_SCHEME);
    if (shown.length === 0) return;
    clearTimeout(resting);
    resting = setTimeout(() => {
      for (const { uri } of shown) changed.fire(uri);
    }, REST);
  };
  context.subscriptions.push(
    changed,
    onRunning(client, follow),
    workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, content),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.uri.scheme !== PREVIEW_SCHEME) follow();
    }),
    commands.registerCommand("unitWarden.previewHardening", async (given: unknown) => {
      const uri = neededUri(client, given);
      if (uri === undefined) return;
      const choices = (await ask(uri))?.choices ?? [];
      const choice = choices.length > 1 ? await pick(choices) : choices[0];
      if (choice) await show(client, uri, choice);
      else if (choices.length === 0) void tell(l10n.t("There is nothing to add to this unit."));
    }),
    commands.registerCommand("unitWarden.applyPreview", async (given: unknown) => {
      const preview = given instanceof Uri ? given : window.activeTextEditor?.document.uri;
      if (preview?.scheme !== PREVIEW_SCHEME) return;
      const { choice, version, uri } = await chosen(preview);
      if (!choice || !(await applyTo(client, uri, version, choice.edits))) return;
      await commands.executeCommand("workbench.action.closeActiveEditor");
    }),
  );
}

async function pick(choices: readonly HardeningPreview[]): Promise<HardeningPreview | undefined> {
  const items = choices.map((choice) => ({ label: choice.title, choice }));
  return (await pickOne(items, { placeholder: l10n.t("What to preview") }))?.choice;
}

async function show(client: BaseLanguageClient, uri: string, { id, title }: HardeningPreview): Promise<void> {
  const original = client.protocol2CodeConverter.asUri(uri);
  const preview = Uri.from({ scheme: PREVIEW_SCHEME, path: original.path, query: `${id} ${uri}` });
  await commands.executeCommand("vscode.diff", original, preview, `${fileNameOf(uri)}: ${title}`);
}

function textOf(client: BaseLanguageClient, uri: string): string {
  const target = client.protocol2CodeConverter.asUri(uri).toString();
  return workspace.textDocuments.find((it) => it.uri.toString() === target)?.getText() ?? "";
}

/** What is chosen, and the address of the unit file. */
function splitQuery(query: string): string[] {
  const at = query.indexOf(" ");
  return [query.slice(0, at), query.slice(at + 1)];
}
