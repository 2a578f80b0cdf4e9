import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { contradictions } from "../../server/src/learn/contradictions.ts";
import { learn } from "../../server/src/learn/learn.ts";
import { learntAddition } from "../../server/src/learn/learntUnit.ts";
import { joinLearnt, relearn } from "../../server/src/learn/relearn.ts";
import { withServiceLines } from "../../server/src/learn/withServiceLines.ts";
import { lineText, needsOf, serviceOf, sight, uses } from "./kit.ts";

const UNIT = serviceOf();
const NEEDS = needsOf({
  paths: {
    "/var/lib/food/db": uses(31, "write"),
    "/home/a/page": uses(32, "read"),
    "/dev/ttyS0": uses(33, "read"),
    "/usr/bin/helper": uses(34, "execute"),
    "/tmp/of-others": uses(35, "read"),
  },
  syscalls: { setuid: { sight: sight(9), failed: {} }, chroot: { sight: undefined, failed: { EPERM: sight(8) } } },
  capabilities: { CAP_SETUID: { sight: sight(9), reason: "become user 33" } },
  families: { AF_INET6: sight(4), AF_UNIX: sight(5) },
  marks: { "writable-executable": sight(412, "mprotect(0x7f, 4096, PROT_EXEC)"), "namespace:CLONE_NEWNET": sight(7) },
  programs: { "/usr/bin/sudo": { sight: sight(60), privileged: true } },
});
const LEARNT = learn(NEEDS, UNIT);

const said = (...lines: readonly string[]) =>
  contradictions(LEARNT, serviceOf(["ExecStart=/usr/bin/food", ...lines])).map((it) => it.message);

describe("a unit that contradicts a run", () => {
  it("is told by the setting and the line that shows it", () => {
    assert.deepEqual(said("MemoryDenyWriteExecute=yes"), [
      "MemoryDenyWriteExecute=yes contradicts a run: mprotect(PROT_EXEC) was seen (ExecStart:412)",
    ]);
    assert.deepEqual(said("PrivateDevices=yes"), [
      "PrivateDevices=yes contradicts a run: uses /dev/ttyS0 (ExecStart:33)",
    ]);
    assert.deepEqual(said("PrivateTmp=yes"), [
      "PrivateTmp=yes contradicts a run: uses /tmp/of-others, which it did not make (ExecStart:35)",
    ]);
    assert.deepEqual(said("CapabilityBoundingSet=CAP_CHOWN"), [
      "CapabilityBoundingSet= lacks CAP_SETUID, which a run needed to become user 33 (ExecStart:9)",
    ]);
    assert.deepEqual(said("RestrictAddressFamilies=AF_UNIX AF_INET"), [
      "RestrictAddressFamilies= denies AF_INET6, which a run used (ExecStart:4)",
    ]);
    assert.deepEqual(said("RestrictNamespaces=yes"), [
      "RestrictNamespaces= denies net namespaces, which a run made (ExecStart:7)",
    ]);
    assert.deepEqual(said("SystemCallFilter=@system-service", "SystemCallFilter=~@privileged"), [
      "SystemCallFilter= denies setuid, which a run called (ExecStart:9)",
    ]);
  });

  it("is told of the paths that it hides, closes or keeps from being run", () => {
    assert.deepEqual(said("ProtectSystem=strict"), [
      "ProtectSystem=strict makes /var/lib/food/db read-only, which a run wrote (ExecStart:31)",
    ]);
    assert.deepEqual(said("ProtectHome=yes"), ["ProtectHome=yes hides /home/a/page, which a run used (ExecStart:32)"]);
    assert.deepEqual(said("InaccessiblePaths=/var/lib/food"), [
      "InaccessiblePaths= hides /var/lib/food/db, which a run used (ExecStart:31)",
    ]);
    assert.deepEqual(said("NoExecPaths=/usr"), [
      "NoExecPaths= keeps /usr/bin/helper from being run, which a run did (ExecStart:34)",
    ]);
  });

  it("names the line, for a finding", () => {
    const [found] = contradictions(LEARNT, serviceOf(["ExecStart=/usr/bin/food", "CapabilityBoundingSet=CAP_CHOWN"]));
    assert.equal(found?.cause.node?.text, "CAP_CHOWN");
    assert.equal(found?.sight?.at, "ExecStart:9");
  });

  it("is silent about the unit as it was, about what is learnt, and about a user in the place of root", () => {
    assert.deepEqual(said(), []);
    const learnt = withServiceLines(UNIT, learntAddition(UNIT, LEARNT.settings).lines);
    assert.deepEqual(
      contradictions(LEARNT, learnt).map((it) => it.message),
      [],
    );
    assert.deepEqual(said("User=food", "CapabilityBoundingSet="), []);
  });

  it("is no guard rail: what may break on other requests contradicts nothing", () => {
    const jit = learn(needsOf({ paths: { "/usr/lib/libluajit-5.1.so.2": uses(5, "map") } }), UNIT);
    const denied = serviceOf(["ExecStart=/usr/bin/food", "MemoryDenyWriteExecute=yes"]);
    assert.deepEqual(contradictions(jit, denied), []);
  });
});

