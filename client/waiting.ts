import {
  commands,
  Disposable,
  type ExtensionContext,
  TabInputWebview,
  type TextDocument,
  window,
  workspace,
} from "vscode";
import { mayHoldUnits } from "../server/src/hosts/signs.ts";
import { isUnitFile } from "./unitFiles.ts";

/** How long typing rests before a text is looked at again, in milliseconds. */
const REST = 500;

/** What the editor calls of an extension. */
interface Extension {
  activate(context: ExtensionContext): Promise<void>;
  deactivate(): Promise<void>;
}

/** The extension, which loads and starts the rest of itself once something needs it. */
export function waitingClient(load: () => Promise<Extension>): Extension {
  let rest: Extension | undefined;
  return {
    activate: (context) =>
      startWhenNeeded(context, async (ready) => {
        rest = await load();
        ready();
        await rest.activate(context);
      }),
    deactivate: async () => rest?.deactivate(),
  };
}

/** Starts the extension; calls `ready` right before it adds its commands. */
type Start = (ready: () => void) => Promise<void>;

/**
 * Starts the extension if a document of the editor is a unit file or may hold units, else as soon as one is, or once somebody
 * uses one of its commands or views. YAML, JSON, scripts and Markdown are in nearly every folder, and most hold no units.
 */
async function startWhenNeeded(context: ExtensionContext, start: Start): Promise<void> {
  if (workspace.textDocuments.some(isServed) || hasView()) return start(() => undefined);
  const waiting: Disposable[] = [];
  const stop = (): void => {
    for (const it of waiting.splice(0)) it.dispose();
  };
  context.subscriptions.push(new Disposable(stop));
  let running: Promise<void> | undefined;
  const begin = (): Promise<void> => {
    running ??= start(stop);
    return running;
  };
  const look = (document: TextDocument): void => {
    if (isServed(document)) void begin();
  };
  waiting.push(
    workspace.onDidOpenTextDocument(look),
    ...lookAtChanges(look),
    window.tabGroups.onDidChangeTabs(() => {
      if (hasView()) void begin();
    }),
    ...commandsOf(context).map((id) =>
      commands.registerCommand(id, async (...given: unknown[]) => {
        await begin();
        return commands.executeCommand(id, ...given);
      }),
    ),
  );
}

/** Whether the server has anything to say of a document, as far as its name and a look at its text tell. */
const isServed = (document: TextDocument): boolean =>
  isUnitFile(document) || mayHoldUnits(document.uri.path, () => document.getText());

/** Whether the editor shows a view of ours, which it has kept from an earlier session. */
const hasView = (): boolean =>
  window.tabGroups.all.some(({ tabs }) =>
    tabs.some(({ input }) => input instanceof TabInputWebview && input.viewType.includes("unitWarden")),
  );

/** Looks at changed documents some time after the first change, however much is typed until then. */
function lookAtChanges(look: (document: TextDocument) => void): Disposable[] {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changed = new Set<TextDocument>();
  const lookAtAll = (): void => {
    timer = undefined;
    for (const it of changed) if (!it.isClosed) look(it);
    changed.clear();
  };
  const typing = workspace.onDidChangeTextDocument(({ document }) => {
    changed.add(document);
    timer ??= setTimeout(lookAtAll, REST);
  });
  return [typing, new Disposable(() => clearTimeout(timer))];
}

/** The commands that the manifest offers: the editor expects them from now on. */
function commandsOf({ extension }: ExtensionContext): readonly string[] {
  const { contributes } = extension.packageJSON as {
    readonly contributes: { readonly commands: readonly { readonly command: string }[] };
  };
  return contributes.commands.map((it) => it.command);
}
