import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { hardenAsDropIn, hardenUnit } from "../../server/src/lint/hardening/profile.ts";
import { assess, formatExposure } from "../../server/src/security/exposure.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit, type Unit } from "../../server/src/units/unit.ts";
import { filesBeside, unitAmong } from "./files.ts";
import { jsonLines, type Suite } from "./suite.ts";

const PROFILES = ["basic", "strict", "isolated"] as const;

/** How many of the hardened files the machine's own systemd is asked about, where it is the version in question. */
const SAMPLE = 100;

/** "Harden this service" on all real services: it loads as before, keeps every line, exposes no more, and twice is once. */
export const hardening: readonly Suite[] = PROFILES.map((profile) => ({
  name: `harden ${profile}`,
  run(corpus, version) {
    const rows = jsonLines<{ unit: string; scope: "system" | "user" }>(join(corpus, `security-${version}.jsonl`));
    const differences: string[] = [];
    const before: number[] = [];
    const after: number[] = [];
    const changed: { name: string; unit: Unit; text: string }[] = [];
    for (const row of rows) {
      const path = join(corpus, "units", row.unit);
      const unit = unitAmong(basename(path), row.scope, version, filesBeside(dirname(path)));
      if (!unit) throw new Error(`${row.unit} is no unit`);
      const { edits } = hardenUnit(unit, profile);
      const text = applyEdits(unit.file.text, edits);
      const hardened = again(unit, text, []);
      const faults = [
        ...compare(unit, hardened),
        ...(isKept(unit.file.text, text, edits) ? [] : ["a line is gone"]),
        ...(hardenUnit(hardened, profile).edits.length === 0 ? [] : ["a second run adds more"]),
      ];
      const dropIn = hardenAsDropIn(unit, profile, undefined);
      const extended = again(unit, unit.file.text, dropIn.text === "" ? [] : [dropIn.text]);
      faults.push(...compare(hardened, extended).map((it) => `as a drop-in ${it}`));
      if (hardenAsDropIn(extended, profile, dropIn.text).edits.length > 0) faults.push("as a drop-in it grows again");
      if (faults.length > 0) differences.push(`${row.unit}: ${faults.join(", ")}`);
      const [from, to] = [assess(unit).exposure, assess(hardened).exposure];
      if (from !== undefined && to !== undefined) {
        before.push(from);
        after.push(to);
      }
      if (edits.length > 0) changed.push({ name: row.unit, unit, text });
    }
    const asked = version === 257 && profile === "basic" && machineHas(version) ? sample(changed) : [];
    const refused = asked.flatMap((it) => verdicts(it.name, it.unit, it.text));
    differences.push(...refused);
    const verified = asked.length > 0 ? `, ${asked.length - refused.length}/${asked.length} verified` : "";
    const agree = rows.length - (differences.length - refused.length);
    const touched = before.flatMap((it, i) => (it === after[i] ? [] : [{ from: it, to: after[i] ?? it }]));
    const median =
      `median exposure ${medianOf(before)} → ${medianOf(after)}, ` +
      `of the ${touched.length} that fall ${medianOf(touched.map((it) => it.from))} → ${medianOf(touched.map((it) => it.to))}`;
    return {
      agree: refused.length > 0 ? 0 : agree,
      total: rows.length,
      summary: `${agree}/${rows.length}, ${median}${verified}`,
      differences,
    };
  },
}));

function again({ path, version, dropIns }: Unit, text: string, more: readonly string[]): Unit {
  return readUnit(path, text, version, [...dropIns.map((it) => it.text), ...more]);
}

function compare(unit: Unit, hardened: Unit): string[] {
  const [from, to] = [assess(unit), assess(hardened)];
  if (from.loads !== to.loads) return [`systemd would ${to.loads ? "load" : "refuse"} it: ${to.messages.join("; ")}`];
  const worse = from.exposure !== undefined && to.exposure !== undefined && to.exposure > from.exposure;
  return worse ? [`the exposure grows from ${from.exposure} to ${to.exposure}`] : [];
}

/** Whether all lines of a text stand in another one in the same order, but for those that an edit changes. */
function isKept(text: string, changed: string, edits: readonly { start: number; end: number }[]): boolean {
  const lines = changed.split(/(?<=\n)/);
  let at = 0;
  let offset = 0;
  for (const line of text.split(/(?<=\n)/)) {
    const from = offset;
    offset += line.length;
    if (edits.some((it) => it.start < it.end && it.start < offset && it.end > from)) continue;
    const found = lines.findIndex((it, i) => i >= at && (it === line || it === `${line}\n`));
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}

function medianOf(tenths: readonly number[]): string {
  return formatExposure(tenths.toSorted((a, b) => a - b)[tenths.length >> 1] ?? 0);
}

function machineHas(version: number): boolean {
  const { stdout } = spawnSync("systemd-analyze", ["--version"], { encoding: "utf8" });
  return stdout?.startsWith(`systemd ${version} `) ?? false;
}

function sample<T>(all: readonly T[]): T[] {
  const step = Math.max(1, Math.floor(all.length / SAMPLE));
  return all.filter((_, i) => i % step === 0).slice(0, SAMPLE);
}

/** What systemd-analyze verify says of a hardened file that it did not say before. */
function verdicts(name: string, unit: Unit, text: string): string[] {
  const before = verify(unit, unit.file.text);
  const after = verify(unit, text);
  const more = after.messages.filter((it) => !before.messages.includes(it));
  if (after.status === before.status && more.length === 0) return [];
  return [`${name}: systemd-analyze verify: ${before.status} → ${after.status} ${more.join("; ")}`];
}

function verify({ path, dropIns }: Unit, text: string): { status: number | null; messages: readonly string[] } {
  const folder = mkdtempSync(join(tmpdir(), "unit-warden-verify-"));
  try {
    const file = join(folder, path.name ?? "x.service");
    writeFileSync(file, text);
    if (dropIns.length > 0) mkdirSync(`${file}.d`);
    for (const [i, it] of dropIns.entries())
      writeFileSync(join(`${file}.d`, `${String(i).padStart(3, "0")}.conf`), it.text);
    const argv = ["verify", "--man=no", "--recursive-errors=no", `--${path.scope}`, file];
    const { status, stderr } = spawnSync("systemd-analyze", argv, {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
    });
    const messages = stderr.split("\n").map((it) => it.replaceAll(folder, "").replace(/:\d+: /, ": "));
    return { status, messages };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
