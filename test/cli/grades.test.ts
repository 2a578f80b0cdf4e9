import assert from "node:assert/strict";
import Ajv from "ajv-draft-04";
import { describe, it } from "mocha";
import checkSchema from "../../schemas/check.schema.json" with { type: "json" };
import hardenSchema from "../../schemas/harden.schema.json" with { type: "json" };
import securitySchema from "../../schemas/security.schema.json" with { type: "json" };
import { answerTool } from "../../server/src/cli/mcp/answer.ts";
import { TOOLS } from "../../server/src/cli/mcp/tools.ts";
import { listedUnder } from "../kit/listedUnder.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { sarifRun } from "../kit/sarif.ts";

const UNIT = "/u/thing.service";
const UNKNOWN = "[Service]\nExecStart=/usr/local/bin/thing\n";
const TIME = "[Service]\nExecStart=/usr/sbin/chronyd -d\n";

const over = (text: string, ...argv: readonly string[]): string =>
  runOver(memoryHost({ [UNIT]: text }), ...(argv as [string, ...string[]]), UNIT).stdout;

interface Graded {
  readonly code: string;
  readonly severity: string;
  readonly grade?: string;
  readonly reason?: string;
}

const checked = (text: string): readonly Graded[] =>
  JSON.parse(over(text, "check", "--format", "json")).files[0].findings;

/** What was printed for a setting that has to be there. */
function lineOf(printed: string, part: string): string {
  const line = printed.split("\n").find((it) => it.includes(part));
  assert.ok(line !== undefined, `no ${part} in ${printed}`);
  return line;
}

