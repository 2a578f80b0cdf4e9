import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { failuresIn } from "../../server/src/failures/failureLog.ts";
import { loggedUnit } from "../../server/src/failures/loggedUnit.ts";
import { withoutStamp } from "../../server/src/failures/logLines.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { failuresOf } from "../../server/src/features/failure.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { expectLinear } from "../kit/growth.ts";

/** What systemd 257 logged in a box. */
const logged = (name: string): string => readFileSync(`test/failures/logs/${name}`, "utf8");
const SHOP = logged("shop-three-failures.log");
const LOOP = logged("loop-then-running.log");

function unitOf(name: string, ...lines: readonly string[]): Unit {
  const path = unitPath(name);
  assert.ok(path);
  return readUnit(path, `[Unit]\nDescription=Things\n[Service]\nExecStart=/usr/bin/x\n${lines.join("\n")}\n`, 257);
}

const shop = unitOf(
  "shop.service",
  "SystemCallFilter=@system-service",
  "SystemCallFilter=~unshare",
  "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
  "ProtectSystem=strict",
);

/** Each failure in a few words: whether it is the present one, how often, and what blames which setting. */
const shownIn = (text: string, unit: Unit): string[] =>
  failuresOf(unit, text).failures.map(({ isPresent, count, headings, causes }) =>
    [isPresent ? "now" : "earlier", count, ...headings.map((it) => it.name), ...causes.map((it) => it.setting)].join(
      " ",
    ),
  );

const stateIn = (text: string, name: string): string | undefined =>
  failuresIn(text, loggedUnit(unitOf(name))).now?.kind;

