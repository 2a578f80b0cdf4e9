import { l10n, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { OfferedSetting } from "../../server/src/server/protocol.ts";
import { tell } from "../saying.ts";

/** The edits of one change, as the server writes them. */
type Edits = OfferedSetting["edits"];

/** Applies edits that were made for one version of a document as one change; says so where the text is another one by now. */
export async function applyTo(
  client: BaseLanguageClient,
  uri: string,
  version: number,
  edits: Edits,
): Promise<boolean> {
  const documentChanges = [{ textDocument: { uri, version }, edits: [...edits] }];
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit({ documentChanges });
  const target = client.protocol2CodeConverter.asUri(uri).toString();
  const document = workspace.textDocuments.find((it) => it.uri.toString() === target);
  if (document && document.version !== version) {
    void tell(l10n.t("The file has changed meanwhile. Nothing was applied."));
    return false;
  }
  return edit !== undefined && (await workspace.applyEdit(edit));
}
