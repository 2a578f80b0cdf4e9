import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync, gzipSync } from "node:zlib";
import { after, before, describe, it } from "mocha";
import type { DocumentLink, Hover, MarkupContent } from "vscode-languageserver-protocol";
import { writeBundle } from "../../server/src/manual/bundle.ts";
import {
  MANUAL_DATA_REQUEST,
  MANUAL_INDEX_REQUEST,
  MANUAL_PAGE_REQUEST,
  type ManualAnswer,
  type ManualIndex,
} from "../../server/src/server/protocol.ts";
import { built } from "../kit/built.ts";
import { type ClientKind, killLeftovers, LspClient } from "../kit/client.ts";
import { ownEntry, ownPage } from "../kit/manualPages.ts";
import { Worker } from "../kit/worker.ts";
import { source } from "../manual/kit.ts";

const URI = "file:///etc/systemd/system/x.service";
const TEXT = "[Unit]\nDocumentation=man:systemd.exec(5)\n[Service]\nProtectHome=yes\n";
const EXEC = ownPage(
  "systemd.exec",
  ownEntry("\\fIProtectHome=\\fR", "Own words of \\fBsystemd.unit\\fR(5), \\fBsystemctl\\fR(1), \\fBmount\\fR(8)."),
);
const PAGES: Readonly<Record<string, string>> = {
  "man5/systemd.exec.5": EXEC,
  "man5/systemd.unit.5": ownPage("systemd.unit", "Text"),
  "man7/systemd.index.7": ownPage("systemd.index", "\\fBsystemctl\\fR(1) \\(em Own\n", "7"),
};

const hoverOf = async (client: LspClient): Promise<string> => {
  const params = { textDocument: { uri: URI }, position: { line: 3, character: 3 } };
  const hover = await client.request<Hover>("textDocument/hover", params);
  return (hover.contents as MarkupContent).value;
};

describe("server: manual", () => {
  const own = process.env.MANPATH;
  let folder: string;

  before(async () => {
    await built();
    folder = mkdtempSync(join(tmpdir(), "unit-warden-man-"));
    for (const it of ["man5", "man7"]) mkdirSync(join(folder, it));
    for (const [path, text] of Object.entries(PAGES)) writeFileSync(join(folder, path), text);
    writeFileSync(join(folder, "man5/systemd.cut.5.gz"), gzipSync(EXEC).subarray(0, 60));
    process.env.MANPATH = folder;
  });
  after(() => {
    killLeftovers();
    if (own === undefined) delete process.env.MANPATH;
    else process.env.MANPATH = own;
    rmSync(folder, { recursive: true, force: true });
  });

  /** A client whose server has read the manual. */
  async function started(kind: ClientKind = {}): Promise<LspClient> {
    const client = await LspClient.start(kind);
    await client.open(URI, TEXT);
    await client.request(MANUAL_INDEX_REQUEST);
    return client;
  }

  it("is in the first hover of a session, which waits for it", async () => {
    const asked = { capabilities: { workspace: { configuration: true } }, configuration: () => ({}) };
    for (const kind of [asked, {}]) {
      const client = await LspClient.start(kind);
      await client.open(URI, TEXT);
      assert.match(await hoverOf(client), /From systemd\.exec\(5\)/);
      assert.equal(await client.stop(), 0);
    }
  });

  it("of the machine is in hovers, and a broken page costs one line in the log", async () => {
    const client = await started();
    assert.match(await hoverOf(client), /From systemd\.exec\(5\) of systemd 300 on this machine:\n\nOwn words/);
    assert.deepEqual(
      client.logged.filter((it) => it.includes(" is ignored: ")).map((it) => it.replace(/^.*(systemd\.\w+).*$/, "$1")),
      ["systemd.cut"],
    );
    assert.equal(await client.stop(), 0);
  });

  it("is the one that the settings ask for", async () => {
    const client = await started({ initializationOptions: { manual: { source: "bundled" } } });
    assert.doesNotMatch(await hoverOf(client), /on this machine/);
    await client.notify("workspace/didChangeConfiguration", {
      settings: { unitWarden: { manual: { source: "installed" } } },
    });
    await client.request(MANUAL_INDEX_REQUEST);
    assert.match(await hoverOf(client), /on this machine/);
    assert.equal(await client.stop(), 0);
  });

  it("gives its names and pages to a client with views", async () => {
    const client = await started({ initializationOptions: { views: true } });
    const index = await client.request<ManualIndex>(MANUAL_INDEX_REQUEST);
    assert.deepEqual(
      [index.version, index.origin, index.pages.map((it) => [it.page, it.section, it.here, it.rows.length])],
      [300, "installed", [["systemd.exec", "5", true, 1]]],
    );
    const page = (params: unknown): Promise<ManualAnswer | null> => client.request(MANUAL_PAGE_REQUEST, params);
    const exec = await page({ page: "systemd.exec", section: "5" });
    assert.ok(exec?.kind === "page");
    assert.equal(exec.page.sections[0]?.title, "Options");
    const web = "https://www.freedesktop.org/software/systemd/man/latest";
    assert.deepEqual(
      [exec.url, exec.links],
      [`${web}/systemd.exec.html`, { "systemd.unit(5)": "here", "systemctl(1)": `${web}/systemctl.html` }],
    );
    assert.deepEqual(await page({ page: "systemctl", section: "1" }), {
      kind: "elsewhere",
      url: `${web}/systemctl.html`,
    });
    for (const it of [{ page: "mount", section: "8" }, { page: "../x" }]) assert.equal(await page(it), null);
    for (const it of [{ page: 1 }, {}, null]) await assert.rejects(page(it), { code: -32602 });
    const links = await client.request<DocumentLink[]>("textDocument/documentLink", { textDocument: { uri: URI } });
    assert.match(links[0]?.target ?? "", /^command:unitWarden\.openManual\?/);
    assert.equal(await client.stop(), 0);
  });

  it("comes from the client where the server has no files", async () => {
    const worker = new Worker(readFileSync("dist/unit-warden.js", "utf8"));
    const options = { processId: null, rootUri: null, capabilities: {}, initializationOptions: { views: true } };
    await worker.request(1, "initialize", options);
    worker.send({ method: "initialized", params: {} });
    const asked = await worker.next((it) => it.method === MANUAL_DATA_REQUEST);
    const data = new Uint8Array(writeBundle([source(EXEC)], (it, dictionary) => deflateRawSync(it, { dictionary })));
    worker.send({ id: asked.id, result: data });
    const answer = await worker.request(2, MANUAL_PAGE_REQUEST, { page: "systemd.exec", section: "5" });
    assert.match(JSON.stringify(answer), /"kind":"page".*"origin":"bundled"/);
  });

  it("is not there where the client has none to give", async () => {
    const worker = new Worker(readFileSync("dist/unit-warden.js", "utf8"));
    const options = { processId: null, rootUri: null, capabilities: {}, initializationOptions: { views: true } };
    await worker.request(1, "initialize", options);
    worker.send({ method: "initialized", params: {} });
    const asked = await worker.next((it) => it.method === MANUAL_DATA_REQUEST);
    worker.send({ id: asked.id, result: null });
    assert.equal(await worker.request(2, MANUAL_INDEX_REQUEST, {}), null);
    assert.deepEqual(await worker.request(3, MANUAL_PAGE_REQUEST, { page: "systemd.exec" }), {
      kind: "elsewhere",
      url: "https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html",
    });
  });
});
