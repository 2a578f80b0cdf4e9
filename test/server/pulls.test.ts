import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, afterEach, before, beforeEach, describe, it } from "mocha";
import type {
  DocumentDiagnosticReport,
  InitializeResult,
  RelatedFullDocumentDiagnosticReport,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver-protocol";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import { built } from "../kit/built.ts";
import { type ClientKind, killLeftovers, LspClient } from "../kit/client.ts";

const TYPO = "[Service]\nExecStart=/bin/true\nProtectHoem=yes\n";
const QUIET = { hardening: { profile: "off" } };
const REFRESH = "workspace/diagnostic/refresh";

/** An editor that asks for diagnostics, as VS Code does. */
const PULLS = {
  textDocument: { diagnostic: { dynamicRegistration: true } },
  workspace: { diagnostics: { refreshSupport: true } },
};

describe("server: diagnostics that are asked for", () => {
  let folder: string;
  const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href;
  const write = (name: string, text: string): string => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
    return uriOf(name);
  };
  const start = (kind: ClientKind = {}): Promise<LspClient> =>
    LspClient.start({ capabilities: PULLS, initializationOptions: QUIET, folder: pathToFileURL(folder).href, ...kind });
  const pull = (client: LspClient, uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    client.request("textDocument/diagnostic", { textDocument: { uri }, previousResultId });

  before(built);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unit-warden-pulls-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  after(killLeftovers);

  const codesIn = (report: DocumentDiagnosticReport | WorkspaceDocumentDiagnosticReport): unknown[] =>
    report.kind === "full" ? report.items.map((it) => it.code) : [report.kind];

  it("are given for the current text, and none are published", async () => {
    const client = await start();
    const uri = uriOf("x.service");
    await client.open(uri, TYPO);
    const first = await pull(client, uri);
    assert.deepEqual(codesIn(first), ["directive/unknown"]);
    assert.deepEqual(codesIn(await pull(client, uri, first.resultId)), ["unchanged"]);
    const start0 = { line: 2, character: 0 };
    await client.notify("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: start0, end: { line: 3, character: 0 } }, text: "" }],
    });
    const second = await pull(client, uri, first.resultId);
    assert.deepEqual(codesIn(second), []);
    assert.notEqual(second.resultId, first.resultId);
    await client.notify("textDocument/didClose", { textDocument: { uri } });
    assert.equal(await client.stop(), 0);
    assert.deepEqual(client.unread, []);
  });

  it("are published to a client that cannot be told to ask again, and not offered to it", async () => {
    const client = await start({ capabilities: { textDocument: { diagnostic: {} } } });
    const uri = uriOf("x.service");
    await client.open(uri, TYPO);
    assert.deepEqual(
      (await client.diagnostics(uri)).map((it) => it.code),
      ["directive/unknown"],
    );
    const [answer] = client.messages() as [{ result: InitializeResult }];
    assert.equal(answer.result.capabilities.diagnosticProvider, undefined);
    assert.equal(await client.stop(), 0);
  });

  it("wait for the drop-ins, and are asked for again when those change", async () => {
    const uri = write("x.service", "[Service]\nType=oneshot\n");
    const dropIn = write("x.service.d/a.conf", "[Service]\nExecStart=/bin/true\n");
    const client = await start();
    await client.open(uri, "[Service]\nType=oneshot\n");
    assert.deepEqual(codesIn(await pull(client, uri)), []);
    writeFileSync(join(folder, "x.service.d/a.conf"), "[Service]\nNice=1\n");
    await client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: dropIn, type: 2 }] });
    await client.isAsked(REFRESH);
    assert.deepEqual(codesIn(await pull(client, uri)), ["unit/no-command"]);
    assert.equal(await client.stop(), 0);
  });

  it("are asked for again when the settings change them, and not when they change nothing", async () => {
    const client = await start();
    const uri = uriOf("x.service");
    await client.open(uri, TYPO);
    const { resultId } = await pull(client, uri);
    await client.notify("workspace/didChangeConfiguration", { settings: { unitWarden: QUIET } });
    assert.deepEqual(codesIn(await pull(client, uri, resultId)), ["unchanged"]);
    assert.deepEqual(client.asked, []);
    const rules = { directive: "off" };
    await client.notify("workspace/didChangeConfiguration", { settings: { unitWarden: { ...QUIET, rules } } });
    await client.isAsked(REFRESH);
    assert.deepEqual(codesIn(await pull(client, uri, resultId)), []);
    assert.equal(await client.stop(), 0);
  });

  it("tell of the unit of an open drop-in where the client takes that", async () => {
    const related = { textDocument: { diagnostic: { relatedDocumentSupport: true } } };
    const uri = write("x.service", "[Service]\nType=oneshot\n");
    const dropIn = write("x.service.d/a.conf", "[Service]\nNice=1\n");
    const client = await start({ capabilities: { ...PULLS, ...related } });
    await client.open(uri, "[Service]\nType=oneshot\n");
    await client.open(dropIn, "[Service]\nNice=1\n");
    const alone = (await pull(client, uri)) as RelatedFullDocumentDiagnosticReport;
    assert.deepEqual(codesIn(alone), ["unit/no-command"]);
    await client.notify("textDocument/didChange", {
      textDocument: { uri: dropIn, version: 2 },
      contentChanges: [{ text: "[Service]\nExecStart=/bin/true\n" }],
    });
    const report = (await pull(client, dropIn)) as RelatedFullDocumentDiagnosticReport;
    assert.deepEqual(
      Object.entries(report.relatedDocuments ?? {}).map(([of, it]) => [of, it.kind === "full" && it.items]),
      [[uri, []]],
    );
    assert.equal(await client.stop(), 0);
  });

  describe("of a line that is being typed", () => {
    const TIMER = "[Timer]\nOnCalendar=daily\n\n[Install]\nWantedBy=timers.target\n";
    const accept = (client: LspClient, uri: string): Promise<void> => {
      const at = { line: 2, character: 0 };
      const contentChanges = [{ range: { start: at, end: at }, text: "OnCalendar=" }];
      return client.notify("textDocument/didChange", { textDocument: { uri, version: 2 }, contentChanges });
    };

    it("come once typing rests, and are asked for again then", async () => {
      const client = await start();
      const uri = uriOf("x.timer");
      await client.open(uri, TIMER);
      await pull(client, uri);
      await accept(client, uri);
      assert.deepEqual(codesIn(await pull(client, uri)), []);
      await client.isAsked(REFRESH);
      assert.deepEqual(codesIn(await pull(client, uri)), ["unit/nothing-to-do"]);
      assert.equal(await client.stop(), 0);
    });

    it("do so where they are published, too", async () => {
      const client = await start({ capabilities: {} });
      const uri = uriOf("x.timer");
      await client.open(uri, TIMER);
      await client.diagnostics(uri, 1);
      await accept(client, uri);
      assert.deepEqual(await client.diagnostics(uri, 2), []);
      assert.deepEqual(
        (await client.diagnostics(uri, 2)).map((it) => it.code),
        ["unit/nothing-to-do"],
      );
      assert.equal(await client.stop(), 0);
    });
  });

  describe("of a new document", () => {
    it("hold back what is unfinished until it is saved, and are asked for again then", async () => {
      const client = await start();
      const uri = uriOf("new.service");
      await client.open(uri, "");
      await client.notify("textDocument/didChange", {
        textDocument: { uri, version: 2 },
        contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "[Ser" }],
      });
      assert.deepEqual(codesIn(await pull(client, uri)), []);
      await client.notify("textDocument/didSave", { textDocument: { uri } });
      await client.isAsked(REFRESH);
      assert.deepEqual(codesIn(await pull(client, uri)), ["syntax/section-header"]);
      assert.equal(await client.stop(), 0);
    });

    it("do so where they are published, too", async () => {
      const client = await start({ capabilities: {} });
      const uri = uriOf("new.service");
      await client.open(uri, "");
      await client.diagnostics(uri, 1);
      const at = { line: 0, character: 0 };
      await client.notify("textDocument/didChange", {
        textDocument: { uri, version: 2 },
        contentChanges: [{ range: { start: at, end: at }, text: "[Service]\nType=oneshot\n" }],
      });
      assert.deepEqual(await client.diagnostics(uri, 2), []);
      await client.notify("textDocument/didSave", { textDocument: { uri } });
      assert.deepEqual(
        (await client.diagnostics(uri, 2)).map((it) => it.code),
        ["unit/no-command"],
      );
      assert.equal(await client.stop(), 0);
    });
  });

  describe("of the workspace", () => {
    const all = (workspaceDiagnostics: string): ClientKind => ({
      initializationOptions: { ...QUIET, workspaceDiagnostics },
    });
    const ask = (
      client: LspClient,
      previousResultIds: { uri: string; value: string }[] = [],
      partialResultToken?: string,
    ): Promise<WorkspaceDiagnosticReport> =>
      client.request("workspace/diagnostic", { previousResultIds, partialResultToken });
    const idsOf = ({ items }: WorkspaceDiagnosticReport): { uri: string; value: string }[] =>
      items.map(({ uri, resultId = "" }) => ({ uri, value: resultId }));
    const told = ({ items }: WorkspaceDiagnosticReport): Record<string, unknown[]> =>
      Object.fromEntries(items.map((it) => [it.uri.slice(uriOf("").length + 1), codesIn(it)]));

    beforeEach(() => {
      write("a.service", TYPO);
      write("a.service.d/more.conf", "[Service]\nNice=x\n");
      write("b.service", "[Service]\nType=oneshot\nStandardOutput=syslog\n");
      write("b.service.d/command.conf", "[Service]\nExecStart=/bin/true\n");
      write("multi-user.target.wants/a.service", "");
    });

    const offered = (client: LspClient): unknown => {
      const [answer] = client.messages() as [{ result: InitializeResult }];
      return answer.result.capabilities.diagnosticProvider?.workspaceDiagnostics;
    };

    it("are offered only where the reader wants them, from the start or later", async () => {
      const client = await start();
      assert.equal(offered(client), false);
      await client.notify("workspace/didChangeConfiguration", {
        settings: { unitWarden: { ...QUIET, workspaceDiagnostics: "all" } },
      });
      await client.isAsked("client/unregisterCapability");
      await client.isAsked("client/registerCapability");
      assert.equal(await client.stop(), 0);
      const other = await start(all("errors"));
      assert.equal(offered(other), true);
      assert.equal(await other.stop(), 0);
    });

    it("judge each unit and drop-in with what belongs to it", async () => {
      const client = await start(all("all"));
      assert.deepEqual(told(await ask(client)), {
        "a.service": ["directive/unknown"],
        "a.service.d/more.conf": ["value/number"],
        "b.service": ["value/deprecated"],
        "b.service.d/command.conf": [],
      });
      assert.equal(await client.stop(), 0);
    });

    it("can be errors alone", async () => {
      const client = await start(all("errors"));
      assert.deepEqual(told(await ask(client))["b.service"], []);
      assert.deepEqual(told(await ask(client))["a.service"], ["directive/unknown"]);
      assert.equal(await client.stop(), 0);
    });

    it("come in parts where the client takes them", async () => {
      const client = await start(all("all"));
      assert.deepEqual(await ask(client, [], "parts"), { items: [] });
      const parts = client.progress as WorkspaceDiagnosticReport[];
      assert.equal(parts.flatMap((it) => it.items).length, 4);
      assert.equal(await client.stop(), 0);
    });

    it("are answered only when something has changed, with what is gone as empty", async () => {
      const client = await start(all("all"));
      const known = idsOf(await ask(client));
      const answer = ask(client, known);
      assert.equal("kind" in (await Promise.race([answer, pull(client, uriOf("a.service"))])), true);
      rmSync(join(folder, "a.service"));
      writeFileSync(join(folder, "b.service"), "[Service]\nType=oneshot\n");
      await client.notify("workspace/didChangeWatchedFiles", {
        changes: [
          { uri: uriOf("a.service"), type: 3 },
          { uri: uriOf("b.service"), type: 2 },
        ],
      });
      let latest = await answer;
      const now = told(latest);
      // What changes while it is judged comes with the next answer.
      while (now["a.service"]?.length !== 0 || now["b.service"]?.length !== 0) {
        latest = await ask(client, idsOf(latest));
        Object.assign(now, told({ items: latest.items.filter((it) => it.kind === "full") }));
      }
      assert.deepEqual([now["a.service.d/more.conf"], now["b.service.d/command.conf"]], [["unchanged"], ["unchanged"]]);
      assert.equal(await client.stop(), 0);
    });

    it("tell of a document that was closed as of any file", async () => {
      const client = await start(all("errors"));
      const uri = uriOf("b.service");
      await client.open(uri, "[Service]\nType=oneshot\nStandardOutput=syslog\n");
      const open = await pull(client, uri);
      assert.deepEqual(codesIn(open), ["value/deprecated"]);
      const known = idsOf(await ask(client));
      assert.deepEqual(known.find((it) => it.uri === uri)?.value, open.resultId);
      const answer = ask(client, known);
      await client.notify("textDocument/didClose", { textDocument: { uri } });
      assert.deepEqual(told(await answer)["b.service"], []);
      assert.equal(await client.stop(), 0);
    });

    it("keep the address that the client writes", async () => {
      write("job@.service", TYPO);
      const client = await start(all("all"));
      const known = idsOf(await ask(client)).map((it) => ({ ...it, uri: it.uri.replace("%40", "@") }));
      const answer = ask(client, known);
      writeFileSync(join(folder, "job@.service"), "[Service]\nExecStart=/bin/true\n");
      const changes = [{ uri: uriOf("job@.service"), type: 2 }];
      await client.notify("workspace/didChangeWatchedFiles", { changes });
      const { items } = await answer;
      assert.deepEqual(
        items.filter((it) => it.uri.includes("job")).map((it) => [it.uri.replace(/.*\//, ""), ...codesIn(it)]),
        [["job@.service"]],
      );
      assert.equal(await client.stop(), 0);
    });

    it("can be cancelled", async () => {
      const client = await start(all("all"));
      const previousResultIds = idsOf(await ask(client));
      const source = new CancellationTokenSource();
      const answer = client.connection.sendRequest("workspace/diagnostic", { previousResultIds }, source.token);
      source.cancel();
      await answer.catch(() => undefined);
      assert.deepEqual(codesIn(await pull(client, uriOf("a.service"))), ["directive/unknown"]);
      assert.equal(await client.stop(), 0);
    });
  });
});
