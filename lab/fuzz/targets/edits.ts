import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Range } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { checkedPath } from "../../../server/src/families/checkedPath.ts";
import { unitDocument } from "../../../server/src/families/document.ts";
import { diagnosticOf } from "../../../server/src/features/diagnostics.ts";
import { semanticTokens } from "../../../server/src/features/semanticTokens.ts";
import { symbols } from "../../../server/src/features/symbols.ts";
import { type View, viewOf } from "../../../server/src/features/view.ts";
import { check } from "../../../server/src/rules/check.ts";
import { type HostileUnit, mutate, mutatedUnit } from "../../../test/kit/mutate.ts";
import { mutatedFile } from "../../../test/kit/mutatedFile.ts";
import { madeBy } from "../../../test/kit/shrunk.ts";
import { fuzzFolder, tellGone, whileOpen } from "../lsp/openUnit.ts";
import { documentRequests } from "../lsp/requests.ts";
import { SharedServer } from "../lsp/sharedServer.ts";
import { fuzzTarget } from "../target.ts";

const folder = fuzzFolder();
const kind = { folder: pathToFileURL(folder).href };
/** What is told of files of the machine may come too late for the one answer that a client asks for. */
const IS_LATE = ["textDocument/documentLink"];
/** One server follows the edits, the other one opens the last text. */
const [followed, opened] = [new SharedServer(kind), new SharedServer(kind)];

/** A document and its texts after each of some edits. */
type Edited = { readonly path: string; readonly dropIns: readonly string[]; readonly texts: readonly string[] };

/** Whatever was typed before: what is shown of a text is the same as if it had just been opened. */
export const edits = fuzzTarget<Edited>({
  name: "edits",
  input: madeBy((random) => {
    const { path, text, dropIns } = random.chance(0.4) ? mutatedFile(random) : mutatedUnit(random);
    const texts = [text];
    for (let i = 1 + random.below(6); i > 0; i--) texts.push(mutate(random, texts.at(-1) ?? "", 1 + random.below(2)));
    return { path, dropIns, texts };
  }),
  async run(edited) {
    const { path, dropIns, texts } = edited;
    // What is made smaller keeps a text: without one there is nothing to open.
    if (texts.length === 0) return;
    expectSameViews(edited);
    const [first = "", ...others] = texts;
    const last = texts.at(-1) ?? "";
    const after = await answersOf(followed, { path, dropIns, text: first }, others);
    const anew = await answersOf(opened, { path, dropIns, text: last }, [], texts.length);
    await tellGone(followed, folder, { path, dropIns, text: last });
    assert.deepEqual(after, anew, "the server answers in another way after the edits");
  },
  async end() {
    await Promise.all([followed.end(), opened.end()]);
    rmSync(folder, { recursive: true, force: true });
  },
});

function expectSameViews({ path, dropIns, texts }: Edited): void {
  const file = checkedPath(path);
  if (!file) return;
  let view: View | undefined;
  for (const [i, text] of texts.entries()) {
    const document = unitDocument(file, text);
    view = viewOf(document, NEWEST_VERSION, { dropIns }, view);
    const anew = viewOf(document, NEWEST_VERSION, { dropIns });
    assert.deepEqual(shown(view), shown(anew), `text ${i} is shown in another way`);
  }
}

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

/** Opens a unit, edits it as an editor does, saves it, and asks all there is to ask about the document. */
async function answersOf(
  server: SharedServer,
  unit: HostileUnit,
  texts: readonly string[],
  version = 1,
): Promise<object> {
  const answers: Record<string, unknown> = {};
  const ask = async (uri: string): Promise<void> => {
    const client = await server.client();
    let document = TextDocument.create(uri, "systemd", version, unit.text);
    for (const text of texts) {
      const change = changeTo(document, text);
      document = TextDocument.update(document, [change], document.version + 1);
      const textDocument = { uri, version: document.version };
      await client.notify("textDocument/didChange", { textDocument, contentChanges: [change] });
    }
    // Until then the line at the cursor is not judged.
    await client.notify("textDocument/didSave", { textDocument: { uri } });
    const whole = { start: document.positionAt(0), end: document.positionAt(document.getText().length) };
    const asked = documentRequests(uri, whole).filter(({ method }) => !IS_LATE.includes(method));
    for (const [i, { method, params }] of asked.entries()) answers[`${i} ${method}`] = await server.ask(method, params);
    server.expectNoErrors();
  };
  await whileOpen(server, folder, unit, ask, version);
  return answers;
}

/** The smallest change of one stretch that makes another text. */
function changeTo(document: TextDocument, text: string): { range: Range; text: string } {
  const old = document.getText();
  const shorter = Math.min(old.length, text.length);
  let same = 0;
  while (same < shorter && old[same] === text[same]) same++;
  let tail = 0;
  while (tail < shorter - same && old.at(-1 - tail) === text.at(-1 - tail)) tail++;
  const range = { start: document.positionAt(same), end: document.positionAt(old.length - tail) };
  // No position lies within a line end, so that the change begins before it.
  const start = document.offsetAt(range.start);
  const end = document.offsetAt(range.end);
  return end === old.length - tail
    ? { range, text: text.slice(start, text.length - tail) }
    : { range: { start: range.start, end: document.positionAt(old.length) }, text: text.slice(start) };
}
