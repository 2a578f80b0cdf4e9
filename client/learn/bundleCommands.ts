import { commands, type ExtensionContext, l10n, ProgressLocation, Uri, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { LEARN_BUNDLE_REQUEST, type LearntBundle } from "../../server/src/server/protocol.ts";
import { fileNameOf, uriOf, wholeUnitUri } from "../activeUnit.ts";
import { complain, mention, tell } from "../saying.ts";
import { setKey } from "../status/item.ts";

/** Adds the command that derives settings from bundles of the service in the editor. */
export function registerBundles(context: ExtensionContext, client: BaseLanguageClient): void {
  // In the browser there is no server that could read one.
  void setKey("canOpenBundle", true);
  context.subscriptions.push(
    commands.registerCommand("unitWarden.openBundle", async (sent: unknown) => {
      const wanted = uriOf(client, sent);
      const uri = wanted && (await wholeUnitUri(client, wanted));
      if (!uri) return void tell(l10n.t("Open a service first, then a bundle that was learnt about it."));
      const chosen = await chooseBundles();
      if (chosen.length > 0) await openBundles(client, uri, chosen);
    }),
  );
}

/** Shows what bundles say next to the unit, and offers to keep it there. */
export async function openBundles(client: BaseLanguageClient, uri: string, chosen: readonly Uri[]): Promise<void> {
  const bundles = chosen.map((it) => client.code2ProtocolConverter.asUri(it));
  const title = l10n.t("Deriving settings from {0}", fileNameOf(bundles[0] ?? ""));
  const found = await window.withProgress({ location: ProgressLocation.Notification, title }, () =>
    client.sendRequest<LearntBundle | null>(LEARN_BUNDLE_REQUEST, { uri, bundles }),
  );
  if (!found) return void tell(l10n.t("Open a service first, then a bundle that was learnt about it."));
  if ("problem" in found) return complain(found.problem);
  await commands.executeCommand("unitWarden.openReport", uri);
  const save = l10n.t("Save {0}", fileNameOf(found.target));
  const trusting = l10n.t("Trust the Run and Save");
  const action = await tell(found.said, save, ...(found.trusted ? [trusting] : []));
  if (action === undefined) return;
  try {
    for (const { uri: to, text } of (action === trusting && found.trusted) || found.files)
      await workspace.fs.writeFile(Uri.parse(to), new TextEncoder().encode(text));
    mention(l10n.t("Saved {0}", fileNameOf(found.target)));
  } catch (error) {
    complain(error);
  }
}

async function chooseBundles(): Promise<readonly Uri[]> {
  const chosen = await window.showOpenDialog({
    title: l10n.t("Bundles of one service, as unit-warden learn makes them"),
    openLabel: l10n.t("Derive Settings"),
    canSelectMany: true,
    filters: { [l10n.t("Learnt bundles")]: ["gz", "tgz", "tar"] },
  });
  return chosen ?? [];
}
