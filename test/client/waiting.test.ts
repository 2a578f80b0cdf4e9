import assert from "node:assert/strict";
import { beforeEach, describe, it } from "mocha";
import type * as Waiting from "../../client/waiting.ts";
import { clientModule } from "../kit/clientModule.ts";

const DOCKERFILE = "FROM debian\nCOPY <<EOF /etc/systemd/system/a.service\n[Service]\nExecStart=/bin/a\nEOF\n";
const CLOUD = "#cloud-config\nwrite_files:\n  - path: /etc/systemd/system/a.service\n";
const BUTANE = "variant: fcos\nversion: 1.5.0\nsystemd:\n  units: []\n";
const IGNITION = '{"ignition": {"version": "3.4.0"}, "systemd": {"units": []}}\n';
const SCRIPT = "cat > /etc/systemd/system/a.service <<EOF\n[Service]\nExecStart=/bin/a\nEOF\n";
const README = "# Install\n\n```ini\n[Service]\nExecStart=/bin/a\n```\n";

const WITH_UNITS: readonly (readonly [path: string, language: string, text: string])[] = [
  ["/w/a.service", "systemd", ""],
  ["/w/a.service", "systemd-unit-file", ""],
  ["/w/Dockerfile", "dockerfile", DOCKERFILE],
  ["/w/user-data.yaml", "yaml", CLOUD],
  ["/w/user-data", "plaintext", CLOUD],
  ["/w/server.bu", "yaml", BUTANE],
  ["/w/server.ign", "json", IGNITION],
  ["/w/install.sh", "shellscript", SCRIPT],
  ["/w/README.md", "markdown", README],
  ["/w/wiki.nix", "nix", "{ systemd.services.a = { }; }\n"],
];

const WITHOUT: readonly (readonly [path: string, language: string, text: string])[] = [
  ["/w/Dockerfile", "dockerfile", "FROM debian\nRUN echo hello && systemctl enable a.service\n"],
  ["/w/compose.yaml", "yaml", "services:\n  a:\n    image: b\n"],
  ["/w/package.json", "json", '{ "name": "systemd" }\n'],
  ["/w/tsconfig.json", "jsonc", "{}\n"],
  ["/w/install.sh", "shellscript", "if [[ -n $A ]]; then\n  echo start\n  systemctl restart a.service\nfi\n"],
  ["/w/README.md", "markdown", "# Install\n\nRun `systemctl start a.service`.\n"],
  ["/w/notes.txt", "plaintext", CLOUD],
  ["/w/plain.nix", "nix", "{ services.nginx.enable = true; }\n"],
];

class TabInputWebview {
  readonly viewType: string;
  constructor(viewType: string) {
    this.viewType = viewType;
  }
}

class Disposable {
  readonly dispose: () => void;
  constructor(dispose: () => void) {
    this.dispose = dispose;
  }
}

interface Document {
  readonly uri: { readonly path: string };
  readonly languageId: string;
  readonly isClosed: boolean;
  getText(): string;
}

const document = ([path, languageId, text]: (typeof WITH_UNITS)[number]): Document => ({
  uri: { path },
  languageId,
  isClosed: false,
  getText: () => text,
});

/** An editor of which only what the waiting part asks for is there. */
class Editor {
  readonly documents: Document[] = [];
  readonly tabs: { readonly input: unknown }[] = [];
  readonly commands = new Map<string, (...given: unknown[]) => unknown>();
  readonly #listeners = new Map<string, Set<(event: unknown) => void>>();

  readonly #event = (name: string) => (listener: (event: unknown) => void) => {
    const all = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, all.add(listener));
    return new Disposable(() => all.delete(listener));
  };

  readonly vscode = {
    Disposable,
    TabInputWebview,
    workspace: {
      textDocuments: this.documents,
      onDidOpenTextDocument: this.#event("open"),
      onDidChangeTextDocument: this.#event("change"),
    },
    window: { tabGroups: { all: [{ tabs: this.tabs }], onDidChangeTabs: this.#event("tabs") } },
    commands: {
      registerCommand: (id: string, run: (...given: unknown[]) => unknown) => {
        assert.ok(!this.commands.has(id), `${id} is there twice`);
        this.commands.set(id, run);
        return new Disposable(() => this.commands.delete(id));
      },
      executeCommand: async (id: string, ...given: unknown[]) => this.commands.get(id)?.(...given),
    },
  };

  say(name: "open" | "change" | "tabs", event: unknown): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(event);
  }

  /** How many listeners and commands wait. */
  get waits(): number {
    return this.commands.size + [...this.#listeners.values()].reduce((sum, it) => sum + it.size, 0);
  }
}

describe("client: waiting for units", () => {
  let editor: Editor;
  let starts: number;

  /** Activates the extension, whose rest adds a command that answers. */
  async function activate(): Promise<void> {
    const { waitingClient } = await clientModule<typeof Waiting>("client/waiting.ts", editor.vscode);
    const rest = {
      activate: async () => {
        starts++;
        editor.vscode.commands.registerCommand("unitWarden.a", (...given) => ["answer", ...given]);
      },
      deactivate: async () => undefined,
    };
    const extension = { packageJSON: { contributes: { commands: [{ command: "unitWarden.a" }] } } };
    await waitingClient(async () => rest).activate({ extension, subscriptions: [] } as never);
  }

  const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

  beforeEach(() => {
    editor = new Editor();
    starts = 0;
  });

  for (const written of WITH_UNITS)
    it(`starts with ${written[0]} as ${written[1]}, open or opened later`, async () => {
      editor.documents.push(document(written));
      await activate();
      assert.equal(starts, 1);
      editor = new Editor();
      await activate();
      assert.equal(starts, 1, "starts without a document");
      editor.say("open", document(written));
      editor.say("open", document(written));
      await soon();
      assert.equal(starts, 2);
      assert.equal(editor.waits, 1, "something still waits");
    });

  it("does not start for files without units", async () => {
    editor.documents.push(...WITHOUT.map(document));
    await activate();
    for (const it of WITHOUT) editor.say("open", document(it));
    editor.tabs.push({ input: new TabInputWebview("mainThreadWebview-markdown.preview") });
    editor.say("tabs", {});
    await soon();
    assert.equal(starts, 0);
  });

  it("starts once a text that is typed has the signs of units", async () => {
    await activate();
    editor.say("change", { document: document(["/w/user-data.yaml", "yaml", CLOUD]) });
    assert.equal(starts, 0, "each key is looked at");
    while (starts === 0) await soon();
    assert.equal(starts, 1);
  });

  it("starts with a view that the editor has kept", async () => {
    await activate();
    editor.tabs.push({ input: new TabInputWebview("mainThreadWebview-unitWarden.manual") });
    editor.say("tabs", {});
    await soon();
    assert.equal(starts, 1);
  });

  it("has the commands of the manifest at once, and answers them itself once it started", async () => {
    await activate();
    assert.deepEqual(await editor.vscode.commands.executeCommand("unitWarden.a", 1), ["answer", 1]);
    assert.deepEqual(await editor.vscode.commands.executeCommand("unitWarden.a", 2), ["answer", 2]);
    assert.equal(starts, 1);
  });
});
