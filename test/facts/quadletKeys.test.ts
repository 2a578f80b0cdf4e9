import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { NEWEST_PODMAN, PODMAN_VERSIONS, podmanVersionNamed } from "../../server/src/facts/podmanVersions.ts";
import { QUADLET_SECTIONS, QUADLET_TYPES, quadletKey, quadletKeysIn } from "../../server/src/facts/quadlets/keys.ts";
import { skip } from "../kit/skip.ts";

/** What the sources of podman say, gathered outside of the repository. */
const GATHERED = "../shared/quadlet/keys.json";

interface Gathered {
  readonly extensions: Readonly<Record<string, string>>;
  readonly keys: readonly { readonly section: string; readonly key: string; since: string; kind: string }[];
}

describe("facts: versions of podman", () => {
  it("are named as people and podman name them", () => {
    assert.deepEqual(["5.4", "v5.4.2", "5", "6.0.0-dev", "4.9.5+ds1"].map(podmanVersionNamed), [5.4, 5.4, 5, 6, 4.9]);
    assert.deepEqual(["", "4.3", "5.9", "podman"].map(podmanVersionNamed), [
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it("are in order, so that they compare as numbers", () => {
    const sorted = PODMAN_VERSIONS.toSorted((a, b) => a - b);
    assert.deepEqual(PODMAN_VERSIONS, sorted);
    assert.equal(sorted.at(-1), NEWEST_PODMAN);
  });
});

describe("facts: keys of quadlets", () => {
  it("are known by section and name, in the letter case of the generator", () => {
    assert.equal(quadletKey("Container", "Image")?.kind, "string");
    assert.equal(quadletKey("Pod", "ExitPolicy")?.option, "--exit-policy");
    assert.equal(quadletKey("Container", "image"), undefined);
    assert.equal(quadletKey("Service", "ExecStart"), undefined);
    assert.equal(quadletKey("constructor", "name"), undefined);
  });

  it("come with their version", () => {
    const names = (version: number) => quadletKeysIn("Image", version).map(({ name }) => name);
    assert.ok(!names(5.5).includes("Policy") && names(5.6).includes("Policy"));
    assert.deepEqual(names(4.7), []);
  });

  it("name only keys of their section beside them", () => {
    for (const { section, name, excludes = [], needs, replacedBy } of QUADLET_SECTIONS.flatMap((it) =>
      quadletKeysIn(it),
    ))
      for (const other of [...excludes, needs, replacedBy])
        assert.ok(other === undefined || quadletKey(section, other), `${section}.${name}: ${other}`);
  });

  it("are those of podman's sources", function () {
    if (!existsSync(GATHERED)) skip(this, "the facts that were gathered of podman are not here");
    const { keys, extensions } = JSON.parse(readFileSync(GATHERED, "utf8")) as Gathered;
    const theirs = keys.map((it) => [it.section, it.key, podmanVersionNamed(it.since), it.kind].join(" "));
    const ours = QUADLET_SECTIONS.flatMap((section) =>
      quadletKeysIn(section).map((it) => [section, it.name, it.since, it.kind].join(" ")),
    );
    assert.deepEqual(ours.sort(), theirs.sort());
    const types = QUADLET_TYPES.map(({ extension, since }) => [extension, since] as const);
    const known = Object.entries(extensions).map(([name, since]) => [name, podmanVersionNamed(since)] as const);
    assert.deepEqual(new Map(types), new Map(known));
  });
});
