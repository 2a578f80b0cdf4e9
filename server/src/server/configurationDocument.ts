import type { Diagnostic } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { expiredExceptions, readConfiguration } from "../configuration/configuration.ts";
import { configurationDiagnostics } from "../features/configurationDiagnostics.ts";
import { isConfigurationName } from "./teamSettings.ts";
import { today } from "./today.ts";
import { addressOf } from "./uris.ts";

/** What is found in an open document that is a configuration; nothing in any other. */
export function inConfiguration(document: TextDocument): Diagnostic[] {
  const name = addressOf(document.uri).path.replace(/^.*\//s, "");
  const read = isConfigurationName(name) ? readConfiguration(name, document.getText()) : undefined;
  if (!read) return [];
  return configurationDiagnostics(document.getText(), [...read.findings, ...expiredExceptions(read, today())]);
}
