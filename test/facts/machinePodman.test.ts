import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { podmanInFolders, podmanInList } from "../../server/src/facts/machinePodman.ts";

describe("the podman of a machine", () => {
  it("stands in the list of dpkg, with an epoch or not, and not in that of other packages", () => {
    const list = (version: string): string =>
      `Package: crun\nVersion: 1.2\n\nPackage: podman\nStatus: install ok installed\nVersion: ${version}\nDescription: x\n y\n\nPackage: z\nVersion: 9\n`;
    assert.equal(podmanInList(list("5.4.2+ds1-2+b1")), 5.4);
    assert.equal(podmanInList(list("4:4.9.3+ds1-1")), 4.9);
    assert.equal(podmanInList("Package: podman-docker\nVersion: 5.4.2\n"), undefined);
    assert.equal(podmanInList("Package: podman\n\nPackage: z\nVersion: 5.4\n"), undefined);
  });

  it("stands in the list of apk, and among the folders of pacman", () => {
    assert.equal(podmanInList("C:Q1\nP:podman\nV:5.5.2-r1\nA:x86_64\n\nP:z\nV:1\n"), 5.5);
    assert.equal(podmanInFolders(["podman-docker-5.6.2-1", "podman-5.6.2-1", "zlib-1:1.3-1"]), 5.6);
    assert.equal(podmanInFolders(["bash-5.2-1"]), undefined);
  });

  it("is unknown where no generator is known by its number", () => {
    assert.equal(podmanInList("Package: podman\nVersion: 3.4.4\n"), undefined);
  });
});
