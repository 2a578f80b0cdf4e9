import { l10n, Uri, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { EFFECTIVE_SCHEME, UNIT_OF_REQUEST } from "../server/src/server/protocol.ts";
import { unescaped } from "../server/src/text/percent.ts";
import { tell } from "./saying.ts";
import { isUnitFile } from "./unitFiles.ts";

/** The address of the unit file in the active editor, also where its effective unit is shown there. */
export function activeUri(client: BaseLanguageClient): string | undefined {
  const document = window.activeTextEditor?.document;
  if (!document || !isUnitFile(document)) return undefined;
  return protocolUri(client, document.uri);
}

const protocolUri = (client: BaseLanguageClient, uri: Uri): string =>
  uri.scheme === EFFECTIVE_SCHEME ? uri.query : client.code2ProtocolConverter.asUri(uri);

/** What a command is about: the address that a lens sends, the file of the menu that it is chosen from, else the active editor. */
export function uriOf(client: BaseLanguageClient, sent: unknown): string | undefined {
  if (typeof sent === "string") return sent;
  return sent instanceof Uri ? protocolUri(client, sent) : activeUri(client);
}

/** The same where a command can do nothing without one: the reader is told then. */
export function neededUri(client: BaseLanguageClient, sent?: unknown): string | undefined {
  const uri = uriOf(client, sent);
  if (uri === undefined) void tell(l10n.t("Open a unit file first."));
  return uri;
}

/** The last part of an address, for a reader. */
export const fileNameOf = (uri: string): string => unescaped(uri.replace(/^(?:.*\/|untitled:)/, ""));

const DROP_IN = /\/([^/]+)\.d\/[^/]*\.conf$/;

/** The name of the unit that a file is about: of a drop-in that of its unit. */
export const unitNameOfUri = (uri: string): string => {
  const unit = DROP_IN.exec(uri)?.[1];
  return unit === undefined ? fileNameOf(uri) : unescaped(unit);
};

/** The file that a view of a whole unit is about: of a drop-in its unit file, unless the drop-in alone leads to it. */
export async function wholeUnitUri(client: BaseLanguageClient, uri: string): Promise<string> {
  return DROP_IN.test(uri) ? ((await client.sendRequest<string | null>(UNIT_OF_REQUEST, { uri })) ?? uri) : uri;
}
