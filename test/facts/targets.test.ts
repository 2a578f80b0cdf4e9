import assert from "node:assert/strict";
import { describe, it } from "mocha";
import {
  BUILDS,
  DISTRIBUTION_NAMES,
  describeTarget,
  oldestOf,
  RHEL_8,
  RHEL_9,
  targetNamed,
  targetsIn,
} from "../../server/src/facts/targets.ts";
import { isVersion, NEWEST_VERSION, releaseOf, VERSIONS } from "../../server/src/facts/version.ts";

const versionOf = (name: string): number | undefined => targetNamed(name)?.version;

describe("facts: names of targets", () => {
  it("are releases, with or without the number of their fixes", () => {
    for (const version of VERSIONS) assert.equal(versionOf(String(version)), version);
    assert.equal(versionOf("252.39"), 252);
    assert.deepEqual(
      ["238", String(NEWEST_VERSION + 1), "25", "", "v252", "252.", "newest"].map(versionOf),
      Array(7).fill(undefined),
    );
  });

  it("are distributions, also those that are built from RHEL", () => {
    assert.deepEqual(
      ["debian-11", "Debian-12", " ubuntu-22.04 ", "fedora-40", "sles-15"].map(versionOf),
      [247, 252, 249, 255, 254],
    );
    assert.deepEqual(["rhel-8", "rocky-8", "almalinux-8", "centos-8", "ol-8"].map(versionOf), Array(5).fill(RHEL_8));
    assert.deepEqual(
      ["rhel-8.6", "rocky-8.10", "centos-stream-8", "centos-8-stream", "oraclelinux-8", "el-8"].map(versionOf),
      Array(6).fill(RHEL_8),
    );
    assert.deepEqual(["rhel-10.1", "rhel-7.9", "rhel-11"].map(versionOf), [257, undefined, undefined]);
    assert.deepEqual(["rhel-9.0", "rhel-9.2", "rocky-9.4", "rhel-9", "centos-9"].map(versionOf), [
      RHEL_9.start,
      RHEL_9.two,
      RHEL_9.four,
      RHEL_9.nine,
      RHEL_9.nine,
    ]);
    assert.deepEqual(["debian-1", "rhel-7", "constructor"].map(versionOf), [undefined, undefined, undefined]);
  });

  it("stand for versions that the facts cover", () => {
    for (const name of DISTRIBUTION_NAMES) assert.ok(isVersion(releaseOf(versionOf(name) ?? 0)), name);
    for (const { version } of BUILDS) assert.ok(isVersion(releaseOf(version)), String(version));
  });

  it("are shown with their release", () => {
    const shown = (name: string): string => {
      const target = targetNamed(name);
      return target ? describeTarget(target) : "";
    };
    assert.equal(shown("252"), "systemd 252");
    assert.equal(shown("debian-12"), "debian-12 (systemd 252)");
    assert.equal(shown("rhel-9"), "rhel-9 (systemd 252)");
  });

  it("may be several with commas", () => {
    const { targets, unknown } = targetsIn("rhel-9, 247,,nothing, 247");
    assert.deepEqual(
      targets.map(({ name }) => name),
      ["rhel-9", "247"],
    );
    assert.deepEqual(unknown, ["nothing"]);
    assert.equal(oldestOf(targets)?.name, "247");
    assert.equal(oldestOf([]), undefined);
  });
});
