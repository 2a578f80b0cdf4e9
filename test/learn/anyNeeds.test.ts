import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { contradictions } from "../../server/src/learn/contradictions.ts";
import { learn } from "../../server/src/learn/learn.ts";
import { readLearnt, writeLearnt } from "../../server/src/learn/learntFile.ts";
import { learntAddition } from "../../server/src/learn/learntUnit.ts";
import type { Needs, PathNeed } from "../../server/src/learn/needs.ts";
import { writeNeeds } from "../../server/src/learn/needsFile.ts";
import { withServiceLines } from "../../server/src/learn/withServiceLines.ts";
import { effective } from "../../server/src/security/effective.ts";
import { needsOf, serviceOf, sight, uses } from "./kit.ts";

const folder = fc.constantFrom(
  ..."/ /etc /run /run/food /var/lib /var/lib/food /var/log /tmp /home/a /dev /proc /sys /usr/lib /srv /opt/x /var /etc/ssl".split(
    " ",
  ),
);
/** Names as hostile files have them. */
const name = fc.oneof(
  fc.constantFrom(
    "a",
    "a b",
    "%i",
    "x\ny",
    '"',
    "\\",
    "-",
    ":",
    "..",
    "__proto__",
    "constructor",
    "é",
    "$X",
    "libv8.so",
  ),
  fc.string({ maxLength: 6 }),
);
const use = fc.constantFrom(
  "read",
  "write",
  "make",
  "remove",
  "change",
  "execute",
  "map",
  "list",
  "look",
  "connect",
  "bind",
);
const path: fc.Arbitrary<readonly [string, PathNeed]> = fc
  .tuple(folder, name, fc.array(use, { maxLength: 3 }), fc.option(fc.nat(0o7777), { nil: undefined }))
  .map(([at, own, names, mode]) => [
    `${at}/${own}`.replaceAll("//", "/"),
    { ...uses(1, ...names), made: mode === undefined ? [] : [{ mode, sight: sight(1) }] },
  ]);
const record = <T>(names: readonly string[], value: T) =>
  fc.subarray([...names], { maxLength: 3 }).map((some) => Object.fromEntries(some.map((it) => [it, value])));

const anyNeeds: fc.Arbitrary<Needs> = fc
  .record({
    paths: fc.array(path, { maxLength: 8 }).map((it) => Object.fromEntries(it)),
    syscalls: record(["setuid", "mount", "pkey_alloc", "nonsense", "__proto__", "setpriority"], {
      sight: sight(2),
      failed: {},
    }),
    capabilities: record(["CAP_SETUID", "CAP_CHOWN", "CAP_NONE", "constructor"], { sight: sight(3), reason: "do it" }),
    families: record(["AF_INET", "AF_UNIX", "AF_NETLINK", "AF_99"], sight(4)),
    users: record(["0", "33", "106", "x"], sight(5)),
    marks: record(
      ["writable-executable", "namespace:CLONE_NEWNS", "namespace:", "proc:other", "ipc", "realtime"],
      sight(6),
    ),
    programs: record(["/usr/bin/sudo", "/bin/login", "x"], { sight: sight(7), privileged: true }),
  })
  .map(needsOf);

const unit = fc.constantFrom(
  serviceOf(),
  serviceOf(["User=food", "ExecStart=/usr/bin/food", "ProtectSystem=full", "SystemCallFilter=~@mount"]),
  serviceOf([
    "ExecStart=/usr/bin/food",
    "SystemCallFilter=@basic-io",
    "RestrictAddressFamilies=~AF_PACKET",
    "RestrictNamespaces=~user",
  ]),
  serviceOf(["DynamicUser=yes", "ExecStart=/usr/bin/food", "StateDirectory=food"], "food@a.service"),
);
const host = { users: ["food:106:107", "www-data:33:33"], statuses: new Map() };

describe("any needs", () => {
  it("give lines with which systemd loads the unit as before, and a file that can be read", () => {
    fc.assert(
      fc.property(anyNeeds, unit, (needs, of) => {
        const learnt = learn(needs, of, { host });
        for (const parts of [{}, { user: true, root: true }]) {
          const { lines } = learntAddition(of, learnt.settings, parts);
          for (const line of lines) assert.match(line, /^[A-Z]\w+=[^\0-\x1f\x7f]*$/);
          assert.equal(effective(withServiceLines(of, lines)).refusal, undefined);
        }
        const read = readLearnt(writeLearnt(learnt), writeNeeds(learnt));
        assert.ok("learnt" in read, "problem" in read ? read.problem : "");
        for (const it of contradictions(read.learnt, of)) assert.match(it.message, /^[A-Z]\w+=/);
      }),
      { numRuns: 300, seed: 16 },
    );
  });
});
