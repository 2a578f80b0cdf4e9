import assert from "node:assert/strict";
import { PassThrough } from "node:stream";
import { describe, it } from "mocha";
import { nodeAsker } from "../../server/src/main/nodeAsker.ts";
import { askSecret, askTerminal, sayOnTerminal } from "../../server/src/main/nodeTerminal.ts";

/** A terminal at which somebody types this, then nothing or the end of input. */
function terminal(typed: string, isTTY = true, ends = false) {
  const stdin = Object.assign(new PassThrough(), { isTTY });
  const stderr = Object.assign(new PassThrough(), { isTTY });
  if (ends) stdin.end(typed);
  else stdin.write(typed);
  return { stdin, stderr };
}

describe("a question at a terminal", () => {
  for (const [typed, answer] of [
    ["y\n", true],
    ["Yes \n", true],
    ["y\nn\n", true],
    ["n\n", false],
    ["\n", false],
    ["yet\n", false],
  ] as const)
    it(`is answered with ${answer ? "yes" : "no"} by ${JSON.stringify(typed)}`, async () => {
      const asked = terminal(typed);
      assert.equal(await askTerminal("Restart x for this?", undefined, asked), answer);
      assert.equal(String(asked.stderr.read()), "Restart x for this? [y/N] ");
    });

  it("is answered with no where input ends or it is too late", async () => {
    assert.equal(await askTerminal("Go?", undefined, terminal("", true, true)), false);
    const stop = new AbortController();
    const asking = askTerminal("Go?", stop.signal, terminal(""));
    stop.abort();
    assert.equal(await asking, false);
    assert.equal(await askTerminal("Go?", stop.signal, terminal("")), false);
  });

  it("is asked of nobody where there is no terminal", async () => {
    assert.equal(await askTerminal("Go?", undefined, terminal("y\n", false)), undefined);
  });

  it("acts on the terminal no more than a line of progress does, whatever a service printed", async () => {
    const [hostile, harmless] = ["\u001b[2J\u202e\n##[error]x", "\\x1b[2J\\u202e\\n#\\x23[error]x"];
    const asked = terminal("y\n");
    await askTerminal(hostile, undefined, asked);
    sayOnTerminal(`try 1: ${hostile}`, asked);
    assert.equal(String(asked.stderr.read()), `${harmless} [y/N] unit-warden: try 1: ${harmless}\n`);
  });
});

describe("keys at a terminal", () => {
  it("answer at once, Enter with nothing, and the end of input ends it; others are passed over", async () => {
    const dialogue = terminal("");
    const asker = nodeAsker(dialogue);
    const typed: (string | undefined)[] = [];
    for (const key of ["y", "\r", "xN", "\u0004"]) {
      const answer = asker?.key("Hardware?", "yn");
      for (const it of key) {
        dialogue.stdin.write(it);
        await new Promise((done) => setImmediate(done));
      }
      typed.push(await answer);
    }
    assert.deepEqual(typed, ["y", "", "n", undefined]);
  });

  it("takes an answer that comes with Enter", async () => {
    const dialogue = terminal("n\r");
    assert.equal(await nodeAsker(dialogue)?.key("Hardware?", "yn"), "n");
  });

  it("are asked for where somebody sits at a terminal", () => {
    assert.equal(nodeAsker(terminal("y", false)), undefined);
  });
});

describe("a secret at a terminal", () => {
  it("is what is typed up to Enter, and is not shown", async () => {
    const dialogue = terminal("pass wörd$\n");
    assert.equal(await askSecret("password for sudo on web1:", undefined, dialogue), "pass wörd$");
    assert.equal(String(dialogue.stderr.read()), "password for sudo on web1: \n");
  });

  it("is none where nobody sits at a terminal, where input ends, or where it is too late", async () => {
    assert.equal(await askSecret("?", undefined, terminal("x\n", false)), undefined);
    assert.equal(await askSecret("?", undefined, terminal("", true, true)), undefined);
    const stop = new AbortController();
    const asking = askSecret("?", stop.signal, terminal("x"));
    stop.abort();
    assert.equal(await asking, undefined);
  });
});
