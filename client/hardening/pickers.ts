import { commands, type ExtensionContext, l10n, type QuickPickItem, QuickPickItemKind, workspace } from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { WorkspaceEdit } from "vscode-languageserver-types";
import {
  OFFERED_SETTINGS_REQUEST,
  type OfferedSetting,
  type OfferedSettings,
} from "../../server/src/server/protocol.ts";
import { neededUri } from "../activeUnit.ts";
import { pickOne, tell } from "../saying.ts";
import { applyTo } from "./edits.ts";

/** Adds the commands that pick one of many settings, and one of several findings to silence. */
export function registerPickers(context: ExtensionContext, client: BaseLanguageClient): void {
  context.subscriptions.push(
    commands.registerCommand("unitWarden.moreSettings", async (given: unknown) => {
      const uri = neededUri(client, given);
      if (uri !== undefined) await pickSetting(client, uri);
    }),
    commands.registerCommand("unitWarden.ignoreFindings", async (choices: readonly Silencing[] = []) => {
      const placeholder = l10n.t("Which finding to ignore");
      const picked = await pickOne(
        choices.map((choice) => ({ label: choice.title, choice })),
        { placeholder },
      );
      const edit = picked && (await client.protocol2CodeConverter.asWorkspaceEdit(picked.choice.edit));
      if (edit) await workspace.applyEdit(edit);
    }),
  );
}

/** A comment that silences a finding. */
interface Silencing {
  readonly title: string;
  readonly edit: WorkspaceEdit;
}

interface SettingItem extends QuickPickItem {
  readonly setting?: OfferedSetting;
}

async function pickSetting(client: BaseLanguageClient, uri: string): Promise<void> {
  const offered = await client.sendRequest<OfferedSettings | null>(OFFERED_SETTINGS_REQUEST, { uri });
  if (!offered || offered.settings.length === 0) {
    void tell(l10n.t("There is nothing to add to this unit."));
    return;
  }
  const { version, settings } = offered;
  const picked = await pickOne(itemsOf(settings), {
    placeholder: l10n.t("Setting to add to the service"),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked?.setting) await applyTo(client, uri, version, picked.setting.edits);
}

function itemsOf(settings: readonly OfferedSetting[]): SettingItem[] {
  const part = (label: string, belongs: (it: OfferedSetting) => boolean): SettingItem[] => {
    const items = settings.filter(belongs).map(itemOf);
    return items.length > 0 ? [{ label, kind: QuickPickItemKind.Separator }, ...items] : [];
  };
  return [
    ...part(l10n.t("learnt from a run of this service"), (it) => it.learnt === true),
    ...part(l10n.t("safe for this service"), (it) => it.safe),
    ...part(l10n.t("needs a decision"), (it) => !it.safe && !it.learnt),
  ];
}

const itemOf = (setting: OfferedSetting): SettingItem => ({
  label: setting.title,
  ...(setting.gain === undefined ? {} : { description: setting.gain }),
  detail: setting.reason,
  setting,
});
