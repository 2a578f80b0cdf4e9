import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { lineIndex } from "../../server/src/text/lineIndex.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { type Content, memoryHost, runOn as runAndWrite, runOver } from "../kit/memoryHost.ts";
import { SHOWN_RULES } from "../kit/ruleExamples.ts";
import { type SarifRegion, type SarifReplacement, type SarifResult, sarifRun } from "../kit/sarif.ts";

const GOOD = "[Service]\nExecStart=/bin/true --port 8080\n";

/** The run of a report on files, with the profile off unless the arguments say more. */
function runOn(files: Readonly<Record<string, Content>>, ...argv: readonly string[]): ReturnType<typeof sarifRun> {
  const flags = ["--format", "sarif", "--profile", "off", ...argv];
  return sarifRun(runOver(memoryHost(files), "check", ...flags, ...Object.keys(files)).stdout);
}

/** The only result of one rule. */
function resultOf({ results }: ReturnType<typeof sarifRun>, code: string): SarifResult {
  const [found, ...more] = results.filter((it) => it.ruleId === code);
  assert.ok(found, `${code} among ${results.map((it) => it.ruleId).join(", ")}`);
  assert.equal(more.length, 0);
  return found;
}

const placeOf = (result: SarifResult): SarifRegion | undefined => result.locations[0]?.physicalLocation.region;

/** What a program that reads the report makes of a fix. */
function fixed(text: string, replacements: readonly SarifReplacement[]): string {
  const { offsetAt } = lineIndex(text);
  const edits = replacements.map(({ deletedRegion: at, insertedContent }) => ({
    start: offsetAt({ line: at.startLine - 1, character: at.startColumn - 1 }),
    end: offsetAt({ line: at.endLine - 1, character: at.endColumn - 1 }),
    newText: insertedContent?.text ?? "",
  }));
  return applyEdits(text, edits);
}

