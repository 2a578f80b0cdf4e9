import assert from "node:assert/strict";
import { type DirectiveName, directive, grammarIn } from "../../server/src/catalog/catalog.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { whereOf } from "../../server/src/units/where.ts";
import { issuesOf } from "../../server/src/values/read.ts";
import { MACHINE_VERSION, verify } from "./systemd.ts";

/** Asserts that we complain of just those values of a setting that this machine's systemd complains of. */
export function assertSameComplaints(
  section: "Unit" | "Service",
  name: DirectiveName,
  values: readonly string[],
): void {
  const head = `[Service]\nExecStart=/bin/true\n[${section}]\n`;
  const first = head.split("\n").length;
  const output = verify("x.service", { "x.service": `${head}${values.map((it) => `${name}=${it}\n`).join("")}` });
  const noted = new Set(output.map((line) => Number(/x\.service:(\d+): /.exec(line)?.[1]) - first));
  const known = directive(section, name);
  const path = unitPath("x.service");
  assert.ok(known && path);
  const version = MACHINE_VERSION ?? 0;
  const where = whereOf(readUnit(path, "", version));
  for (const [i, text] of values.entries()) {
    const problems = issuesOf(grammarIn(known, version), text, where);
    assert.equal(
      problems.some(({ effect }) => effect !== "silent"),
      noted.has(i),
      `${name}=${text}`,
    );
  }
}
