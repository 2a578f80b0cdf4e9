import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, it } from "mocha";
import { writeFiles } from "../../server/src/main/writeFiles.ts";

describe("files that are written one after the other", () => {
  let folder = "";
  const at = (name: string): string => join(folder, name);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "unit-warden-files-"));
    writeFileSync(at("a.service"), "old\n");
    symlinkSync("a.service", at("b.service"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("are written once where several paths lead to one of them", async () => {
    const write = (name: string, text: string) => ({ path: at(name), before: "old\n", text });
    const alike = await writeFiles([write("a.service", "new\n"), write("b.service", "new\n")]);
    assert.deepEqual([...alike.failures], []);
    assert.equal(readFileSync(at("a.service"), "utf8"), "new\n");
    writeFileSync(at("a.service"), "old\n");
    const other = await writeFiles([write("a.service", "new\n"), write("b.service", "other\n")]);
    assert.deepEqual(
      [...other.failures],
      [[at("b.service"), "not written: another path leads to it, by which it was changed"]],
    );
    assert.equal(readFileSync(at("b.service"), "utf8"), "new\n");
  });
});
