import assert from "node:assert/strict";
import fc from "fast-check";
import { before, describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { check } from "../../server/src/rules/check.ts";
import { decodeUtf8 } from "../../server/src/text/utf8.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { bytesOf } from "../kit/bytes.ts";
import { mangledUnit } from "../kit/mangled.ts";
import { skip } from "../kit/skip.ts";
import { MACHINE_VERSION, verify } from "../kit/systemd.ts";

/** Which lines of a file draw a complaint, and whether the unit loads. */
interface Verdict {
  readonly lines: readonly number[];
  readonly loads: boolean;
}

const sorted = (lines: readonly number[]): number[] => [...new Set(lines)].sort((a, b) => a - b);

function theirs(output: readonly string[]): Verdict {
  const lines = output.flatMap((line) => /^DIR\/x\.service:(\d+): /.exec(line)?.slice(1).map(Number) ?? []);
  const loads = !output.some((line) => /has a bad unit file setting|failed to load properly/.test(line));
  return { lines: sorted(lines), loads };
}

function ours(unit: Unit): Verdict {
  const findings = check(unit, { profile: "off" });
  const refusals = findings.filter(
    ({ code, severity, stopsReading }) => stopsReading || (code.startsWith("unit/") && severity === "error"),
  );
  const lines = findings
    .filter(({ code, severity }) => !code.startsWith("unit/") && (severity === "error" || severity === "warning"))
    .map(({ start }) => {
      const node = unit.file.nodes.findLast((it) => it.kind !== "comment" && it.start <= start);
      return node?.kind === "comment" ? 0 : (node?.lastLine ?? -1) + 1;
    });
  return { lines: sorted(lines), loads: refusals.length === 0 };
}

describe("parse: as this machine's systemd reads", () => {
  before(function () {
    if (MACHINE_VERSION === undefined) skip(this, "there is no systemd-analyze");
  });

  it("mangled files", () => {
    const path = unitPath("x.service");
    assert.ok(path);
    fc.assert(
      fc.property(mangledUnit, (mangled) => {
        const bytes = bytesOf(`[Service]\nExecStart=/bin/true\n${mangled}`);
        const output = verify("x.service", { "x.service": bytes });
        const unit = readUnit({ ...path, finished: true }, decodeUtf8(bytes), MACHINE_VERSION ?? 0);
        assert.deepEqual(ours(unit), theirs(output), output.join("\n"));
      }),
      { seed: 257, numRuns: 150 },
    );
  }).timeout(300_000);
});
