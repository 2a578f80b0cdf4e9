import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { describe, it } from "mocha";
import { describeMode } from "../../server/src/features/mode.ts";

const said = (mode: number, isMask = false): string => describeMode(mode, isMask).plain;

describe("access modes in words", () => {
  it("are shown as ls does", () => {
    const shown: Readonly<Record<string, string>> = {
      "0000": "---------",
      "0644": "rw-r--r--",
      "0750": "rwxr-x---",
      "1777": "rwxrwxrwt",
      "1666": "rw-rw-rwT",
      "4755": "rwsr-xr-x",
      "4644": "rwSr--r--",
      "2755": "rwxr-sr-x",
      "6711": "rws--s--x",
    };
    for (const [octal, letters] of Object.entries(shown))
      assert.ok(said(Number.parseInt(octal, 8)).startsWith(`${octal} is ${letters}\n`), octal);
    assert.match(said(statSync("/tmp").mode & 0o7777), /^1777 is rwxrwxrwt/);
  });

  it("name the rights of each", () => {
    assert.match(said(0o640), /Owner: read, write; group: read; others: nothing\./);
  });

  it("say what the special bits do", () => {
    assert.match(said(0o4755), /Set-user-ID: a program runs as the owner of its file\./);
    assert.match(said(0o2755), /Set-group-ID: /);
    assert.match(said(0o1777), /Sticky: /);
    assert.doesNotMatch(said(0o755), /Set-|Sticky/);
  });

  it("of a mask are what it leaves", () => {
    assert.equal(
      said(0o027, true),
      "0027 removes ----w-rwx\n\nNew files get at most 0640 (rw-r-----), new directories 0750 (rwxr-x---).",
    );
  });
});
