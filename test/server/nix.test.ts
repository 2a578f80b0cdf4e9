import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, it } from "mocha";
import { built } from "../kit/built.ts";
import { killLeftovers, LspClient } from "../kit/client.ts";

const askFor = (client: LspClient, uri: string): Promise<string | null> =>
  client.request("unitWarden/nixServiceConfig", { uri });

describe("server: NixOS serviceConfig", () => {
  before(built);
  after(killLeftovers);

  it("gives the settings of the text in the editor, with the drop-ins beside it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "unit-warden-nix-"));
    try {
      const text = "[Service]\nExecStart=/bin/true\nProtectSystem=full\nLockPersonality=1\n";
      mkdirSync(join(folder, "x.service.d"));
      writeFileSync(join(folder, "x.service"), text);
      writeFileSync(join(folder, "x.service.d", "a.conf"), "[Service]\nProtectSystem=strict\n");
      const uri = pathToFileURL(join(folder, "x.service")).href;
      const client = await LspClient.start();
      await client.open(uri, text);
      const given = await askFor(client, uri);
      assert.match(given ?? "", /^systemd\.services\.x\.serviceConfig = \{\n/);
      assert.match(given ?? "", /^ {2}ProtectSystem = "strict";$/m);
      assert.match(given ?? "", /^ {2}LockPersonality = true;$/m);
      assert.equal(await client.stop(), 0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("gives nothing for a service without such settings, for other units and for what is not open", async () => {
    const client = await LspClient.start();
    await client.open("file:///srv/units/a.service", "[Service]\nExecStart=/bin/true\n");
    await client.open("file:///srv/units/a.socket", "[Socket]\nListenStream=1\nPrivateNetwork=yes\n");
    for (const uri of ["file:///srv/units/a.service", "file:///srv/units/a.socket", "file:///srv/units/b.service"])
      assert.equal(await askFor(client, uri), null, uri);
    assert.equal(await client.stop(), 0);
  });
});
