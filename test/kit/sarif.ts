import assert from "node:assert/strict";

export interface SarifRegion {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

interface Message {
  readonly text: string;
}

interface ArtifactLocation {
  readonly uri: string;
}

export interface SarifReplacement {
  readonly deletedRegion: SarifRegion;
  readonly insertedContent?: Message;
}

interface Rule {
  readonly id: string;
  readonly shortDescription: Message;
  readonly fullDescription: Message;
  readonly help: Message;
  readonly helpUri?: string;
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: Message;
  readonly locations: readonly {
    readonly physicalLocation: { readonly artifactLocation: ArtifactLocation; readonly region: SarifRegion };
  }[];
  readonly fixes?: readonly {
    readonly description: Message;
    readonly artifactChanges: readonly {
      readonly artifactLocation: ArtifactLocation;
      readonly replacements: readonly SarifReplacement[];
    }[];
  }[];
}

interface Run {
  readonly tool: {
    readonly driver: { readonly name: string; readonly version: string; readonly rules: readonly Rule[] };
  };
  readonly defaultEncoding: string;
  readonly columnKind: string;
  readonly newLineSequences: readonly string[];
  readonly results: readonly SarifResult[];
}

/** Reads a report with one run and holds it to what SARIF 2.1.0 asks of the objects in it; there may be no other properties. */
export function sarifRun(text: string): Run {
  const log = JSON.parse(text) as { readonly version: string; readonly runs: readonly Run[] };
  only(log, ["$schema", "version", "runs"]);
  assert.equal(log.version, "2.1.0");
  assert.equal(log.runs.length, 1);
  const [run] = log.runs;
  assert.ok(run);
  only(run, ["tool", "defaultEncoding", "columnKind", "newLineSequences", "results"]);
  assert.ok(["utf16CodeUnits", "unicodeCodePoints"].includes(run.columnKind));
  only(run.tool, ["driver"]);
  const { driver } = run.tool;
  only(driver, ["name", "version", "rules"]);
  const ids = driver.rules.map(checkedRule);
  assert.equal(new Set(ids).size, ids.length, "a rule stands there once");
  for (const result of run.results) checkResult(result, ids);
  return run;
}

function checkedRule(rule: Rule): string {
  only(rule, ["id", "shortDescription", "fullDescription", "help", "helpUri"], ["helpUri"]);
  for (const it of [rule.shortDescription, rule.fullDescription, rule.help]) checkMessage(it);
  if (rule.helpUri !== undefined) assert.equal(new URL(rule.helpUri).protocol, "https:");
  return rule.id;
}

function checkResult(result: SarifResult, ids: readonly string[]): void {
  only(result, ["ruleId", "ruleIndex", "level", "message", "locations", "fixes"], ["fixes"]);
  assert.equal(ids[result.ruleIndex], result.ruleId);
  assert.ok(["none", "note", "warning", "error"].includes(result.level));
  checkMessage(result.message);
  for (const location of result.locations) {
    only(location, ["physicalLocation"]);
    only(location.physicalLocation, ["artifactLocation", "region"]);
    checkUri(location.physicalLocation.artifactLocation);
    checkRegion(location.physicalLocation.region);
  }
  for (const fix of result.fixes ?? []) {
    only(fix, ["description", "artifactChanges"]);
    checkMessage(fix.description);
    assert.ok(fix.artifactChanges.length > 0, "3.55.3: at least one change");
    for (const change of fix.artifactChanges) {
      only(change, ["artifactLocation", "replacements"]);
      checkUri(change.artifactLocation);
      assert.ok(change.replacements.length > 0, "at least one replacement");
      for (const replacement of change.replacements) {
        only(replacement, ["deletedRegion", "insertedContent"], ["insertedContent"]);
        checkRegion(replacement.deletedRegion);
      }
    }
  }
}

/** Placeholders need arguments, so that single braces must not be there; nor lone surrogates, which no UTF-8 has. */
function checkMessage(message: Message): void {
  only(message, ["text"]);
  assert.match(message.text, /^(?:[^{}]|\{\{|\}\})+[.!?]$/);
  assert.doesNotMatch(message.text, /\p{Surrogate}/u);
}

/** A reference by RFC 3986: its characters alone, and whole escapes. */
function checkUri(location: ArtifactLocation): void {
  only(location, ["uri"]);
  assert.match(location.uri, /^(?:[\w\-.~!$&'()*+,;=:@/]|%[0-9A-F]{2})+$/);
}

function checkRegion(region: SarifRegion): void {
  only(region, ["startLine", "startColumn", "endLine", "endColumn"]);
  for (const it of Object.values(region) as number[]) assert.ok(Number.isInteger(it) && it >= 1);
  assert.ok(region.endLine >= region.startLine);
  if (region.endLine === region.startLine) assert.ok(region.endColumn >= region.startColumn);
}

function only(value: object, names: readonly string[], optional: readonly string[] = []): void {
  for (const name of Object.keys(value)) assert.ok(names.includes(name), `${name} is no property here`);
  for (const name of names) assert.ok(optional.includes(name) || name in value, `${name} is missing`);
}
