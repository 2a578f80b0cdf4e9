import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, it } from "mocha";
import { filesBeside } from "../../lab/conformance/files.ts";
import { assessment, difference } from "../../lab/conformance/security.ts";
import { CHECKS } from "../../server/src/security/checks.ts";
import { type Assessment, sortedAsSystemd } from "../../server/src/security/exposure.ts";
import { answerOf, type ExposureRow } from "../kit/exposureRows.ts";
import { random } from "../kit/random.ts";
import { skip } from "../kit/skip.ts";
import { MACHINE_VERSION } from "../kit/systemd.ts";
import { type RandomUnit, randomUnit } from "./randomUnit.ts";

const VERSION = 257;
const COUNT = Number(process.env.UNIT_WARDEN_FUZZ ?? 500);
const SEED = Number(process.env.UNIT_WARDEN_SEED ?? Math.floor(Math.random() * 2 ** 31));
const PARALLEL = 4;

/** Why the comparison cannot be made here; undefined where it can. */
function missing(): string | undefined {
  if (MACHINE_VERSION === undefined) return "there is no systemd-analyze";
  return MACHINE_VERSION === VERSION ? undefined : `systemd-analyze is ${MACHINE_VERSION}, not ${VERSION}`;
}

function ask(folder: string, unit: RandomUnit): Promise<readonly ExposureRow[] | undefined> {
  const scope = unit.scope === "user" ? ["--user"] : [];
  const args = [...scope, "security", "--offline=yes", "--json=short", join(folder, unit.name)];
  // A user manager wants a directory for its run-time files, even to read units alone.
  const runtime = { XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? folder };
  const env = { ...process.env, ...runtime, SYSTEMD_UNIT_PATH: "", SYSTEMD_ANALYZE_DEBUG: "1" };
  return new Promise((resolve) => {
    execFile("systemd-analyze", args, { env, encoding: "utf8" }, (_, stdout) => {
      resolve(stdout.startsWith("[") ? (JSON.parse(stdout) as ExposureRow[]) : undefined);
    });
  });
}

/**
 * The first row that stands elsewhere than in systemd's table; undefined where all stand as there. With a row without words
 * (ProtectProc=noaccess) systemd sorts by a comparison that contradicts itself, and what comes out is left to chance.
 */
function orderDifference(rows: readonly ExposureRow[] | undefined, ours: Assessment | undefined): string | undefined {
  if (!rows || rows.some((it) => it.description === null)) return undefined;
  const sorted = sortedAsSystemd(ours?.checks ?? []);
  const at = rows.findIndex((it, i) => it.json_field !== sorted[i]?.id);
  return at < 0 ? undefined : `row ${at} is ${rows[at]?.json_field}, ours ${sorted[at]?.id}`;
}

describe("random units against systemd-analyze", () => {
  it(`agrees on every check and on the order of the table for ${COUNT} units (UNIT_WARDEN_SEED=${SEED})`, async function () {
    const reason = missing();
    if (reason) {
      skip(this, reason);
    }
    this.timeout(300_000);
    const source = random(SEED);
    const units = Array.from({ length: COUNT }, () => randomUnit(source));
    const ids = CHECKS.map((it) => it.id);
    const root = mkdtempSync(join(tmpdir(), "unit-warden-fuzz-"));
    const differences: string[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      for (let i = next++; i < units.length; i = next++) {
        const unit = units[i];
        if (!unit) return;
        const folder = join(root, String(i));
        for (const [path, text] of Object.entries(unit.files)) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), text);
        }
        const rows = await ask(folder, unit);
        const ours = assessment(unit.name, unit.scope, VERSION, filesBeside(folder));
        const found = difference(answerOf(rows, ids), ids, ours) ?? orderDifference(rows, ours);
        if (found) differences.push(`${unit.scope} ${JSON.stringify(unit.files)}: ${found}`);
      }
    };
    try {
      await Promise.all(Array.from({ length: PARALLEL }, work));
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
    assert.deepEqual(differences.slice(0, 5), [], `${differences.length} of ${COUNT} units differ`);
  });
});
