import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { window, workspace } from "vscode";
import { QUESTIONS, subjectOf } from "../tools/commandLines.ts";
import { programPath, unitFor } from "../tools/commands.ts";
import type { Source } from "./commands.ts";

/** The systemd of this machine, for local files in a trusted workspace. No shell reads what it is asked. */
export const systemd: Source = (document) => {
  if (!workspace.isTrusted || document.uri.scheme !== "file" || !existsSync("/run/systemd/system")) return undefined;
  const path = programPath("systemctl");
  const subject = subjectOf(document.uri.fsPath);
  if (path === undefined || !subject) return undefined;
  const ask = async (): Promise<string | undefined> => {
    const unit = await unitFor(subject);
    if (unit === undefined) return undefined;
    try {
      const answers = await Promise.all(
        [QUESTIONS.status(subject.scope, unit), QUESTIONS.show(subject.scope, unit)].map(({ args }) => run(path, args)),
      );
      return answers.join("\n");
    } catch (error) {
      void window.showErrorMessage(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  return { label: `Ask systemd about ${subject.name ?? "a unit"} (systemctl status and show)`, ask };
};

/** What a program prints, also where its status says that the unit failed. */
async function run(path: string, args: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)(path, [...args], { timeout: 10_000 })).stdout;
  } catch (error) {
    if (error instanceof Error && "stdout" in error && typeof error.stdout === "string" && error.stdout !== "")
      return error.stdout;
    throw error;
  }
}
