import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "mocha";
import type { Diagnostic, Location, PublishDiagnosticsParams } from "vscode-languageserver-protocol";
import { withClientFiles } from "../../server/src/server/clientFiles.ts";
import { NO_FILES } from "../../server/src/server/fileAccess.ts";
import { Indexing } from "../../server/src/server/indexing.ts";
import { LIST_FOLDER_REQUEST, LONGEST_FILE, READ_FILE_REQUEST } from "../../server/src/server/protocol.ts";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";
import { type Answers, type Content, editorFiles } from "../kit/editorFiles.ts";
import { Worker } from "../kit/worker.ts";

const ROOT = "vscode-vfs://github/owner/repo";
const SHOP = `${ROOT}/units/shop.service`;
const DB = `${ROOT}/units/db.service`;
const SHOP_TEXT = "[Unit]\nRequires=db.service\nAfter=db.service\n[Service]\nExecStart=/usr/bin/shop\n";
const DB_TEXT = "[Service]\nExecStart=/usr/bin/db\n";
const FILES = {
  [SHOP]: SHOP_TEXT,
  [`${SHOP}.d/10.conf`]: "[Service]\nProtectHome=yes\nPrivateNetwork=yes\n",
  [DB]: DB_TEXT,
  [`${ROOT}/units/db.timer`]: "[Timer]\nOnCalendar=daily\nUnit=db.service\n",
  [`${ROOT}/more/mail.service`]: DB_TEXT,
  [`${ROOT}/units/bad.service`]: "fails",
  [`${ROOT}/units/long.service`]: { size: LONGEST_FILE + 1 },
  [`${ROOT}/node_modules/m/never.service`]: DB_TEXT,
} satisfies Record<string, Content>;

interface Row {
  readonly name: string;
  readonly uri: string;
  readonly exposure?: number;
}

/** A server in a worker, with an editor that has files. */
class WebEditor {
  readonly #worker: Worker;
  /** What the client was asked for: `read` or `list` and the address. */
  readonly asked: string[] = [];
  #requests = 0;
  #version = 0;

  private constructor(answers: Answers) {
    const answer =
      (method: string, what: string) =>
      (params: { uri: string }): Promise<unknown> | undefined => {
        this.asked.push(`${what} ${params.uri}`);
        return answers[method]?.(params);
      };
    this.#worker = new Worker(readFileSync("dist/unit-warden.js", "utf8"), {
      [READ_FILE_REQUEST]: answer(READ_FILE_REQUEST, "read"),
      [LIST_FOLDER_REQUEST]: answer(LIST_FOLDER_REQUEST, "list"),
      "client/registerCapability": () => null,
    });
  }

  /** The files are those of every moment: a test may change them. */
  static async start(files: Readonly<Record<string, Content>>, options: object = { files: true }, root = ROOT) {
    const editor = new WebEditor(await editorFiles(files, [root]));
    await editor.request("initialize", {
      processId: null,
      rootUri: root,
      capabilities: { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } },
      initializationOptions: { hardening: { findings: "each" }, ...options },
    });
    editor.#worker.send({ method: "initialized", params: {} });
    await editor.#worker.next((it) => it.method === "client/registerCapability");
    return editor;
  }

  async request<R>(method: string, params: object): Promise<R> {
    return (await this.#worker.request(10_000 + this.#requests++, method, params)) as R;
  }

  notify(method: string, params: object): void {
    this.#worker.send({ method, params });
  }

  /** Opens a document; the codes of what is published first. */
  open(uri: string, text: string): Promise<unknown[]> {
    const textDocument = { uri, languageId: "systemd", version: ++this.#version, text };
    this.notify("textDocument/didOpen", { textDocument });
    return this.published(uri);
  }

  /** The codes that are published next for a document. */
  async published(uri: string): Promise<unknown[]> {
    const { params } = await this.#worker.next(
      (it) => it.method === "textDocument/publishDiagnostics" && (it.params as PublishDiagnosticsParams).uri === uri,
    );
    return (params as PublishDiagnosticsParams).diagnostics.map((it: Diagnostic) => it.code);
  }

  /** Where the unit leads that is named on a line of the shop. */
  definition(line = 1): Promise<Location[]> {
    const position = { line, character: 12 };
    return this.request("textDocument/definition", { textDocument: { uri: SHOP }, position });
  }

  overview(...uris: string[]): Promise<Row[]> {
    return this.request("unitWarden/overview", { uris });
  }
}

