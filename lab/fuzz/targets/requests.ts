import { rmSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { CodeAction, CompletionList, CompletionParams, SemanticTokens } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { HOSTILE_PIECES } from "../../../test/kit/hostile.ts";
import { type HostileUnit, mutatedUnit } from "../../../test/kit/mutate.ts";
import { mutatedFile } from "../../../test/kit/mutatedFile.ts";
import type { Random } from "../../../test/kit/random.ts";
import { madeBy } from "../../../test/kit/shrunk.ts";
import { fuzzFolder, whileOpen } from "../lsp/openUnit.ts";
import { Pace, type Times } from "../lsp/pace.ts";
import { type Asked, documentRequests, placeRequests } from "../lsp/requests.ts";
import { SharedServer } from "../lsp/sharedServer.ts";
import { expectCompletion, expectInside, expectTokens } from "../lsp/wellFormed.ts";
import { fuzzTarget } from "../target.ts";

/** A unit that is open, places in it that are asked about, and what is typed there. */
type Questions = { readonly unit: HostileUnit; readonly places: readonly number[]; readonly word: string };

const PLACES = 4;
const WORDS = ["", "a", "app.service", "b@.service", "code=exited, status=226/NAMESPACE", "/bin/sh -c 'x'", "nginx"];

const folder = fuzzFolder();
const server = new SharedServer({ folder: pathToFileURL(folder).href });
const pace = new Pace((text) =>
  ask({ unit: { path: "/w/plain.service", text, dropIns: [] }, places: [9, 20, 60], word: "x" }),
);

/** Every request is answered, without an error, with places in the document, edits that can be applied, and in time. */
export const requests = fuzzTarget<Questions>({
  name: "requests",
  input: madeBy((random) => ({
    unit: random.chance(0.05) ? withManyLines(random) : random.chance(0.4) ? mutatedFile(random) : mutatedUnit(random),
    places: Array.from({ length: PLACES }, () => random.below(10_000)),
    word: random.pick([...WORDS, ...HOSTILE_PIECES]),
  })),
  run: (questions) =>
    pace.expectSteady(questions.unit.text.length + questions.unit.dropIns.join("").length, () => ask(questions)),
  async end() {
    await server.end();
    rmSync(folder, { recursive: true, force: true });
  },
});

/** What costs more than its length shows only where there is much of it. */
function withManyLines(random: Random): HostileUnit {
  const unit = random.chance(0.5) ? mutatedFile(random) : mutatedUnit(random);
  const lines = unit.text.split(/(?<=\n)/);
  const at = random.below(lines.length);
  return { ...unit, text: lines.with(at, (lines[at] ?? "").repeat(100 + random.below(1500))).join("") };
}

/** Asks everything and demands well-formed answers; how long each method took in all. */
async function ask({ unit, places, word }: Questions): Promise<Times> {
  const times = new Map<string, number>();
  await whileOpen(server, folder, unit, async (uri) => {
    const document = TextDocument.create(uri, "systemd", 1, unit.text);
    const end = unit.text.length;
    const whole = { start: document.positionAt(0), end: document.positionAt(end) };
    const offsets = places.map((it) => it % (end + 1));
    const asked = offsets.flatMap((offset, i) => {
      const other = offsets[i + 1] ?? end;
      const range = {
        start: document.positionAt(Math.min(offset, other)),
        end: document.positionAt(Math.max(offset, other)),
      };
      return placeRequests(uri, document.positionAt(offset), range, word);
    });
    for (const it of [...documentRequests(uri, whole), ...asked]) {
      const before = performance.now();
      try {
        await expectAnswer(document, it);
      } catch (error) {
        if (error instanceof Error) error.message = `${it.method} ${JSON.stringify(it.params)}: ${error.message}`;
        throw error;
      }
      times.set(it.method, (times.get(it.method) ?? 0) + performance.now() - before);
    }
  });
  return times;
}

async function expectAnswer(document: TextDocument, { method, params }: Asked): Promise<void> {
  const answer = await server.ask(method, params);
  server.expectNoErrors();
  expectInside(document, answer);
  if (method === "textDocument/completion" && "position" in params) {
    const list = answer as CompletionList;
    expectCompletion(document, params.position as CompletionParams["position"], list);
    for (const item of [...list.items.slice(0, 2), ...list.items.slice(-1)])
      await server.ask("completionItem/resolve", { ...item, data: item.data ?? list.itemDefaults?.data });
  }
  if (method.startsWith("textDocument/semanticTokens")) expectTokens(document, (answer as SemanticTokens).data);
  if (method === "textDocument/codeAction")
    for (const action of (answer as CodeAction[]).slice(0, 8))
      expectInside(document, await server.ask("codeAction/resolve", action));
  server.expectNoErrors();
}
