import { ConfigurationTarget, commands, type Extension, l10n, type QuickPickItem, window, workspace } from "vscode";
import type { ShownStatus } from "../../server/src/server/protocol.ts";
import { pickOne } from "../saying.ts";
import { scopeText, systemdText } from "./text.ts";

/** The settings that can be changed from the status item, in the order in which they are offered. */
const OFFERED = ["hardening.profile", "systemdVersion", "scope", "hardening.findings"] as const;

type Offered = (typeof OFFERED)[number];

/** A setting as the manifest declares it. */
interface Declared {
  readonly enum?: readonly (string | number)[];
  readonly enumDescriptions?: readonly string[];
}

interface SettingItem extends QuickPickItem {
  readonly setting?: Offered;
}

interface ValueItem extends QuickPickItem {
  readonly value: string | number;
}

/** Lets the reader change what decides about findings: first which setting, then its value. */
export async function chooseSetting(extension: Extension<unknown>, status: ShownStatus | undefined): Promise<void> {
  const section = workspace.getConfiguration("unitWarden");
  const items = OFFERED.filter((it) => section.inspect(it)?.defaultValue !== undefined).map((setting): SettingItem => {
    const value = String(section.get(setting));
    const detail = status && detailOf(setting, status);
    return { label: titleOf(setting), description: value, ...(detail === undefined ? {} : { detail }), setting };
  });
  const others: SettingItem = { label: l10n.t("All settings of Unit Warden…") };
  const chosen = await pickOne([...items, others], { title: l10n.t("Unit Warden: change settings") });
  if (!chosen) return;
  if (chosen.setting !== undefined) return chooseValue(chosen.setting, declared(extension, chosen.setting));
  await commands.executeCommand("workbench.action.openSettings", `@ext:${extension.id}`);
}

/** What holds for the document, where a setting leaves that open. */
function detailOf(setting: Offered, status: ShownStatus): string | undefined {
  if (setting === "scope") return scopeText(status);
  return setting === "systemdVersion" ? systemdText(status) : undefined;
}

async function chooseValue(setting: Offered, { enum: values = [], enumDescriptions = [] }: Declared): Promise<void> {
  const section = workspace.getConfiguration("unitWarden");
  const current = section.get<string | number>(setting);
  const items = values.map((value, at): ValueItem => {
    const label = `${value === current ? "$(check) " : ""}${value}`;
    const detail = enumDescriptions[at];
    return { label, ...(detail === undefined ? {} : { detail }), value };
  });
  const pick = await pickFrom(
    items,
    titleOf(setting),
    items.find((it) => it.value === current),
  );
  if (pick && pick.value !== current) await section.update(setting, pick.value, targetOf(setting));
}

/** Asks with one item marked from the start, which the short way of the editor does not know. */
function pickFrom<T extends QuickPickItem>(
  items: readonly T[],
  title: string,
  active: T | undefined,
): Promise<T | undefined> {
  const pick = window.createQuickPick<T>();
  pick.title = title;
  pick.items = items;
  if (active) pick.activeItems = [active];
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/** Where a setting counts that is written already; what stands nowhere goes to the reader's own settings. */
function targetOf(setting: Offered): ConfigurationTarget {
  const { workspaceFolderValue, workspaceValue } = workspace.getConfiguration("unitWarden").inspect(setting) ?? {};
  if (workspaceFolderValue !== undefined) return ConfigurationTarget.WorkspaceFolder;
  return workspaceValue === undefined ? ConfigurationTarget.Global : ConfigurationTarget.Workspace;
}

function titleOf(setting: Offered): string {
  switch (setting) {
    case "hardening.profile":
      return l10n.t("Hardening profile");
    case "hardening.findings":
      return l10n.t("Hardening findings");
    case "scope":
      return l10n.t("Service manager");
    case "systemdVersion":
      return l10n.t("Version of systemd");
  }
}

/** The manifest is the one place that lists the values and says what they mean, in the language of the editor. */
function declared({ packageJSON }: Extension<unknown>, setting: Offered): Declared {
  const { configuration } = (packageJSON as Manifest).contributes;
  const properties = [configuration].flat().map((it) => it.properties[`unitWarden.${setting}`]);
  return properties.find((it) => it !== undefined) ?? {};
}

interface Manifest {
  readonly contributes: { readonly configuration: Configuration | Configuration[] };
}

interface Configuration {
  readonly properties: Readonly<Record<string, Declared | undefined>>;
}
