import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Host } from "../../server/src/cli/host.ts";
import { rememberedHost } from "../../server/src/cli/rememberedHost.ts";
import { decodeUtf8 } from "../../server/src/text/utf8.ts";
import { memoryHost } from "../kit/memoryHost.ts";

describe("a host that remembers", () => {
  const FILES = {
    "u/a.service": "[Service]\n",
    "u/a.service.d/a.service.learnt.json": "{}",
    "u/b.service": "[Service]\n",
    "u/b.service.learnt.json": "{}",
  };

  /** A host that tells what it was asked. */
  function counting(): { readonly host: Host; readonly asked: string[] } {
    const asked: string[] = [];
    const host = memoryHost(FILES);
    return {
      asked,
      host: rememberedHost({
        ...host,
        kind(path) {
          asked.push(path);
          return host.kind(path);
        },
      }),
    };
  }

  it("does not ask for what the listed folder does not have", () => {
    const { host, asked } = counting();
    host.entries("u");
    asked.length = 0;
    assert.equal(host.kind("u/b.service.d"), undefined);
    assert.equal(host.kind("u/a.service.learnt.json"), undefined);
    assert.equal(host.kind("u/b.service.d/b.service.learnt.json"), undefined);
    assert.deepEqual(asked, []);
  });

  it("tells another thread what it knows of files, and then needs it no longer", () => {
    const reads: string[] = [];
    const memory = memoryHost(FILES);
    const noting: Host = {
      ...memory,
      read(path) {
        reads.push(path);
        return memory.read(path);
      },
      entries: (folder) => memory.entries(folder),
      kind() {
        throw new Error("nobody need be asked");
      },
    };
    const [finder, other] = [rememberedHost(noting), rememberedHost(noting)];
    finder.entries("u");
    assert.equal(decodeUtf8(finder.start("u/a.service", 4, "file")), "[Ser");
    const notes = finder.notesOf(["u/a.service", "u/b.service"]);
    other.take(structuredClone(notes));
    assert.equal(decodeUtf8(other.read("u/a.service")), FILES["u/a.service"]);
    assert.equal(other.kind("u/b.service.d"), undefined);
    assert.deepEqual(reads, ["u/a.service"]);
    finder.read("u/a.service");
    assert.deepEqual(reads, ["u/a.service", "u/a.service"]);
  });

  it("asks for what is there, or may be there", () => {
    const { host, asked } = counting();
    host.entries("u");
    asked.length = 0;
    assert.equal(host.kind("u/b.service.learnt.json"), "file");
    assert.equal(host.kind("u/a.service.d"), "folder");
    assert.equal(host.kind("u/a.service.d/a.service.learnt.json"), "file");
    assert.deepEqual(asked, ["u/b.service.learnt.json", "u/a.service.d", "u/a.service.d/a.service.learnt.json"]);
  });
});
