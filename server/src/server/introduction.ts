import type { InitializeParams } from "vscode-languageserver";
import type { SystemdVersion } from "../facts/version.ts";
import { type Client, hasFiles, hasViews, isTrusted, readClient } from "./capabilities.ts";
import type { FileAccess } from "./fileAccess.ts";
import { installedVersion } from "./installed.ts";
import { readSettings, type UserSettings } from "./settings.ts";

/** What a client says of itself, of its user and of what is open when it connects. */
export interface Introduction {
  readonly client: Client;
  readonly settings: UserSettings;
  readonly roots: readonly string[];
  readonly trusted: boolean;
  /** The systemd of this machine; undefined where none was found. */
  readonly installed: SystemdVersion | undefined;
}

/** Reads the parameters of `initialize`, whatever they are. */
export async function introduced(
  { capabilities, initializationOptions, workspaceFolders, rootUri }: InitializeParams,
  files: FileAccess,
): Promise<Introduction> {
  const [views, answersForFiles] = [hasViews(initializationOptions), hasFiles(initializationOptions)];
  return {
    client: { ...readClient(capabilities ?? {}), views, files: answersForFiles },
    settings: readSettings(initializationOptions),
    trusted: isTrusted(initializationOptions),
    roots: workspaceFolders?.map((it) => it.uri) ?? (rootUri ? [rootUri] : []),
    installed: await installedVersion(files),
  };
}
