import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { CodeAction } from "vscode-languageserver-types";
import { isWanted } from "../../server/src/features/codeActions.ts";
import { hardenActions } from "../../server/src/features/hardenAction.ts";
import { HARDEN_KIND } from "../../server/src/features/offered.ts";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { applyLsp, open } from "../kit/view.ts";

const URI = "file:///x.service";
const PLAIN =
  "[Unit]\nDescription=Wiki\n\n[Service]\nExecStart=/usr/sbin/gotosocial\nUser=x\nStateDirectory=x\nProtectSystem=full\n";
const ON_HEADER = { start: PLAIN.indexOf("[Service]") + 3, end: PLAIN.indexOf("[Service]") + 3 };

const actionsIn = (text: string, span = ON_HEADER): CodeAction[] => hardenActions(open(text).view, URI, span);

describe("harden actions", () => {
  it("name the profile and what it buys, in words where the number does not move or says little", () => {
    const titles = actionsIn(PLAIN).map((it) => it.title.replace(/\d\.\d → \d\.\d/, "M → N"));
    assert.deepEqual(titles, [
      "Harden this service: basic (M → N)",
      "Harden this service: strict (M → N)",
      "Harden this service: isolated (M → N; keeps downloaded or written programs from running)",
      "Confine this service to an empty root (M → N; hides every file of the host that the service does not need)",
    ]);
  });

  it("rewrite the service, and are never what is applied unasked", () => {
    for (const action of actionsIn(PLAIN)) {
      assert.equal(action.kind, "refactor.rewrite");
      assert.equal(action.isPreferred, undefined);
    }
  });

  it("stand on every line of [Service] and nowhere else", () => {
    const text = `${PLAIN}# a comment\n\n[Install]\nWantedBy=multi-user.target\n`;
    const titlesAt = (at: number): string[] => actionsIn(text, { start: at, end: at }).map((it) => it.title);
    const onHeader = titlesAt(text.indexOf("[Service]"));
    assert.ok(onHeader.length > 0);
    for (const word of ["ExecStart=", "/usr/sbin", "full", "# a", "\n\n[Install"])
      assert.deepEqual(titlesAt(text.indexOf(word) + 1), onHeader, word);
    for (const word of ["[Unit]", "Wiki", "\n[Service]", "[Install]", "multi-user"])
      assert.deepEqual(titlesAt(text.indexOf(word)), [], word);
    assert.deepEqual(actionsIn(PLAIN, { start: PLAIN.length, end: PLAIN.length }).length, onHeader.length);
    const whole = { start: 0, end: 1000 };
    for (const other of ["#- /x.socket\n[Socket]\nListenStream=1\n", "#- /x.service.d/y.conf\n[Service]\nUser=x\n", ""])
      assert.deepEqual(actionsIn(other, whole), []);
  });

  it("make the edits of the engine", () => {
    for (const [i, profile] of (["basic", "strict"] as const).entries()) {
      const opened = open(PLAIN);
      const edits = actionsIn(PLAIN)[i]?.edit?.changes?.[URI] ?? [];
      assert.equal(applyLsp(opened, edits), applyEdits(PLAIN, hardenUnit(opened.view.unit, profile).edits));
    }
  });

  it("are not offered again where they are done", () => {
    const done = applyLsp(open(PLAIN), actionsIn(PLAIN)[2]?.edit?.changes?.[URI] ?? []);
    assert.deepEqual(
      actionsIn(done).map((it) => it.title.replace(/ \(.*/, "")),
      ["Confine this service to an empty root"],
    );
  });

  it("name no gain where systemd refuses the unit", () => {
    const [first] = actionsIn(PLAIN.replace("ExecStart=", "Type=dbus\nExecStart="));
    assert.equal(first?.title, "Harden this service: basic");
  });
});

describe("kinds of actions", () => {
  it("include those below them", () => {
    for (const only of [undefined, [""], ["refactor"], ["quickfix", HARDEN_KIND]])
      assert.ok(isWanted(HARDEN_KIND, only));
    for (const only of [[], ["quickfix"], ["refactor.rewrite.x"], ["ref"], ["source"]])
      assert.ok(!isWanted(HARDEN_KIND, only));
  });
});
