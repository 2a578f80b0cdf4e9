import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { clientModule, l10n } from "../kit/clientModule.ts";

type Lens = typeof import("../../client/failure/failedLens.ts");
type Provider = { readonly provideCodeLenses: (document: object) => Promise<readonly { readonly command: object }[]> };

const URI = { fsPath: "/etc/systemd/system/shop.service", scheme: "file" };
const DOCUMENT = {
  uri: URI,
  getText: () => "# [note]\n\n[Unit]\nDescription=Shop\n",
  positionAt: (at: number) => ({ line: DOCUMENT.getText().slice(0, at).split("\n").length - 1 }),
};

/** The lenses of a file whose unit failed so, and how often systemd was asked. */
async function lensesWith(result: string | undefined) {
  let provider: Provider | undefined;
  const none = (): { dispose: () => void } => ({ dispose: () => undefined });
  const vscode = {
    l10n,
    env: {},
    window: { onDidChangeWindowState: none },
    workspace: { onDidSaveTextDocument: none },
    languages: {
      registerCodeLensProvider(_: unknown, it: Provider) {
        provider = it;
        return none();
      },
    },
    EventEmitter: class {},
    Range: class {
      constructor(readonly line: number) {}
    },
    CodeLens: class {
      constructor(
        readonly range: { readonly line: number },
        readonly command: object,
      ) {}
    },
  };
  const { registerFailedLens } = await clientModule<Lens>("client/failure/failedLens.ts", vscode);
  const asked: string[] = [];
  registerFailedLens({ subscriptions: [] } as unknown as Parameters<Lens["registerFailedLens"]>[0], async (file) => {
    asked.push(file);
    return result;
  });
  assert.ok(provider);
  await provider.provideCodeLenses(DOCUMENT);
  return { lenses: await provider.provideCodeLenses(DOCUMENT), asked };
}

describe("client: the lens of a failed unit", () => {
  it("stands above the first section and asks systemd, once for a while", async () => {
    const { lenses, asked } = await lensesWith("exit-code");
    assert.deepEqual(JSON.parse(JSON.stringify(lenses)), [
      {
        range: { line: 2 },
        command: {
          title: "$(error) Failed on this machine (exit-code): explain",
          command: "unitWarden.explainFailure",
          arguments: [URI, { ask: "systemd" }],
        },
      },
    ]);
    assert.deepEqual(asked, [URI.fsPath]);
  });

  it("is not there for a unit that has not failed", async () => {
    assert.deepEqual((await lensesWith(undefined)).lenses, []);
  });
});
