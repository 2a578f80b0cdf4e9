import { withoutOldLinks } from "../values/path.ts";
import { SYSTEM_SPECIFIERS } from "../values/resolve.ts";

/** The settings that make directories for a service, in the order of their advice. */
export const DIRECTORY_SETTINGS = [
  "StateDirectory",
  "CacheDirectory",
  "LogsDirectory",
  "RuntimeDirectory",
  "ConfigurationDirectory",
] as const;

export type DirectorySetting = (typeof DIRECTORY_SETTINGS)[number];

/** Those for what a service writes. */
export const DATA_DIRECTORY_SETTINGS = DIRECTORY_SETTINGS.filter((it) => it !== "ConfigurationDirectory");

/** The specifier of the folder in which each makes its directories. */
export const DIRECTORY_SPECIFIERS: Readonly<Record<DirectorySetting, string>> = {
  StateDirectory: "%S",
  CacheDirectory: "%C",
  LogsDirectory: "%L",
  RuntimeDirectory: "%t",
  ConfigurationDirectory: "%E",
};

/** That folder in units of the system, such as /var/lib. */
export const systemFolder = (setting: DirectorySetting): string =>
  SYSTEM_SPECIFIERS[DIRECTORY_SPECIFIERS[setting].slice(1)] ?? "/";

/** The setting in whose folder a path of a system unit lies, with the names after that folder. */
export function directorySettingOf(
  written: string,
): { readonly setting: DirectorySetting; readonly names: readonly string[] } | undefined {
  const path = withoutOldLinks(written);
  const setting = DIRECTORY_SETTINGS.find((it) => path.startsWith(`${systemFolder(it)}/`));
  return setting && { setting, names: path.slice(systemFolder(setting).length + 1).split("/") };
}
