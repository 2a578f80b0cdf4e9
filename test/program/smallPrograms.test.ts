import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeProgramFiles } from "../../server/src/main/nodeProgramFiles.ts";
import { NEEDS_IN_PROGRAMS } from "../../server/src/needs/programSigns.ts";
import { readNeed } from "../../server/src/needs/readNeed.ts";
import type { NeedName } from "../../server/src/needs/vocabulary.ts";
import type { ProgramFiles } from "../../server/src/program/files.ts";
import type { ProgramReading } from "../../server/src/program/reading.ts";
import { readPrograms } from "../../server/src/program/readProgram.ts";
import { compiled, hasCompiler } from "./compiled.ts";
import { memoryFiles } from "./kit.ts";
import { SMALL_PROGRAMS, type SmallProgram } from "./smallPrograms.ts";

const COMPILERS: Readonly<Partial<Record<SmallProgram["language"], string>>> = {
  c: "gcc",
  "static c": "gcc",
  rust: "rustc",
  go: "go",
  java: "javac",
};
const HAS = new Map(["gcc", "rustc", "javac"].map((it) => [it, hasCompiler(it)]));
HAS.set("go", hasCompiler("go"));

const machine = nodeProgramFiles("/");

/** A machine with one more program. */
function machineWith(path: string, bytes: Uint8Array | string): ProgramFiles {
  const own = memoryFiles({ [path]: bytes });
  return {
    look: (it) => own.look(it) ?? machine.look(it),
    read: (it, ...span) => own.read(it, ...span) ?? machine.read(it, ...span),
    list: (it) => [...own.list(it), ...machine.list(it)],
    packageOf: (it) => (own.look(it) ? undefined : machine.packageOf(it)),
  };
}

/** A file that another compiler writes next to its source. */
function builtBeside(source: string, name: string, command: readonly string[], output: RegExp): Uint8Array {
  const folder = mkdtempSync(join(tmpdir(), "small-"));
  try {
    writeFileSync(join(folder, name), source);
    const [program = "", ...args] = command;
    execFileSync(program, args, {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, HOME: folder },
    });
    const found = readdirSync(folder).find((it) => output.test(it));
    assert.ok(found);
    return readFileSync(join(folder, found));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read({ language, code }: SmallProgram): ProgramReading {
  const path = language === "java" ? "/opt/small/small.jar" : "/opt/small/run";
  const bytes = {
    c: () => compiled(code, ["-O1", "-w"]),
    "static c": () => compiled(code, ["-O1", "-w", "-static"]),
    rust: () => compiled(code, ["-O"], "rustc"),
    go: () => builtBeside(code, "main.go", ["go", "build", "-trimpath", "-o", "small", "main.go"], /^small$/),
    java: () =>
      builtBeside(code, "Small.java", ["sh", "-c", "javac Small.java && jar cfe small.jar Small *.class"], /\.jar$/),
  }[language as "c"];
  const files = machineWith(path, bytes ? bytes() : code);
  const command =
    language === "java" ? { path: "/usr/bin/java", args: ["-jar", path] } : { path, args: [] as readonly string[] };
  return readPrograms([{ ...command, environment: {} }], files);
}

/** What a reading says of each need: `may`, `open`, `silent` or `no`. */
const needsOf = (reading: ProgramReading): ReadonlyMap<NeedName, string> =>
  new Map(
    (Object.keys(NEEDS_IN_PROGRAMS) as NeedName[]).map((it) => [it, readNeed(reading, it, false)?.says ?? "unread"]),
  );

describe("small programs that are nobody's package", () => {
  const tally = { needs: 0, found: 0, wrong: [] as string[], missed: [] as string[] };
  for (const program of SMALL_PROGRAMS) {
    const compiler = COMPILERS[program.language];
    const isAtHand = compiler === undefined || HAS.get(compiler) === true;
    (isAtHand ? it : it.skip)(`${program.language}: ${program.does}${isAtHand ? "" : ` (no ${compiler} here)`}`, () => {
      const says = needsOf(read(program));
      const name = `${program.language}: ${program.does}`;
      for (const need of program.needs) {
        tally.needs++;
        if (says.get(need) === "may") tally.found++;
        else tally.missed.push(`${name}: ${need} ${says.get(need)}`);
      }
      const against = [...says].filter(
        ([need, it]) => it === "may" && ![...program.needs, ...(program.linked ?? [])].includes(need),
      );
      for (const [need] of against) tally.wrong.push(`${name}: ${need}`);
      assert.deepEqual(
        against.map(([need]) => need),
        [],
      );
      for (const need of program.needs) assert.notEqual(says.get(need), "no", `${need} is taken for none`);
    });
  }

  it("show nearly all that they need", () => {
    console.log(
      `      ${tally.found} of ${tally.needs} needs found, ${tally.wrong.length} wrong; not found: ${tally.missed.join("; ")}`,
    );
    assert.deepEqual(tally.wrong, []);
    assert.ok(tally.found / tally.needs >= 33 / 35, tally.missed.join("\n"));
  });
});
