import { ConfigurationTarget, commands, type ExtensionContext, extensions, l10n, window, workspace } from "vscode";
import { tell } from "./saying.ts";
import { FILE_GLOBS, isUnitFile, LANGUAGE, OTHER_LANGUAGES } from "./unitFiles.ts";

/** Where it is kept that the reader wants no offer any more. */
const ANSWERED = "unitWarden.languageOffer.answered";

const USE = l10n.t("Use Unit Warden");
const LATER = l10n.t("Not Now");
const NEVER = l10n.t("Never");

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
    const answer = await tell(offerText(document.languageId), USE, LATER, NEVER);
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
  const ours = FILE_GLOBS.map((glob) => [glob, LANGUAGE] as const);
  await files.update("associations", Object.fromEntries([...kept, ...ours]), ConfigurationTarget.Global);
}

/** Whether the settings themselves give this language to files. */
function isWanted(language: string): boolean {
  const associations = workspace.getConfiguration("files").get<Readonly<Record<string, string>>>("associations", {});
  return Object.values(associations).includes(language);
}

/** Names the extension that a language is from. */
function offerText(language: string): string {
  const owner = extensions.all.find(({ packageJSON }) =>
    packageJSON.contributes?.languages?.some((it: { readonly id?: string }) => it.id === language),
  );
  if (!owner) {
    return l10n.t(
      'Another extension opens unit files as "{0}". Use Unit Warden for unit files, with its colors, snippets and settings?',
      language,
    );
  }
  return l10n.t(
    '"{0}" opens unit files as "{1}". Use Unit Warden for unit files, with its colors, snippets and settings?',
    owner.packageJSON.displayName ?? owner.id,
    language,
  );
}
