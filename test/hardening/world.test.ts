import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, it } from "mocha";
import { filesBeside, unitAmong } from "../../lab/conformance/files.ts";
import { jsonLines } from "../../lab/conformance/suite.ts";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import { check } from "../../server/src/rules/check.ts";
import { shownPaths } from "../../server/src/security/world/tree.ts";
import { type Spot, serviceWorld, spotAt } from "../../server/src/security/world/world.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { skip } from "../kit/skip.ts";
import { service, unitOf } from "./kit.ts";

const CORPUS = "../shared/corpus";
const SKIPPED = existsSync(CORPUS) ? undefined : "no corpus beside the repository";
/** All services are looked at with EVERY=1; else each tenth. */
const EVERY = Number(process.env.EVERY ?? 10);

const PROFILES = ["basic", "strict", "isolated"] as const;

/** A unit after a profile, and the same unit before. */
function hardened(unit: Unit, profile: (typeof PROFILES)[number]): Unit {
  const text = applyEdits(unit.file.text, hardenUnit(unit, profile).edits);
  return readUnit(unit.path, text, unit.version, { dropIns: unit.dropIns.map((it) => it.text) });
}

const isThere = ({ state }: Spot): boolean => state !== "hidden" && state !== "absent";
/** Whether nobody else has anything to do with what lies there. */
const isOwn = ({ state }: Spot): boolean => state === "private" || state === "empty";

/** What a path is less protected in than before. */
function weaker(before: Spot, after: Spot): string | undefined {
  if (before.state === "unknown" || after.state === "unknown") return undefined;
  if (!isThere(before)) return isThere(after) && !isOwn(after) ? "can be seen" : undefined;
  // A /dev of its own has the host's shared memory in it, as it is.
  if (before.writable === false && after.writable && !isOwn(after) && after.path !== "/dev/shm")
    return "can be written";
  // Nobody puts programs into the file systems of the kernel.
  const runs =
    before.executable === false && after.executable && after.writable && !/^\/(?:sys|proc)(?:\/|$)/.test(after.path);
  return runs ? "can be executed" : undefined;
}

/** The paths of a service that a profile leaves less protected, and the warnings about the sandbox that it brings. */
function harm(unit: Unit, after: Unit): string[] {
  const [from, to] = [serviceWorld(unit), serviceWorld(after)];
  if (!from || !to) return [];
  const paths = new Set([...shownPaths(unit, from), ...shownPaths(after, to)].map((it) => it.path));
  const lost = [...paths].flatMap((path) => {
    const what = weaker(spotAt(from, path), spotAt(to, path));
    return what === undefined ? [] : [`${path} ${what}`];
  });
  const old = sandboxFindings(unit);
  const added = sandboxFindings(after).filter((it) => !old.includes(it));
  return [...lost, ...added];
}

const sandboxFindings = (unit: Unit): string[] =>
  check(unit, { profile: "off" })
    .filter((it) => it.code.startsWith("sandbox/") && (it.severity === "warning" || LOUD.includes(it.code)))
    .map((it) => `${it.code}: ${it.message}`);

/** What the profiles have to do themselves, however quietly it is said. */
const LOUD: readonly string[] = ["sandbox/still-executable", "sandbox/reopened-path"];

describe(`hardening: the world of a service${SKIPPED === undefined ? "" : ` (real ones skipped: ${SKIPPED})`}`, () => {
  for (const profile of PROFILES) {
    it(`is nowhere less protected after the profile ${profile}`, function () {
      this.timeout(300_000);
      if (SKIPPED !== undefined) skip(this, SKIPPED);
      const rows = jsonLines<{ unit: string; scope: "system" | "user" }>(join(CORPUS, "security-257.jsonl"));
      const found = rows
        .filter((_, i) => i % EVERY === 0)
        .flatMap((row) => {
          const path = join(CORPUS, "units", row.unit);
          const unit = unitAmong(basename(path), row.scope, 257, filesBeside(dirname(path)));
          assert.ok(unit, row.unit);
          return harm(unit, hardened(unit, profile)).map((it) => `${row.unit}: ${it}`);
        });
      assert.deepEqual(found, []);
    });
  }

  it("is nowhere less protected after a profile on units of ours", () => {
    const lines = [
      [],
      ["User=x", "StateDirectory=x", "ProtectSystem=strict"],
      ["DynamicUser=yes", "StateDirectory=x x/y", "ReadWritePaths=-/srv/x"],
      ["DynamicUser=yes", "StateDirectory=x", "ExecStart=/usr/bin/x /var/lib/x/data"],
      ["NoExecPaths=/", "ExecPaths=/usr", "StateDirectory=x"],
      ["NoExecPaths=/", "ExecPaths=/usr", "ProtectSystem=full"],
      ["ReadOnlyPaths=/"],
      ["ReadOnlyPaths=/", "ProtectSystem=full", "ReadWritePaths=/var/lib/x"],
      ["RootDirectory=/srv/root", "MountAPIVFS=yes"],
      ["TemporaryFileSystem=/:ro", "BindReadOnlyPaths=/usr", "MountAPIVFS=yes"],
      ["TemporaryFileSystem=/:ro", "BindReadOnlyPaths=/usr", "ProtectSystem=strict"],
      ["ProtectSystem=strict", "ProtectHome=no", "TemporaryFileSystem=/opt", "BindPaths=/srv/a:/opt/a"],
      ["ProtectSystem=strict", "ExecPaths=/opt", "NoExecPaths=/srv"],
    ];
    for (const own of lines)
      for (const profile of PROFILES) {
        const unit = unitOf(service(...own));
        assert.deepEqual(harm(unit, hardened(unit, profile)), [], `${profile} on ${own.join(" ")}`);
      }
  });
});
