import { spawnSync } from "node:child_process";
import { basename, dirname, join } from "node:path";
import { leftOut } from "../../server/src/hardening/leftOut.ts";
import { hardenAsDropIn, hardenUnit } from "../../server/src/hardening/profile.ts";
import { check } from "../../server/src/rules/check.ts";
import { assess, formatExposure } from "../../server/src/security/exposure.ts";
import { applyEdits, type TextEdit } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { filesBeside, unitAmong } from "./files.ts";
import { jsonLines, type Suite } from "./suite.ts";
import { type Changed, verdicts } from "./verdicts.ts";

const PROFILES = ["basic", "strict", "isolated"] as const;

/**
 * "Harden this service" on all real services: it loads as before, keeps every line, exposes no more, twice is once, and in
 * what it changes no finding of the profile is left but those about values that the unit makes weaker on purpose. What
 * basic changes is shown to the machine's own systemd, where it is the version in question.
 */
export const hardening: readonly Suite[] = PROFILES.map((profile) => ({
  name: `harden ${profile}`,
  async run(corpus, version) {
    const rows = jsonLines<{ unit: string; scope: "system" | "user" }>(join(corpus, `security-${version}.jsonl`));
    const differences: string[] = [];
    const before: number[] = [];
    const after: number[] = [];
    const changed: Changed[] = [];
    const onPurpose: string[] = [];
    const still = new Map<string, number>();
    for (const row of rows) {
      const path = join(corpus, "units", row.unit);
      const unit = unitAmong(basename(path), row.scope, version, filesBeside(dirname(path)));
      if (!unit) throw new Error(`${row.unit} is no unit`);
      const { edits } = hardenUnit(unit, profile);
      const text = applyEdits(unit.file.text, edits);
      const hardened = again(unit, text, []);
      const left = edits.length > 0 ? check(hardened, { profile, select: ["hardening"] }) : [];
      const meant = left.filter(({ start, end }) => unit.file.text.includes(`=${text.slice(start, end)}`));
      onPurpose.push(...meant.map((it) => `${row.unit}: ${it.message}`));
      const faults = [
        ...compare(unit, hardened),
        ...(isKept(unit.file.text, text, edits) ? [] : ["a line is gone"]),
        ...(hardenUnit(hardened, profile).edits.length === 0 ? [] : ["a second run adds more"]),
        ...left.filter((it) => !meant.includes(it)).map((it) => `${it.code} is left`),
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
        if (from === to) count(still, reasonOf(hardened, profile));
      }
      if (edits.length > 0) changed.push({ name: row.unit, unit, text });
    }
    const asked = version === 257 && profile === "basic" && machineHas(version) ? changed : [];
    const refused = await verdicts(asked);
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
      details: [
        `as exposed as before: ${[...still]
          .sort(([, a], [, b]) => b - a)
          .map(([why, many]) => `${many} ${why}`)
          .join(", ")}`,
        ...onPurpose.map((it) => `left, as the unit says so: ${it}`),
      ],
      differences,
    };
  },
}));

/** Why a service stays as exposed as it is: what speaks against most of what the profile would add. */
function reasonOf(hardened: Unit, profile: (typeof PROFILES)[number]): string {
  const reasons = new Map<string, number>();
  for (const { reason } of leftOut(hardened, profile)) count(reasons, reason.replace(/(?<=^not safe .*?):.*/, ""));
  const [first] = [...reasons].sort(([, a], [, b]) => b - a);
  return first?.[0] ?? "it has all of the profile";
}

function count(all: Map<string, number>, it: string): void {
  all.set(it, (all.get(it) ?? 0) + 1);
}

function again({ path, version, dropIns }: Unit, text: string, more: readonly string[]): Unit {
  return readUnit(path, text, version, { dropIns: [...dropIns.map((it) => it.text), ...more] });
}

function compare(unit: Unit, hardened: Unit): string[] {
  const [from, to] = [assess(unit), assess(hardened)];
  if (from.loads !== to.loads) return [`systemd would ${to.loads ? "load" : "refuse"} it: ${to.messages.join("; ")}`];
  const worse = from.exposure !== undefined && to.exposure !== undefined && to.exposure > from.exposure;
  return worse ? [`the exposure grows from ${from.exposure} to ${to.exposure}`] : [];
}

/** Whether all lines of a text stand in another one in the same order, but for those that an edit changes. */
function isKept(text: string, changed: string, edits: readonly TextEdit[]): boolean {
  const lines = changed.split(/(?<=\n)/);
  let at = 0;
  let offset = 0;
  for (const line of text.split(/(?<=\n)/)) {
    const from = offset;
    offset += line.length;
    if (edits.some((it) => it.end > from && it.start < offset && !isNewLine(it))) continue;
    const found = lines.findIndex((it, i) => i >= at && (it === line || it === `${line}\n`));
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}

/** Whether an edit begins a line behind another one, and does not change that one. */
const isNewLine = ({ start, end, newText }: TextEdit): boolean => start === end && /^[\r\n]/.test(newText);

function medianOf(tenths: readonly number[]): string {
  return formatExposure(tenths.toSorted((a, b) => a - b)[tenths.length >> 1] ?? 0);
}

function machineHas(version: number): boolean {
  const { stdout } = spawnSync("systemd-analyze", ["--version"], { encoding: "utf8" });
  return stdout?.startsWith(`systemd ${version} `) ?? false;
}
