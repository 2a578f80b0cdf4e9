import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { pathOfUri, uriOfPath } from "../../server/src/server/uris.ts";
import { filePlaceOf } from "../../server/src/units/index/filePlace.ts";

describe("paths of URIs", () => {
  for (const [uri, path] of [
    ["file:///work/a.service", "/work/a.service"],
    ["file:///work/a%20b/%C3%A9.service", "/work/a b/é.service"],
    ["vscode-vfs://github/owner/repo/a.service", "vscode-vfs://github/owner/repo/a.service"],
    ["vscode-vfs://github%2B7b/owner/a.service", "vscode-vfs://github+7b/owner/a.service"],
    ["vscode-test-web://mount/a%40.service", "vscode-test-web://mount/a@.service"],
    ["memfs:/a.service", "memfs:///a.service"],
    ["memfs:/", "memfs:///"],
    ["memfs://box/", "memfs://box/"],
    ["memfs://a%2Fb/c%2525.service", "memfs://a%2Fb/c%25.service"],
    ["memfs://a%252fb/c.service", "memfs://a%252fb/c.service"],
  ] as const)
    it(`${uri} there and back`, () => {
      assert.equal(pathOfUri(uri), path);
      assert.equal(uriOfPath(path), uri);
    });

  it("has a path also for a folder without one", () => {
    assert.equal(pathOfUri("memfs://box"), "memfs://box/");
    assert.equal(pathOfUri("memfs:"), "memfs:///");
    assert.equal(uriOfPath("memfs://box"), "memfs://box/");
    assert.equal(uriOfPath("memfs://"), "memfs:/");
  });

  it("places files behind a scheme as any others, and never on the machine", () => {
    const place = (uri: string) => {
      const found = filePlaceOf(pathOfUri(uri));
      return found && [found.root, found.folder, found.role.kind];
    };
    const etc = "etc/systemd/system";
    assert.deepEqual(place(`memfs:/${etc}/a.service`), ["memfs://", `memfs:///${etc}`, "unit"]);
    assert.deepEqual(place(`vscode-vfs://github/o/r/${etc}/a.service.d/x.conf`), [
      "vscode-vfs://github/o/r",
      `vscode-vfs://github/o/r/${etc}`,
      "drop-in",
    ]);
    assert.deepEqual(place("memfs:/a.service"), ["memfs://", "memfs://", "unit"]);
    assert.deepEqual(place("memfs://box/units/a.service"), ["memfs://box/units", "memfs://box/units", "unit"]);
  });
});
