import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";
import { skip } from "../kit/skip.ts";

const SECRET = "secret-of-another-folder";
const TEXT = "[Unit]\nWants=c.service z.service\n[Service]\nExecStart=/bin/true\n";

describe("a hostile workspace", () => {
  let top: string;
  let work: string;
  const write = (path: string, text: string): void => {
    mkdirSync(join(top, path, ".."), { recursive: true });
    writeFileSync(join(top, path), text);
  };
  const uriOf = (name: string): string => pathToFileURL(join(work, name)).href;
  before(async function () {
    if (process.platform === "win32") skip(this, "where links need rights of their own");
    await built();
    top = realpathSync(mkdtempSync(join(tmpdir(), "unit-warden-links-")));
    work = join(top, "work");
    write("work/a.service", TEXT);
    write("work/c.service", "[Service]\nExecStart=/bin/true\n");
    write("work/shared/x.conf", "[Unit]\nDescription=Of the shared folder\n");
    write("work/sub/d.service", "[Service]\nExecStart=/bin/true\n");
    write("out/x.conf", `[Unit]\nDescription=${SECRET}\n`);
    write("out/z.service", `[Unit]\nDescription=${SECRET}\n[Service]\nExecStart=/bin/${SECRET}\n`);
    for (let i = 0; i < 40; i++) write(`out/deep${i}/more/${SECRET}-${i}.service`, "[Unit]\n");
    for (const [link, target] of [
      ["root.d", "/"],
      ["out.d", "../out"],
      ["z.service", "../out/z.service"],
      ["a.service.d", "../out"],
      ["c.service.d", "shared"],
      ["self.d", "."],
      ["sub/up.d", "../.."],
      ["sub/up.wants", ".."],
      ["ring.d", "ring.d"],
    ] as const)
      symlinkSync(target, join(work, link));
  });
  after(() => {
    killLeftovers();
    if (top) rmSync(top, { recursive: true });
  });

  for (const trusted of [true, false])
    it(`shows nothing of what its links lead to, trusted: ${trusted}`, async () => {
      const client = await LspClient.start({
        folder: pathToFileURL(work).href,
        initializationOptions: { trusted, views: true },
      });
      const seen: unknown[] = [];
      const ask = async (method: string, params: object): Promise<unknown> => {
        const answer = await client.request<unknown>(method, params);
        seen.push(answer);
        return answer;
      };
      await client.open(uriOf("a.service"), TEXT);
      await client.open(uriOf("c.service"), "[Service]\nExecStart=/bin/true\n");
      const symbols = (await client.request("workspace/symbol", { query: "" })) as {
        name: string;
        location: { uri: string };
      }[];
      const own = symbols.filter(({ location }) => location.uri.startsWith(pathToFileURL(work).href));
      assert.deepEqual(
        own.map((it) => it.name).filter((it) => !["a.service", "c.service", "d.service", "z.service"].includes(it)),
        [],
      );
      if (!trusted) assert.equal(own.length, symbols.length);
      const textDocument = { uri: uriOf("a.service") };
      await ask("textDocument/hover", { textDocument, position: { line: 1, character: 18 } });
      await ask("textDocument/definition", { textDocument, position: { line: 1, character: 18 } });
      await ask("textDocument/documentLink", { textDocument });
      for (const name of ["a.service", "z.service", "a.service.d/x.conf", "out.d/z.service", "root.d/etc/passwd"]) {
        const uri = uriOf(name);
        await ask("unitWarden/report", { uri });
        await ask("unitWarden/effective", { uri });
        await ask("unitWarden/sandbox", { uri, whatIf: "now" });
        await ask("unitWarden/overview", { uris: [uri] });
        await ask("unitWarden/override", { uri });
      }
      assert.doesNotMatch(JSON.stringify([seen, own]), new RegExp(SECRET));
      const merged = await ask("unitWarden/effective", { uri: uriOf("c.service") });
      assert.match(JSON.stringify(merged), /Of the shared folder/);
      await client.stop();
    });
});
