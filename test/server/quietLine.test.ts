import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { TextDocumentContentChangeEvent } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unitDocument } from "../../server/src/families/document.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { summarize } from "../../server/src/features/hardeningSummary.ts";
import { hostedViewOf } from "../../server/src/features/hosted/hostedView.ts";
import { viewOf } from "../../server/src/features/view.ts";
import { hostLanguage } from "../../server/src/hosts/hosts.ts";
import { check } from "../../server/src/rules/check.ts";
import { QuietDocuments } from "../../server/src/server/quietDocuments.ts";
import { followedBy, Writings } from "../../server/src/server/writings.ts";
import { lineIndex } from "../../server/src/text/lineIndex.ts";

/** How a client sends the keys of a person. */
type Sync = "ranges" | "whole texts";

/** A step back. */
const BACK = "\b";

/** An editor with one file whose findings are looked at after each message, and a clock that is turned by hand. */
class Editor {
  readonly #name: string;
  readonly #sync: Sync;
  readonly #writings = new Writings({
    later: (run) => {
      this.#alarm = run;
      return () => {
        this.#alarm = undefined;
      };
    },
    settled: () => this.#look(),
  });
  readonly #quiet = new QuietDocuments((uri) => this.#writings.of(uri));
  readonly #made = followedBy(this.#writings);
  readonly #document: TextDocument;
  #alarm: (() => void) | undefined;
  #text: string;
  #cursor: number;
  /** What was shown, one after the other, each as its codes with the words that they point to. */
  readonly shown: string[][] = [];

  /** Opens a text with the cursor at `¦`. */
  constructor(name: string, marked: string, sync: Sync = "ranges") {
    this.#name = name;
    this.#sync = sync;
    this.#cursor = marked.indexOf("¦");
    this.#text = marked.replace("¦", "");
    this.#document = this.#made.create(`file:///srv/${name}`, "systemd", 1, this.#text);
    this.#look();
  }

  /** Types keys one by one. */
  type(keys: string): void {
    for (const key of keys) this.send(key);
  }

  /** Sends what keys or an accepted suggestion insert, in one message. */
  send(...texts: string[]): void {
    const changes = texts.map((text) => this.#change(text));
    const sent = this.#sync === "ranges" ? changes : [{ text: this.#text }];
    this.#made.update(this.#document, sent, this.#document.version + 1);
    this.#look();
  }

  /** Puts the cursor behind some words. */
  moveTo(words: string): void {
    this.#cursor = this.#text.indexOf(words) + words.length;
  }

  /** No key comes for as long as the server waits. */
  rest(): void {
    this.#alarm?.();
  }

  save(): void {
    this.#writings.saved(this.#document.uri);
  }

  get now(): readonly string[] {
    return this.shown.at(-1) ?? [];
  }

  #change(text: string): TextDocumentContentChangeEvent {
    const lines = lineIndex(this.#text);
    const from = this.#cursor - (text === BACK ? 1 : 0);
    const range = { start: lines.positionAt(from), end: lines.positionAt(this.#cursor) };
    const added = text === BACK ? "" : text;
    this.#text = this.#text.slice(0, from) + added + this.#text.slice(this.#cursor);
    this.#cursor = from + added.length;
    return { range, text: added };
  }

  #look(): void {
    assert.equal(this.#document.getText(), this.#text);
    const lines = lineIndex(this.#text);
    const items = this.#items().map(
      ({ code, range: { start, end } }) => `${code} ${this.#text.slice(lines.offsetAt(start), lines.offsetAt(end))}`,
    );
    if (JSON.stringify(items) !== JSON.stringify(this.shown.at(-1))) this.shown.push(items);
  }

  #items(): ReturnType<QuietDocuments["ofUnit"]> {
    const host = hostLanguage(this.#name);
    const wishes = { profile: "basic", rules: {}, each: false } as const;
    if (host) return this.#quiet.ofHost(this.#document, hostedViewOf(host, this.#text, NEWEST_VERSION, wishes));
    const path = unitPath(`/srv/${this.#name}`);
    assert.ok(path);
    const view = viewOf(unitDocument(path, this.#text), NEWEST_VERSION);
    const { reported } = summarize(view.unit, check(view.unit, { profile: "basic", beyond: true }));
    return this.#quiet.ofUnit(this.#document, view, reported);
  }
}

const SERVICE =
  "[Unit]\nDescription=Shop\n\n[Service]\nExecStart=¦\nUser=shop\n\n[Install]\nWantedBy=multi-user.target\n";
const TIMER = "[Unit]\nDescription=Shop\n\n[Timer]\nOnCalendar=daily\n¦\n[Install]\nWantedBy=timers.target\n";
const SUMMARY = "hardening/summary [Service]";

describe("server: the line that is being typed", () => {
  for (const sync of ["ranges", "whole texts"] as const)
    describe(`of a client that sends ${sync}`, () => {
      it("has no finding of any kind before typing rests", () => {
        const editor = new Editor("shop.service", SERVICE.replace("¦", "/usr/bin/shop\n¦"), sync);
        assert.deepEqual(editor.shown, [[SUMMARY]]);
        for (const line of ["ProtectHoem=", "Restart=on-", "StandardOutput=syslog", "PrivateTmp=no"]) {
          editor.type(line);
          assert.deepEqual(editor.now, [SUMMARY], line);
          editor.rest();
          assert.equal(editor.now.length, 2, line);
          editor.type(BACK.repeat(line.length));
          editor.rest();
          assert.deepEqual(editor.now, [SUMMARY], line);
        }
      });

      it("is judged as soon as another line is typed", () => {
        const editor = new Editor("shop.service", SERVICE.replace("¦", "/usr/bin/shop\n¦"), sync);
        editor.type("Nice=x\nUMask=9\n");
        assert.deepEqual(editor.now, [SUMMARY, "value/number x", "value/mode 9"]);
        editor.moveTo("Nice=x");
        editor.type("y");
        assert.deepEqual(editor.now, [SUMMARY, "value/mode 9"]);
        editor.save();
        assert.deepEqual(editor.now, [SUMMARY, "value/number xy", "value/mode 9"]);
      });

      it("leaves the summary as it is while a command is typed: measured before were ten changes", () => {
        const editor = new Editor("shop.service", SERVICE, sync);
        assert.deepEqual(editor.now, ["unit/no-command [Service]"]);
        editor.type("/usr/bin/py");
        assert.deepEqual(editor.shown, [["unit/no-command [Service]"], []]);
        editor.rest();
        assert.deepEqual(editor.now, [SUMMARY]);
        editor.type("thon3 /usr/lib/");
        editor.type(BACK.repeat("thon3 /usr/lib/".length + 2));
        editor.type("node");
        assert.equal(editor.shown.length, 3);
        editor.rest();
        assert.equal(editor.shown.length, 3);
      });

      it("does not clear a list for as long as it is unfinished", () => {
        const editor = new Editor("shop.timer", TIMER, sync);
        editor.type("On");
        editor.send("Calendar=");
        editor.type("Mon..Fri 08:00");
        assert.deepEqual(editor.shown, [[]]);
        editor.rest();
        assert.deepEqual(editor.shown, [[]]);
      });

      it("clears it once typing rests there", () => {
        const editor = new Editor("shop.timer", TIMER, sync);
        editor.send("OnCalendar=");
        editor.rest();
        assert.deepEqual(editor.shown, [[], ["unit/nothing-to-do [Timer]"]]);
        editor.type("daily");
        assert.deepEqual(editor.now, []);
      });
    });

  it("is known of keys that arrive together", () => {
    const editor = new Editor("shop.service", SERVICE.replace("¦", "/usr/bin/shop\n¦"));
    editor.send(..."Nice=x\nProtectHoem=");
    assert.deepEqual(editor.now, [SUMMARY]);
    editor.rest();
    assert.deepEqual(editor.now, [SUMMARY, "value/number x", "directive/unknown ProtectHoem"]);
  });

  it("keeps the findings of what stands behind it at their words", () => {
    const editor = new Editor("shop.service", "[Service]\nExecStart=/usr/bin/shop\n¦\nNice=x\n\n[Service]\nUser=a\n");
    const before = editor.now;
    assert.ok(before.includes("value/number x"));
    editor.type("Environment=A=b");
    assert.deepEqual(editor.shown, [before]);
  });

  it("is as quiet in a unit within another file", () => {
    const unit = "[Service]\nExecStart=¦\nNice=x\n".replaceAll(/^(?=.)/gm, "      ");
    const file = `#cloud-config\nwrite_files:\n  - path: /etc/systemd/system/a.service\n    content: |\n${unit}`;
    const editor = new Editor("user-data", file);
    const other = "value/number x";
    assert.deepEqual(editor.now, ["unit/no-command [Service]", other]);
    editor.type("/usr/bin/py");
    // Of a unit that systemd refuses for its command nothing else is said.
    assert.deepEqual(editor.shown.slice(1), [[]]);
    editor.rest();
    assert.deepEqual(editor.now, [SUMMARY, other]);
    editor.type("\n      Restart=on-");
    assert.deepEqual(editor.now, [SUMMARY, other]);
    editor.rest();
    assert.deepEqual(editor.now, [SUMMARY, "value/enumeration on-", other]);
  });
});
