import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, it } from "mocha";
import { nameOfBytes, nativePath } from "../../server/src/main/nativePath.ts";
import { nodeHost } from "../../server/src/main/nodeHost.ts";

describe("names of files", () => {
  it("keep their bytes whatever they are", () => {
    const bytes = fc.oneof(
      fc.uint8Array({ minLength: 1 }),
      fc.string({ unit: "grapheme", minLength: 1 }).map((it) => Buffer.from(it)),
    );
    fc.assert(
      fc.property(bytes, (it) => {
        const name = nativePath(nameOfBytes(Buffer.from(it)));
        assert.deepEqual(Buffer.from(name), Buffer.from(it));
      }),
    );
  });

  it("need not be UTF-8 to be listed and read", () => {
    const folder = mkdtempSync(join(tmpdir(), "unit-warden-names-"));
    try {
      const name = Buffer.from("caf\u00e9.conf", "latin1");
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name]), "[Service]\n");
      const [entry] = nodeHost.entries(folder);
      assert.equal(entry?.is, "file");
      const path = `${folder}/${entry?.name}`;
      assert.equal(Buffer.from(nodeHost.read(path)).toString(), "[Service]\n");
      assert.equal(nodeHost.kind(path), "file");
      assert.equal(nodeHost.realPath(path).endsWith(entry?.name ?? "-"), true);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
