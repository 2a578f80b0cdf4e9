import { commands, type ExtensionContext, l10n, type QuickPickItem, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type AnsweredNeeds,
  NEEDS_QUESTION_REQUEST,
  type NeedsAnswer,
  type NeedsQuestion,
} from "../../server/src/server/needsProtocol.ts";
import { neededUri } from "../activeUnit.ts";
import { pickOne, tell } from "../saying.ts";
import { applyTo } from "./edits.ts";

/** Adds the command that asks what a service does, and states the answers in its unit. */
export function registerNeedsQuestions(context: ExtensionContext, client: BaseLanguageClient): void {
  context.subscriptions.push(
    commands.registerCommand("unitWarden.tellNeeds", async (given: unknown) => {
      const uri = neededUri(client, given);
      if (uri !== undefined) await askAll(client, uri);
    }),
  );
}

type StatedAnswer = AnsweredNeeds["answers"][number];

async function askAll(client: BaseLanguageClient, uri: string): Promise<void> {
  const answers: StatedAnswer[] = [];
  const ids: string[] = [];
  const next = (): Promise<NeedsAnswer | null> =>
    client.sendRequest<NeedsAnswer | null>(NEEDS_QUESTION_REQUEST, { uri, answers, ids });
  let state = await next();
  if (!state?.question) {
    void tell(l10n.t("There is nothing to ask about this unit."));
    return;
  }
  while (state?.question) {
    const { question } = state;
    ids.push(question.id);
    const reply = await ask(question);
    if (!reply) break;
    answers.push(...reply);
    state = await next();
  }
  if (answers.length > 0 && state) await applyTo(client, uri, state.version, state.edits);
}

interface AnswerItem extends QuickPickItem {
  readonly key: "yes" | "no" | "open";
}

/** What is answered to a question; undefined where the reader has enough. */
async function ask({ text, examples, needs, adds }: NeedsQuestion): Promise<readonly StatedAnswer[] | undefined> {
  const key = await pickAnswer(text, adds, examples);
  if (key === undefined) return undefined;
  if (key === "no") return needs.map(({ need }) => ({ need, says: "no" }));
  if (key === "open") return [];
  const answers: StatedAnswer[] = [];
  for (const it of needs) {
    const own = needs.length === 1 ? "yes" : await pickAnswer(it.text, [], it.meaning);
    if (own === "no") answers.push({ need: it.need, says: "no" });
    if (own === "yes") answers.push({ need: it.need, says: "needs", details: await detailsOf(it.details) });
  }
  return answers;
}

async function pickAnswer(
  text: string,
  adds: readonly string[],
  examples: string,
): Promise<AnswerItem["key"] | undefined> {
  const detail = adds.length === 0 ? {} : { detail: l10n.t("Helps to add {0}", adds.join(", ")) };
  const items: readonly AnswerItem[] = [
    { label: l10n.t("No"), ...detail, key: "no" },
    { label: l10n.t("Yes"), detail: examples, key: "yes" },
    { label: l10n.t("Leave it open"), key: "open" },
  ];
  return (await pickOne(items, { placeholder: text }))?.key;
}

async function detailsOf(question: string | undefined): Promise<string[]> {
  const typed = question === undefined ? "" : await window.showInputBox({ prompt: question });
  return (typed ?? "").split(/[\s,]+/).filter((it) => it !== "");
}
