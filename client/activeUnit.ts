import { window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { EFFECTIVE_SCHEME } from "../server/src/server/protocol.ts";
import { isUnitFile } from "./unitFiles.ts";

/** The address of the unit file in the active editor, also where its effective unit is shown there. */
export function activeUri(client: BaseLanguageClient): string | undefined {
  const document = window.activeTextEditor?.document;
  if (!document || !isUnitFile(document)) return undefined;
  const { uri } = document;
  return uri.scheme === EFFECTIVE_SCHEME ? uri.query : client.code2ProtocolConverter.asUri(uri);
}

/** The last part of an address, for a reader. */
export const nameOf = (uri: string): string => decodeURIComponent(uri.slice(uri.lastIndexOf("/") + 1));
