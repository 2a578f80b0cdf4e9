import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { realpath } from "node:fs/promises";
import { promisify } from "node:util";
import { l10n, Uri, workspace } from "vscode";
import { complain } from "../saying.ts";
import { QUESTIONS, type ToolSubject, toolSubject } from "../tools/commandLines.ts";
import { programPath, unitFor } from "../tools/toolCommands.ts";
import { failedState, failedUnits, fragmentPath } from "./failedUnits.ts";
import type { LocalSystemd } from "./failureCommands.ts";
import type { Source } from "./failureViews.ts";
import type { FailedUnits } from "./units.ts";

/** The systemd of this machine, for local files in a trusted workspace. No shell reads what it is asked. */
const source: Source = (document) => {
  const path = document.uri.scheme === "file" ? systemctl() : undefined;
  const subject = toolSubject(document.uri.fsPath);
  if (path === undefined || !subject) return undefined;
  const ask = async (): Promise<string | undefined> => {
    const unit = await unitFor(subject);
    if (unit === undefined) return undefined;
    const { scope } = subject;
    const journal = programPath("journalctl");
    return resultOf(async () => {
      // Who may not read the journal still gets what systemctl says.
      const logged = journal === undefined ? "" : run(journal, QUESTIONS.journal(scope, unit).args).catch(() => "");
      const answers = [QUESTIONS.status(scope, unit), QUESTIONS.show(scope, unit)].map(({ args }) => run(path, args));
      return (await Promise.all([logged, ...answers])).join("\n");
    });
  };
  const name = subject.name ?? l10n.t("a unit");
  return {
    label: l10n.t("Ask systemd about {0} (journal, systemctl status and show)", name),
    ask,
    tools: toolsFor(subject),
  };
};

/** Only system services can be learnt, by whoever may be root. */
function toolsFor({ kind, scope }: ToolSubject): readonly ("learn" | "try")[] {
  const mayBeRoot = process.getuid?.() === 0 || programPath("sudo") !== undefined;
  return kind === "service" && scope === "system" && mayBeRoot ? ["learn", "try"] : [];
}

/** How the unit of a local file failed, as systemd calls it; undefined where it did not, or where systemd reads another file. */
export async function failedResult(file: string): Promise<string | undefined> {
  const path = systemctl();
  const subject = path === undefined ? undefined : toolSubject(file);
  if (path === undefined || subject?.name === undefined || subject.missing !== "nothing") return undefined;
  try {
    const { result, files } = failedState(await run(path, QUESTIONS.state(subject.scope, subject.name).args));
    if (result === undefined) return undefined;
    const own = await realpath(file);
    const read = await Promise.all(files.map((it) => realpath(it).catch(() => it)));
    return read.includes(own) ? result : undefined;
  } catch {
    // Nobody has asked: what cannot be known is not said.
    return undefined;
  }
}

function failed(): FailedUnits | undefined {
  const path = systemctl();
  if (path === undefined) return undefined;
  return {
    label: l10n.t("Failed units of this machine (systemctl list-units --failed)…"),
    names: () =>
      resultOf(async () =>
        failedUnits(await run(path, ["list-units", "--failed", "--plain", "--no-legend", "--no-pager"])),
      ),
    fileOf: (name) =>
      resultOf(async () => {
        const file = fragmentPath(await run(path, ["show", "--property=FragmentPath", "--no-pager", "--", name]));
        return file === undefined ? undefined : Uri.file(file);
      }),
  };
}

/** What the desktop client can ask the machine. */
export const systemd: LocalSystemd = { source, failed };

/** Where systemctl lies, if it may be asked: in a trusted workspace, where systemd runs. */
function systemctl(): string | undefined {
  return workspace.isTrusted && existsSync("/run/systemd/system") ? programPath("systemctl") : undefined;
}

/** An answer of the machine; undefined where it gave none, of which the reader is told. */
async function resultOf<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    complain(error);
    return undefined;
  }
}

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