describe("cli check: SARIF", () => {
  it("is one run of this version on one line, empty where nothing is found", () => {
    const { stdout, status } = runOver(
      memoryHost({ "x.service": GOOD }),
      "check",
      "--format",
      "sarif",
      "--profile",
      "off",
      "x.service",
    );
    assert.match(stdout, /^\{.*\}\n$/);
    const run = sarifRun(stdout);
    assert.deepEqual([run.results, run.tool.driver.rules, status], [[], [], 0]);
    const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    assert.deepEqual([run.tool.driver.name, run.tool.driver.version], ["Unit Warden", version]);
    assert.deepEqual([run.columnKind, run.newlineSequences], ["utf16CodeUnits", ["\r\n", "\n", "\r"]]);
  });

  it("names the rule, the level, and where it is", () => {
    const files = { "units/a b@.service": `${GOOD}ProtectHoem=yes\n`, "y.service": `${GOOD}StandardOutput=syslog\n` };
    const run = runOn(files);
    const { ruleIndex, level, message, locations } = resultOf(run, "directive/unknown");
    assert.equal(level, "error");
    assert.match(message.text, /^Unknown directive ProtectHoem= .*\.$/);
    assert.deepEqual(locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: "units/a%20b@.service" },
          region: { startLine: 3, startColumn: 1, endLine: 3, endColumn: 12 },
        },
      },
    ]);
    const rule = run.tool.driver.rules[ruleIndex];
    const known = SHOWN_RULES.find((it) => it.code === "directive/unknown");
    assert.ok(rule && known);
    assert.equal(rule.shortDescription.text, `${known.title}.`);
    assert.equal(rule.fullDescription.text, known.why.replaceAll("`", ""));
    assert.match(rule.helpUri ?? "", /\/latest\/systemd\.directives\.html$/);
    assert.equal(resultOf(run, "value/deprecated").level, "warning");
  });

  it("has what a comment or a baseline suppresses, with the reason, and does not count it", () => {
    const commented = "# unit-warden: ignore directive/unknown -- a fork of systemd has it";
    const text = `${GOOD}${commented}\nProtectHoem=yes\nStandardOutput=syslog\n`;
    const files = { "/r/x.service": text };
    const [unknown, old, ...more] = runOn(files).results;
    assert.deepEqual(unknown?.suppressions, [{ kind: "inSource", justification: "a fork of systemd has it" }]);
    assert.deepEqual(
      [unknown?.locations[0]?.physicalLocation.region.startLine, old?.suppressions, more],
      [4, undefined, []],
    );
    const host = memoryHost(files, { cwd: "/r" });
    const argv = ["check", "--profile", "off", "--baseline", "/r/known.json", "/r/x.service"];
    runAndWrite([...argv, "--update-baseline"], host, { colours: false, progress: () => undefined });
    const { stdout, status } = runOver(host, ...argv, "--format", "sarif");
    assert.equal(status, 0);
    assert.deepEqual(
      sarifRun(stdout).results.map((it) => it.suppressions?.map(({ kind }) => kind)),
      [["inSource"], ["external"]],
    );
    assert.doesNotMatch(runOver(host, ...argv, "--format", "json").stdout, /directive\/unknown|value\/deprecated/);
  });

  it("names the tool's page, and gives each finding a fingerprint that lines above it do not change", () => {
    const text = `${GOOD}ProtectHoem=yes\nProtectHoem=yes\nStandardOutput=syslog\n`;
    const prints = (it: string): readonly (string | undefined)[] =>
      runOn({ "u/x.service": it }).results.map(({ partialFingerprints }) => partialFingerprints["finding/v1"]);
    const all = prints(text);
    assert.equal(new Set(all).size, 3);
    for (const it of all) assert.match(it ?? "", /^[0-9a-f]{64}$/);
    assert.deepEqual(prints(`# a comment\n\n${text}`), all);
    const { informationUri } = runOn({ "u/x.service": text }).tool.driver;
    assert.equal(new URL(informationUri).protocol, "https:");
  });

  it("has advice as notes and warnings with the entry of the directive in the manual of the version, and without fixes", () => {
    const run = runOn({ "x.service": GOOD }, "--profile", "strict", "--systemd", "257");
    const { ruleIndex, level, fixes } = resultOf(run, "hardening/protect-system");
    assert.deepEqual([level, fixes], ["warning", undefined]);
    assert.match(run.tool.driver.rules[ruleIndex]?.helpUri ?? "", /\/257\/systemd\.exec\.html#ProtectSystem=$/);
    assert.equal(resultOf(run, "hardening/umask").level, "note");
    assert.ok(run.results.every((it) => it.fixes === undefined));
  });

  it("counts UTF-16 units, CR as the end of a line, and no byte order mark", () => {
    const at = (text: string): SarifRegion | undefined =>
      placeOf(resultOf(runOn({ "x.service": text }), "section/unknown"));
    const region = { startLine: 1, startColumn: 2, endLine: 1, endColumn: 5 };
    assert.deepEqual(at(`[Foo]\n${GOOD}`), region);
    assert.deepEqual(at(`\ufeff[Foo]\n${GOOD}`), region);
    assert.deepEqual(at(`# a\r# 🦊\r\n[Foo]\n${GOOD}`), { ...region, startLine: 3, endLine: 3 });
    const wide = runOn({ "x.service": `${GOOD}ExecStop=/🦊/x "x\n` });
    assert.deepEqual(placeOf(resultOf(wide, "value/command")), {
      startLine: 3,
      startColumn: 16,
      endLine: 3,
      endColumn: 18,
    });
  });

  it("doubles braces, makes no links, and takes bytes that are not UTF-8", () => {
    const said = (value: string): string =>
      resultOf(runOn({ "x.service": `${GOOD}Restart=${value}\n` }), "value/enumeration").message.text;
    assert.match(said("{a}"), /^"\{\{a\}\}" is no value /);
    assert.match(said("[a](b)"), /^"\[a\\\]\(b\)" is no value /);
    const bytes = new Uint8Array([...new TextEncoder().encode(`${GOOD}Restart=`), 0xff, 10]);
    assert.equal(resultOf(runOn({ "x.service": bytes }), "syntax/encoding").fixes, undefined);
  });

  it("fits the specification for the example of every rule, and its fixes put right what they say", () => {
    const found = new Set<string>();
    let fixes = 0;
    for (const { bad, code } of SHOWN_RULES) {
      const path = `/example/${bad.path ?? "x.service"}`;
      const others = Object.entries(bad.otherFiles ?? {}).map(([name, text]): [string, string] => [
        `/example/${name}`,
        text,
      ]);
      const host = memoryHost({ ...Object.fromEntries(others), [path]: bad.text });
      const argv = [
        "--format",
        "sarif",
        "--profile",
        "strict",
        ...(bad.version ? ["--systemd", String(bad.version)] : []),
      ];
      const { results } = sarifRun(runOver(host, "check", ...argv, path).stdout);
      for (const result of results) {
        found.add(result.ruleId);
        for (const change of result.fixes?.flatMap((it) => it.artifactChanges) ?? []) {
          const text = fixed(bad.text, change.replacements);
          const after = sarifRun(
            runOver(memoryHost({ ...Object.fromEntries(others), [path]: text }), "check", ...argv, path).stdout,
          );
          const count = (all: readonly SarifResult[]): number => all.filter((it) => it.ruleId === result.ruleId).length;
          assert.ok(count(after.results) < count(results), `${code}: ${result.ruleId} is still there in ${text}`);
          fixes++;
        }
      }
    }
    assert.ok(found.size > SHOWN_RULES.length / 2, `${found.size} rules`);
    assert.ok(fixes > 10, `${fixes} fixes`);
  });

  it("is valid for files that are no units, at their places in them", () => {
    const files = {
      "/r/x.container": "[Container]\nImage=localhost/x\nOwn=1\n",
      "/r/x.network": "[Match]\nName=eth0\n[Network]\nDHCP=perhaps\n",
      "/r/x.nix": '{ systemd.services.a.serviceConfig = { ExecStart = "/x"; ProtectHoem = "yes"; }; }\n',
      "/r/x.sh": "cat > /etc/systemd/system/a.service <<EOF\n[Service]\nExecStart=/x\nProtectHoem=yes\nEOF\n",
      "/r/x.service.j2": "[Service]\nExecStart=/x {{ a }}\nProtectHoem=yes\n",
      "/r/.unit-warden.json": '{ "profil": "off" }\n',
      "/r/b.volume": "junk\n",
    };
    const argv = ["check", "--format", "sarif", "--profile", "off", "/r", "/r/b.volume"];
    const { results, invocations } = sarifRun(runOver(memoryHost(files, { cwd: "/r" }), ...argv).stdout);
    const found = results.map((it) => [
      it.locations[0]?.physicalLocation.artifactLocation.uri.replace(/^.*\//, ""),
      placeOf(it)?.startLine,
    ]);
    assert.deepEqual(
      found.sort((a, b) => (String(a) < String(b) ? -1 : 1)),
      [
        [".unit-warden.json", 1],
        ["x.container", 3],
        ["x.network", 4],
        ["x.nix", 1],
        ["x.service.j2", 3],
        ["x.sh", 4],
      ],
    );
    const [told] = invocations?.flatMap((it) => it.toolExecutionNotifications) ?? [];
    assert.match(told?.message.text ?? "", /^Not a unit: file of another program/);
  });
});
