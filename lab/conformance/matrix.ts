import { join } from "node:path";
import { directive, grammarIn } from "../../server/src/catalog/catalog.ts";
import { type UnitPath, unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { check } from "../../server/src/rules/check.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { whereOf } from "../../server/src/units/where.ts";
import type { ReportedIssue } from "../../server/src/values/grammar.ts";
import { issuesOf } from "../../server/src/values/read.ts";
import { isDifferent } from "./different.ts";
import { jsonLines, type Suite, systemdLine, VERDICTS } from "./suite.ts";

interface Row {
  readonly section: string;
  readonly key: string;
  readonly unit: string;
  /** Whether each value was probed in a unit of its own; else all stand in one, a line each. */
  readonly single: boolean;
  readonly results: readonly (readonly [value: string, messages: readonly Message[] | null])[];
}

interface Message {
  readonly level: string;
  readonly text: string;
}

/** Whether the matrix would hold what systemd says: it has no complaint that names no line of the file. */
const namesLine = ({ code, effect }: ReportedIssue): boolean =>
  code !== "value/pattern" && (code !== "value/user" || effect !== "complains");

/** The matrix of probed values: whether systemd accepts each value of each directive or complains about it. */
export const matrix: Suite = {
  name: "matrix",
  versions: VERDICTS,
  run(corpus, version) {
    let total = 0;
    const differences: string[] = [];
    for (const row of jsonLines<Row>(join(corpus, "matrix", `${version}.jsonl`))) {
      const { section, key, unit: name, results } = row;
      const path = unitPath(name);
      const known = directive(section, key);
      if (!path) throw new Error(`${name} is no unit`);
      const type = known && grammarIn(known, version);
      const together = new Map(row.single ? [] : acrossLines(path, row, version));
      for (const [i, [value, messages]] of results.entries()) {
        total++;
        const unit = readUnit(path, `[${section}]\n${key}=${value}\n`, version);
        const loud = (type ? issuesOf(type, value, whereOf(unit)) : [])
          .filter(({ effect }) => effect !== "silent")
          .filter((it) => messages !== null || namesLine(it));
        const ours = [
          ...loud.map(({ message }) => message),
          ...check(unit, { profile: "off", select: ["directive"] })
            .filter(({ severity }) => severity === "error" || severity === "warning")
            .map(({ message }) => message),
          ...(row.single ? refusals(path, row, value, version) : [together.get(i) ?? []].flat()),
        ];
        if (ours.length > 0 === (messages !== null && messages.length > 0)) continue;
        const theirs = messages?.map(({ text }) => text).join(" | ") ?? "takes it";
        differences.push(
          `${type?.routine} [${section}] ${key}=${value}\n      systemd ${theirs}\n      ours    ${ours.join(" | ") || "is taken"}`,
        );
      }
    }
    const unexpected = differences.filter((it) => !isDifferent(it));
    return { agree: total - unexpected.length, total, differences: unexpected };
  },
};

/** What was in the unit besides the value in question. */
const BESIDE: Readonly<Record<string, string>> = {
  "m.service": "[Service]\nExecStart=/bin/true\n",
  "m.socket": "[Socket]\nListenDatagram=514\n",
  "m.mount": "[Mount]\nWhat=/dev/sda\n",
};

/** Why the unit as a whole would be refused. */
function refusals(path: UnitPath, { section, key, unit }: Row, value: string, version: number): string[] {
  const otherFiles = (BESIDE[unit] ?? "").replace(`${key}=`, "#");
  const read = readUnit(path, `${otherFiles}[${section}]\n${key}=${value}\n`, version);
  return check(read, { profile: "off", select: ["unit"] })
    .filter(({ severity }) => severity === "error")
    .map(({ message }) => message);
}

/** What is wrong with the lines of one unit only because of others, by the number of the line. */
function acrossLines(path: UnitPath, { section, key, results }: Row, version: number): [number, string[]][] {
  const unit = readUnit(path, `[${section}]\n${results.map(([value]) => `${key}=${value}\n`).join("")}`, version);
  return check(unit, {
    profile: "off",
    select: ["unit/several-triggers", "unit/repeated-session", "unit/scheduling-priority"],
  }).map((it) => [systemdLine(unit.file, it.start) - 2, [it.message]]);
}
