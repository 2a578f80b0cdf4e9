import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { TextDocuments } from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { programReading } from "../../server/src/needs/programReading.ts";
import { check } from "../../server/src/rules/check.ts";
import { UnitDocuments } from "../../server/src/server/documents.ts";
import { type FileAccess, NO_FILES } from "../../server/src/server/fileAccess.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import { memoryFiles } from "../program/kit.ts";

const URI = "file:///etc/systemd/system/app.service";
const text = (i: number): string => `[Service]\nExecStart=/usr/bin/app\nReadWritePaths=/srv/${i}\n`;

describe("open documents", () => {
  let document = TextDocument.create(URI, "systemd", 1, text(1));
  const never = (): { dispose(): void } => ({ dispose: () => undefined });
  const open = {
    get: (uri: string) => (uri === document.uri ? document : undefined),
    onDidOpen: never,
    onDidClose: never,
  } as unknown as TextDocuments<TextDocument>;
  const units = new UnitDocuments(open, NO_FILES, () => NEWEST_VERSION, {
    trusted: () => false,
    elsewhere: () => undefined,
    scope: () => "auto",
  });

  it("have one memory for all versions of a text, which is emptied when they are closed", () => {
    const first = units.view(URI)?.unit;
    assert.ok(first);
    check(first, { profile: "basic" });
    document = TextDocument.update(document, [{ text: text(2) }], 2);
    const second = units.view(URI)?.unit;
    assert.notEqual(second, first);
    assert.equal(second?.memory, first.memory);
    assert.ok(first.memory.counts().size > 0);
    units.forget(document);
    assert.equal(first.memory.counts().size, 0);
  });

  it("have the defaults of their manager, where the machine may be looked at", async () => {
    document = TextDocument.create(URI, "systemd", 1, text(1));
    const files: FileAccess = {
      ...NO_FILES,
      machine: true,
      reach: () => "near",
      read: async (uri) =>
        uri.endsWith("/etc/systemd/system.conf") ? "[Manager]\nDefaultRestrictSUIDSGID=yes\n" : undefined,
    };
    for (const trusted of [true, false]) {
      const seen = new UnitDocuments(open, files, () => NEWEST_VERSION, {
        trusted: () => trusted,
        elsewhere: () => undefined,
        scope: () => "auto",
      });
      assert.equal(await seen.readCompanions(URI), trusted);
      const found = seen.view(URI)?.unit;
      assert.equal(found?.defaults?.restrictSuidSgid ?? false, trusted);
      assert.equal(await seen.readCompanions(URI), false, "they are the same as before");
    }
  });

  it("have the programs of the machine only in a trusted workspace, and never those of another tree", async () => {
    const programs = memoryFiles({ "/usr/bin/a": "#!/bin/sh\nmodprobe x\n" });
    const files: FileAccess = { ...NO_FILES, machine: true, reach: () => "near", programFiles: programs };
    const signs = async (uri: string, trusted: boolean): Promise<readonly string[]> => {
      document = TextDocument.create(uri, "systemd", 1, "[Service]\nExecStart=/usr/bin/a\n");
      const around = { trusted: () => trusted, elsewhere: () => undefined, scope: () => "auto" as const };
      const seen = new UnitDocuments(open, files, () => NEWEST_VERSION, around);
      await seen.readCompanions(uri);
      const unit = seen.view(uri)?.unit;
      const read = unit && programReading(factsOf(unit))?.files;
      return (read ?? []).flatMap((it) => it.signs.map(({ what }) => what));
    };
    assert.ok((await signs("file:///etc/systemd/system/a.service", true)).includes("modprobe"));
    assert.deepEqual(await signs("file:///etc/systemd/system/a.service", false), []);
    assert.deepEqual(await signs("file:///home/u/tree/etc/systemd/system/a.service", true), []);
    assert.deepEqual(await signs("file:///home/u/a.service", true), []);
  });

  it("have the source of their repository, which ends at a folder of the workspace, and only where it is trusted", async () => {
    const source = memoryFiles({
      "/w/go.mod": "module a\nrequire github.com/tarm/serial v0.1.0\n",
      "/w/.git/HEAD": "",
      "/w/part/units/a.service": "",
      "/go.mod": "module a\n",
    });
    const files: FileAccess = { ...NO_FILES, machine: true, reach: () => "near", sourceFiles: source };
    const read = async (uri: string, sourceRoots: readonly string[]): Promise<readonly string[]> => {
      document = TextDocument.create(uri, "systemd", 1, "[Service]\nExecStart=/usr/bin/a\n");
      const around = {
        ...{ trusted: () => true, elsewhere: () => undefined, scope: () => "auto" as const },
        sourceRoots: () => sourceRoots,
      };
      const seen = new UnitDocuments(open, files, () => NEWEST_VERSION, around);
      await seen.readCompanions(uri);
      const unit = seen.view(uri)?.unit;
      return (unit && programReading(factsOf(unit))?.files.map((it) => it.path)) ?? [];
    };
    assert.deepEqual(await read("file:///w/part/units/a.service", ["/w"]), ["/w/go.mod"]);
    assert.deepEqual(await read("file:///w/part/units/a.service", ["/w/part"]), []);
    assert.deepEqual(await read("file:///w/part/units/a.service", []), []);
    assert.deepEqual(await read("file:///elsewhere/a.service", ["/w"]), []);
  });
});
