import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { placeAt, sectionAt } from "../../server/src/syntax/cursorPlace.ts";
import { parse } from "../../server/src/syntax/parse.ts";
import { mangledUnit } from "../kit/mangled.ts";

/** What stands at `$0`, as `kind section text`; a value has the cursor's place in it as `|`. */
function at(marked: string): string {
  const offset = marked.indexOf("$0");
  const text = marked.slice(0, offset) + marked.slice(offset + 2);
  const place = placeAt(parse(text), offset);
  const section = place.section?.name ?? "-";
  switch (place.kind) {
    case "blank":
      return `blank ${section}`;
    case "comment":
      return `comment ${section} ${text.slice(place.node.start, place.node.end)}`;
    case "header":
      return `header ${section} ${place.node.name}`;
    case "key":
      return `key ${section} ${place.node.kind === "assignment" ? place.node.key : place.node.content.text}`;
    case "value": {
      const { text: value } = place.node.value;
      return `value ${section} ${place.node.key}=${value.slice(0, place.at)}|${value.slice(place.at)}`;
    }
  }
}

describe("place: kinds", () => {
  it("header, from before the bracket to behind it", () => {
    for (const text of ["$0[Unit]\n", "[Un$0it]\n", "[Unit]$0\n", "[Unit$0\n"])
      assert.equal(at(text), "header Unit Unit");
    assert.equal(at("[Unit]\nA=1\n[$0Service]\n"), "header Service Service");
  });

  it("key, up to the equals sign", () => {
    for (const text of ["$0Type = x", "Ty$0pe = x", "Type$0 = x", "Type $0= x"]) {
      assert.equal(at(`[Service]\n${text}\n`), "key Service Type", text);
    }
  });

  it("key, for a line without an equals sign or without a key", () => {
    assert.equal(at("[Unit]\nDes$0\n"), "key Unit Des");
    assert.equal(at("[Unit]\n$0=x\n"), "key Unit =x");
    assert.equal(at("Des$0"), "key - Des");
  });

  it("value, from behind the equals sign on", () => {
    assert.equal(at("[Service]\nType=$0 exec"), "value Service Type=|exec");
    assert.equal(at("[Service]\nType= ex$0ec"), "value Service Type=ex|ec");
    assert.equal(at("[Service]\nType=exec$0"), "value Service Type=exec|");
    assert.equal(at("[Service]\nType=exec  $0"), "value Service Type=exec|");
    assert.equal(at("[Service]\nType=$0"), "value Service Type=|");
  });

  it("value, on a continued line", () => {
    assert.equal(at("A=1 \\\n  $02\n"), "value - A=1    |2");
    assert.equal(at("A=1 \\$0\n2\n"), "value - A=1  |2");
    assert.equal(at("A=1 \\\n2$0\n"), "value - A=1  2|");
    assert.equal(at("A=1 \\\n$0"), "blank -");
  });

  it("value, on the empty line that ends a continued one", () => {
    assert.equal(at("A=1 \\\n$0\nB=2\n"), "value - A=1|");
  });

  it("comment", () => {
    for (const text of ["$0# x\n", "#$0 x\n", "# x$0\n"]) assert.equal(at(text), "comment - # x");
    assert.equal(at("[Unit]\n  ;$0\n"), "comment Unit   ;");
  });

  it("comment, inside of a continued line", () => {
    assert.equal(at("[Unit]\nA=1 \\\n# $0x\n2\n"), "comment Unit # x");
    assert.equal(at("[Unit]\nA=1 \\\n# x\n# y\n$02\n"), "value Unit A=1  |2");
    assert.equal(at("[Unit]\nA=$01 \\\n# x\n2\n"), "value Unit A=|1  2");
  });

  it("blank, between nodes and in an empty text", () => {
    assert.equal(at("$0"), "blank -");
    assert.equal(at("$0\n[Unit]\n"), "blank -");
    assert.equal(at("[Unit]\n$0\nA=1\n"), "blank Unit");
    assert.equal(at("[Unit]\nA=1\n\n$0"), "blank Unit");
    assert.equal(at("# x\n\n$0\n# y\n"), "blank -");
  });
});

describe("place: sections", () => {
  it("are those of the last header before", () => {
    const file = parse("A=1\n[Unit]\nB=2\n[Service]\n");
    assert.deepEqual(
      [0, 3, 4, 14, 15, 99].map((offset) => sectionAt(file, offset)?.name),
      [undefined, undefined, "Unit", "Unit", "Service", "Service"],
    );
  });
});

describe("place: every offset of mangled files", () => {
  it("is inside of the node that stands there", () => {
    fc.assert(
      fc.property(mangledUnit, (text) => {
        const file = parse(text);
        for (let offset = 0; offset <= text.length; offset++) {
          const place = placeAt(file, offset);
          const touching = file.nodes.filter((node) => node.start <= offset && offset <= node.end);
          if (place.kind === "blank") assert.deepEqual(touching, []);
          else assert.equal(place.node, touching.at(-1));
          if (place.kind === "value") assert.ok(place.at >= 0 && place.at <= place.node.value.text.length);
        }
      }),
    );
  });

  it("outside of the text throws nothing", () => {
    assert.equal(placeAt(parse("A=1"), -1).kind, "blank");
    assert.equal(placeAt(parse("A=1"), 99).kind, "blank");
  });
});
