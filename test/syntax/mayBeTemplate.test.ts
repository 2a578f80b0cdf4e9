import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { mayBeTemplate } from "../../server/src/syntax/template/mayBeTemplate.ts";

describe("whether a text may be a template", () => {
  it("is the same for a line alone and among others, however lines end", () => {
    for (const end of ["\n", "\r", "\r\n"]) {
      assert.ok(mayBeTemplate("User=$USER"));
      assert.ok(mayBeTemplate(`[Unit]${end}User=$USER`), JSON.stringify(end));
      assert.ok(!mayBeTemplate(`[Service]${end}ExecStart=/bin/app $USER`), JSON.stringify(end));
    }
  });
});
