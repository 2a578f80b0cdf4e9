import { l10n, type QuickPickItem, QuickPickItemKind, Uri, window, workspace } from "vscode";
import type { ListedUnit } from "../../server/src/server/protocol.ts";
import { askOne, type QuestionResult, type Step } from "./questions.ts";

/** Where new unit files go: a folder, or nowhere yet. */
export interface NewPlace {
  readonly folder: Uri | undefined;
}

type Item = QuickPickItem & { readonly folder?: Uri; readonly choose?: true };

/** The folders of the workspace that hold units, those with most first, and its top folders. */
function workspaceFolders(units: readonly ListedUnit[]): Uri[] {
  const counts = new Map<string, number>();
  for (const { uri, home } of units) {
    const folder = Uri.joinPath(Uri.parse(uri), "..").toString();
    if (home !== "machine" && workspace.getWorkspaceFolder(Uri.parse(folder)))
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const withUnits = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST);
  const tops = (workspace.workspaceFolders ?? []).map((it) => it.uri.toString());
  return [...new Set([...withUnits.map(([folder]) => folder), ...tops])].map((it) => Uri.parse(it));
}

/** More folders than a list should begin with. */
const MOST = 5;

/** Asks where the files go: the folder of the workspace with the most units is chosen already. */
export async function askPlace(
  step: Step,
  units: readonly ListedUnit[],
  machine: string | undefined,
): Promise<QuestionResult<NewPlace>> {
  const tops = workspace.workspaceFolders ?? [];
  const folders = workspaceFolders(units).map((folder): Item => {
    const top = tops.find((it) => it.uri.toString() === folder.toString());
    return top
      ? { label: top.name, description: l10n.t("folder of the workspace"), folder }
      : { label: workspace.asRelativePath(folder), folder };
  });
  const items: Item[] = [
    ...folders,
    ...(machine === undefined
      ? []
      : [{ label: machine, description: l10n.t("this machine"), folder: Uri.file(machine) }]),
    { label: "", kind: QuickPickItemKind.Separator },
    { label: l10n.t("Another folder…"), choose: true },
    { label: l10n.t("No file yet"), description: l10n.t("an unsaved tab") },
  ];
  const result = await askOne(step, items, l10n.t("Where do the files go?"));
  if (result.kind !== "answer") return result;
  if (!result.value.choose) return { kind: "answer", value: { folder: result.value.folder } };
  const [folder] = (await window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false })) ?? [];
  return folder ? { kind: "answer", value: { folder } } : { kind: "left" };
}
