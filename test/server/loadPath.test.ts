import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CodeAction, CodeLens, Diagnostic, Hover, MessageConnection } from "vscode-languageserver-protocol/node";
import type { ShownReport, ShownStatus } from "../../server/src/server/protocol.ts";
import type { LoadedFiles } from "../../server/src/units/loadedFiles.ts";
import { loadedText } from "../../server/src/units/loadedFiles.ts";
import { inProcess } from "../kit/inProcess.ts";
import { memoryFiles } from "../kit/memoryFiles.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const service = (...lines: readonly string[]): string =>
  ["[Unit]", "Description=A", "[Service]", "ExecStart=/usr/bin/a", ...lines, ""].join("\n");
const dropIn = (...lines: readonly string[]): string => ["[Service]", ...lines, ""].join("\n");

const [OWN, RUN, LOCAL, VENDOR] = ["/etc", "/run", "/usr/local/lib", "/usr/lib"].map((it) => `${it}/systemd/system`);
const USERS = "/usr/lib/systemd/user";
const HOME = "/home/u";

/** Files of a machine, for each way in which systemd loads another text than that of a single file. */
const FILES: Readonly<Record<string, string>> = {
  [`${VENDOR}/over.service`]: service("ProtectHome=maybe"),
  [`${OWN}/over.service`]: service("ProtectHome=yes"),
  [`${LOCAL}/over.service.d/a.conf`]: dropIn("NoNewPrivileges=yes"),
  [`${VENDOR}/masked.service`]: service(),
  [`${VENDOR}/masked.service.d/a.conf`]: dropIn("PrivateTmp=yes"),
  [`${OWN}/masked.service`]: "",
  [`${VENDOR}/real.service`]: service(),
  [`${OWN}/other.service.d/a.conf`]: dropIn("PrivateTmp=yes"),
  [`${VENDOR}/one-two.service`]: service("ReadWritePaths=/srv"),
  [`${OWN}/one-two.service.d/name.conf`]: dropIn("ProtectSystem=strict"),
  [`${RUN}/one-.service.d/prefix.conf`]: dropIn("PrivateDevices=yes"),
  [`${LOCAL}/service.d/type.conf`]: dropIn("LockPersonality=yes"),
  [`${VENDOR}/one-two.service.d/hidden.conf`]: dropIn("ProtectClock=maybe"),
  [`${OWN}/one-two.service.d/hidden.conf`]: dropIn("ProtectClock=yes"),
  [`${VENDOR}/plain@.service`]: service("User=a"),
  [`${OWN}/plain@x.service`]: service("User=b"),
  [`${VENDOR}/over.timer`]: "[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n",
  [`${OWN}/over.timer`]: "[Timer]\nOnCalendar=weekly\n[Install]\nWantedBy=timers.target\n",
  [`${USERS}/mine.service`]: service(),
  [`${HOME}/.config/systemd/user/mine.service.d/a.conf`]: dropIn("LockPersonality=yes"),
};

const LINKS = { [`${OWN}/other.service`]: `${VENDOR}/real.service`, [`${OWN}/gone.service`]: "/dev/null" };

interface Machine {
  readonly client: MessageConnection;
  readonly root: string;
  /** What the command line says of a path as JSON. */
  readonly printed: <T>(command: string, path: string, ...options: readonly string[]) => T | undefined;
  readonly diagnostics: (path: string) => Promise<readonly Diagnostic[]>;
  readonly texts: Readonly<Record<string, string>>;
}

const keyed = (all: Readonly<Record<string, string>>, rename: (path: string) => string): Record<string, string> =>
  Object.fromEntries(Object.entries(all).map(([path, it]) => [rename(path), it]));

/** The machine itself, or a tree of a repository with the same files. */
async function machine(root: string): Promise<Machine> {
  const links = root === "" ? LINKS : {};
  const texts = keyed(FILES, (path) => root + path);
  const files = {
    ...memoryFiles(
      keyed(texts, (it) => `file://${it}`),
      [],
      keyed(links, (it) => `file://${it}`),
    ),
    home: HOME,
  };
  const client = inProcess(files);
  const published = new Map<string, readonly Diagnostic[]>();
  let wake: () => void = () => undefined;
  client.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }) => {
    published.set(uri, diagnostics);
    wake();
  });
  client.listen();
  await client.sendRequest("initialize", {
    processId: null,
    rootUri: root === "" ? null : `file://${root}`,
    capabilities: {},
    initializationOptions: { trusted: true, systemdVersion: "257", hardening: { findings: "each" } },
  });
  await client.sendNotification("initialized", {});
  const diagnostics = async (path: string): Promise<readonly Diagnostic[]> => {
    const uri = `file://${path}`;
    const text = texts[path] ?? texts[(links as Record<string, string>)[path] ?? ""] ?? "";
    await client.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "systemd", version: 1, text },
    });
    while (!published.has(uri))
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return published.get(uri) ?? [];
  };
  const printed = <T>(command: string, path: string, ...options: readonly string[]): T | undefined => {
    const host = { ...memoryHost(texts, { links, cwd: root || "/" }), home: HOME };
    const { stdout } = runOver(host, command, "--systemd", "257", "--format", "json", ...options, path);
    const all = JSON.parse(stdout || "{}") as { files?: T[]; units?: T[] };
    return (all.files ?? all.units)?.[0];
  };
  return { client, root, printed, diagnostics, texts };
}

