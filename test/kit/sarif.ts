import assert from "node:assert/strict";
import schema from "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
import Ajv from "ajv-draft-04";
import formats from "ajv-formats";

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
  readonly suppressions?: readonly { readonly kind: string; readonly justification?: string }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
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
    readonly driver: {
      readonly name: string;
      readonly version: string;
      readonly informationUri: string;
      readonly rules: readonly Rule[];
    };
  };
  readonly defaultEncoding: string;
  readonly columnKind: string;
  readonly newlineSequences: readonly string[];
  readonly results: readonly SarifResult[];
  readonly invocations?: readonly {
    readonly toolExecutionNotifications: readonly {
      readonly level: string;
      readonly message: Message;
      readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: ArtifactLocation } }[];
    }[];
  }[];
}

const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false });
formats.default(ajv);
/** The schema as GitHub uses it; the errata of the standard changed only how GUIDs, languages and roles are described. */
const fitsSchema = ajv.compile(schema);

/** Reads a report with one run and holds it to the schema of SARIF 2.1.0, and to what only the text of the standard asks. */
export function sarifRun(text: string): Run {
  const log: unknown = JSON.parse(text);
  assert.ok(fitsSchema(log), ajv.errorsText(fitsSchema.errors));
  const { runs } = log as { readonly runs: readonly Run[] };
  const [run] = runs;
  assert.ok(run && runs.length === 1);
  const { rules } = run.tool.driver;
  const ids = rules.map((it) => it.id);
  assert.equal(new Set(ids).size, ids.length, "a rule stands there once");
  for (const rule of rules) {
    for (const it of [rule.shortDescription, rule.fullDescription, rule.help]) checkMessage(it);
    if (rule.helpUri !== undefined) assert.equal(new URL(rule.helpUri).protocol, "https:");
  }
  for (const result of run.results) checkResult(result, ids);
  return run;
}

function checkResult(result: SarifResult, ids: readonly string[]): void {
  assert.equal(ids[result.ruleIndex], result.ruleId);
  checkMessage(result.message);
  for (const { physicalLocation } of result.locations) {
    checkUri(physicalLocation.artifactLocation);
    checkRegion(physicalLocation.region);
  }
  for (const fix of result.fixes ?? []) {
    checkMessage(fix.description);
    for (const { artifactLocation, replacements } of fix.artifactChanges) {
      checkUri(artifactLocation);
      for (const it of replacements) checkRegion(it.deletedRegion);
    }
  }
}

/** Placeholders need arguments, so that single braces must not be there; nor lone surrogates, which no UTF-8 has. */
function checkMessage(message: Message): void {
  assert.match(message.text, /^(?:[^{}]|\{\{|\}\})+[.!?]$/);
  assert.doesNotMatch(message.text, /\p{Surrogate}/u);
}

/** A reference by RFC 3986: its characters alone, and whole escapes. */
function checkUri(location: ArtifactLocation): void {
  assert.match(location.uri, /^(?:[\w\-.~!$&'()*+,;=:@/]|%[0-9A-F]{2})+$/);
}

function checkRegion(region: SarifRegion): void {
  assert.ok(region.endLine >= region.startLine);
  if (region.endLine === region.startLine) assert.ok(region.endColumn >= region.startColumn);
}
