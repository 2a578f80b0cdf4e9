import type { Connection, TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Client } from "./capabilities.ts";
import type { UnitDocuments } from "./documents.ts";
import type { Guard } from "./guard.ts";
import type { HostedDocuments } from "./hostedDocuments.ts";
import type { Indexing } from "./indexing.ts";
import type { Survey } from "./survey.ts";
import type { TeamSettings } from "./teamSettings.ts";
import type { Writings } from "./writings.ts";

/** What is needed to judge the open documents. */
export interface JudgingSources {
  readonly connection: Connection;
  readonly documents: TextDocuments<TextDocument>;
  readonly units: UnitDocuments;
  readonly hosted: HostedDocuments;
  readonly indexing: Indexing;
  readonly survey: Survey;
  readonly client: Client;
  readonly team: TeamSettings;
  readonly writings: Writings;
  readonly guard: Guard;
  readonly targetIsOpen: (uri: string) => boolean;
}
