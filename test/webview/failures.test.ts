import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, it } from "mocha";
import type { FromFailures, ToFailures } from "../../client/webview/failures/messages.ts";
import { explainFailure } from "../../server/src/features/explainedFailure.ts";
import { clientModule } from "../kit/clientModule.ts";
import { type FakeElement, fakeDocument } from "../kit/fakeDocument.ts";
import { HOSTILE_PIECES } from "../kit/hostile.ts";
import { open } from "../kit/view.ts";

type Page = typeof import("../../client/webview/failures/failuresPage.ts");

const URI = "file:///etc/systemd/system/shop.service";
const UNIT = `[Service]
ExecStart=/usr/bin/unshare
SystemCallFilter=@system-service
SystemCallFilter=~unshare
ProtectSystem=strict
`;
const logged = (name: string): string => readFileSync(`test/failures/logs/${name}`, "utf8");

describe("failures: the page", () => {
  let page: Page;
  let undo: () => void;
  before(async () => {
    undo = fakeDocument();
    page = await clientModule("client/webview/failures/failuresPage.ts", {});
  });
  after(() => undo());

  /** The page of a log, and what is sent as its buttons are pressed. */
  function shown(text: string, more: Partial<ToFailures> = {}, unit = UNIT) {
    const { markdown: _, ...explained } = explainFailure(open(unit).view, URI, text, []);
    const sent: FromFailures[] = [];
    const state = { key: URI, text };
    const message: ToFailures = { explained, name: "shop.service", state, applied: [], tools: [], ...more };
    const main = page.failuresPage(message, (it) => sent.push(it)) as unknown as FakeElement;
    return { main, sent };
  }

  const button = (main: FakeElement, title: string): FakeElement => {
    const found = main.all("button").find((it) => it.text === title);
    assert.ok(found, title);
    return found;
  };

  it("has a block for each failure, with a button for each change", () => {
    const { main, sent } = shown(logged("shop-three-failures.log"));
    const blocks = main.all("section");
    assert.deepEqual(
      blocks.map((it) => it.all("h2")[0]?.text),
      ["Last failure · Nov 30 13:24:43", "Earlier failure · Nov 30 13:24:42", "Earlier failure · Nov 30 13:24:41"],
    );
    assert.deepEqual(
      blocks.map((it) => it.all("button").map((one) => one.text)),
      [
        ["Add SystemCallFilter=unshare", "Add SystemCallErrorNumber=EPERM"],
        [],
        ["Add ReadWritePaths=/var/lib", "Change to ProtectSystem=full"],
      ],
    );
    button(main, "Change to ProtectSystem=full").click();
    main.all("a")[0]?.click();
    assert.deepEqual(sent, [
      { kind: "apply", failure: 2, setting: "ProtectSystem=strict", title: "Change to ProtectSystem=full" },
      { kind: "open", uri: URI, line: 3 },
    ]);
  });

  it("offers first what helps the present failure most, and nothing of a past one so", () => {
    const primary = (main: FakeElement): string[] =>
      main.all("button").flatMap((it) => (it.attributes.class === "primary" ? [it.text] : []));
    assert.deepEqual(primary(shown(logged("shop-three-failures.log")).main), ["Add SystemCallFilter=unshare"]);
    const loop = logged("loop-then-running.log").replaceAll("loop.service", "shop.service");
    const { main } = shown(loop);
    assert.deepEqual(primary(main), []);
    assert.equal(main.all("h1")[0]?.text, "shop.service is running");
    assert.equal(main.all("h2")[0]?.text, "Earlier failure · 5 times · Nov 30 13:28:02 to Nov 30 13:28:05");
    assert.match(main.text, /Since Nov 30 13:28:06\. What is below failed earlier\./);
  });

  it("says what was done, and how to see whether it helps", () => {
    const title = "Add SystemCallFilter=unshare";
    const applied = [{ failure: 0, setting: "SystemCallFilter=~unshare", title, files: ["shop.service"] }];
    const { main } = shown(logged("shop-three-failures.log"), { applied });
    const done = main.all("div").filter((it) => it.attributes.class === "done");
    assert.deepEqual(
      done.map((it) => it.text),
      [
        `✓ ${title}Done in shop.service. Save it, then start the unit again: systemctl daemon-reload && systemctl restart shop.service`,
      ],
    );
  });

  it("has the tools of the machine, where it has some", () => {
    const { main, sent } = shown("226/NAMESPACE", { tools: ["again", "learn", "try"] });
    for (const it of main.all("button")) it.click();
    assert.deepEqual(sent.slice(0, 3), [
      { kind: "tool", tool: "again" },
      { kind: "tool", tool: "learn" },
      { kind: "tool", tool: "try" },
    ]);
    assert.deepEqual(shown("226/NAMESPACE").main.all("nav"), []);
  });

  it("says so of lines that tell of no failure", () => {
    assert.match(shown("all is well\n").main.text, /These lines tell of no failure\./);
  });

  it("shows what units and logs say as text alone", () => {
    for (const text of HOSTILE_PIECES) {
      const unit = `[Service]\nExecStart=/opt/x\nReadWritePaths=/srv/${text.replace(/\s/g, "")}\nProtectSystem=strict\n`;
      const said = `x: /srv/${text}: Read-only file system\ncode=exited, status=226/NAMESPACE\n`;
      const { main } = shown(said, {}, unit);
      const tags = new Set(["main", "header", "h1", "h2", "h3", "p", "section", "strong", "ul", "li", "div", "a"]);
      for (const it of ["span", "code", "pre", "button", "details", "summary", "nav"]) tags.add(it);
      const below = (it: FakeElement): FakeElement[] =>
        it.children.flatMap((child) => (typeof child === "string" ? [] : [child, ...below(child)]));
      for (const it of below(main)) {
        assert.ok(tags.has(it.tag), it.tag);
        assert.ok(it.attributes.href === undefined || it.attributes.href === "#", it.attributes.href);
      }
    }
  });
});
