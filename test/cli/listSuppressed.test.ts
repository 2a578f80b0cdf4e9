import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Outcome } from "../../server/src/cli/outcome.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const UNIT = [
  "[Service]",
  "ExecStart=/bin/true",
  "# unit-warden: ignore directive/unknown -- a patch brings it",
  "ProtectHoem=yes",
  "PrivateTmp=maybe",
  "LogLevelMax=loud",
  "Bogus=99",
  "",
].join("\n");

const FILES = {
  "/repo/x.service": UNIT,
  "/repo/old/y.service": "[Service]\nExecStart=/bin/true\n",
  "/repo/.unit-warden.json": JSON.stringify({
    profile: "basic",
    exclude: ["old/"],
    baseline: "known.json",
    rules: {
      "value/enumeration": { reason: "loud is known", until: "2027-01-31" },
      "value/boolean": "off",
      "hardening/protect-home": { reason: "reads /home", until: "2026-01-31" },
    },
  }),
  "/repo/known.json": JSON.stringify({
    version: 1,
    files: {
      "x.service": [
        { code: "directive/unknown", directive: "Bogus", text: "Bogus", reason: "the old host", until: "2027-02-28" },
      ],
    },
  }),
};

const list = (...argv: readonly string[]): Outcome =>
  runOver(memoryHost(FILES, { cwd: "/cwd" }), "check", "--list-suppressed", ...argv, "/repo");

describe("cli check: --list-suppressed", () => {
  it("lists what comments, the configuration and the baseline leave out, each with its reason", () => {
    const { stdout, stderr, status } = list("--profile", "off");
    const lines = stdout.split("\n");
    const below = (place: string): string | undefined => lines[lines.findIndex((it) => it.includes(place)) + 1];
    assert.equal(below(":4:1: error: Unknown directive ProtectHoem="), "    comment: a patch brings it");
    assert.equal(below("Bogus="), "    baseline: the old host, until 2027-02-28");
    assert.match(
      String(below("PrivateTmp=")),
      /^ {4}configuration, value\/\w+: (?:no reason given|loud is known, until 2027-01-31)$/,
    );
    assert.equal(below("LogLevelMax="), "    configuration, value/enumeration: loud is known, until 2027-01-31");
    assert.match(stdout, /\n\d suppressed: 1 by comments, 2 by configurations, 1 by baselines\n$/);
    assert.match(stderr, /note: \/repo\/old\/y\.service: not checked: .*\.unit-warden\.json excludes it/);
    assert.equal(status, 0);
  });

  it("is JSON for programs, and does not list what is over", () => {
    const { suppressed } = JSON.parse(list("--format", "json").stdout) as {
      suppressed: readonly {
        readonly code: string;
        readonly by: string;
        readonly reason?: string;
        readonly until?: string;
      }[];
    };
    const about = suppressed.map(({ code, by, reason }) => `${code} ${by} ${reason ?? ""}`);
    assert.ok(about.includes("directive/unknown comment a patch brings it"), about.join("\n"));
    assert.ok(about.includes("value/enumeration configuration loud is known"), about.join("\n"));
    assert.ok(!about.some((it) => it.startsWith("hardening/protect-home")));
  });

  it("takes nothing that it has no use for", () => {
    for (const argv of [["--fix"], ["--update-baseline"], ["--format", "sarif"]]) assert.equal(list(...argv).status, 2);
  });

  it("says so where nothing is", () => {
    const host = memoryHost({ "/u/x.service": "[Service]\nExecStart=/bin/true\n" });
    assert.equal(runOver(host, "check", "--list-suppressed", "/u").stdout, "no finding is suppressed\n");
  });
});