describe("grades of confidence in what is printed", () => {
  it("are counted apart in the text of check, which says what to do about each", () => {
    const lines = over(UNKNOWN, "check", "--each").trimEnd().split("\n");
    const group =
      /warning: (\d+ safe settings are missing) \(.*?\)(; (\d+) more are likely to be safe; \d+ open decisions?); /.exec(
        lines[0] ?? "",
      );
    const [, safe, rest, likely] = group ?? [];
    const said = `${safe}${rest}`;
    assert.match(
      lines[0] ?? "",
      /; unit-warden harden adds what is safe; unit-warden try --likely tests what is likely \[hardening\]$/,
    );
    assert.equal(lines.filter((it) => it.includes("; likely safe here, if ")).length, Number(likely));
    assert.ok(lines.at(-1)?.endsWith(`: ${said}`), lines.at(-1));
    assert.match(over(TIME, "check"), /: \d+ safe settings are missing(?:;.*)?(?: \(--each names them\))?\n$/);
  });

  it("stand in JSON with the reason, likely ones a step quieter", () => {
    const found = checked(UNKNOWN);
    const of = (code: string) => found.find((it) => it.code === `hardening/${code}`);
    const said = (code: string) => [of(code)?.severity, of(code)?.grade, of(code)?.reason];
    assert.deepEqual(said("lock-personality"), ["warning", "usual", "246 of 246 measured daemons bear it"]);
    assert.deepEqual(said("private-devices"), ["info", "likely", "if it opens no hardware"]);
    assert.deepEqual(said("no-new-privileges")[1], undefined);
    assert.equal(of("no-new-privileges")?.reason, "it is not known to be safe here");
  });

  it("stand among the properties of a result in SARIF, which points to the trial", () => {
    const { results } = sarifRun(over(UNKNOWN, "check", "--format", "sarif"));
    const devices = results.find((it) => it.ruleId === "hardening/private-devices") as { readonly properties?: object };
    assert.deepEqual(devices.properties, { grade: "likely", reason: "if it opens no hardware" });
    assert.match(
      JSON.stringify(devices),
      /if it opens no hardware; unit-warden try --likely tests it on the machine\."/,
    );
    const safe = results.find((it) => it.ruleId === "hardening/lock-personality") as { readonly properties?: object };
    assert.deepEqual(safe.properties, { grade: "usual", reason: "246 of 246 measured daemons bear it" });
  });

  it("are told by every format whose findings stand alone", () => {
    for (const format of ["gitlab", "junit"])
      assert.match(
        lineOf(over(UNKNOWN, "check", "--format", format), "PrivateDevices= is not set"),
        /PrivateDevices= is not set: [^"]*; likely safe here, if it opens no hardware; unit-warden try --likely tests it/,
        format,
      );
    const together = lineOf(over(UNKNOWN, "check", "--format", "github"), "PrivateDevices= is not set");
    assert.match(together, /unit-warden try --likely tests what is likely%0A/);
    assert.match(together, /%0APrivateDevices= is not set: [^%]*; likely safe here, if it opens no hardware%0A/);
  });

  it("are in what harden prints as JSON, with what is left out and why", () => {
    const [file] = JSON.parse(over(UNKNOWN, "harden", "--format", "json")).files;
    const added = file.settings.find((it: { line: string }) => it.line === "LockPersonality=yes");
    assert.deepEqual([added.grade, added.reason], ["usual", "246 of 246 measured daemons bear it"]);
    assert.match(added.breaks, /^[A-Z].*\.$/);
    assert.deepEqual(
      file.left.find((it: { line: string }) => it.line === "PrivateDevices=yes"),
      { line: "PrivateDevices=yes", kind: "likely", grade: "likely", reason: "if it opens no hardware" },
    );
    assert.ok(file.exposure.after < file.exposure.before && file.text.includes("\nLockPersonality=yes\n"));
    const [time] = JSON.parse(over(TIME, "harden", "--format", "json")).files;
    assert.deepEqual(
      time.left.find((it: { line: string }) => it.line.startsWith("ProtectClock=")),
      { line: "ProtectClock=yes", kind: "against", reason: "not safe for a time program: it sets the clock" },
    );
    const [likely] = JSON.parse(over(UNKNOWN, "harden", "--likely", "--format", "json")).files;
    const devices = likely.settings.find((it: { line: string }) => it.line === "PrivateDevices=yes");
    assert.deepEqual([devices.grade, devices.reason], ["likely", "if it opens no hardware"]);
    assert.ok(!likely.left.some((it: { kind: string }) => it.kind === "likely"));
  });

  it("are in what security prints as JSON, as harden has them", () => {
    const [unit] = JSON.parse(over(UNKNOWN, "security", "--format", "json")).units;
    const gradeOf = (line: string) => unit.missing.find((it: { line: string }) => it.line === line);
    assert.deepEqual(gradeOf("LockPersonality=yes"), {
      line: "LockPersonality=yes",
      grade: "usual",
      reason: "246 of 246 measured daemons bear it",
    });
    assert.equal(gradeOf("PrivateDevices=yes").reason, "if it opens no hardware");
    const [hardened] = JSON.parse(over(UNKNOWN, "harden", "--format", "json")).files;
    const likely = hardened.left.filter((it: { kind: string }) => it.kind === "likely");
    assert.equal(unit.missing.length, hardened.settings.length + likely.length);
    const [time] = JSON.parse(over(TIME, "security", "--format", "json")).units;
    assert.ok(!JSON.stringify(time.missing).includes("ProtectClock="));
  });

  it("have JSON of the shape that the schemas describe", () => {
    const ajv = new Ajv({ allowUnionTypes: true });
    const valid = { check: ajv.compile(checkSchema), harden: ajv.compile(hardenSchema) };
    const isSecurity = ajv.compile(securitySchema);
    for (const text of [UNKNOWN, TIME, "[Service]\nType=oneshot\n", `${UNKNOWN}User=x\nIPAddressDeny=any\n`])
      assert.ok(
        isSecurity(JSON.parse(over(text, "security", "--format", "json"))),
        `${text}: ${JSON.stringify(isSecurity.errors)}`,
      );
    const weak = `${UNKNOWN}ProtectSystem=yes\nPrivateTmp=no\nProtectHoem=yes\n`;
    for (const text of [UNKNOWN, TIME, weak])
      for (const profile of ["basic", "strict", "isolated"])
        for (const [command, ...more] of [["check"], ["harden"], ["harden", "--likely", "--drop-in"]] as const) {
          const isValid = valid[command];
          const printed = over(text, command, "--profile", profile, ...more, "--format", "json");
          assert.ok(isValid(JSON.parse(printed)), `${command} ${profile}: ${JSON.stringify(isValid.errors)}`);
        }
    assert.equal(valid.harden({ version: 1, files: [{ path: "x" }] }), false);
  });

  it("never call missing what the service cannot bear, in any format", () => {
    for (const format of ["text", "json", "sarif", "github", "gitlab", "junit"])
      assert.doesNotMatch(
        over(TIME, "check", "--profile", "strict", "--format", format),
        /ProtectClock= is not set/,
        format,
      );
    assert.match(over(TIME, "harden"), /^# {3}.*ProtectClock=yes.*: not safe for a time program: it sets the clock$/m);
    assert.match(over(TIME, "security", "--format", "html"), /Not safe for a time program: it sets the clock\./);
  });

  it("are in the answers of the tools for assistants", () => {
    const ask = (name: string, asked: object): string => {
      const tool = TOOLS.find((it) => it.name === name);
      assert.ok(tool);
      return answerTool(tool.input(tool.schema.parse({ path: UNIT, text: UNKNOWN, ...asked })), memoryHost({})).text;
    };
    assert.match(ask("check", {}), /; likely safe here, if it opens no hardware /);
    assert.match(
      ask("harden", {}),
      listedUnder("usual: so many measured daemons bear it", "LockPersonality=yes, 246 of 246: "),
    );
    assert.match(ask("harden", {}), listedUnder("likely: ", "PrivateDevices=yes, if it opens no hardware\\n"));
    assert.match(ask("harden", { likely: true }), /^\+PrivateDevices=yes$/m);
  });
});
