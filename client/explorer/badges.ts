import {
  type Disposable,
  EventEmitter,
  type ExtensionContext,
  type FileDecoration,
  type Uri,
  window,
  workspace,
} from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type ExposureLevel, LEVELS_REQUEST } from "../../server/src/server/protocol.ts";
import { onRunning } from "../server/running.ts";
import { isUnitFile } from "../unitFiles.ts";
import { batched } from "./batch.ts";
import { decorationOf } from "./decoration.ts";

const SETTING = "unitWarden.explorer.badges";

/** The editor asks for each file that it shows by itself. */
const BATCH = { most: 50, wait: 20 } as const;

/** How long files must rest before their badges are made again, in milliseconds. */
const REST = 500;

/** The files whose change may change the exposure of a service. */
const WATCHED = "**/*{.service,.service.d/*.conf}";

/** Shows the exposure of services in the explorer, as long as the reader wants it. */
export function registerBadges(context: ExtensionContext, client: BaseLanguageClient): void {
  let shown: Disposable | undefined;
  const update = (): void => {
    const wanted = workspace.getConfiguration().get<boolean>(SETTING) === true;
    if (wanted) shown ??= showBadges(client);
    else {
      shown?.dispose();
      shown = undefined;
    }
  };
  update();
  context.subscriptions.push(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SETTING)) update();
    }),
    { dispose: () => shown?.dispose() },
  );
}

function showBadges(client: BaseLanguageClient): Disposable {
  const changed = new EventEmitter<Uri | undefined>();
  const levelOf = batched<string, ExposureLevel | null>(
    (uris) => client.sendRequest<(ExposureLevel | null)[]>(LEVELS_REQUEST, { uris }),
    BATCH,
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = (): void => {
    clearTimeout(timer);
    // Drop-ins and templates count for others: the editor asks again for what is visible.
    timer = setTimeout(() => changed.fire(undefined), REST);
  };
  const watcher = workspace.createFileSystemWatcher(WATCHED);
  const provider = {
    onDidChangeFileDecorations: changed.event,
    async provideFileDecoration(uri: Uri): Promise<FileDecoration | undefined> {
      if (!uri.path.endsWith(".service")) return undefined;
      const level = await levelOf(client.code2ProtocolConverter.asUri(uri));
      return level ? decorationOf(level) : undefined;
    },
  };
  const parts: readonly Disposable[] = [
    changed,
    watcher,
    onRunning(client, refresh),
    watcher.onDidChange(refresh),
    watcher.onDidCreate(refresh),
    watcher.onDidDelete(refresh),
    workspace.onDidChangeTextDocument(({ document }) => {
      if (isUnitFile(document)) refresh();
    }),
    window.registerFileDecorationProvider(provider),
    { dispose: () => clearTimeout(timer) },
  ];
  return {
    dispose: () => {
      for (const part of parts) part.dispose();
    },
  };
}
