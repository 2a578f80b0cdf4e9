import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type * as Saying from "../../client/saying.ts";
import { clientModule, l10n } from "../kit/clientModule.ts";

/** What VS Code takes for a link in a message, and for an icon in a label. */
const LINK = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+/;
const ICON = /(?<!\\)\$\([\w-]+(?:~\w+)?\)/;

/** A row of a list. */
interface Row {
  readonly label: string;
  readonly detail?: string;
  readonly description?: string;
  readonly kind?: number;
  readonly alwaysShow?: boolean;
}

/** A list of the editor, which shows the rows whose label has what is typed. */
class FakeList {
  #rows: readonly Row[] = [];
  #value = "";
  readonly #listeners: Record<string, ((it: never) => void)[]> = {};
  isOpen = false;
  activeItems: readonly Row[] = [];
  selectedItems: readonly Row[] = [];

  get items(): readonly Row[] {
    return this.#rows;
  }

  set items(rows: readonly Row[]) {
    this.#rows = rows;
    this.#mark();
  }

  get value(): string {
    return this.#value;
  }

  set value(value: string) {
    this.#value = value;
    this.#mark();
    this.#tell("value", value);
  }

  /** Types as a reader: the editor marks a row before it tells what was typed. */
  type(value: string): void {
    const before = this.#value;
    this.#value = value;
    const found = this.#matching().slice(0, 1);
    this.#value = before;
    this.activeItems = found;
    this.#tell("active", found);
    this.#value = value;
    this.#tell("value", value);
  }

  get shown(): readonly string[] {
    return this.#matching().map((it) => it.label);
  }

  enter(): void {
    this.selectedItems = this.activeItems;
    this.#tell("accept");
  }

  onDidChangeValue = (run: (it: never) => void): void => this.#on("value", run);
  onDidChangeActive = (run: (it: never) => void): void => this.#on("active", run);
  onDidAccept = (run: (it: never) => void): void => this.#on("accept", run);
  onDidHide = (run: (it: never) => void): void => this.#on("hide", run);
  show = (): void => {
    this.isOpen = true;
  };
  dispose = (): void => undefined;
  hide = (): void => {
    this.isOpen = false;
    this.#tell("hide");
  };

  #matching(): readonly Row[] {
    return this.#rows.filter((it) => it.kind !== -1 && (it.alwaysShow || it.label.includes(this.#value)));
  }

  #mark(): void {
    this.activeItems = this.#matching().slice(0, 1);
    this.#tell("active", this.activeItems);
  }

  #on(what: string, run: (it: never) => void): void {
    this.#listeners[what] = [...(this.#listeners[what] ?? []), run];
  }

  #tell(what: string, sent?: unknown): void {
    for (const run of this.#listeners[what] ?? []) run(sent as never);
  }
}

describe("client: what is said to the reader", () => {
  const said: string[] = [];
  let list: FakeList;
  let saying: typeof Saying;
  before(async () => {
    const say = (text: string): void => void said.push(text);
    saying = await clientModule<typeof Saying>("client/saying.ts", {
      window: {
        ...{ showInformationMessage: say, showWarningMessage: say, showErrorMessage: say },
        ...{ setStatusBarMessage: say, createQuickPick: () => (list = new FakeList()) },
      },
      QuickPickItemKind: { Separator: -1 },
      l10n,
    });
  });

  it("has neither links nor icons of a unit or a file name", async () => {
    const name = "[Fix](command:workbench.action.terminal.new).service";
    const spinning = "$(sync~spin).service $(error) $(";
    await saying.tell(`${name} has no unit file.`);
    await saying.tellWarning(name);
    saying.complain(new Error(name));
    saying.complain(name);
    saying.mention(spinning);
    const items = [{ label: spinning, detail: spinning, description: spinning, own: 1 }];
    const picked = saying.pickOne(items, {});
    for (const { label, detail = "", description = "" } of list.items) said.push(label, detail, description);
    list.enter();
    assert.equal((await picked)?.own, 1);
    said.push(String(saying.validation(name)));
    assert.equal(said.length, 9);
    for (const it of said) {
      assert.doesNotMatch(it, LINK);
      assert.doesNotMatch(it, ICON);
    }
    assert.equal(said[0]?.replaceAll("\u2060", ""), `${name} has no unit file.`);
  });

  describe("in a list", () => {
    const items = [{ label: "", kind: -1 }, { label: "alpha" }, { label: "beta" }, { label: "gamma" }];

    it("has the first row marked, or the recommended one", async () => {
      const first = saying.pickOne(items, {});
      list.enter();
      assert.equal((await first)?.label, "alpha");
      const recommended = saying.pickOne(items, { recommended: items[2] });
      list.enter();
      assert.equal((await recommended)?.label, "beta");
    });

    it("is that nothing matches, and Enter shows all rows again", async () => {
      const picked = saying.pickOne(items, {});
      list.type("delta");
      assert.deepEqual(list.shown, ['Nothing here matches "delta".']);
      list.type("delt");
      assert.deepEqual(list.shown, ['Nothing here matches "delt".']);
      list.enter();
      assert.deepEqual(list.shown, ["alpha", "beta", "gamma"]);
      assert.ok(list.isOpen);
      list.type("gam");
      assert.deepEqual(list.shown, ["gamma"]);
      list.enter();
      assert.equal((await picked)?.label, "gamma");
    });

    it("is why there are no rows, and Enter leaves it", async () => {
      const picked = saying.pickOne([], { none: "No unit is known." });
      assert.deepEqual(list.shown, ["No unit is known."]);
      list.enter();
      assert.equal(await picked, undefined);
      assert.ok(!list.isOpen);
    });
  });
});
