import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { snippetPreview } from "../../../server/src/features/completion/snippets.ts";
import { findingsOf } from "../../kit/fixture.ts";

interface Snippet {
  readonly prefix: string;
  readonly for: string;
  readonly body: readonly string[];
}

const SNIPPETS = Object.values(
  JSON.parse(readFileSync("snippets/quadlets.json", "utf8")) as Readonly<Record<string, Snippet>>,
);

describe("quadlets: snippets", () => {
  it("are there for each type, each with a name of its own", () => {
    assert.deepEqual([...new Set(SNIPPETS.map((it) => it.for))].sort(), [
      "artifact",
      "build",
      "container",
      "image",
      "kube",
      "network",
      "pod",
      "volume",
    ]);
    assert.equal(new Set(SNIPPETS.map((it) => it.prefix)).size, SNIPPETS.length);
  });

  for (const { prefix, for: kind, body } of SNIPPETS)
    it(`${prefix} writes a file in which nothing is wrong, and ends at its end`, () => {
      const shown = snippetPreview(prefix, { name: "web" }, 262)?.plain ?? "";
      assert.match(shown, /^\[/);
      assert.doesNotMatch(shown, /\$\{|\$\d|\|\}/);
      assert.deepEqual(
        findingsOf(`${shown}\n`, `web.${kind}`).map((it) => `${it.code} ${it.message}`),
        [],
      );
      assert.match(body.join("\n"), /\n\$0$/);
    });
});
