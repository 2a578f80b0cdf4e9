import { existsSync } from "node:fs";
import { type ExtensionContext, l10n, tasks, Uri, window } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { withoutLinks } from "../../server/src/text/markdown.ts";
import { askBefore, pickOne, tell } from "../saying.ts";
import { addLocalCommand, terminalTask } from "../tools/localCommands.ts";
import { programPath, unitFor } from "../tools/toolCommands.ts";
import { openBundles } from "./bundleCommands.ts";
import { type LearnCall, type LearnWish, learnCall, planCall, type Starter, shownCall, tryCall } from "./learnLines.ts";
import { askHost, askMachine } from "./otherMachine.ts";
import { dryRun } from "./plan.ts";

/**
 * Adds the commands that observe the service in the editor, and that try settings on it: as root, on this machine or on
 * one that ssh reaches, in a terminal. They are shown in trusted workspaces alone; nothing runs before the reader has confirmed it.
 */
export function registerLearn(context: ExtensionContext, client: BaseLanguageClient): void {
  const add = (name: string, run: (unit: string, uri: Uri) => Promise<void>): void =>
    addLocalCommand(context, name, async (document, subject) => {
      if (subject?.kind !== "service" || subject.scope === "user")
        return void tell(l10n.t("Only system services can be learnt."));
      const unit = await unitFor(subject);
      if (unit !== undefined) await run(unit, document.uri);
    });
  const starter = (): Starter => ({
    node: process.execPath,
    cli: context.asAbsolutePath("dist/cli.js"),
    sudo: process.getuid?.() === 0 ? undefined : programPath("sudo"),
  });
  const learn = async (unit: string, uri: Uri, host: string | undefined): Promise<void> => {
    const exercise = await askExercise(unit);
    if (exercise === undefined) return;
    const save = await askBundle(uri, unit);
    if (save === undefined) return;
    const wish = { unit, exercise, host, ...(save === "" ? {} : { save }) };
    const question =
      host === undefined ? l10n.t("Learn what {0} needs?", unit) : l10n.t("Learn what {0} on {1} needs?", unit, host);
    const trusting = l10n.t("Start, and Trust the Run");
    const action = await askToStart(question, starter(), "learn", wish, trusting);
    if (action === undefined) return;
    await inTerminal(learnCall(starter(), { ...wish, trustsRun: action === trusting }), `unit-warden learn ${unit}`);
    if (save !== "" && existsSync(save))
      await openBundles(client, client.code2ProtocolConverter.asUri(uri), [Uri.file(save)]);
  };
  add("learn", async (unit, uri) => {
    const machine = await askMachine(context);
    if (machine) await learn(unit, uri, machine.host);
  });
  add("learnOverSsh", async (unit, uri) => {
    const host = await askHost(context);
    if (host !== undefined) await learn(unit, uri, host);
  });
  add("try", async (unit) => {
    const exercise = await askExercise(unit);
    if (exercise === undefined) return;
    const profiles = ["basic", "strict", "isolated"].map((label) => ({ label }));
    const recommended = profiles.find((it) => it.label === "strict");
    const profile = await pickOne(profiles, { placeholder: l10n.t("Which settings to try"), recommended });
    if (!profile) return;
    const wish = { unit, exercise, profile: profile.label };
    if ((await askToStart(l10n.t("Try settings on {0}?", unit), starter(), "try", wish)) === undefined) return;
    await inTerminal(tryCall(starter(), wish), `unit-warden try ${unit}`);
  });
}

/** A command that uses the service, maybe none; undefined where the reader gives up. */
const askExercise = (unit: string): Thenable<string | undefined> =>
  window.showInputBox({
    title: withoutLinks(l10n.t("A command that uses {0} and fails where it does not answer", unit)),
    prompt: l10n.t("What is not exercised is not seen. It may be empty."),
    placeHolder: "curl -fsS http://localhost/",
  });

/** The file of the bundle that is kept, empty for none; undefined where the reader gives up. */
async function askBundle(uri: Uri, unit: string): Promise<string | undefined> {
  const show = l10n.t("Show what was learnt in the terminal");
  const keep = l10n.t("Keep a bundle, and open it next to the unit");
  const picked = await pickOne(
    [show, keep].map((label) => ({ label })),
    { placeholder: l10n.t("What to do with what is learnt") },
  );
  if (picked?.label !== keep) return picked && "";
  const chosen = await window.showSaveDialog({
    defaultUri: Uri.joinPath(uri, "..", `${unit}.learn.tar.gz`),
    filters: { [l10n.t("Learnt bundles")]: ["gz", "tgz", "tar"] },
  });
  return chosen?.fsPath;
}

/** Says what is going to happen, as the command itself does, and asks; which of the ways to start is wanted, if any. */
async function askToStart(
  question: string,
  starter: Starter,
  verb: "learn" | "try",
  wish: LearnWish,
  trusting?: string,
): Promise<string | undefined> {
  const plan = await dryRun(planCall(starter, verb, wish));
  const trust =
    trusting === undefined ? [] : [l10n.t('With "{0}", the run counts over what is known of such services.', trusting)];
  const detail = [plan, ...trust, shownCall(starter, verb, wish)].join("\n\n");
  return askBefore(question, detail, l10n.t("Start"), ...(trusting === undefined ? [] : [trusting]));
}

/** Starts a program in a terminal, and waits for its end. */
async function inTerminal(call: LearnCall, name: string): Promise<void> {
  const task = terminalTask(call, { name, source: "unit-warden" });
  const ended = new Promise<void>((resolve) => {
    const ending = tasks.onDidEndTask(({ execution: { task: it } }) => {
      if (it.name !== name || it.source !== task.source) return;
      ending.dispose();
      resolve();
    });
  });
  await tasks.executeTask(task);
  await ended;
}
