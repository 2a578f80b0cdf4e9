import { check } from "../../../server/src/rules/check.ts";
import { COMPLAINT_RULES } from "../../../server/src/rules/unit/complaints.ts";
import { CHECKS } from "../../../server/src/security/checks.ts";
import { effective } from "../../../server/src/security/effective.ts";
import { assess } from "../../../server/src/security/exposure.ts";
import type { UnitFile } from "../../../server/src/syntax/tree.ts";
import { readUnit } from "../../../server/src/units/readUnit.ts";
import type { Unit } from "../../../server/src/units/unit.ts";
import { answerOf, type ExposureRow } from "../../../test/kit/exposureRows.ts";
import { dropInsAmong, inlineFiles, unitAmong } from "../../conformance/files.ts";
import { difference } from "../../conformance/security.ts";
import { refusalCode, systemdLine } from "../../conformance/suite.ts";
import { normalName, type Said } from "./askUnits.ts";
import { isOfMachine, ofMachine, refusesByMachine } from "./machineFacts.ts";
import type { AskedUnit } from "./randomUnit.ts";

/** How many lines of a unit were compared, and what differs: `missed u1.service:3: Key=value`, and on lines below what each side says. */
export interface Comparison {
  readonly lines: number;
  readonly differences: readonly string[];
}

const IDS = CHECKS.map((it) => it.id);
const COMPLAINTS = new Set<string>(COMPLAINT_RULES.map((it) => it.code));
const COMPLAINT = /^\S+: .*(?: Ignoring\.| Continuing\.|, resetting \S+ to \S+\.|, it has no effect\.)$/;
const REFUSED = /has a bad unit file setting|failed to load properly|, not loading\.|Failed to prepare filename/;

/** What we say of a unit compared with what systemd says: line by line, whether it loads, its complaints, and its exposure. */
export function compareUnit(asked: AskedUnit, said: Said, version: number, scope: "system" | "user"): Comparison {
  const { name, files } = asked;
  const unit = unitAmong(name, scope, version, inlineFiles(files));
  if (!unit) return { lines: 0, differences: [`unknown ${name}: no name of a unit`] };
  const about = said.units.get(normalName(name)) ?? [];
  const paths = [name, ...dropInsAmong(name, inlineFiles(files))];
  const all = paths.flatMap((it) => [...(said.lines.get(it)?.values() ?? [])].flat());
  if (refusesByMachine([...about, ...all])) return { lines: 0, differences: [] };
  const refused = about.some((it) => REFUSED.test(it));
  const { refusal } = effective(unit);
  if (refused !== (refusal !== undefined)) {
    const differences = Object.values(files).some(isOfMachine)
      ? []
      : [`loads ${name}: systemd says "${about.join(" ")} ${all.at(-1)}", we say "${refusal?.message}"`];
    return { lines: 0, differences };
  }
  const texts = [unit, ...unit.dropIns.map((_, at) => dropInOf(unit, at))].map((it, i) => ({
    it,
    path: paths[i] ?? "",
  }));
  // It does not come to the drop-ins where it gives up on the unit before.
  const read = texts.filter(({ path }, i) => i === 0 || !refused || said.lines.has(path));
  return {
    lines: read.reduce((sum, { it }) => sum + it.file.nodes.length, 0),
    differences: [
      ...read.flatMap(({ it, path }) => inLines(it, path, said.lines.get(path) ?? new Map(), refusalCode(unit))),
      ...(refused ? [] : inComplaints(name, unit, about)),
      ...inExposure(name, unit, said),
    ],
  };
}

function inLines(
  unit: Unit,
  path: string,
  theirs: ReadonlyMap<number, readonly string[]>,
  whole: string | undefined,
): readonly string[] {
  const ours = new Map<number, string[]>();
  const findings = check(unit, { profile: "off" }).filter(({ code }) => code !== whole && !COMPLAINTS.has(code));
  for (const { start, severity, code, message } of findings) {
    const line = systemdLine(unit.file, start);
    ours.set(line, [...(ours.get(line) ?? []), `${severity} ${code}: ${message}`]);
  }
  const numbers = [...new Set([...theirs.keys(), ...ours.keys()])].toSorted((a, b) => a - b);
  return numbers.flatMap((line) => {
    const [their, our = []] = [theirs.get(line), ours.get(line)];
    const text = lineOf(unit.file, line);
    if (ofMachine(text, their ?? [])) return [];
    const where = `${path}:${line}: ${text}`;
    if (their && !our.some((it) => /^(?:error|warning) /.test(it)))
      return [`missed ${where}\n    ${their.join(" | ")}\n    ours ${our.join(" | ")}`];
    return !their && our.some((it) => it.startsWith("error ")) ? [`false ${where}\n    ${our.join(" | ")}`] : [];
  });
}

/** What is told of lines in drop-ins is not among the findings of the unit. */
function inComplaints(name: string, unit: Unit, about: readonly string[]): readonly string[] {
  const our = check(unit, { profile: "off", select: ["unit"] }).find(({ code }) => COMPLAINTS.has(code))?.message;
  const their = about.find((it) => COMPLAINT.test(it));
  if (their && !our && unit.dropIns.length === 0) return [`missed ${name}: ${their}`];
  return our && !their ? [`false ${name}: ${our}`] : [];
}

function inExposure(name: string, unit: Unit, { exposures }: Said): readonly string[] {
  if (exposures.size === 0 || unit.path.kind !== "service") return [];
  const rows = exposures.get(name);
  const answer = answerOf(rows ? (JSON.parse(rows) as ExposureRow[]) : undefined, IDS);
  const found = difference(answer, IDS, assess(unit));
  return found ? [`exposure ${name}: ${found}`] : [];
}

/** A drop-in as an editor sees it, whose unit is known. */
function dropInOf({ path, file, version, dropIns }: Unit, at: number): Unit {
  const texts = { path, text: file.text, dropIns: dropIns.map((it) => it.text), at };
  return readUnit({ ...path, role: "drop-in" }, texts.dropIns[at] ?? "", version, { main: texts });
}

function lineOf(file: UnitFile, line: number): string {
  const node = file.nodes.find((it) => it.kind !== "comment" && it.lastLine === line - 1);
  return node ? file.text.slice(node.start, node.end) : "";
}
