import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { before, describe, it } from "mocha";
import { type DirectiveName, directive, grammarIn } from "../../server/src/catalog/catalog.ts";
import type { SectionName } from "../../server/src/catalog/sections.ts";
import { EXIT_STATUSES } from "../../server/src/facts/exitStatuses.ts";
import { holdsIn } from "../../server/src/facts/version.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { whereOf } from "../../server/src/units/where.ts";
import { issuesOf } from "../../server/src/values/read.ts";
import { type Random, random } from "../kit/random.ts";
import { skip } from "../kit/skip.ts";
import { MACHINE_VERSION, verify } from "../kit/systemd.ts";

const SEED = Number(process.env.SEED ?? 20261124);
const COUNT = 150;

/** Pieces that are put side by side, with and without blanks. */
const STRAYS = [
  "%i",
  "%n",
  "%h",
  "%Q",
  "%%",
  "é",
  "'x'",
  '"a b"',
  '"open',
  "\\x41",
  "\\q",
  "\\ ",
  "~",
  ":",
  "a",
  "-",
  "/",
  "$A",
];

interface Case {
  readonly name: DirectiveName;
  readonly section?: SectionName;
  readonly pieces: readonly string[];
  /** What the value begins with, so that a mistake does not end the reading. */
  readonly start?: string;
}

const CASES: readonly Case[] = [
  {
    name: "Documentation",
    section: "Unit",
    pieces: ["man:a(1)", "http://", "https://x", "file:/", "file:/a", "info:", "x"],
  },
  { name: "RebootArgument", section: "Unit", pieces: ["a", " ", "b c"] },
  { name: "Description", section: "Unit", pieces: ["a", " ", "# b", "9%9"] },
  { name: "Environment", pieces: ["A=1", "B", "_c=", "1=2", " ", '"A=b c"', "A", "="] },
  { name: "PassEnvironment", pieces: ["A", "B_1", "=", " ", "1"] },
  { name: "UnsetEnvironment", pieces: ["A", "B_1", "=", " ", "1"] },
  { name: "LogExtraFields", pieces: ["A=1", "A_B=", "_A=", "a=", " ", "A", "="] },
  { name: "LogNamespace", pieces: ["a", ".", "@", "_", "0"] },
  { name: "StandardInputText", pieces: ["\\n", "\\x2", "\\101", "\\400", "\\u00e9", "text"] },
  { name: "StandardInputData", pieces: ["QUJD", "QQ==", "QUI=", "QU", "-_", "+/", "=", " "] },
  { name: "SetCredential", pieces: ["a", ":", "b.c", "\\x00", "\\n", "*"] },
  { name: "SetCredentialEncrypted", pieces: ["a", ":", "a:", "QUJD", "QQ==", " "] },
  { name: "LoadCredential", pieces: ["a", ":", "a:/", "/b", "/..", "b.c", "\\:"] },
  { name: "ImportCredential", pieces: ["a", ":", "*", "b.", "?", "/"] },
  { name: "DelegateSubgroup", pieces: ["a", "_", ".", "cpu", "cgroup", "pids.", "memory", "tasks"] },
  { name: "KillSignal", pieces: ["SIG", "TERM", "RT", "MIN", "MAX", "+", "-", "3", "64", "0x1", "CLD", "KILL"] },
  {
    name: "SuccessExitStatus",
    pieces: ["SIGTERM", "SUCCESS", "250", "256", "0x1f", " ", " ", "KSM", "TEMPFAIL", "RTMIN+1"],
  },
  { name: "BusName", pieces: ["org", ".", "example", "1", ":", "_"] },
  { name: "SELinuxContext", pieces: ["a", ":", "b"], start: "-" },
  {
    name: "ExecStopPost",
    pieces: ["/bin/a", "a", "/", "@", ":", "+", "!", " ", " ", " ; -", "\\;", '"', `x=\${A}`, "%i", "\\x20", "|", ".."],
    start: "-",
  },
];

function value({ pieces, start = "" }: Case, { below, pick, chance }: Random): string {
  const some = Array.from({ length: 1 + below(5) }, () => pick(chance(0.15) ? STRAYS : pieces));
  return start + some.join(chance(0.3) ? " " : "");
}

/** What verify says of each value, by its index; behind a fatal one it says nothing. */
function notedLines(head: string, name: string, values: readonly string[]): ReadonlyMap<number, string> {
  const first = head.split("\n").length;
  const output = verify("x.service", { "x.service": `${head}${values.map((it) => `${name}=${it}\n`).join("")}` });
  return new Map(output.map((line) => [Number(/x\.service:(\d+): /.exec(line)?.[1]) - first, line]));
}

describe("names and command lines as systemd-analyze has them", function () {
  before(function () {
    if (MACHINE_VERSION === undefined) {
      skip(this, "there is no systemd-analyze");
    }
  });
  this.timeout(300_000);

  for (const tried of CASES) {
    const { name, section = "Service" } = tried;
    it(`${name}= is taken and complained about as by verify (seed ${SEED})`, () => {
      const source = random(SEED);
      const values = Array.from({ length: COUNT }, () => value(tried, source).trim()).filter((it) => !/\\$/.test(it));
      const head = `[Service]\nExecStart=/bin/true\n[${section}]\n`;
      const known = directive(section, name);
      const path = unitPath("x.service");
      assert.ok(known && path);
      const version = MACHINE_VERSION ?? 0;
      const where = whereOf(readUnit(path, "", version));
      const differences: string[] = [];
      for (let rest = values; rest.length > 0; ) {
        const noted = notedLines(head, name, rest);
        const found = rest.map((text) =>
          issuesOf(grammarIn(known, version), text, where).filter((it) => it.effect !== "silent"),
        );
        const fatal = found.findIndex((problems) => problems.some((it) => it.effect === "refused"));
        const read = fatal < 0 ? rest.length : fatal + 1;
        for (const [i, text] of rest.slice(0, read).entries()) {
          const problems = found[i] ?? [];
          if (problems.length > 0 !== noted.has(i))
            differences.push(`${name}=${text}: ${noted.get(i) ?? "taken"}, ours ${problems.map((it) => it.message)}`);
        }
        rest = rest.slice(read);
      }
      assert.deepEqual(differences, []);
    });
  }

  it("exit statuses are those of systemd-analyze exit-status", () => {
    const { stdout } = spawnSync("systemd-analyze", ["exit-status"], { encoding: "utf8" });
    const theirs = [...stdout.matchAll(/^(\w+) +(\d+) (\w+)$/gm)].map(
      ([, name, number, origin]) => `${name} ${number} ${origin}`,
    );
    const ours = EXIT_STATUSES.filter((it) => holdsIn(it, MACHINE_VERSION ?? 0));
    assert.deepEqual(
      ours.map((it) => `${it.name} ${it.number} ${it.class}`),
      theirs,
    );
  });
});
