import { l10n, Uri, workspace } from "vscode";
import { fileNameOf } from "../activeUnit.ts";

/** Why there is nothing to show of a file: it is gone, or it is something else, which `otherwise` says of its name. */
export async function absence(uri: string, otherwise: (name: string) => string): Promise<string> {
  const file = Uri.parse(uri);
  const isOpen = workspace.textDocuments.some((it) => it.uri.toString() === file.toString());
  const isThere = await workspace.fs.stat(file).then(
    () => true,
    () => isOpen,
  );
  const name = fileNameOf(uri);
  return isThere ? otherwise(name) : l10n.t("{0} no longer exists.", name);
}
