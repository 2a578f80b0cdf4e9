import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { nameOfPart, quadletParts, textsOfParts } from "../../../server/src/dialects/quadlets/generator/parts.ts";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { checkedPath } from "../../../server/src/families/checkedPath.ts";
import { check } from "../../../server/src/rules/check.ts";
import { readUnit } from "../../../server/src/units/readUnit.ts";

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
    assert.equal(textsOfParts(text)(second), `############\n#####\n###\n# FileName=b\n[Volume]\n`);
  });

  it("are judged as far as the memory of a machine reaches, which is said", () => {
    const one = (i: number): string => `# FileName=a${i}\n[Container]\nImage=docker.io/library/a:1\nOwn=x\n---\n`;
    const text = Array.from({ length: 3000 }, (_, i) => one(i)).join("");
    const path = checkedPath("/etc/containers/systemd/x.quadlets") ?? assert.fail();
    const found = check(readUnit(path, text, NEWEST_VERSION), {
      profile: "off",
      select: ["quadlet/parts", "quadlet/unknown-key"],
    });
    const [said] = found.filter((it) => it.code === "quadlet/parts");
    assert.match(said?.message ?? "", /^This file is too long to be judged as a whole/);
    assert.equal(found.length, 1 + quadletParts(text).filter((it) => it.start < (said?.start ?? 0)).length);
    assert.ok(found.length > 200);
  });
});
