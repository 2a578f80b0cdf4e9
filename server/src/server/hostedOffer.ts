import {
  BulkRegistration,
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  type Connection,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DidSaveTextDocumentNotification,
  DocumentDiagnosticRequest,
  HoverRequest,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { COMPLETION_TRIGGERS, HARDEN_KIND } from "../features/offered.ts";
import { type Client, diagnosticOffer, PULL_ID } from "./capabilities.ts";

/** The files of other languages that may hold units. */
const HOSTED = [
  { pattern: "**/*.{nix,sh,bash,pp}" },
  { pattern: "**/{Dockerfile,Containerfile}*" },
  { pattern: "**/*.{yaml,yml,bu,ign}" },
  { pattern: "**/{user-data,user_data,user-data.txt,user_data.txt,*ignition*.json,*.ign.json}" },
  { pattern: "**/cloud.cfg.d/*.cfg" },
];

/** Those with texts that are only explained. */
const EXPLAINED = [{ pattern: "**/*.{md,markdown}" }];

/**
 * Offers a client what is known of units in files of other languages, and no more: their formatters, outlines and the like
 * are those of others. Only to clients that ask for each of these by the kind of a file.
 */
export async function offerHosted(connection: Connection, { registersHosted, pulls }: Client): Promise<void> {
  if (!registersHosted) return;
  const documentSelector = [...HOSTED, ...EXPLAINED];
  const offer = BulkRegistration.create();
  offer.add(DidOpenTextDocumentNotification.type, { documentSelector });
  offer.add(DidChangeTextDocumentNotification.type, { documentSelector, syncKind: TextDocumentSyncKind.Incremental });
  offer.add(DidSaveTextDocumentNotification.type, { documentSelector });
  offer.add(DidCloseTextDocumentNotification.type, { documentSelector });
  const triggerCharacters = [...COMPLETION_TRIGGERS, '"'];
  offer.add(CompletionRequest.type, { documentSelector, triggerCharacters, resolveProvider: true });
  offer.add(HoverRequest.type, { documentSelector });
  offer.add(CodeLensRequest.type, { documentSelector: HOSTED });
  const codeActionKinds = ["quickfix", HARDEN_KIND];
  offer.add(CodeActionRequest.type, { documentSelector: HOSTED, codeActionKinds, resolveProvider: true });
  if (pulls)
    offer.add(DocumentDiagnosticRequest.type, {
      ...diagnosticOffer(false),
      documentSelector: HOSTED,
      id: `${PULL_ID}-hosted`,
      interFileDependencies: false,
    });
  await connection.client.register(offer);
}
