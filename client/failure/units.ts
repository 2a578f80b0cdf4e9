import {
  l10n,
  type QuickPickItem,
  QuickPickItemKind,
  type TextDocument,
  ThemeIcon,
  type Uri,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { WorkspaceSymbol } from "vscode-languageserver-protocol";
import { pickOne, readable, tell } from "../saying.ts";

/** The units of the machine that failed; asked only once the reader wants them. */
export interface FailedUnits {
  readonly label: string;
  readonly names: () => Promise<readonly string[] | undefined>;
  readonly fileOf: (name: string) => Promise<Uri | undefined>;
}

interface UnitItem extends QuickPickItem {
  readonly open?: () => Promise<Uri | undefined>;
}

/** Lets the reader say which unit is meant, where none is open: one that the server knows, one that failed, or any file. */
export async function askForUnit(
  client: BaseLanguageClient,
  failed: FailedUnits | undefined,
): Promise<TextDocument | undefined> {
  const uri = await (await chosen(client, failed))?.open?.();
  return uri && workspace.openTextDocument(uri);
}

function chosen(client: BaseLanguageClient, failed: FailedUnits | undefined): Promise<UnitItem | undefined> {
  const others: readonly UnitItem[] = [
    ...(failed
      ? [{ label: failed.label, iconPath: new ThemeIcon("error"), alwaysShow: true, open: () => askForFailed(failed) }]
      : []),
    { label: l10n.t("Choose a file…"), iconPath: new ThemeIcon("folder-opened"), alwaysShow: true, open: askForFile },
  ];
  const pick = window.createQuickPick<UnitItem>();
  pick.title = l10n.t("Which unit failed?");
  pick.placeholder = l10n.t("The name of a unit");
  pick.matchOnDescription = true;
  pick.items = others;
  let latest = 0;
  const list = async (): Promise<void> => {
    const turn = ++latest;
    pick.busy = true;
    const found = await client
      .sendRequest<WorkspaceSymbol[] | null>("workspace/symbol", { query: pick.value })
      .catch(() => null);
    if (turn !== latest) return;
    const units = (found ?? []).map((it) => readable(itemOf(client, it)));
    const known: UnitItem[] =
      units.length > 0 ? [{ label: l10n.t("Known units"), kind: QuickPickItemKind.Separator }, ...units] : [];
    const more: UnitItem = { label: l10n.t("Others"), kind: QuickPickItemKind.Separator };
    pick.items = [...known, more, ...others];
    // The best row is marked, so that Enter gives it.
    const [first = others[0]] = units;
    pick.activeItems = first ? [first] : [];
    pick.busy = false;
  };
  return new Promise((resolve) => {
    pick.onDidChangeValue(() => void list());
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]);
      pick.hide();
    });
    pick.onDidHide(() => {
      latest++;
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
    void list();
  });
}

function itemOf(client: BaseLanguageClient, { name, location, containerName }: WorkspaceSymbol): UnitItem {
  const uri = client.protocol2CodeConverter.asUri(location.uri);
  return {
    label: name,
    description: [containerName, workspace.asRelativePath(uri)].filter((it) => it !== undefined).join(" · "),
    // The server has found it by the letters that are typed.
    alwaysShow: true,
    open: async () => uri,
  };
}

async function askForFailed({ names, fileOf }: FailedUnits): Promise<Uri | undefined> {
  const found = await names();
  if (!found) return undefined;
  if (found.length === 0) {
    void tell(l10n.t("No unit of this machine has failed."));
    return undefined;
  }
  const items = found.map((label) => ({ label }));
  const name = (await pickOne(items, { title: l10n.t("Which unit failed?") }))?.label;
  const uri = name === undefined ? undefined : await fileOf(name);
  if (name !== undefined && !uri) void tell(l10n.t("{0} has no unit file.", name));
  return uri;
}

async function askForFile(): Promise<Uri | undefined> {
  const [uri] = (await window.showOpenDialog({ title: l10n.t("Which unit failed?"), canSelectMany: false })) ?? [];
  return uri;
}
