import { commands, type ExtensionContext, l10n, Uri, ViewColumn, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  FIX_REQUEST,
  OVERVIEW_REQUEST,
  type OverviewRow,
  REPORT_REQUEST,
  type Report,
} from "../../server/src/server/protocol.ts";
import { unitNameOf, uriOf, wholeUnitUri } from "../activeUnit.ts";
import type { FromPage, ToPage } from "../webview/messages.ts";
import { livePanels } from "./livePanels.ts";

/** More services than this are not read for the overview. */
const MANY = 5000;

/** Adds the commands that open the report of a unit and the overview of the workspace. */
export function registerReports(context: ExtensionContext, client: BaseLanguageClient): void {
  const panels = livePanels(context);
  const open = (key: string, title: string, content: () => Promise<ToPage | undefined>): void =>
    panels.open<ToPage, FromPage>({ key, title, page: "webview", content, receive });

  const openReport = (uri: string): void => {
    open(uri, `Exposure of ${unitNameOf(uri)}`, async () => {
      const report = await client.sendRequest<Report | null>(REPORT_REQUEST, { uri });
      return report ? { report } : undefined;
    });
  };

  const openOverview = (): void => {
    open("overview", "Exposure of all services", async () => {
      const files = await workspace.findFiles("**/*.service", undefined, MANY);
      const uris = files.map((it) => client.code2ProtocolConverter.asUri(it));
      return { overview: await client.sendRequest<OverviewRow[]>(OVERVIEW_REQUEST, { uris }) };
    });
  };

  const receive = async (message: FromPage, refresh: () => Promise<void>): Promise<void> => {
    switch (message.kind) {
      case "ready":
        return refresh();
      case "open":
        await window.showTextDocument(Uri.parse(message.uri), { viewColumn: ViewColumn.One });
        return;
      case "report":
        return openReport(message.uri);
      case "fix":
        return applyFix(message.uri, message.id);
    }
  };

  const applyFix = async (uri: string, id: string): Promise<void> => {
    // The unit of a drop-in, or of a row of the overview, need not be open.
    await workspace.openTextDocument(Uri.parse(uri));
    const edit = await client.sendRequest<Parameters<typeof client.protocol2CodeConverter.asWorkspaceEdit>[0]>(
      FIX_REQUEST,
      { uri, id },
    );
    const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
    if (converted) await workspace.applyEdit(converted);
  };

  context.subscriptions.push(
    commands.registerCommand("unitWarden.openReport", async (sent: unknown) => {
      const wanted = uriOf(client, sent);
      const uri = wanted && (await wholeUnitUri(client, wanted));
      if (uri && (await client.sendRequest<Report | null>(REPORT_REQUEST, { uri }))) openReport(uri);
      else
        void window.showInformationMessage(l10n.t("Open a service, or a drop-in of one, to see its exposure report."));
    }),
    commands.registerCommand("unitWarden.openOverview", openOverview),
  );
}
