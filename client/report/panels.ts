import { commands, type ExtensionContext, Uri, ViewColumn, type WebviewPanel, window, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  FIX_REQUEST,
  OVERVIEW_REQUEST,
  type OverviewRow,
  REPORT_REQUEST,
  type Report,
} from "../../server/src/server/protocol.ts";
import type { FromPage, ToPage } from "../webview/messages.ts";
import { pageHtml } from "./page.ts";

/** How long a document must rest before its report is drawn anew, in milliseconds. */
const REST = 150;
/** More services than this are not read for the overview. */
const MANY = 5000;

/** Adds the commands that open the report of a unit and the overview of the workspace. */
export function registerReports(context: ExtensionContext, client: BaseLanguageClient): void {
  const panels = new Map<string, { panel: WebviewPanel; refresh: () => Promise<void> }>();

  const open = (key: string, title: string, content: () => Promise<ToPage | undefined>): void => {
    const known = panels.get(key);
    if (known) {
      known.panel.reveal();
      return;
    }
    const dist = Uri.joinPath(context.extensionUri, "dist");
    const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
    const panel = window.createWebviewPanel("unitWarden", title, column, {
      enableScripts: true,
      localResourceRoots: [dist],
    });
    const refresh = async (): Promise<void> => {
      const page = await content();
      if (page) await panel.webview.postMessage(page);
    };
    panels.set(key, { panel, refresh });
    panel.onDidDispose(() => panels.delete(key));
    panel.webview.onDidReceiveMessage((message: FromPage) => receive(message, refresh));
    panel.webview.html = pageHtml(panel.webview, context.extensionUri, "Unit Warden", "webview");
  };

  const openReport = (uri: string): void => {
    const name = uri.slice(uri.lastIndexOf("/") + 1);
    open(uri, `Exposure of ${decodeURIComponent(name)}`, async () => {
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
    const edit = await client.sendRequest<Parameters<typeof client.protocol2CodeConverter.asWorkspaceEdit>[0]>(
      FIX_REQUEST,
      { uri, id },
    );
    const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
    if (converted) await workspace.applyEdit(converted);
  };

  let timer: ReturnType<typeof setTimeout> | undefined;
  const refreshAll = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      for (const { panel, refresh } of panels.values()) if (panel.visible) void refresh();
    }, REST);
  };

  const activeUri = (): string | undefined => {
    const document = window.activeTextEditor?.document;
    return document?.languageId === "systemd" ? client.code2ProtocolConverter.asUri(document.uri) : undefined;
  };
  context.subscriptions.push(
    commands.registerCommand("unitWarden.openReport", (uri: unknown) => {
      const wanted = typeof uri === "string" ? uri : activeUri();
      if (wanted) openReport(wanted);
      else void window.showInformationMessage("Open a systemd unit file to see its report.");
    }),
    commands.registerCommand("unitWarden.openOverview", openOverview),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (document.languageId === "systemd") refreshAll();
    }),
  );
}
