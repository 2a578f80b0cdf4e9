import {
  commands,
  type ExtensionContext,
  ProcessExecution,
  Task,
  TaskPanelKind,
  type TaskPresentationOptions,
  TaskRevealKind,
  TaskScope,
  type TextDocument,
  window,
  workspace,
} from "vscode";
import { type ToolSubject, toolSubject } from "./commandLines.ts";

/** A program with its arguments, as a task runs it. */
interface TerminalCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Adds a command about the local file in the editor and the unit that its path means; in an untrusted workspace it does nothing. */
export function addLocalCommand(
  context: ExtensionContext,
  name: string,
  act: (document: TextDocument, subject: ToolSubject | undefined) => Promise<void>,
): void {
  const run = async (): Promise<void> => {
    const document = window.activeTextEditor?.document;
    if (!workspace.isTrusted || document?.uri.scheme !== "file") return;
    await act(document, toolSubject(document.uri.fsPath));
  };
  context.subscriptions.push(commands.registerCommand(`unitWarden.tools.${name}`, run));
}

/** Makes a task that runs a program in a terminal, which stays open after it; no shell reads its arguments. */
export function terminalTask(
  { program, args, env }: TerminalCall,
  { name, source, ...shown }: { readonly name: string; readonly source: string } & TaskPresentationOptions,
): Task {
  const execution = new ProcessExecution(program, [...args], { cwd: "/", ...(env && { env: { ...env } }) });
  const task = new Task({ type: "unitWarden" }, TaskScope.Global, name, source, execution);
  task.presentationOptions = { reveal: TaskRevealKind.Always, panel: TaskPanelKind.Dedicated, focus: true, ...shown };
  return task;
}
