import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { COMMANDS } from "../../server/src/cli/allCommands.ts";
import { loadCommand } from "../../server/src/cli/loadCommand.ts";

describe("a command that is loaded without the others", () => {
  it("is the one of the table", async () => {
    const loaded = await Promise.all(COMMANDS.map(({ name }) => loadCommand(name)));
    assert.deepEqual(
      loaded.filter((it, i) => it !== undefined && it !== COMMANDS[i]),
      [],
    );
    assert.ok(loaded.includes(COMMANDS.find(({ name }) => name === "check")));
  });

  it("is none where only the table of all can tell", async () => {
    for (const it of [undefined, "", "completion", "constructor", "--version"])
      assert.equal(await loadCommand(it), undefined, it);
  });
});
