import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import { URI } from "vscode-uri";
import type * as ActiveUnit from "../../client/activeUnit.ts";
import { UNIT_OF_REQUEST } from "../../server/src/server/protocol.ts";
import { clientModule } from "../kit/clientModule.ts";

const SERVICE = "file:///etc/systemd/system/shop%40.service";
const DROP_IN = "file:///etc/systemd/system/shop%40.service.d/override.conf";

describe("client: what a command is about", () => {
  let unit: typeof ActiveUnit;
  const window: { activeTextEditor?: object } = {};
  before(async () => {
    unit = await clientModule("client/activeUnit.ts", { Uri: URI, window });
  });

  /** A client whose server knows the unit of one drop-in. */
  const client = {
    code2ProtocolConverter: { asUri: (uri: URI) => uri.toString() },
    sendRequest: async (method: string, { uri }: { uri: string }) =>
      method === UNIT_OF_REQUEST && uri === DROP_IN ? SERVICE : null,
  } as unknown as Parameters<typeof ActiveUnit.uriOf>[0];

  it("is named after the unit, also in one of its drop-ins", () => {
    assert.equal(unit.unitNameOfUri(SERVICE), "shop@.service");
    assert.equal(unit.unitNameOfUri(DROP_IN), "shop@.service");
    assert.equal(unit.unitNameOfUri("untitled:Untitled-1"), "Untitled-1");
    assert.equal(unit.fileNameOf(DROP_IN), "override.conf");
  });

  it("is what a lens or a menu says, else what is in the editor", () => {
    const document = { languageId: "systemd", uri: URI.parse("file:///a.timer") };
    window.activeTextEditor = { document };
    assert.equal(unit.uriOf(client, SERVICE), SERVICE);
    assert.equal(unit.uriOf(client, URI.parse(SERVICE)), SERVICE);
    assert.equal(unit.uriOf(client, undefined), "file:///a.timer");
    const effective = URI.from({ scheme: "unit-warden-effective", path: "/Effective shop@.service", query: SERVICE });
    assert.equal(unit.uriOf(client, effective), SERVICE);
    delete window.activeTextEditor;
    assert.equal(unit.uriOf(client, undefined), undefined);
  });

  it("is the unit of a drop-in, where the drop-in counts for it", async () => {
    const other = "file:///home/me/shop%40.service.d/override.conf";
    assert.deepEqual(await Promise.all([SERVICE, DROP_IN, other].map((it) => unit.wholeUnitUri(client, it))), [
      SERVICE,
      SERVICE,
      other,
    ]);
  });
});
