import assert from "node:assert/strict";
import { before, describe, it } from "mocha";
import type * as Saying from "../../client/saying.ts";
import { clientModule } from "../kit/clientModule.ts";

/** What VS Code takes for a link in a message, and for an icon in a label. */
const LINK = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+/;
const ICON = /(?<!\\)\$\([\w-]+(?:~\w+)?\)/;

describe("client: what is said to the reader", () => {
  const said: string[] = [];
  let saying: typeof Saying;
  before(async () => {
    const say = (text: string): void => void said.push(text);
    const showQuickPick = async (items: readonly { label: string; detail?: string; description?: string }[]) => {
      for (const { label, detail = "", description = "" } of items) said.push(label, detail, description);
      return items[0];
    };
    saying = await clientModule<typeof Saying>("client/saying.ts", {
      window: {
        ...{ showInformationMessage: say, showWarningMessage: say, showErrorMessage: say },
        ...{ setStatusBarMessage: say, showQuickPick },
      },
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
    assert.equal((await saying.pickOne(items, {}))?.own, 1);
    said.push(String(saying.validation(name)));
    assert.equal(said.length, 9);
    for (const it of said) {
      assert.doesNotMatch(it, LINK);
      assert.doesNotMatch(it, ICON);
    }
    assert.equal(said[0]?.replaceAll("\u2060", ""), `${name} has no unit file.`);
  });
});
