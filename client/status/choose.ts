import {
  ConfigurationTarget,
  commands,
  type Extension,
  l10n,
  type QuickPickItem,
  QuickPickItemKind,
  ThemeIcon,
  workspace,
} from "vscode";
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
  readonly run?: () => Thenable<unknown>;
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
  const does = (label: string, ...[name, ...args]: readonly [string, ...unknown[]]): SettingItem => ({
    label,
    run: () => commands.executeCommand(name, ...args),
  });
  const others: readonly SettingItem[] = [
    does(l10n.t("All settings of Unit Warden…"), "workbench.action.openSettings", `@ext:${extension.id}`),
    { label: l10n.t("Server"), kind: QuickPickItemKind.Separator },
    does(l10n.t("Restart server"), "unitWarden.restartServer"),
    does(l10n.t("Show log"), "unitWarden.showLog"),
  ];
  const chosen = await pickOne([...items, ...others], { title: l10n.t("Unit Warden: change settings") });
  if (chosen?.setting !== undefined) return chooseValue(chosen.setting, declared(extension, chosen.setting));
  await chosen?.run?.();
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
    const detail = enumDescriptions[at];
    const mark = value === current ? { iconPath: new ThemeIcon("check") } : {};
    return { label: String(value), ...mark, ...(detail === undefined ? {} : { detail }), value };
  });
  const pick = await pickOne(items, {
    title: titleOf(setting),
    recommended: items.find((it) => it.value === current),
  });
  if (pick && pick.value !== current) await section.update(setting, pick.value, targetOf(setting));
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
