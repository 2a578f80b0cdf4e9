import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { followedBy, Writings } from "../../server/src/server/writings.ts";

const URI = "file:///srv/x.service";

/** An editor with one document and a clock that is turned by hand. */
class Editor {
  readonly settled: string[] = [];
  #alarm: (() => void) | undefined;
  readonly writings = new Writings({
    later: (run) => {
      this.#alarm = run;
      return () => {
        if (this.#alarm === run) this.#alarm = undefined;
      };
    },
    settled: (uri, first) => this.settled.push(first ? `${uri} for the first time` : uri),
  });
  readonly #made = followedBy(this.writings);
  readonly document: TextDocument;

  constructor(text: string, uri = URI) {
    this.document = this.#made.create(uri, "systemd", 1, text);
  }

  /** Replaces `old` on a line by a text. */
  edit(line: number, character: number, old: number, text: string): void {
    const range = { start: { line, character }, end: { line, character: character + old } };
    this.#made.update(this.document, [{ range, text }], this.document.version + 1);
  }

  /** Types keys that are sent in one message. */
  keys(line: number, character: number, ...keys: string[]): void {
    let at = { line, character };
    const changes = keys.map((text) => {
      const range = { start: at, end: at };
      at = text === "\n" ? { line: at.line + 1, character: 0 } : { ...at, character: at.character + 1 };
      return { range, text };
    });
    this.#made.update(this.document, changes, this.document.version + 1);
  }

  /** Puts texts in front of lines, the last first. */
  several(...texts: string[]): void {
    const changes = texts.map((text, i) => {
      const start = { line: texts.length - 1 - i, character: 0 };
      return { range: { start, end: start }, text };
    });
    this.#made.update(this.document, changes, this.document.version + 1);
  }

  whole(text: string): void {
    this.#made.update(this.document, [{ text }], this.document.version + 1);
  }

  rest(): void {
    this.#alarm?.();
  }

  get now(): { typed: string | undefined; typing: boolean; isNew: boolean } {
    const { at, typing, isNew } = this.writings.of(this.document.uri);
    return { typed: at && this.document.getText().slice(at.start, at.end), typing, isNew };
  }
}

describe("writings", () => {
  it("begin as new where the document is empty or has no file yet", () => {
    for (const [text, uri, isNew] of [
      ["", URI, true],
      ["\n \n", URI, true],
      ["[Unit]\n", URI, false],
      ["[Unit]\n", "untitled:Untitled-1", true],
    ] as const)
      assert.deepEqual(new Editor(text, uri).now, { typed: undefined, typing: false, isNew }, text);
  });

  it("know where the last key went, until typing rests", () => {
    const editor = new Editor("[Service]\nNice=\n");
    editor.edit(1, 5, 0, "7");
    assert.deepEqual(editor.now, { typed: "7", typing: true, isNew: false });
    editor.rest();
    assert.deepEqual(editor.now, { typed: "7", typing: false, isNew: false });
    assert.deepEqual(editor.settled, [URI]);
  });

  it("go to the next line with the return key", () => {
    const editor = new Editor("[Service]\n");
    editor.edit(0, 9, 0, "\n  ");
    assert.deepEqual(editor.now, { typed: "  ", typing: true, isNew: false });
  });

  it("are finished when saved, and no longer new", () => {
    const editor = new Editor("");
    editor.edit(0, 0, 0, "[");
    editor.writings.saved(URI);
    assert.deepEqual(editor.now, { typed: undefined, typing: false, isNew: false });
    editor.rest();
    assert.deepEqual(editor.settled, [`${URI} for the first time`]);
    editor.edit(0, 1, 0, "S");
    assert.deepEqual(editor.now, { typed: "S", typing: true, isNew: false });
    editor.writings.saved(URI);
    assert.deepEqual(editor.settled.slice(1), [URI]);
  });

  it("know the line of keys that are sent together, and of a client that sends whole texts", () => {
    const editor = new Editor("[Service]\nNice=\n");
    editor.keys(1, 5, "-", "1", "\n", "K");
    assert.deepEqual(editor.now, { typed: "K", typing: true, isNew: false });
    editor.whole("[Service]\nNice=-1\nKi\n");
    assert.deepEqual(editor.now, { typed: "i", typing: true, isNew: false });
  });

  it("count when typing begins: after a rest, or on another line", () => {
    const editor = new Editor("[Service]\nNice=\nUMask=\n");
    const begun = (line: number, character: number, text: string): number | undefined => {
      editor.edit(line, character, 0, text);
      return editor.writings.of(URI).begun;
    };
    const first = begun(1, 5, "1");
    assert.equal(begun(1, 6, "2"), first);
    const second = begun(2, 6, "0");
    assert.notEqual(second, first);
    assert.equal(begun(2, 7, "7"), second);
    editor.rest();
    assert.notEqual(begun(2, 8, "7"), second);
    const next = begun(2, 9, "\n");
    assert.equal(begun(3, 0, "K"), next);
  });

  it("are nobody's line where a program changes several places, pastes lines, or sends another text", () => {
    const editor = new Editor("[Service]\nNice=\n");
    const changes = [
      () => editor.several("a", "b"),
      () => editor.edit(0, 0, 0, "[Unit]\nA=b\n"),
      () => editor.whole("x"),
    ];
    for (const change of changes) {
      editor.edit(0, 0, 0, "k");
      change();
      assert.deepEqual(editor.now, { typed: undefined, typing: false, isNew: false });
    }
  });

  it("are forgotten with the document", () => {
    const editor = new Editor("");
    editor.edit(0, 0, 0, "[");
    editor.writings.closed(URI);
    editor.rest();
    assert.deepEqual(editor.now, { typed: undefined, typing: false, isNew: false });
    assert.deepEqual(editor.settled, []);
  });
});
