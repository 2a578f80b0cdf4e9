import { l10n, type QuickPickItem, Uri, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type ListedUnit,
  OVERRIDE_REQUEST,
  type OverrideChoices,
  UNITS_REQUEST,
} from "../../server/src/server/protocol.ts";
import { tell } from "../saying.ts";
import { goToSection, openNew, type WritableMachine } from "./opening.ts";
import { answered, askAll, askOne, type Question, type QuestionResult, type Step } from "./questions.ts";

const NOT_SINGLE = l10n.t("This file does not belong to a single unit that can have an override.");

interface Known {
  readonly uri?: string;
  readonly choices?: OverrideChoices;
  readonly at?: OverrideChoices["choices"][number];
}

/** Opens the override of a unit, which is made where there is none: of the one that is given, or of one that the reader picks. */
export async function createOverride(
  client: BaseLanguageClient,
  uri: string | undefined,
  machine: WritableMachine | undefined,
  title = l10n.t("Create override"),
): Promise<void> {
  const given = uri === undefined ? undefined : await choicesFor(client, uri);
  if (uri !== undefined && !given) {
    void tell(NOT_SINGLE);
    return;
  }
  const start: Known = given ? { choices: given } : {};
  const known = await askAll<Known>(title, [unitQuestion(client, given), placeQuestion], start);
  const { choices, at = choices?.choices[0] } = known ?? {};
  if (choices && !at) void tell(l10n.t("There is no folder here for an override of {0}.", choices.unit));
  if (!choices || !at) return;
  const file = client.protocol2CodeConverter.asUri(at.uri);
  if (at.exists) return goToSection(file, choices.section);
  const look = { start: choices.text.length, end: choices.text.length };
  await openNew([{ uri: file, text: choices.text, look }], machine);
}

const choicesFor = (client: BaseLanguageClient, uri: string): Promise<OverrideChoices | null> =>
  client.sendRequest<OverrideChoices | null>(OVERRIDE_REQUEST, { uri });

function unitQuestion(client: BaseLanguageClient, given: OverrideChoices | null | undefined): Question<Known> {
  return {
    applies: () => !given,
    ask: async (_, step) => {
      const result = await askUnit(client, step);
      if (result.kind !== "answer") return result;
      const choices = await choicesFor(client, result.value.uri);
      if (choices) return { kind: "answer", value: { choices } };
      void tell(NOT_SINGLE);
      return { kind: "left" };
    },
  };
}

const placeQuestion: Question<Known> = {
  applies: ({ choices }) => choices !== undefined && choices.choices.length > 1,
  ask: async (known, step) => {
    const items = (known.choices?.choices ?? []).map((choice) => {
      const uri = Uri.parse(choice.uri);
      const label = workspace.getWorkspaceFolder(uri) ? workspace.asRelativePath(uri) : choice.shown;
      return { label, description: choice.exists ? l10n.t("exists") : l10n.t("new"), choice };
    });
    const question = l10n.t("Where does the override of {0} go?", known.choices?.unit ?? "");
    return answered(await askOne(step, items, question), ({ choice }) => ({ ...known, at: choice }));
  },
};

/** The units that the server knows, those of the workspace first. */
async function askUnit(
  client: BaseLanguageClient,
  step: Step,
): Promise<QuestionResult<QuickPickItem & { readonly uri: string }>> {
  const near = workspace.workspaceFolders?.[0]?.uri;
  const units = await client.sendRequest<ListedUnit[]>(
    UNITS_REQUEST,
    near ? { near: `${near.toString()}/x.service` } : {},
  );
  const items = units.map(({ name, uri, description = "" }) => {
    const file = client.protocol2CodeConverter.asUri(uri);
    return { label: name, description, detail: workspace.asRelativePath(file), uri };
  });
  const none = l10n.t("No unit file is known here: open a folder with units first.");
  return askOne(step, items, l10n.t("Which unit?"), undefined, none);
}
