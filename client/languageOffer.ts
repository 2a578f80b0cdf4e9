import { ConfigurationTarget, commands, type ExtensionContext, extensions, window, workspace } from "vscode";
import { isUnitFile, LANGUAGE, OTHER_LANGUAGES, UNIT_GLOBS } from "./unitFiles.ts";

/** Where it is kept that the reader wants no offer any more. */
const ANSWERED = "unitWarden.languageOffer.answered";

const USE = "Use Unit Warden";
const LATER = "Not Now";
const NEVER = "Never";

/**
 * Offers to use our language where another extension has given its own to a unit file: once a session, and never after an
 * answer that is not "Not Now". Adds the command that does it without an offer, too.
 */
export function offerLanguage(context: ExtensionContext): void {
  let offered = context.globalState.get(ANSWERED, false);
  const offer = async (): Promise<void> => {
    const document = window.activeTextEditor?.document;
    if (offered || !document || document.languageId === LANGUAGE || !isUnitFile(document)) return;
    if (isWanted(document.languageId)) return;
    offered = true;
    const answer = await window.showInformationMessage(
      `${ownerOf(document.languageId)} opens unit files as "${document.languageId}". Use Unit Warden for unit files, with its colors, snippets and settings?`,
      USE,
      LATER,
      NEVER,
    );
    if (answer === USE) await useForUnitFiles();
    if (answer === USE || answer === NEVER) await context.globalState.update(ANSWERED, true);
  };
  context.subscriptions.push(
    window.onDidChangeActiveTextEditor(() => void offer()),
    commands.registerCommand("unitWarden.useForUnitFiles", useForUnitFiles),
  );
  void offer();
}

/** Gives our language to unit files in the settings of the user, which count before what extensions say. */
async function useForUnitFiles(): Promise<void> {
  const files = workspace.getConfiguration("files");
  const own = files.inspect<Readonly<Record<string, string>>>("associations")?.globalValue ?? {};
  const kept = Object.entries(own).filter(([, language]) => !OTHER_LANGUAGES.includes(language));
  const ours = UNIT_GLOBS.map((glob) => [glob, LANGUAGE] as const);
  await files.update("associations", Object.fromEntries([...kept, ...ours]), ConfigurationTarget.Global);
}

/** Whether the settings themselves give this language to files. */
function isWanted(language: string): boolean {
  const associations = workspace.getConfiguration("files").get<Readonly<Record<string, string>>>("associations", {});
  return Object.values(associations).includes(language);
}

/** The extension that a language is from, for a reader. */
function ownerOf(language: string): string {
  const owner = extensions.all.find(({ packageJSON }) =>
    packageJSON.contributes?.languages?.some((it: { readonly id?: string }) => it.id === language),
  );
  return owner ? `"${owner.packageJSON.displayName ?? owner.id}"` : "Another extension";
}