describe("failures in a log", () => {
  it("are one for each start, the last first, each with its own causes", () => {
    assert.deepEqual(shownIn(SHOP, shop), [
      "now 1 31/SYS SystemCallFilter=~unshare",
      "earlier 1 1/FAILURE",
      "earlier 1 1/FAILURE ProtectSystem=strict",
    ]);
    const [last, , first] = failuresOf(shop, SHOP).failures;
    assert.deepEqual([last?.last, first?.last], ["Nov 30 13:24:43", "Nov 30 13:24:41"]);
  });

  it("are told from the unit that systemd started in place of one that closes a cycle", () => {
    const lines = [
      "web.service: Found ordering cycle on jobs.service/start",
      "web.service: Job jobs.service/start deleted to break ordering cycle starting with web.service/start",
      "Started web.service - Things.",
    ];
    const log = lines.map((it) => `systemd[1]: ${it}\n`).join("");
    assert.deepEqual([stateIn(log, "web.service"), stateIn(log, "jobs.service")], ["running", "failed"]);
  });

  it("come with the lines that speak for each cause", () => {
    const [last, bind, first] = failuresOf(shop, SHOP).failures;
    assert.deepEqual(last?.causes[0]?.lines.map(withoutStamp), [
      "shop.service: Main process exited, code=killed, status=31/SYS",
    ]);
    assert.match(
      first?.causes[0]?.lines.join("\n") ?? "",
      /^[^\n]*Read-only file system: '\/var\/lib\/shop\.db'[^\n]*$/,
    );
    assert.match(bind?.evidence.telling.join("\n") ?? "", /Address already in use/);
  });

  it("are the same beside what systemctl says of now", () => {
    const all = [SHOP, logged("shop-failed.status"), logged("shop-failed.show")].join("\n");
    assert.deepEqual(shownIn(all, shop), shownIn(SHOP, shop));
    for (const name of ["shop-failed.status", "shop-failed.show"])
      assert.deepEqual(shownIn(logged(name), shop), ["now 1 31/SYS SystemCallFilter=~unshare"], name);
  });

  it("are past once the unit has started, and equal ones are one with a count", () => {
    const loop = unitOf("loop.service", "ProtectSystem=strict");
    const [failure, ...others] = failuresOf(loop, LOOP).failures;
    assert.deepEqual(others, []);
    assert.deepEqual(
      [failure?.isPresent, failure?.count, failure?.first, failure?.last],
      [false, 5, "Nov 30 13:28:02", "Nov 30 13:28:05"],
    );
    assert.deepEqual(failuresOf(loop, LOOP).now, { kind: "running", since: "Nov 30 13:28:06" });
    for (const name of ["loop-running.status", "loop-running.show"]) {
      const text = logged(name);
      assert.deepEqual(failuresOf(loop, text), {
        now: { kind: "running", since: "Mon 2026-11-30 13:28:06 UTC" },
        failures: [],
        present: undefined,
        more: 0,
      });
      // Also where the log ends before.
      assert.deepEqual(shownIn(`${LOOP.replace(/.*\n$/, "")}${text}`, loop), shownIn(LOOP, loop));
    }
    const beforeIt = LOOP.split("\n").slice(0, -2).join("\n");
    assert.deepEqual(shownIn(beforeIt, loop)[0]?.slice(0, 5), "now 5");
  });

  it("are past where a command has ended well since", () => {
    const once = logged("once-then-finished.cat");
    assert.deepEqual(shownIn(once, unitOf("once.service", "ProtectSystem=strict")), [
      "earlier 1 1/FAILURE ProtectSystem=strict",
    ]);
    assert.equal(stateIn(once, "once.service"), "stopped");
  });

  it("are those of the unit alone, where the log has others", () => {
    const other = (line: string): string => `Nov 30 13:24:42 box systemd[1]: ${line}\n`;
    const lines = SHOP.split("\n").map((it) => `${it}\n`);
    const foreign = [
      other("Starting other.service - Other..."),
      "Nov 30 13:24:42 box other[900]: cannot open /home/x: Permission denied\n",
      other("other.service: Main process exited, code=exited, status=203/EXEC"),
      other("other.service: Failed with result 'exit-code'."),
    ];
    const home = unitOf("shop.service", "ProtectHome=yes");
    assert.deepEqual(shownIn([...lines, ...foreign].join(""), home), shownIn(SHOP, home));
    assert.deepEqual(shownIn([...foreign, ...lines].join(""), home), shownIn(SHOP, home));
    assert.deepEqual(shownIn(foreign.join(""), home), ["now 1 203/EXEC ProtectHome=yes"]);
  });

  it("keep a line that comes late with the start of its process", () => {
    const said = "Nov 30 13:24:41 box python3[140]: OSError: [Errno 30] Read-only file system: '/var/lib/shop.db'\n";
    const late = SHOP.replace(said, "").replace(/(?<=Starting shop.*\n)(?=.*\n.*python3\[166\])/, said);
    assert.notEqual(late.indexOf(said), SHOP.indexOf(said));
    assert.ok(late.includes(said));
    assert.deepEqual(shownIn(late, shop), shownIn(SHOP, shop));
  });

  it("are told apart however the journal writes times", () => {
    const again = (stamp: string): string => SHOP.replace(/^Nov 30 13:24:4\d box /gm, stamp);
    for (const stamp of [
      "2026-11-30T13:24:41+00:00 box ",
      "Mon 2026-11-30 13:24:41 UTC box ",
      "[  352.974196] box ",
      "1796045081.163903 box ",
      "Nov 30 13:24:41.163903 box ",
    ]) {
      assert.deepEqual(shownIn(again(stamp), shop), shownIn(SHOP, shop), stamp);
      assert.equal(failuresOf(shop, again(stamp)).failures[0]?.last, stamp.slice(0, -5).trim(), stamp);
    }
    const cat = SHOP.replace(/^.*?\[\d+\]: /gm, "");
    assert.deepEqual(shownIn(cat, shop), shownIn(SHOP, shop));
    const older = SHOP.replaceAll("shop.service - Shop of things", "Things");
    assert.deepEqual(shownIn(older, shop), shownIn(SHOP, shop));
  });

  it("are those of each instance of a template", () => {
    const log = SHOP.replaceAll("shop.service", "shop@a.service");
    assert.equal(shownIn(log, unitOf("shop@.service", "ProtectSystem=strict")).length, 3);
    assert.equal(shownIn(log, unitOf("shop@a.service", "ProtectSystem=strict")).length, 3);
  });

  it("are past after the machine was started again only once the unit runs", () => {
    const boot = `${"-- Boot 0123456789abcdef0123456789abcdef --"}\n`;
    assert.equal(stateIn(`${LOOP}${boot}`, "loop.service"), "stopped");
    assert.equal(stateIn(`${SHOP}${boot}`, "shop.service"), "failed");
    assert.equal(stateIn(`${SHOP}${boot}${LOOP.replaceAll("loop.", "shop.")}`, "shop.service"), "running");
  });

  it("are none of a unit that runs, but for what its settings deny it", () => {
    const said = "Nov 30 13:29:00 box sleep[260]: cannot open '/srv/x': Read-only file system\n";
    const text = LOOP.split("\n").slice(-2).join("\n") + said;
    const { failures } = failuresOf(unitOf("loop.service", "ProtectSystem=strict"), text);
    assert.deepEqual(
      failures.map((it) => [it.kind, it.causes[0]?.setting]),
      [["complaint", "ProtectSystem=strict"]],
    );
    assert.deepEqual(failuresOf(unitOf("loop.service"), text).failures, []);
  });

  it("are one for what a program says without a log", () => {
    assert.deepEqual(
      shownIn("x: open /srv/x: Read-only file system\nexit\n", unitOf("x.service", "ProtectSystem=full")),
      ["now 1"],
    );
    assert.deepEqual(failuresOf(shop, "all is well\n").failures, []);
    assert.deepEqual(shownIn("226/NAMESPACE", unitOf("x.service")), ["now 1 226/NAMESPACE"]);
  });

  it("say why a condition kept the unit from starting", () => {
    const skipped =
      "Nov 30 13:30:00 box systemd[1]: x.service - X was skipped because of an unmet condition check (ConditionPathExists=/etc/x).\n";
    const path = unitPath("x.service");
    assert.ok(path);
    const unit = readUnit(
      path,
      "[Unit]\nConditionPathExists=/etc/x\n[Service]\nExecStart=/x\nProtectSystem=strict\n",
      257,
    );
    assert.deepEqual(
      shownIn(`${SHOP.replaceAll("shop.", "x.")}${skipped}`, unit)[0],
      "now 1 ConditionPathExists=/etc/x",
    );
  });

  it("cost as much as the log is long", () => {
    for (const log of [SHOP, LOOP, `${LOOP}${SHOP}`, "x: open /srv/x: Read-only file system\n", "Nov 30 "])
      expectLinear(
        Math.ceil(20_000 / log.length),
        (size) => log.repeat(size),
        (text) => failuresOf(shop, text),
      );
  });
});
