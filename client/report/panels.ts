import { commands, type ExtensionContext, l10n, Uri, ViewColumn, window, workspace } from "vscode";
import { type BaseLanguageClient, WorkDoneProgress } from "vscode-languageclient";
import {
  FIX_REQUEST,
  type FixParams,
  OVERVIEW_REQUEST,
  type OverviewRow,
  REPORT_REQUEST,
  type ShownReport,
} from "../../server/src/server/protocol.ts";
import { unitNameOfUri, uriOf, wholeUnitUri } from "../activeUnit.ts";
import { tell } from "../saying.ts";
import { type LivePanel, livePanels } from "../views/livePanels.ts";
import type { FromPage, ToPage } from "../webview/messages.ts";
import { documentPanels } from "./documents.ts";

/** More services than this are not read for the overview. */
const MAX_SERVICES = 5000;

/** The key of the one view that is about no file. */
const OVERVIEW = "overview";

/** Adds the commands that open the report of a unit, what was read of its programs, and the overview of the workspace. */
export function registerReports(context: ExtensionContext, client: BaseLanguageClient): void {
  const receive = async (message: FromPage, refresh: () => Promise<void>): Promise<void> => {
    switch (message.kind) {
      case "ready":
        return refresh();
      case "open":
        await window.showTextDocument(Uri.parse(message.uri), { viewColumn: ViewColumn.One });
        return;
      case "report":
        return panels.open(message.uri);
      case "fix":
        return applyFix(client, message.fix);
    }
  };
  const report = (uri: string): Panel => ({
    title: l10n.t("Exposure of {0}", unitNameOfUri(uri)),
    async content() {
      const shown = await client.sendRequest<ShownReport | null>(REPORT_REQUEST, { uri });
      return shown ? { report: shown } : undefined;
    },
    receive,
  });
  const overview: Panel = {
    title: l10n.t("Exposure of all services"),
    content: overviewOf(client),
    receive,
  };
  const panels = livePanels<ToPage, FromPage>(context, client, {
    viewType: "unitWarden",
    page: "webview",
    panel: ({ key }) => (key === OVERVIEW ? overview : report(key)),
  });
  // What podman gives the program of a container is a document.
  const tablesOf = (uri: string): Thenable<string | null> =>
    commands.executeCommand<string | null>("unitWarden.reportMarkdown", uri);
  const confinements = documentPanels(context, client, {
    viewType: "unitWarden.confinement",
    title: (uri) => l10n.t("Confinement of {0}", unitNameOfUri(uri)),
    text: tablesOf,
    receive,
  });
  const factsOf = (uri: string): Thenable<string | null> =>
    commands.executeCommand<string | null>("unitWarden.programMarkdown", uri);
  const programs = documentPanels(context, client, {
    viewType: "unitWarden.program",
    title: (uri) => l10n.t("Programs of {0}", unitNameOfUri(uri)),
    text: factsOf,
    receive,
  });

  context.subscriptions.push(
    commands.registerCommand("unitWarden.openReport", async (sent: unknown) => {
      const wanted = uriOf(client, sent);
      const uri = wanted && (await wholeUnitUri(client, wanted));
      if (uri && (await client.sendRequest<ShownReport | null>(REPORT_REQUEST, { uri }))) return panels.open(uri);
      if (wanted && (await tablesOf(wanted))) confinements.open(wanted);
      else void tell(l10n.t("Open a service, or a drop-in of one, to see its exposure report."));
    }),
    commands.registerCommand("unitWarden.showProgram", async (sent: unknown) => {
      const wanted = uriOf(client, sent);
      const uri = wanted && (await wholeUnitUri(client, wanted));
      if (uri && (await factsOf(uri))) programs.open(uri);
      else void tell(l10n.t("Open a service, or a drop-in of one, to see what was read of its programs."));
    }),
    commands.registerCommand("unitWarden.openOverview", () => panels.open(OVERVIEW)),
  );
}

type Panel = LivePanel<ToPage, FromPage>;

/** Lists the services of the workspace, and shows how far the server is. */
function overviewOf(client: BaseLanguageClient): Panel["content"] {
  let overviews = 0;
  return async (tell) => {
    const files = await workspace.findFiles("**/*.service", undefined, MAX_SERVICES);
    const uris = files.map((it) => client.code2ProtocolConverter.asUri(it));
    const workDoneToken = `unitWarden.overview.${++overviews}`;
    const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (progress) => {
      if (progress.kind === "report") tell({ progress: { percent: progress.percentage, text: progress.message } });
    });
    try {
      const rows = await client.sendRequest<OverviewRow[]>(OVERVIEW_REQUEST, { uris, workDoneToken });
      return { overview: rows.map((row) => ({ ...row, folder: folderOf(row.uri) })) };
    } finally {
      listening.dispose();
    }
  };
}

async function applyFix(client: BaseLanguageClient, fix: FixParams): Promise<void> {
  // The unit of a drop-in, or of a row of the overview, need not be open.
  await workspace.openTextDocument(Uri.parse(fix.uri));
  const edit = await client.sendRequest<Parameters<typeof client.protocol2CodeConverter.asWorkspaceEdit>[0]>(
    FIX_REQUEST,
    fix,
  );
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  if (converted) await workspace.applyEdit(converted);
}

/** The folder of a file as the explorer shows it. */
function folderOf(uri: string): string {
  const file = Uri.parse(uri);
  const folder = file.with({ path: file.path.replace(/\/[^/]*$/, "") || "/" });
  const inside = workspace.workspaceFolders?.some((it) => it.uri.toString() === folder.toString());
  return inside && workspace.workspaceFolders?.length === 1 ? "." : workspace.asRelativePath(folder);
}
