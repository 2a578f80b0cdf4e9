import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { l10n, ProgressLocation, window } from "vscode";
import type { LearnCall } from "./learnLines.ts";

/** So long a plan is waited for, in milliseconds. */
const PATIENCE = 30_000;

/** What a command is going to do, as its `--dry-run` prints it; the reason where it cannot. */
export async function dryRun({ program, args, env }: LearnCall): Promise<string> {
  const options = { env: { ...process.env, ...env }, timeout: PATIENCE };
  const running = promisify(execFile)(program, [...args], options);
  const title = l10n.t("Asking what is going to happen…");
  try {
    const { stdout } = await window.withProgress({ location: ProgressLocation.Notification, title }, () => running);
    return stdout.trim();
  } catch (error) {
    const printed = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
    return printed || String(error);
  }
}
