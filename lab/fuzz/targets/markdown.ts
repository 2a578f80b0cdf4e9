import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { CompletionList } from "vscode-languageserver-protocol";
import { TextDocument } from "vscode-languageserver-textdocument";
import { URI } from "vscode-uri";
import { unitPath } from "../../../server/src/families/unitFiles/unitPath.ts";
import { FAILURE_MARKDOWN, REPORT_MARKDOWN } from "../../../server/src/features/offered.ts";
import { HOSTILE } from "../../../test/kit/hostile.ts";
import { foreignIn } from "../../../test/kit/markdown.ts";
import { type HostileUnit, mutatedUnit } from "../../../test/kit/mutate.ts";
import { mutatedFile } from "../../../test/kit/mutatedFile.ts";
import type { Random } from "../../../test/kit/random.ts";
import { madeBy } from "../../../test/kit/shrunk.ts";
import { fuzzFolder, whileOpen } from "../lsp/openUnit.ts";
import { SharedServer } from "../lsp/sharedServer.ts";
import { fuzzTarget } from "../target.ts";

/** A unit with Markdown in its values, and what a program has printed. */
type Shown = { readonly unit: HostileUnit; readonly log: string };

const folder = fuzzFolder();
const server = new SharedServer({ folder: pathToFileURL(folder).href });
/** So many places of a unit are looked at. */
const PLACES = 25;

/** Whatever stands in a unit: what is shown of it as Markdown has no link, image, HTML or command that is not ours. */
export const markdown = fuzzTarget<Shown>({
  name: "markdown",
  input: madeBy((random) => {
    const { path, text, dropIns } = random.chance(0.5) ? mutatedFile(random) : mutatedUnit(random);
    const unit = { path, text: withMarkdown(random, text), dropIns: dropIns.map((it) => withMarkdown(random, it)) };
    return { unit, log: `x.service: ${random.pick(LOGS)} ${random.pick(HOSTILE.markdown)}` };
  }),
  run: ({ unit, log }) =>
    whileOpen(server, folder, unit, async (uri) => {
      const document = TextDocument.create(uri, "systemd", 1, unit.text);
      const step = Math.max(1, Math.floor(unit.text.length / PLACES));
      for (let offset = 0; offset <= unit.text.length; offset += step) await lookAt(document, offset);
      for (const [command, ...args] of [[REPORT_MARKDOWN], [FAILURE_MARKDOWN, log]]) {
        const shown = await server.ask("workspace/executeCommand", { command, arguments: [uri, ...args] });
        if (typeof shown === "string") expectTame(shown);
      }
      const whole = { start: document.positionAt(0), end: document.positionAt(unit.text.length) };
      expectAllTame(await server.ask("textDocument/inlayHint", { textDocument: { uri }, range: whole }));
      expectAllTame(await server.ask("textDocument/codeLens", { textDocument: { uri } }));
    }),
  async end() {
    await server.end();
    rmSync(folder, { recursive: true, force: true });
  },
});

const LOGS = [
  "Main process exited, code=exited, status=226/NAMESPACE",
  "Failed at step EXEC spawning",
  "Permission denied:",
];

async function lookAt(document: TextDocument, offset: number): Promise<void> {
  const at = { textDocument: { uri: document.uri }, position: document.positionAt(offset) };
  expectAllTame(await server.ask("textDocument/hover", at));
  const list = (await server.ask("textDocument/completion", at)) as CompletionList;
  expectAllTame(list);
  for (const item of list.items.slice(0, 1))
    expectAllTame(await server.ask("completionItem/resolve", { ...item, data: item.data ?? list.itemDefaults?.data }));
}

/** Demands it of all Markdown within an answer. */
function expectAllTame(answer: unknown): void {
  if (typeof answer !== "object" || answer === null) return;
  if ("kind" in answer && answer.kind === "markdown" && "value" in answer) expectTame(String(answer.value));
  for (const it of Object.values(answer)) expectAllTame(it);
}

function expectTame(text: string): void {
  // What the manual says comes last, and has links of its own.
  const [ours = ""] = text.split(/^\[(?:Continue|Open) in the manual\]/m);
  const [live] = foreignIn(ours).filter(({ target }) => !leadsToUnit(target));
  if (live) assert.fail(`shows a live ${live.kind}, ${JSON.stringify(live.target)}, in ${JSON.stringify(text)}`);
}

/** A hover of the name of a unit leads to its file. */
function leadsToUnit(target: string): boolean {
  return target.startsWith("file:///") && unitPath(URI.parse(target).path) !== undefined;
}

function withMarkdown(random: Random, text: string): string {
  return text.replace(/(?<=[=:]).*/g, (value) => {
    if (!random.chance(0.3)) return value;
    const at = random.below(value.length + 1);
    return value.slice(0, at) + random.pick(HOSTILE.markdown) + (random.chance(0.5) ? value.slice(at) : "");
  });
}
