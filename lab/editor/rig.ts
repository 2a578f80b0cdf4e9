import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Page, chromium as playwright } from "playwright-core";
import { type CodeServer, chromium, codeServer } from "./install.ts";
import { type OtherExtension, packagedInto } from "./otherExtensions.ts";
import { addToWorkbench, serve } from "./webExtension.ts";

/** A real VS Code in a real browser, with one folder open and one extension installed. */
export interface Rig {
  readonly page: Page;
  /** The folder that is open in the editor. */
  readonly workspace: string;
  /** What the browser asked of any host but 127.0.0.1 (it got no answer). */
  readonly foreignRequests: readonly string[];
  /** Errors of the page: uncaught ones and those written to its console. */
  readonly pageErrors: readonly string[];
  /** The error lines so far in the log of the extension host and in those of our own output channels. */
  hostErrors(): Promise<string[]>;
  stop(): Promise<void>;
}

/** The size of the page, and of its pictures. */
export const VIEWPORT = { width: 1280, height: 800 };

/** A workbench that asks nothing, shows nothing but the editor and keeps its hands off what is typed. */
const SETTINGS = {
  "breadcrumbs.enabled": false,
  "chat.disableAIFeatures": true,
  "editor.cursorBlinking": "solid",
  "editor.fontSize": 15,
  "editor.hover.above": false,
  "editor.inlayHints.enabled": "off", // the steps compare whole lines
  "editor.minimap.enabled": false,
  "editor.scrollBeyondLastLine": false,
  "editor.wordBasedSuggestions": "off",
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "git.enabled": false,
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "terminal.integrated.gpuAcceleration": "off", // its text is in the page then
  "window.commandCenter": false,
  "window.menuBarVisibility": "hidden",
  "workbench.activityBar.location": "hidden",
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.editor.editorActionsLocation": "hidden",
  "workbench.enableExperiments": false,
  "workbench.layoutControl.enabled": false,
  "workbench.reduceMotion": "on",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/** Empty addresses switch the extension gallery off: the one outside host that code-server and its page would ask. */
const NO_GALLERY = {
  serviceUrl: "",
  itemUrl: "",
  resourceUrlTemplate: "",
  controlUrl: "",
  recommendationsUrl: "",
};

/** How the editor gets the extension: its host is a process of code-server, or a worker of the page that knows no files. */
export type Extension =
  | { readonly host: "process"; readonly vsix: string }
  | { readonly host: "worker"; readonly folder: string };

/** What is otherwise than usual in an editor. */
export interface RigOptions {
  /** Go before the settings of all rigs; `undefined` is the editor's own. */
  readonly settings?: Readonly<Record<string, unknown>> | undefined;
  /** Extensions of others that are installed, too, where the host is a process. */
  readonly others?: readonly OtherExtension[] | undefined;
  /** The language that the editor asks extensions for; it has no texts of its own in it and stays English itself. */
  readonly locale?: string | undefined;
  /** The words before the program of the editor, with which it runs in other surroundings. */
  readonly before?: readonly string[] | undefined;
}

/**
 * Opens a folder of these files (path → text) in a code-server with a fresh profile and the extension in it, and waits for
 * the workbench. Everything it made is gone after `stop`, or when it throws.
 */
export async function startRig(
  extension: Extension,
  files: Readonly<Record<string, string>>,
  log: (line: string) => void,
  { settings = {}, others = [], locale, before = [] }: RigOptions = {},
): Promise<Rig> {
  const executablePath = chromium();
  const server = await codeServer(log);
  const root = await mkdtemp(join(tmpdir(), "uw-")); // short: there will be socket paths below it
  const cleanups = [() => rm(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })];
  const stop = async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    const workspace = join(root, "units");
    for (const [path, text] of Object.entries(files)) await writeNew(join(workspace, path), text);
    await writeNew(join(root, "user/User/settings.json"), JSON.stringify({ ...SETTINGS, ...settings }));
    if (locale !== undefined) await addLanguage(join(root, "user"), locale);
    const run = (args: readonly string[]) => startCodeServer(server, root, args, before);

    if (extension.host === "process") {
      const packages = [extension.vsix, ...(await packagedInto(root, others))];
      await installed(run(packages.flatMap((it) => ["--install-extension", it])));
    }

    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const language = locale === undefined ? [] : [`--locale=${locale}`];
    const running = run(["--bind-addr", `127.0.0.1:${port}`, ...SERVER_ARGS, ...language]);
    cleanups.push(() => ended(running.child));
    await answers(`${origin}/healthz`, running);

    const context = await playwright.launchPersistentContext(join(root, "chromium"), {
      executablePath,
      headless: true,
      viewport: VIEWPORT,
      permissions: ["clipboard-read", "clipboard-write"],
      args: CHROMIUM_ARGS,
    });
    cleanups.push(() => context.close());
    const foreignRequests: string[] = [];
    const pageErrors: string[] = [];
    const record = (address: string) => {
      const url = new URL(address);
      // VS Code answers for the second host itself: a service worker hands its views their own files.
      const own = url.hostname === "127.0.0.1" || url.hostname.endsWith(".vscode-resource.vscode-cdn.net");
      if (/^(https?|wss?):$/.test(url.protocol) && !own) foreignRequests.push(address);
    };
    context.on("request", (request) => record(request.url()));
    const page = context.pages()[0] ?? (await context.newPage());
    page.on("websocket", (socket) => record(socket.url()));
    page.on("pageerror", (error) => pageErrors.push(error.stack ?? error.message));
    page.on("console", (message) => {
      if (message.type() === "error") pageErrors.push(message.text());
    });
    if (extension.host === "worker") {
      const served = await serve(extension.folder);
      cleanups.push(served.stop);
      await addToWorkbench(page, new URL(`${origin}/proxy/${served.port}/`));
    }
    await page.goto(`${origin}/?folder=${encodeURIComponent(workspace)}`);
    const explorer = page.locator(".monaco-workbench .explorer-folders-view");
    await explorer.locator(".monaco-list-row").first().waitFor({ timeout: 60_000 });
    await page.keyboard.press("Control+b");
    await explorer.waitFor({ state: "hidden" });

    const hostErrors = () => errorLines(join(root, "user/logs"));
    return { page, workspace, foreignRequests, pageErrors, hostErrors, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Does what an installed language pack does: the server has translations of the editor, here none, in a list of this name. */
async function addLanguage(userData: string, locale: string): Promise<void> {
  const texts = join(userData, "no-texts.json");
  await writeNew(texts, JSON.stringify({ contents: {} }));
  const extensions = [{ extensionIdentifier: { id: `someone.language-pack-${locale}` }, version: "1.0.0" }];
  const pack = { hash: "none", extensions, translations: { vscode: texts }, label: locale };
  await writeNew(join(userData, "languagepacks.json"), JSON.stringify({ [locale]: pack }));
}

const SERVER_ARGS = [
  "--auth=none",
  "--disable-telemetry",
  "--disable-update-check",
  "--disable-workspace-trust",
  "--disable-getting-started-override",
];

const CHROMIUM_ARGS = [
  "--no-sandbox", // the test may run as root, in a container
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

interface Running {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  output(): string;
}

/** Runs code-server on the profile below `root`, knowing nothing of the user's own editors, folders and settings. */
function startCodeServer(
  { node, entry }: CodeServer,
  root: string,
  args: readonly string[],
  before: readonly string[],
): Running {
  const [program = node, ...words] = [...before, node, entry];
  const profile = ["--user-data-dir=user", "--extensions-dir=extensions", "--config=config.yaml"];
  const { PATH, LANG, TMPDIR } = process.env;
  const child = spawn(program, [...words, ...profile, ...args], {
    cwd: root,
    env: { PATH, LANG, TMPDIR, HOME: root, EXTENSIONS_GALLERY: JSON.stringify(NO_GALLERY) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const kill = (): void => void child.kill();
  process.once("exit", kill); // should the test itself fall over
  child.once("close", () => process.off("exit", kill));
  const chunks: string[] = [];
  child.stdout.on("data", (data) => chunks.push(String(data)));
  child.stderr.on("data", (data) => chunks.push(String(data)));
  return { child, output: () => chunks.join("") };
}

async function installed({ child, output }: Running): Promise<void> {
  const code = await new Promise((resolve, reject) => child.once("close", resolve).once("error", reject));
  if (code !== 0) throw new Error(`code-server --install-extension failed with status ${code}:\n${output()}`);
}

async function answers(address: string, { child, output }: Running): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (
    !(await fetch(address).then(
      ({ ok }) => ok,
      () => false,
    ))
  ) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`code-server did not start:\n${output()}`);
    await sleep(50);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGTERM");
  await gone;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address === "object") resolve(address.port);
        else reject(new Error("no free port"));
      });
    });
  });
}

async function writeNew(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

async function errorLines(folder: string): Promise<string[]> {
  const logs = (await readdir(folder, { recursive: true })).filter((path) =>
    /exthost\d+\/(remoteexthost\.log|.*warden.*\.log)$/i.test(path),
  );
  const texts = await Promise.all(logs.map((path) => readFile(join(folder, path), "utf8")));
  if (texts.length === 0) throw new Error(`The extension host has written no log below ${folder}`);
  return texts.flatMap((text) => {
    const lines = text.split("\n").filter((line) => /\[error\]/i.test(line));
    return lines.filter((it, at) => !LET_GO.test(it) && !LET_GO.test(lines[at + 1] ?? ""));
  });
}

/** What VS Code logs, after a line of its own, of a suggestion whose list it closed while the rest of it was on its way. */
const LET_GO = /DisposableStore is missing/;
