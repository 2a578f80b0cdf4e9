import assert from "node:assert/strict";
import { unitPath } from "../../../server/src/families/unitFiles/unitPath.ts";
import { settingsForTrial } from "../../../server/src/learn/trial/trialSettings.ts";
import { trimmedList } from "../../../server/src/learn/trial/trim.ts";
import { assess } from "../../../server/src/security/exposure.ts";
import { readUnit } from "../../../server/src/units/readUnit.ts";
import type { Unit } from "../../../server/src/units/unit.ts";

function unitOf(...lines: readonly string[]): Unit {
  const path = unitPath("web.service");
  assert.ok(path);
  return readUnit(path, `[Service]\nExecStart=/usr/bin/web\n${lines.map((it) => `${it}\n`).join("")}`, 257);
}

const linesOf = (lines: readonly string[], unit = unitOf()): string[] =>
  settingsForTrial(unit, lines).settings.map((it) => it.lines.join(" "));

/** One line of each setting that has weaker values. */
const LADDERS = [
  "ProtectSystem=strict",
  "ProtectHome=yes",
  "ProtectProc=invisible",
  "PrivateDevices=yes",
  "RestrictNamespaces=yes",
  "CapabilityBoundingSet=",
  "CapabilityBoundingSet=CAP_KILL",
  "SystemCallFilter=@system-service",
  "RestrictAddressFamilies=none",
  "RestrictAddressFamilies=AF_UNIX",
  "IPAddressDeny=any",
];

describe("settings for a trial", () => {
  it("keeps together what stands and falls together", () => {
    assert.deepEqual(
      linesOf([
        "SystemCallErrorNumber=EPERM",
        "SystemCallFilter=@system-service",
        "SystemCallFilter=~@resources",
        "ReadWritePaths=/srv",
        "ProtectSystem=strict",
        "NoExecPaths=/",
        "ExecPaths=/usr",
      ]),
      [
        "ProtectSystem=strict ReadWritePaths=/srv",
        "NoExecPaths=/ ExecPaths=/usr",
        "SystemCallFilter=@system-service SystemCallFilter=~@resources SystemCallErrorNumber=EPERM",
      ],
    );
  });

  it("opens first what several settings need", () => {
    const [first] = linesOf(["ProtectHome=yes", "ReadWritePaths=/srv", "ProtectSystem=strict"]);
    assert.equal(first, "ReadWritePaths=/srv");
  });

  it("makes directories writable instead of giving them away", () => {
    const { settings, untried } = settingsForTrial(unitOf(), [
      "StateDirectory=web web/cache:c",
      "ProtectSystem=strict",
    ]);
    assert.deepEqual(
      [settings.map((it) => it.lines), untried.map((it) => it.line)],
      [
        [["ProtectSystem=strict", "ReadWritePaths=-/var/lib/web -/var/lib/web/cache"]],
        ["StateDirectory=web web/cache:c"],
      ],
    );
  });

  it("does not try what stays when it is taken back, nor what is no restriction", () => {
    const lines = [
      "DynamicUser=yes",
      "User=web",
      "UMask=0077",
      "ExecStart=/bin/sh",
      "Type=exec",
      "RuntimeDirectory=web",
    ];
    const { settings, untried } = settingsForTrial(unitOf(), lines);
    assert.deepEqual([settings.map((it) => it.name), untried.map((it) => it.line)], [["ReadWritePaths"], lines]);
  });

  it("lets addresses alone where a network of its own does not hold: nobody connects from elsewhere in a trial", () => {
    assert.deepEqual(settingsForTrial(unitOf(), ["PrivateNetwork=yes"]).settings[0]?.weaker, []);
  });

  it("has weaker values that still protect, the tightest first", () => {
    for (const line of LADDERS) {
      const [setting] = settingsForTrial(unitOf(), [line]).settings;
      assert.ok(setting && setting.weaker.length > 0, line);
      const exposures = [setting.lines, ...setting.weaker, []].map((it) => assess(unitOf(...it)).exposure ?? 100);
      assert.deepEqual(
        exposures.toSorted((a, b) => a - b),
        exposures,
        `${line}: ${exposures}`,
      );
      const unit = unitOf(...setting.weaker.flat());
      assert.ok(assess(unit).loads, line);
    }
  });

  it("offers nothing weaker than what the unit has already", () => {
    const [setting] = settingsForTrial(unitOf("ProtectSystem=full"), ["ProtectSystem=strict"]).settings;
    assert.deepEqual(setting?.weaker, []);
    const [filter] = settingsForTrial(unitOf("SystemCallFilter=@basic-io"), [
      "SystemCallFilter=@system-service",
    ]).settings;
    assert.deepEqual(filter?.weaker, []);
  });
});

describe("a list that was loosened", () => {
  it("loses the words that are not needed, those of its tightest form never", () => {
    const letters = [..."abcdefghijklmno"];
    for (const needed of [["c"], ["a", "o"], ["d", "e", "k"], letters, []]) {
      const steps = trimmedList([`L=own ${letters.join(" ")}`, "M=1"], { list: "L", tightest: ["L=own", "M=1"] });
      let [kept, asked] = [["own", ...letters], 0];
      for (let step = steps.next(); !step.done; asked++) {
        const words = (step.value[0] ?? "").slice(2).split(" ");
        assert.equal(step.value[1], "M=1");
        const works = needed.every((it) => words.includes(it));
        if (works) kept = words;
        step = steps.next(works);
      }
      assert.deepEqual(kept.toSorted(), ["own", ...needed].toSorted());
      assert.ok(asked <= 2 * letters.length, `${asked}`);
    }
  });
});
