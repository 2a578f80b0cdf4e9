import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { addressOf, isLocal, pathOfUri, uriOfPath } from "../../server/src/server/uris.ts";
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

  const ODD = [
    ...[
      "",
      " ",
      ":",
      "::",
      "file:",
      "file:////server/share/a.service",
      "file:// /a",
      "a b:c.service",
      "untitled:x.service",
    ],
    ...[
      "untitled:",
      "%",
      "file:///%",
      "file:///%ff%41/a.service",
      "file:///\ud800.service",
      "1x:/a.service",
      "x:a",
      "C:\\a.service",
    ],
    ...[
      "//server/a.service",
      "file://[::1/a",
      "\u0000",
      "memfs://a%/b",
      "opaque://x",
      "opaque:",
      "a%2Fb:c",
      "/a/b.service",
    ],
  ];

  it("exist for whatever a client gives, and lead back to what has the same path", () => {
    const parts = fc.constantFrom(
      ...ODD,
      "/",
      "a",
      "..",
      "?q",
      "#f",
      "%2F",
      "%zz",
      "é",
      "\udc00",
      "file://",
      "x.service",
      "\n",
    );
    const texts = fc.oneof(
      fc.constantFrom(...ODD),
      fc.array(parts, { maxLength: 5 }).map((it) => it.join("")),
      fc.string(),
    );
    fc.assert(
      fc.property(texts, (uri) => {
        const path = pathOfUri(uri);
        const back = uriOfPath(path);
        // A slash in what stands as the port of a machine cannot be written as one part.
        if (!/[:@].*[%/@]/s.test(addressOf(uri).authority)) assert.equal(pathOfUri(back), path);
        assert.equal(typeof isLocal(uri), "boolean");
        assert.equal(typeof addressOf(uri).path, "string");
        assert.equal(typeof uriOfPath(uri), "string");
      }),
      { numRuns: 5_000 },
    );
  });

  it("are never those of the machine where there is no path from a root", () => {
    for (const uri of ["untitled:x.service", "a b:c.service", "file:////server/share/a.service", "c:x.service"]) {
      assert.match(pathOfUri(uri), /^opaque:/);
      assert.equal(uriOfPath(pathOfUri(uri)), uri);
      const place = filePlaceOf(pathOfUri(uri));
      assert.notEqual(place?.root, "");
      // Nothing else lies in its folder, whose address is the beginning of its own.
      assert.equal(place && uri.startsWith(uriOfPath(place.folder)), true);
    }
    assert.equal(addressOf("file:////server/share/a%20b.service").path, "a b.service");
  });
});