describe("learning again", () => {
  it("keeps only what all runs speak for, and what was proven", () => {
    const first = learn(needsOf({ paths: { "/var/lib/food/a": uses(1, "write") } }), UNIT);
    const proven = { ...first, settings: first.settings.map((it) => ({ ...it, grade: "proven" as const })) };
    const next = relearn(
      proven,
      needsOf({ paths: { "/var/log/food/b": uses(2, "write") }, marks: { realtime: sight(3) } }),
      UNIT,
    );
    const graded = next.settings.map((it) => `${it.grade} ${lineText(it)}`);
    assert.ok(graded.includes("proven ReadWritePaths=-/var/lib/food"));
    assert.ok(graded.includes("seen ReadWritePaths=-/var/log/food"));
    assert.ok(graded.includes("refused RestrictRealtime=yes"));
    assert.ok(graded.includes("proven PrivateDevices=yes"));
    assert.equal(next.runs.length, 2);
  });

  it("keeps what second runs have shown, which no trace tells", () => {
    const first = learn(needsOf(), UNIT);
    const failed = "a second run failed under it: it did not start";
    const loosened = "loosened in a second run, where open() failed";
    const [some] = first.settings;
    assert.ok(some);
    const proof = {
      ...first,
      settings: [
        ...first.settings.map((it) =>
          it.key === "PrivateDevices" ? { ...it, grade: "refused" as const, evidence: failed } : it,
        ),
        { ...some, key: "ReadWritePaths", value: "-/srv", grade: "proven" as const, evidence: loosened },
      ],
    };
    const graded = relearn(proof, needsOf(), UNIT).settings.map((it) => `${it.grade} ${lineText(it)}: ${it.evidence}`);
    assert.ok(graded.includes(`refused PrivateDevices=yes: ${failed}`), graded.join("\n"));
    assert.ok(graded.includes(`proven ReadWritePaths=-/srv: ${loosened}`), graded.join("\n"));
  });

  it("joins files of several places, of which none counts as proven where their units differ", () => {
    const proven = (unit: typeof UNIT, needs: Parameters<typeof learn>[0]) => {
      const it = learn(needs, unit);
      return { ...it, settings: it.settings.map((one) => ({ ...one, grade: "proven" as const })) };
    };
    const a = proven(UNIT, needsOf({ paths: { "/var/lib/food/a": uses(1, "write") } }));
    const b = proven(UNIT, needsOf({ paths: { "/var/log/food/b": uses(2, "write") } }));
    const both = relearn(joinLearnt(a, b), needsOf(), UNIT, { runs: [] });
    const lines = both.settings.map((it) => `${it.grade} ${lineText(it)}`);
    assert.ok(lines.includes("proven ReadWritePaths=-/var/lib/food"), lines.join("\n"));
    assert.ok(lines.includes("proven ReadWritePaths=-/var/log/food"), lines.join("\n"));
    assert.equal(both.runs.length, 2);
    const other = proven(serviceOf(["ExecStart=/usr/bin/food --other"]), needsOf());
    const mixed = relearn(joinLearnt(a, other), needsOf(), UNIT, { runs: [] });
    assert.ok(mixed.settings.every((it) => it.grade !== "proven"));
  });

  it("says that the commands have changed, and proves nothing then", () => {
    const first = learn(needsOf(), UNIT);
    const proven = { ...first, settings: first.settings.map((it) => ({ ...it, grade: "proven" as const })) };
    const next = relearn(proven, needsOf(), serviceOf(["ExecStart=/usr/bin/food --other"]));
    assert.match(next.unknown[0] ?? "", /^Earlier runs were those of other commands/);
    assert.ok(next.settings.every((it) => it.grade !== "proven"));
    // It stays so: what earlier runs needed is still among the needs.
    const last = relearn(next, needsOf(), serviceOf(["ExecStart=/usr/bin/food --other"]));
    assert.deepEqual(last.unknown, next.unknown);
  });

  it("is not put off by its own settings in the unit", () => {
    const { observed } = learn(needsOf(), UNIT);
    const again = withServiceLines(UNIT, learntAddition(UNIT, learn(needsOf(), UNIT).settings).lines);
    assert.deepEqual(learn(needsOf(), again).observed, observed);
    const asUser = learn(needsOf(), serviceOf(["User=food", "ExecStart=/usr/bin/food"]));
    assert.notDeepEqual(asUser.observed, observed);
  });
});
