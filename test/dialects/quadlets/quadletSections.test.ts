import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { applyEdits } from "../../../server/src/text/span.ts";
import { findingsOf } from "../../kit/fixture.ts";
import { differentFromMachine, noPodmanGenerator } from "../../kit/podmanGenerator.ts";
import { skip } from "../../kit/skip.ts";

const CONTAINER = "[Container]\nImage=quay.io/a/b:1\n";

describe("section/unknown: quadlets", () => {
  it("finds headers that are misspelt or of another type, and mends what is misspelt", () => {
    const text = `${CONTAINER}[Sevice]\nRestart=always\n`;
    const [found, ...rest] = findingsOf(text, "x.container");
    assert.deepEqual(rest, []);
    assert.equal(found?.code, "section/unknown");
    assert.equal(applyEdits(text, found.fixes[0]?.edits() ?? []), text.replace("Sevice", "Service"));
    const codes = (path: string, own: string): string[] => findingsOf(own, path).map((it) => it.code);
    assert.deepEqual(codes("x.container", `${CONTAINER}[Kube]\nYaml=/a.yml\n`), ["section/unknown"]);
    assert.deepEqual(codes("x.container.d/a.conf", "[Intall]\nWantedBy=a.target\n"), ["section/unknown"]);
    assert.deepEqual(codes("/etc/containers/systemd/x.network", "[Network]\n[Netwrok]\nInternal=yes\n"), [
      "section/unknown",
    ]);
  });

  it("is copied by the generator of this machine, as by ours", function () {
    const missing = noPodmanGenerator();
    if (missing !== undefined) return skip(this, missing);
    const files = { "x.container": `${CONTAINER}[Sevice]\nRestart=always\n` };
    assert.equal(differentFromMachine({ files, user: false }), undefined);
  });

  it("leaves alone what others may read, and the sections of every type", () => {
    for (const it of ["X-Own", "Unit", "Service", "Install", "Quadlet"])
      assert.deepEqual(findingsOf(`${CONTAINER}[${it}]\n`, "x.container"), [], it);
    assert.deepEqual(findingsOf(`# FileName=a\n${CONTAINER}---\n# FileName=b\n[Volume]\n`, "x.quadlets"), []);
  });
});
