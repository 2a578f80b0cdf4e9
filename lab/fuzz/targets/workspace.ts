import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { FileChangeType } from "vscode-languageserver-protocol";
import {
  hostileEntry,
  hostileTree,
  makeOutside,
  makeTree,
  OUTSIDE_UNIT,
  pathBelow,
  type TreeEntry,
} from "../../../test/kit/hostileTree.ts";
import { madeBy } from "../../../test/kit/shrunk.ts";
import { fuzzFolder } from "../lsp/openUnit.ts";
import { SharedServer } from "../lsp/sharedServer.ts";
import { fuzzTarget } from "../target.ts";

/** A folder that is opened, and what becomes of it while the server looks at it. */
type Changing = {
  readonly tree: readonly TreeEntry[];
  readonly removed: readonly string[];
  readonly added: readonly TreeEntry[];
};

const home = fuzzFolder();
const folder = join(home, "work");
const root = pathToFileURL(folder).href;
const outside = fuzzFolder();

/** Whatever is in a folder and changes there: it is searched to its end, knows nothing from elsewhere, and the last state counts. */
export const workspace = fuzzTarget<Changing>({
  name: "workspace",
  input: madeBy((random) => {
    const tree = hostileTree(random, 20);
    const removed = tree.filter((it) => it.kind === "file" && random.chance(0.15)).map((it) => it.name);
    return { tree, removed, added: Array.from({ length: random.below(4) }, () => hostileEntry(random)) };
  }),
  async run({ tree, removed, added }) {
    for (const it of [folder, outside]) {
      rmSync(it, { recursive: true, force: true });
      mkdirSync(it);
    }
    makeOutside(outside);
    makeTree(folder, tree, outside);
    const watching = server();
    try {
      const searching = seenBy(watching);
      searching.catch(() => undefined); // it is waited for below, unless something else fails before
      change(removed, added);
      expectOurs(await searching);
      await (await watching.client()).notify("workspace/didChangeWatchedFiles", { changes: eventsOf(removed, added) });
      const followed = await seenBy(watching);
      expectOurs(followed);
      watching.expectNoErrors();
      const fresh = server();
      try {
        assert.deepEqual(followed, await seenBy(fresh), "a server that is started afterwards sees something else");
      } finally {
        await fresh.end();
      }
    } finally {
      await watching.end();
    }
  },
  end() {
    for (const it of [home, outside]) rmSync(it, { recursive: true, force: true });
  },
});

/** A server that does not look at the machine. */
const server = (): SharedServer => new SharedServer({ folder: root, initializationOptions: { trusted: false } });

/** All that a server knows of the folder, in an order of its own. */
async function seenBy(it: SharedServer): Promise<readonly string[]> {
  const symbols = (await it.ask("workspace/symbol", { query: "" })) as readonly object[];
  const overview = (await it.ask("unitWarden/overview", { uris: [] })) as readonly object[];
  const units = (await it.ask("unitWarden/units", { near: root })) as readonly object[];
  return [symbols, overview, units].flatMap((list) => list.map((one) => JSON.stringify(one)).sort());
}

function expectOurs(seen: readonly string[]): void {
  for (const it of seen) {
    const { uri, location } = JSON.parse(it) as { uri?: string; location?: { uri: string } };
    assert.ok((uri ?? location?.uri ?? root).startsWith(root), `knows what is outside of the folder: ${it}`);
    assert.ok(!it.includes(OUTSIDE_UNIT), `has read what is outside of the folder: ${it}`);
  }
}

function change(removed: readonly string[], added: readonly TreeEntry[]): void {
  for (const name of removed) rmSync(pathBelow(folder, name), { recursive: true, force: true });
  makeTree(folder, added, outside);
}

function eventsOf(removed: readonly string[], added: readonly TreeEntry[]): object[] {
  const event = (name: string, type: FileChangeType): object => ({
    uri: pathToFileURL(pathBelow(folder, name).toString()).href,
    type,
  });
  return [
    ...removed.map((it) => event(it, FileChangeType.Deleted)),
    ...added.map((it) => event(it.name, FileChangeType.Created)),
  ];
}
