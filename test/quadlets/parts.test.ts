import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { nameOfPart, quadletParts, textOfPart } from "../../server/src/quadlets/parts.ts";

const names = (text: string): readonly (string | undefined)[] => quadletParts(text).map(nameOfPart);

describe("quadlets: files with several of them", () => {
  it("are taken apart at lines of three dashes, with blanks around them or not", () => {
    assert.deepEqual(names("#FileName=a\n[Pod]\n \t---\r\n#  FileName= b.c \r\n[volume]\r\n---"), [
      "a.pod",
      "b.c.volume",
    ]);
    assert.deepEqual(names("---\n\n---\n"), []);
    assert.deepEqual(names("# FileName=a\n[Pod]\n----\n--- x\n# FileName=b\n[Volume]\n"), ["a.pod"]);
  });

  it("are named by the first comment that does, wherever it stands, and are of the first type", () => {
    assert.deepEqual(names("[Unit]\n# FileName=a\n[Kube]\n[Pod]\n# FileName=b\n"), ["a.kube"]);
    assert.deepEqual(names("; FileName=a\n[Pod]\n---\n# FileName=\n[Pod]\n---\n# FileName=a/b\n[Pod]\n"), [
      undefined,
      undefined,
      undefined,
    ]);
    assert.deepEqual(names("# FileName=a\n[Service]\n---\n# FileName=a\n[Quadlet]\n"), [undefined, undefined]);
  });

  it("keep each part where it stands in the file", () => {
    const text = "# FileName=a\n[Pod]\n---\n# FileName=b\n[Volume]\n---\n";
    const [, second] = quadletParts(text);
    assert.ok(second);
    assert.equal(textOfPart(text, second), `############\n#####\n###\n# FileName=b\n[Volume]\n`);
  });
});
