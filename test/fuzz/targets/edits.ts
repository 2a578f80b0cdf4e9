import assert from "node:assert/strict";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { unitDocument } from "../../../server/src/families/document.ts";
import { unitPath } from "../../../server/src/families/unitFiles/unitPath.ts";
import { diagnosticOf } from "../../../server/src/features/diagnostics.ts";
import { semanticTokens } from "../../../server/src/features/semanticTokens.ts";
import { symbols } from "../../../server/src/features/symbols.ts";
import { type View, viewOf } from "../../../server/src/features/view.ts";
import { check } from "../../../server/src/rules/check.ts";
import { mutate, mutatedUnit } from "../../kit/mutate.ts";
import { madeBy } from "../../kit/shrunk.ts";
import { fuzzTarget } from "../target.ts";

/** A document and its texts after each of some edits. */
type Edited = { readonly path: string; readonly dropIns: readonly string[]; readonly texts: readonly string[] };

/** Whatever was typed before: what is shown of a text is the same as if it had just been opened. */
export const edits = fuzzTarget<Edited>({
  name: "edits",
  input: madeBy((random) => {
    const { path, text, dropIns } = mutatedUnit(random);
    const texts = [text];
    for (let i = 1 + random.below(6); i > 0; i--) texts.push(mutate(random, texts.at(-1) ?? "", 1 + random.below(2)));
    return { path, dropIns, texts };
  }),
  run({ path, dropIns, texts }) {
    const file = unitPath(path);
    if (!file) return;
    let view: View | undefined;
    for (const [i, text] of texts.entries()) {
      const document = unitDocument(file, text);
      view = viewOf(document, NEWEST_VERSION, { dropIns }, view);
      assert.deepEqual(
        shown(view),
        shown(viewOf(document, NEWEST_VERSION, { dropIns })),
        `text ${i} is shown in another way`,
      );
    }
  },
});

function shown(view: View): object {
  return {
    findings: check(view.unit, { profile: "isolated", beyond: true }).map((it) => ({
      ...diagnosticOf(view, it),
      fixes: it.fixes.map((fix) => [fix.title, fix.safe, fix.edits()]),
    })),
    tokens: semanticTokens(view).data,
    symbols: symbols(view),
  };
}