interface PrintedFile {
  readonly findings: readonly { readonly code: string; readonly start: { readonly line: number } }[];
  readonly loaded?: LoadedFiles;
}

const hoverText = ({ contents }: Hover): string =>
  typeof contents === "object" && "value" in contents ? contents.value : "";

const tenths = (it: number | undefined): string | undefined => (it === undefined ? undefined : (it / 10).toFixed(1));

/** Compares what an editor says of a file with what the command line does; gives how the file is loaded. */
async function compare({ client, root, printed, diagnostics, texts }: Machine, path: string): Promise<string> {
  const found = await diagnostics(path);
  const file = printed<PrintedFile>("check", path);
  const codes = (all: readonly string[]): readonly string[] => all.toSorted();
  assert.deepEqual(
    codes(found.map((it) => `${it.range.start.line + 1} ${it.code}`)),
    codes((file?.findings ?? []).map((it) => `${it.start.line + 1} ${it.code}`)),
    path,
  );
  const textDocument = { uri: `file://${path}` };
  const line = texts[path]?.split("\n").indexOf("[Service]") ?? -1;
  const shown = (it: string): string => (root === "" ? it : it.slice(root.length + 1));
  const loaded = file?.loaded;
  const text =
    loaded && loadedText({ ...loaded, by: loaded.by && shown(loaded.by), files: loaded.files.map(shown) }, shown(path));
  if (line >= 0 && text !== undefined) {
    const hover = await client.sendRequest<Hover>("textDocument/hover", {
      textDocument,
      position: { line, character: 2 },
    });
    const [first = ""] = hoverText(hover).split("\n");
    assert.equal(first.toLowerCase(), `${text}.`.toLowerCase(), path);
  }
  const status = await client.sendRequest<ShownStatus>("unitWarden/status", textDocument);
  const number = tenths(printed<{ exposure?: number }>("security", path)?.exposure);
  if (path.endsWith(".service")) {
    assert.equal(status.exposed?.exposure, number, path);
    const [level] = await client.sendRequest<({ exposure?: string } | null)[]>("unitWarden/levels", {
      uris: [textDocument.uri],
    });
    assert.equal(level?.exposure, number, path);
    const report = await client.sendRequest<ShownReport | null>("unitWarden/report", textDocument);
    assert.equal(tenths(report?.exposure), number, path);
    if (number !== undefined && text !== undefined)
      assert.equal(report?.loaded?.toLowerCase(), `${text}.`.toLowerCase(), path);
    if (line >= 0 && number !== undefined) {
      const lenses = await client.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument });
      assert.match(lenses.map((it) => it.command?.title).join("\n"), new RegExp(`(?:^|\\D)${number} `), path);
    }
  }
  return `${loaded?.state}${text === undefined ? "" : ", told"}`;
}

describe("server: units of a load path", () => {
  for (const root of ["", "/work/tree"])
    it(`are judged with all that systemd loads, as in the command line, ${root === "" ? "on the machine" : "in a tree"}`, async () => {
      const its = await machine(root);
      const states = new Set<string>();
      for (const path of Object.keys(its.texts)) states.add(await compare(its, path));
      if (root === "") states.add(await compare(its, `${OWN}/other.service`));
      for (const it of ["loaded", "loaded, told", "masked, told", "overridden, told"]) assert.ok(states.has(it), it);
      its.client.dispose();
    });

  it("say at their header that systemd does not read them, and offer nothing to add", async () => {
    const { client, diagnostics } = await machine("");
    for (const [path, title] of [
      [`${VENDOR}/over.service`, `overridden by ${OWN}/over.service`],
      [`${VENDOR}/masked.service`, `masked by ${OWN}/masked.service: systemd reads none of its files`],
      [`${VENDOR}/masked.service.d/a.conf`, `masked by ${OWN}/masked.service: systemd reads none of its files`],
      [`${VENDOR}/one-two.service.d/hidden.conf`, `overridden by ${OWN}/one-two.service.d/hidden.conf`],
      [`${VENDOR}/over.timer`, `overridden by ${OWN}/over.timer`],
    ] as const) {
      await diagnostics(path);
      const textDocument = { uri: `file://${path}` };
      const [lens] = await client.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument });
      assert.equal(lens?.command?.title, title);
      const { start } = lens.range;
      const context = { diagnostics: [] };
      const params = { textDocument, range: { start, end: start }, context };
      const actions = await client.sendRequest<CodeAction[]>("textDocument/codeAction", params);
      assert.deepEqual(
        actions.map((it) => it.title),
        [],
      );
      const status = await client.sendRequest<ShownStatus>("unitWarden/status", textDocument);
      assert.equal(status.notLoaded, title);
    }
    client.dispose();
  });

  it("have the number of what is read instead as soon as that is edited", async () => {
    const { client, diagnostics, texts } = await machine("");
    const [path, other] = [`${VENDOR}/over.service`, `${OWN}/over.service`];
    const exposure = async (): Promise<string | undefined> =>
      (await client.sendRequest<ShownStatus>("unitWarden/status", { uri: `file://${path}` })).exposed?.exposure;
    await diagnostics(path);
    await diagnostics(other);
    const before = await exposure();
    await client.sendNotification("textDocument/didChange", {
      textDocument: { uri: `file://${other}`, version: 2 },
      contentChanges: [{ text: `${texts[other]}PrivateNetwork=yes\n` }],
    });
    let now = before;
    while (now === before) now = await exposure();
    assert.ok(Number(now) < Number(before));
    client.dispose();
  });
});