describe("files that the client reads", () => {
  before(built);
  after(killLeftovers);

  describe("for a server in a web worker", () => {
    it("count as drop-ins of what is open", async () => {
      const editor = await WebEditor.start(FILES);
      const codes = await editor.open(SHOP, SHOP_TEXT);
      assert.ok(codes.includes("hardening/no-new-privileges"), codes.join(" "));
      assert.ok(!codes.includes("hardening/protect-home"), codes.join(" "));
      const report = await editor.request<Row>("unitWarden/report", { uri: SHOP });
      const alone = await editor.request<Row>("unitWarden/overview", { uris: [DB] });
      assert.ok((report.exposure ?? 100) < ((alone as unknown as Row[])[0]?.exposure ?? 0));
      const effective = await editor.request<{ text: string; remarks: { origin?: { uri: string } }[] }>(
        "unitWarden/effective",
        { uri: SHOP },
      );
      assert.match(effective.text, /^PrivateNetwork=yes$/m);
      assert.ok(effective.remarks.some((it) => it.origin?.uri === `${SHOP}.d/10.conf`));
    });

    it("are in the overview, each once, without those that cannot be read or are too long", async () => {
      const editor = await WebEditor.start(FILES);
      await editor.open(SHOP, SHOP_TEXT);
      const rows = await editor.overview(DB);
      assert.deepEqual(rows.map((it) => it.uri).sort(), [`${ROOT}/more/mail.service`, DB, SHOP]);
      assert.ok(editor.asked.every((it) => !it.includes("node_modules/")));
    });

    it("are found as definitions and references", async () => {
      const editor = await WebEditor.start(FILES);
      await editor.open(SHOP, SHOP_TEXT);
      assert.deepEqual(
        (await editor.definition()).map((it) => it.uri),
        [DB],
      );
      const found = await editor.request<Location[]>("textDocument/references", {
        textDocument: { uri: SHOP },
        position: { line: 1, character: 12 },
        context: { includeDeclaration: true },
      });
      assert.deepEqual(found.map((it) => `${it.uri.slice(ROOT.length)}:${it.range.start.line}`).sort(), [
        "/units/db.service:0",
        "/units/db.timer:2",
        "/units/shop.service:1",
        "/units/shop.service:2",
      ]);
    });

    it("are offered in completion, also beside a file outside of the workspace", async () => {
      const editor = await WebEditor.start(FILES, { files: true }, `${ROOT}/more`);
      await editor.open(SHOP, SHOP_TEXT);
      await editor.definition();
      const { items } = await editor.request<{ items: { label: string }[] }>("textDocument/completion", {
        textDocument: { uri: SHOP },
        position: { line: 1, character: 9 },
      });
      const labels = items.map((it) => it.label);
      for (const name of ["db.service", "mail.service"]) assert.ok(labels.includes(name), name);
    });

    it("are read again when the client tells of a change", async () => {
      const files: Record<string, Content> = { [SHOP]: SHOP_TEXT };
      const editor = await WebEditor.start(files);
      await editor.open(SHOP, SHOP_TEXT);
      assert.deepEqual(await editor.definition(), []);
      files[DB] = DB_TEXT;
      files[`${SHOP}.d/10.conf`] = "[Service]\nProtectHome=yes\n";
      const change = async (type: number, isJudged: (codes: readonly unknown[]) => boolean): Promise<string[]> => {
        const changes = [DB, `${SHOP}.d`].map((uri) => ({ uri, type }));
        editor.notify("workspace/didChangeWatchedFiles", { changes });
        while (!isJudged(await editor.published(SHOP)));
        return (await editor.definition()).map((it) => it.uri);
      };
      assert.deepEqual(await change(1, (codes) => !codes.includes("hardening/protect-home")), [DB]);
      delete files[DB];
      delete files[`${SHOP}.d/10.conf`];
      assert.deepEqual(await change(3, (codes) => codes.includes("hardening/protect-home")), []);
      const [row] = await editor.overview();
      assert.deepEqual([row?.uri, (await editor.overview()).length], [SHOP, 1]);
    });

    it("are seen in a file system with nothing but a root", async () => {
      const files = {
        "memfs:/a.service": DB_TEXT,
        "memfs:/b.service": DB_TEXT,
        "memfs:/b.service.d/x.conf": "[Service]\n",
      };
      for (const root of ["memfs:", "memfs:/"]) {
        const editor = await WebEditor.start(files, { files: true }, root);
        await editor.open("memfs:/a.service", DB_TEXT);
        const rows = await editor.overview();
        assert.deepEqual(
          rows.map((it) => it.uri),
          ["memfs:/a.service", "memfs:/b.service"],
        );
      }
    });

    it("take away the certainty that a unit is missing where one of them cannot be read", async () => {
      const etc = `${ROOT}/etc/systemd/system`;
      const unit = "[Unit]\nRequires=gone.service\nAfter=gone.service\n[Service]\nExecStart=/usr/bin/x\n";
      const targets = ["basic.target", "shutdown.target"].map((it) => `${ROOT}/usr/lib/systemd/system/${it}`);
      const whole = Object.fromEntries([[`${etc}/x.service`, unit], ...targets.map((it) => [it, "[Unit]\n"])]);
      const isMissed = (codes: readonly unknown[]): boolean => codes.includes("reference/missing-unit");
      const editor = await WebEditor.start(whole);
      if (!isMissed(await editor.open(`${etc}/x.service`, unit)))
        assert.ok(isMissed(await editor.published(`${etc}/x.service`)));
      const unsure = await WebEditor.start({ ...whole, [`${etc}/gone.service`]: { link: "memfs:/nowhere" } });
      await unsure.open(`${etc}/x.service`, unit);
      await unsure.request("unitWarden/overview", { uris: [] });
      unsure.notify("textDocument/didChange", {
        textDocument: { uri: `${etc}/x.service`, version: 100 },
        contentChanges: [{ text: `${unit}\n` }],
      });
      assert.ok(!isMissed(await unsure.published(`${etc}/x.service`)));
    });

    it("are looked for in the first thousand folders only", async () => {
      const many = Array.from({ length: 1500 }, (_, i) => [`${ROOT}/f${i}/s${i}.service`, DB_TEXT] as const);
      const answers = await editorFiles({ ...FILES, ...Object.fromEntries(many) }, [ROOT]);
      const asked = new Set<string>();
      let open = true;
      const files = withClientFiles(
        NO_FILES,
        async <R>(method: string, params: object) => {
          const { uri } = params as { uri: string };
          if (method === LIST_FOLDER_REQUEST) asked.add(uri);
          return (await answers[method]?.({ uri })) as R;
        },
        () => open,
      );
      const indexing = new Indexing({
        files,
        roots: () => [ROOT],
        trusted: () => true,
        open: () => undefined,
        now: () => 0,
      });
      const index = await indexing.ready();
      assert.equal(asked.size, 1000);
      assert.ok(index.files.size >= 990 && index.files.size <= 1010, String(index.files.size));
      assert.equal(indexing.partial, true);
      open = false;
      assert.equal(files.reach(ROOT), "none");
    });

    it("are no longer taken for incomplete once all can be read", async () => {
      const lost = `${ROOT}/lost.service`;
      const all = await editorFiles({ [`${ROOT}/well.service`]: DB_TEXT, [lost]: DB_TEXT }, [ROOT]);
      let fails = true;
      const files = withClientFiles(
        NO_FILES,
        async <R>(method: string, params: object) => {
          const { uri } = params as { uri: string };
          if (fails && uri === lost && method !== LIST_FOLDER_REQUEST) return null as R;
          return (await all[method]?.({ uri })) as R;
        },
        () => true,
      );
      const sources = { files, roots: () => [ROOT], trusted: () => true, open: () => undefined, now: () => 0 };
      const [byFile, byFolder, left] = [new Indexing(sources), new Indexing(sources), new Indexing(sources)];
      for (const it of [byFile, byFolder, left]) {
        await it.ready();
        assert.equal(it.partial, true);
      }
      await byFolder.changed([ROOT]);
      assert.equal(byFolder.partial, true);
      fails = false;
      await byFile.changed([lost]);
      await byFolder.changed([ROOT]);
      assert.deepEqual([byFile.partial, byFolder.partial], [false, false]);
      left.dropFolders([`${ROOT}/`]);
      assert.equal(left.partial, true, "still a folder of the workspace");
    });

    it("are never asked for where the client does not say that it answers", async () => {
      for (const options of [{}, { files: "yes" }, { views: true, files: false }]) {
        const editor = await WebEditor.start(FILES, options);
        const codes = await editor.open(SHOP, SHOP_TEXT);
        assert.ok(codes.includes("hardening/protect-home"));
        assert.deepEqual(await editor.definition(), []);
        assert.deepEqual(
          (await editor.overview(DB, SHOP)).map((it) => it.uri),
          [SHOP],
        );
        assert.deepEqual(editor.asked, []);
      }
    });
  });

  describe("for a server over stdio", () => {
    const memory = "memfs://box/work";
    const shop = `${memory}/shop.service`;
    const files = {
      [shop]: SHOP_TEXT,
      [`${shop}.d/10.conf`]: Buffer.from(
        "[Service]\nEnvironment=GOOD=caf\xc3\xa9\nEnvironment=BAD=caf\xe9\n",
        "latin1",
      ),
      [`${memory}/db.service`]: DB_TEXT,
    };

    async function opened(options: object): Promise<{ client: LspClient; asked: string[] }> {
      const client = await LspClient.start({ initializationOptions: options, folder: memory });
      const asked: string[] = [];
      for (const [method, answer] of Object.entries(await editorFiles(files, [memory])))
        client.connection.onRequest(method, (params: { uri: string }) => {
          asked.push(params.uri);
          return answer(params);
        });
      await client.open(shop, SHOP_TEXT);
      await client.diagnostics(shop);
      return { client, asked };
    }

    it("count, with bytes that are not UTF-8", async () => {
      const { client } = await opened({ files: true });
      const { text } = await client.request<{ text: string }>("unitWarden/effective", { uri: shop });
      // At a byte that is not UTF-8 systemd stops; it would not at a replacement character.
      assert.match(text, /^Environment=GOOD=café$/m);
      assert.doesNotMatch(text, /BAD/);
      const rows = await client.request<Row[]>("unitWarden/overview", { uris: [] });
      assert.deepEqual(rows.map((it) => it.name).sort(), ["db.service", "shop.service"]);
      const position = { line: 1, character: 12 };
      const found = await client.request<Location[]>("textDocument/definition", {
        textDocument: { uri: shop },
        position,
      });
      assert.deepEqual(
        found.map((it) => it.uri),
        [`${memory}/db.service`],
      );
      assert.deepEqual(client.logged, []);
      assert.equal(await client.stop(), 0);
    });

    it("are not those that the server reaches itself, nor new tabs", async () => {
      const { client, asked } = await opened({ files: true });
      for (const uri of ["file:///nowhere/x.service", "untitled:y.service", "untitled:/work/z.service"]) {
        await client.open(uri, DB_TEXT);
        await client.diagnostics(uri);
      }
      assert.deepEqual(
        asked.filter((it) => !it.startsWith(memory)),
        [],
      );
      assert.equal(await client.stop(), 0);
    });

    it("are never asked for where the client does not say that it answers", async () => {
      const { client, asked } = await opened({});
      assert.deepEqual(await client.request("unitWarden/overview", { uris: [`${memory}/db.service`] }), []);
      assert.deepEqual(asked, []);
      assert.equal(await client.stop(), 0);
    });
  });

  describe("whatever the client answers", () => {
    const uri = "memfs:/a.service";
    const filesOf = (answer: () => Promise<unknown>) =>
      withClientFiles(
        NO_FILES,
        <R>() => answer() as Promise<R>,
        () => true,
        1,
      );

    it("are not there where it fails or never answers", async () => {
      for (const answer of [() => Promise.reject(new Error("no")), () => new Promise(() => undefined)]) {
        assert.equal(await filesOf(answer).read(uri), undefined);
        assert.deepEqual(await filesOf(answer).list(uri), []);
      }
    });

    it("are read byte by byte", async () => {
      assert.equal(await filesOf(async () => "caf\xe9 caf\xc3\xa9").read(uri), "caf\udce9 café");
    });

    it("are those that it names well", async () => {
      for (const answer of [null, 7, {}, [1]]) assert.equal(await filesOf(async () => answer).read(uri), undefined);
      const good = { name: "a b", folder: false };
      const listed = [null, 7, good, { name: "", folder: true }, { name: "a/b", folder: true }, { name: "c" }];
      assert.deepEqual(await filesOf(async () => listed).list(uri), [good]);
      for (const answer of [null, "a", {}]) assert.deepEqual(await filesOf(async () => answer).list(uri), []);
    });
  });
});
