import assert from "node:assert/strict";
import type { MarkupContent } from "vscode-languageserver-types";
import { complete } from "../../server/src/features/completion.ts";
import { hover } from "../../server/src/features/hover.ts";
import { hasOpenQuestion, nextQuestion, statingEdits } from "../../server/src/features/needsQuestions.ts";
import { applyLsp, open } from "../kit/view.ts";

const service = (line: string): string => `[Service]\n${line}\nExecStart=/usr/local/bin/thing\n`;

/** The labels of what is offered at the cursor. */
function offered(line: string): readonly string[] {
  const { view, cursor: offset } = open(service(line));
  return complete(view, offset).items.map((it) => it.label);
}

describe("statements in an editor", () => {
  it("are completed: the verb, then needs that are not stated yet", () => {
    assert.deepEqual(offered("# unit-warden: $0"), ["needs", "no", "ignore", "ignore-file"]);
    const names = offered("# unit-warden: no hardware ho$0");
    assert.ok(names.includes("homes") && names.includes("host-name") && !names.includes("hardware"));
    for (const line of ["# unit-warden: ignore $0", "# something $0", "# unit-warden: needs writes=/s$0"])
      assert.deepEqual(offered(line), [], line);
  });

  it("are completed in place of the word that stands there", () => {
    const opened = open(service("# unit-warden: no ho$0mes clock"));
    const item = complete(opened.view, opened.cursor).items.find((it) => it.label === "host-name");
    assert.ok(item?.textEdit && "range" in item.textEdit);
    assert.equal(applyLsp(opened, [item.textEdit]), service("# unit-warden: no host-name clock"));
  });

  it("are explained: what a need means, and what it decides here", () => {
    const { view, cursor: offset } = open(service("# unit-warden: no clock hard$0ware"));
    const { contents } = hover(view, offset, true) ?? {};
    const { value } = contents as MarkupContent;
    assert.match(value, /^\*\*hardware\*\* it opens no hardware, says its owner\.\n\nOpens device nodes /);
    assert.match(value, /`PrivateDevices=` counts as borne/);
    assert.match(value, /`ProtectClock=` counts as borne/);
    assert.doesNotMatch(value, /SystemCallFilter/);
    const prose = open(service("# some$0thing"));
    assert.equal(hover(prose.view, prose.cursor, true), undefined);
  });
});

describe("what the owner of a service is asked in an editor", () => {
  it("is one question after the other, whose answers become comments", () => {
    const opened = open("[Service]\nExecStart=/usr/local/bin/thing\n");
    const first = nextQuestion(opened.view, [], []);
    assert.equal(first?.id, "hardware");
    assert.ok(first.adds.includes("PrivateDevices=yes"));
    assert.deepEqual(
      first.needs.map((it) => it.text),
      [
        "It opens hardware?",
        "It opens other sockets than those of IP and this machine?",
        "It sends or captures raw packets?",
        "It asks for realtime priority?",
      ],
    );
    const answers = [
      { need: "hardware", says: "needs", details: ["/dev/ttyUSB0"] },
      { need: "realtime", says: "no" },
    ] as const;
    assert.equal(nextQuestion(opened.view, answers, ["hardware"])?.id, "rights");
    assert.equal(
      applyLsp(opened, statingEdits(opened.view, answers)),
      "[Service]\n# unit-warden: needs hardware=/dev/ttyUSB0\n# unit-warden: no realtime\nExecStart=/usr/local/bin/thing\n",
    );
  });

  it("is nothing about a service without a sandbox", () => {
    const { view } = open("[Service]\nExecStart=+/bin/true\n");
    assert.equal(nextQuestion(view, [], []), undefined);
    assert.equal(hasOpenQuestion(view.unit), false);
  });
});
