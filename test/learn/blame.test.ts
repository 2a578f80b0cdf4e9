import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { relaxationsOf } from "../../server/src/learn/blame.ts";
import type { PathNeed, PathUse } from "../../server/src/learn/needs.ts";
import { type NewFailure, newFailures } from "../../server/src/learn/newFailures.ts";
import type { TrialSetting } from "../../server/src/learn/trial/trial.ts";
import { needsOf, sight, uses } from "./kit.ts";

const setting = (name: string, lines: readonly string[], ...weaker: readonly (readonly string[])[]): TrialSetting => ({
  name,
  group: name,
  lines,
  weaker,
});

const SETTINGS: readonly TrialSetting[] = [
  setting(
    "User",
    ["User=food"],
    ["User=food", "SystemCallFilter=@setuid"],
    ["User=food", "AmbientCapabilities=CAP_SETGID"],
  ),
  setting("ProtectSystem", ["ProtectSystem=strict"]),
  setting("ProcSubset", ["ProcSubset=pid"]),
];
const SETUP = SETTINGS.map((it) => it.lines);

/** The settings that are loosened for a failure, the first one with what becomes of it. */
const blamed = (what: NewFailure["what"], error: string) =>
  relaxationsOf([{ what, error, sight: sight(3) }], SETTINGS, SETUP).map(
    (it) => it.lines.at(-1) ?? SETTINGS[it.at]?.name,
  );

describe("what is blamed for a call that fails in a second run", () => {
  it("is the form of the user that forbids it", () => {
    assert.equal(blamed({ call: "setgroups" }, "EPERM")[0], "AmbientCapabilities=CAP_SETGID");
    assert.equal(blamed({ call: "setuid" }, "EPERM")[0], "SystemCallFilter=@setuid");
  });

  it("is the bounding set, but for what a process means to keep", () => {
    const sample = "capset({version=3, pid=0}, {effective=1<<CAP_NET_BIND_SERVICE|1<<CAP_SYS_TIME, permitted=1<<CAP_SY";
    const settings = [setting("CapabilityBoundingSet", ["CapabilityBoundingSet=CAP_SYS_TIME"])];
    const failure = { what: { call: "capset" }, error: "EPERM", sight: sight(3, sample) };
    const [first] = relaxationsOf([failure], settings, [["CapabilityBoundingSet=CAP_SYS_TIME"]]);
    assert.equal(first?.lines.at(-1), "CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_SYS_TIME");
    const asked = {
      what: { call: "ioctl" },
      error: "EPERM",
      sight: sight(3, "ioctl(3<socket:[1]>, SIOCGMIIPHY, 0x5) = -1"),
    };
    const [second] = relaxationsOf([asked], settings, [["CapabilityBoundingSet=CAP_SYS_TIME"]]);
    assert.equal(second?.lines.at(-1), "CapabilityBoundingSet=CAP_NET_ADMIN");
  });

  it("is the bounding set, but for what a file of another owner takes", () => {
    const settings = [setting("CapabilityBoundingSet", ["CapabilityBoundingSet=CAP_SETUID"])];
    const lines = (sample: string, error: string) => {
      const failure = { what: { path: "/run/food" }, error, sight: sight(3, sample) };
      return relaxationsOf([failure], settings, [["CapabilityBoundingSet=CAP_SETUID"]]).map((it) => it.lines.at(-1));
    };
    const all = [
      lines('chmod("/run/food", 0755) = -1 EPERM', "EPERM"),
      lines('fchownat(AT_FDCWD, "/run/food", 1, 1) = -1 EPERM', "EPERM"),
      lines('bind(3, "/run/food") = -1 EACCES', "EACCES"),
    ];
    // Without the list at all where that does not help.
    assert.deepEqual(
      all,
      ["CAP_FOWNER", "CAP_CHOWN", "CAP_DAC_OVERRIDE"].map((it) => [`CapabilityBoundingSet=${it}`, undefined]),
    );
  });

  it("is the system that is read-only, but for one folder more", () => {
    assert.deepEqual(blamed({ path: "/srv/my 5%/a" }, "EROFS"), ['ReadWritePaths="-/srv/my 5%%"']);
    assert.deepEqual(blamed({ path: "/tmp/food" }, "EROFS"), ["ReadWritePaths=-/tmp"]);
    assert.deepEqual(blamed({ path: "/var/lib/food/a" }, "EROFS"), ["ReadWritePaths=-/var/lib/food"]);
    assert.deepEqual(blamed({ path: "/food" }, "EROFS"), ["ProtectSystem"]);
  });

  it("is what an empty root lacks, file by file", () => {
    const root = ["RootDirectory=/run/confinement/%n", "BindReadOnlyPaths=/usr"];
    const needs = (path: string, used: PathNeed) => needsOf({ paths: { [path]: used } });
    const gone = { used: {}, failed: { ENOENT: sight(5) }, made: [], names: [] };
    const missing = (path: string, ...how: readonly PathUse[]) =>
      newFailures(needs(path, uses(1, ...how)), needs(path, gone), root);
    const [first] = relaxationsOf(missing("/etc/food.conf", "read"), [setting("RootDirectory", root)], [root]);
    assert.deepEqual(first?.lines, [...root, "BindReadOnlyPaths=-/etc/food.conf"]);
    // What it made itself is not there yet, and what was only looked at decides nothing.
    assert.deepEqual(missing("/var/lib/food/a", "make", "read"), []);
    assert.deepEqual(missing("/etc/food.d", "look"), []);
    assert.deepEqual(newFailures(needs("/etc/food.conf", uses(1, "read")), needs("/etc/food.conf", gone), []), []);
  });

  it("is not that another user may not read passwords, which the C library opens along with the users", () => {
    const needs = ({ used, failed, ...file }: PathNeed) =>
      needsOf({
        paths: { "/etc/shadow": { used, failed, ...file } },
        syscalls: { openat: { sight: used.read, failed } },
      });
    const denied = { used: {}, failed: { EACCES: sight(5) }, made: [], names: [] };
    const failures = (...lines: readonly string[]) => newFailures(needs(uses(1, "read")), needs(denied), lines);
    assert.deepEqual(failures("User=food"), []);
    assert.equal(failures("ProtectSystem=strict").length, 1);
  });

  it("is not that bytes of memory are no name of a file to remove", () => {
    const failed = (path: string) => {
      const denied = { EROFS: { ...sight(5), sample: 'unlink("x") = -1 EROFS (Read-only file system)' } };
      const paths = { [path]: { used: {}, failed: denied, made: [], names: [] } };
      const syscalls = { unlink: { sight: sight(5), failed: denied } };
      return newFailures(needsOf({}), needsOf({ paths, syscalls }), ["ProtectSystem=strict"]);
    };
    assert.deepEqual(failed("/\u008c\udcc0#V"), []);
    assert.deepEqual(failed("/\u0003"), []);
    assert.equal(failed("/var/lib/food/caf\u00e9").length, 1);
  });
});
