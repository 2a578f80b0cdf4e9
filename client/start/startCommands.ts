import { commands, type ExtensionContext, l10n, type TextEditor, Uri, window, workspace } from "vscode";
import { LANGUAGE } from "../unitFiles.ts";
import { tryActions, tryHover, tryView } from "./try.ts";

/** The example of the first step: a service with a few protections, so that there is something to add. */
const EXAMPLE = "examples/3-first-steps.service";

/** Adds the commands of the walkthrough and the one that opens it. */
export function registerStart(context: ExtensionContext): void {
  const { extension, extensionUri } = context;
  const openExample = async (): Promise<TextEditor> => {
    const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, EXAMPLE));
    const remark = l10n.t("# An example: try it, or save it under a name that ends in .service");
    // The first line is the title of a document without a name.
    const content = new TextDecoder().decode(bytes).replace(/^#.*/, () => remark);
    return window.showTextDocument(await workspace.openTextDocument({ language: LANGUAGE, content }));
  };
  const add = (name: string, run: () => unknown): void => {
    context.subscriptions.push(commands.registerCommand(`unitWarden.${name}`, run));
  };
  add("getStarted", () => commands.executeCommand("workbench.action.openWalkthrough", `${extension.id}#start`, false));
  add("openExample", async () => {
    await openExample();
  });
  add("tryHover", () => tryHover(openExample));
  add("tryActions", () => tryActions(openExample));
  add("tryReport", () => tryView(openExample, "unitWarden.openReport"));
  add("tryWorld", () => tryView(openExample, "unitWarden.openSandbox"));
}
