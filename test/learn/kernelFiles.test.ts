import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { relaxationsOf } from "../../server/src/learn/blame.ts";
import { missedFiles } from "../../server/src/learn/kernelFiles.ts";
import { learn } from "../../server/src/learn/learn.ts";
import type { Learnt } from "../../server/src/learn/learnt.ts";
import type { Needs, PathNeed } from "../../server/src/learn/needs.ts";
import { newFailures } from "../../server/src/learn/newFailures.ts";
import { relearn } from "../../server/src/learn/relearn.ts";
import { needsOfLines } from "../kit/straceLog.ts";
import { needsOf, serviceOf, sight, uses } from "./kit.ts";

const PID = ["ProtectProc=invisible", "ProcSubset=pid"];
const missing: PathNeed = { used: {}, failed: { ENOENT: sight(20) }, made: [], names: [] };
const reading = (...paths: readonly string[]): Needs =>
  needsOf({
    paths: Object.fromEntries(paths.map((it) => [it, uses(10, "read")])),
    marks: { "proc:subset": sight(10) },
  });
const without = (...paths: readonly string[]): Needs =>
  needsOf({ paths: Object.fromEntries(paths.map((it) => [it, missing])) });
const subset = ({ settings }: Learnt): string | undefined =>
  settings
    .filter((it) => it.key === "ProcSubset")
    .map((it) => `${it.grade}: ${it.evidence}`)
    .join();

describe("files of the kernel in /proc", () => {
  it("speak against ProcSubset= as soon as a run uses one, and no second run takes that back", () => {
    const first = learn(reading("/proc/loadavg", "/proc/meminfo"), serviceOf());
    assert.equal(subset(first), "refused: uses /proc/loadavg and /proc/meminfo, which no process has");
    const settings = first.settings.map((it) => (it.key === "ProcSubset" ? { ...it, grade: "proven" as const } : it));
    assert.match(subset(relearn({ ...first, settings }, reading("/proc/loadavg"), serviceOf())) ?? "", /^refused/);
  });

  it("are missed in a second run, which is a failure of ProcSubset= alone", () => {
    const failures = (...lines: readonly string[]) =>
      newFailures(reading("/proc/loadavg"), without("/proc/loadavg", "/proc/net/if_inet6"), lines);
    assert.deepEqual(
      failures(...PID).map((it) => it.what),
      [{ path: "/proc/loadavg" }, { path: "/proc/net/if_inet6" }],
    );
    const tried = ["ProtectProc", "ProcSubset"].map((name) => ({ name, group: name, lines: [name], weaker: [] }));
    const blamed = relaxationsOf(
      failures(...PID),
      tried,
      tried.map((it) => it.lines),
    );
    assert.deepEqual([...new Set(blamed.map((it) => tried[it.at]?.name))], ["ProcSubset"]);
    // What was missing before is missing on this machine.
    assert.deepEqual(newFailures(without("/proc/net/if_inet6"), without("/proc/net/if_inet6"), PID), []);
  });

  it("may be missing where only a library asks for them, which does the same without", () => {
    const path = "/proc/sys/vm/overcommit_memory";
    const offered = subset(learn(reading(path), serviceOf()));
    assert.match(offered ?? "", /^seen: of \/proc only \/proc\/sys\/vm\/overcommit_memory and the files of processes/);
    assert.deepEqual(newFailures(reading(path), without(path), PID), []);
    const selinux = reading("/proc/filesystems");
    assert.equal(missedFiles(selinux).length, 1, "a program may read it for itself");
    const mapped = { ...selinux, paths: { ...selinux.paths, "/usr/lib/libselinux.so.1": uses(3, "map") } };
    assert.deepEqual(missedFiles(mapped), []);
    assert.deepEqual(newFailures(mapped, without("/proc/filesystems", "/proc/mounts"), PID), []);
    const mounts = { ...mapped, paths: { ...mapped.paths, "/proc/mounts": uses(4, "read") } };
    assert.equal(newFailures(mounts, without("/proc/mounts"), PID).length, 1);
  });

  it("are also the links that lead to a process", () => {
    const needs = needsOfLines([
      '100 openat(AT_FDCWD</>, "/proc/net/if_inet6", O_RDONLY) = 3</proc/100/net/if_inet6>',
      '100 openat(AT_FDCWD</>, "/proc/self/maps", O_RDONLY) = 3</proc/100/maps>',
    ]);
    assert.deepEqual(
      missedFiles(needs).map((it) => it.path),
      ["/proc/net/if_inet6"],
    );
  });
});
