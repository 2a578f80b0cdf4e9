import assert from "node:assert/strict";
import { XMLParser } from "fast-xml-parser";
import type { REPORT_FORMATS } from "../../server/src/cli/reportFormats.ts";

/** A finding as a report has it, as far as its format has room: lines from 1, columns from 0 in UTF-16. */
export interface ReportedFinding {
  readonly path: string;
  readonly line: number;
  readonly column?: number;
  readonly code: string;
  /** As far as formats tell them apart. */
  readonly severity?: "error" | "warning" | "note";
}

type Reader = (report: string, texts: Readonly<Record<string, string>>) => readonly ReportedFinding[];

interface Element {
  readonly name: string;
  readonly file?: readonly Element[];
  readonly testsuite?: readonly Element[];
  readonly testcase?: readonly Element[];
  readonly error?: readonly {
    readonly line: string;
    readonly column: string;
    readonly severity: string;
    readonly source: string;
  }[];
  readonly failure?: { readonly "#text": string };
  readonly skipped?: { readonly message: string };
  readonly classname?: string;
}

const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseAttributeValue: false,
  isArray: (name) => ["file", "error", "testsuite", "testcase"].includes(name),
  htmlEntities: true,
});

const severityOf = (word: string): "error" | "warning" | "note" => {
  if (/^(?:error|major)$/i.test(word)) return "error";
  return /^(?:warning|minor)$/i.test(word) ? "warning" : "note";
};

/** The column of so many bytes in a line. */
function columnOf(text: string, line: number, bytes: number): number {
  const written = text.split(/\r\n|\r|\n/)[line - 1] ?? "";
  return Buffer.from(written).subarray(0, bytes).toString().length;
}

/** The report of a format read back, for each that there is. */
export const REPORT_READERS: Readonly<Record<keyof typeof REPORT_FORMATS, Reader>> = {
  text: (report) =>
    [...report.matchAll(/^(.+?):(\d+):(\d+): (\w+): .* \[([a-z-]+\/[a-z-]+)\]$/gm)].map(
      ([, path = "", line, column, severity = "", code = ""]) => ({
        path,
        line: Number(line),
        column: Number(column) - 1,
        code,
        severity: severityOf(severity),
      }),
    ),
  json: (report) =>
    JSON.parse(report).files.flatMap(({ path, findings }: { path: string; findings: JsonFinding[] }) =>
      findings.map(({ code, severity, start }) => ({
        path,
        line: start.line + 1,
        column: start.character,
        code,
        severity: severityOf(severity),
      })),
    ),
  sarif: (report) =>
    JSON.parse(report).runs[0].results.map(({ ruleId, level, locations }: SarifLike) => {
      const [{ physicalLocation }] = locations;
      const { startLine, startColumn } = physicalLocation.region;
      const path = decodeURIComponent(physicalLocation.artifactLocation.uri);
      return { path, line: startLine, column: startColumn - 1, code: ruleId, severity: severityOf(level) };
    }),
  github: (report) =>
    [
      ...report.matchAll(/^::(\w+) file=([^,]*),line=(\d+),(?:[^:]*?col=(\d+))?.*?title=Unit Warden \(([^)]+)\)::/gm),
    ].map(([, severity = "", path = "", line, column, code = ""]) => ({
      path,
      line: Number(line),
      ...(column && { column: Number(column) - 1 }),
      code,
      severity: severityOf(severity),
    })),
  gitlab: (report) =>
    JSON.parse(report).map(({ check_name, severity, location }: GitlabLike) => ({
      path: location.path,
      line: location.lines.begin,
      code: check_name,
      severity: severityOf(severity),
    })),
  junit: (report) =>
    (xml.parse(report).testsuites as Element).testsuite?.flatMap(({ testcase = [] }) =>
      testcase.flatMap(({ name, classname = "", failure, skipped }) => {
        const [, code = "", line] = /^(\S+) in line (\d+)/.exec(name) ?? [];
        const said = failure?.["#text"].replace(/^.*?:\d+: /s, "") ?? skipped?.message ?? "";
        return line === undefined
          ? []
          : [{ path: classname, line: Number(line), code, severity: severityOf(said.replace(/:.*/s, "")) }];
      }),
    ) ?? [],
  checkstyle: (report) =>
    (xml.parse(report).checkstyle as Element).file?.flatMap(({ name, error = [] }) =>
      error.map(({ line, column, severity, source }) => ({
        path: name,
        line: Number(line),
        column: Number(column) - 1,
        code: source,
        severity: severityOf(severity),
      })),
    ) ?? [],
  rdjson: (report, texts) =>
    JSON.parse(report).diagnostics.map(({ location: { path, range }, severity, code }: RdjsonLike) => {
      const { line, column } = range.start;
      const text = texts[path];
      assert.ok(text !== undefined, path);
      return { path, line, column: columnOf(text, line, column - 1), code: code.value, severity: severityOf(severity) };
    }),
};

interface JsonFinding {
  readonly code: string;
  readonly severity: string;
  readonly start: { readonly line: number; readonly character: number };
}

interface SarifLike {
  readonly ruleId: string;
  readonly level: string;
  readonly locations: readonly [
    {
      readonly physicalLocation: {
        readonly artifactLocation: { readonly uri: string };
        readonly region: { readonly startLine: number; readonly startColumn: number };
      };
    },
  ];
}

interface GitlabLike {
  readonly check_name: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

interface RdjsonLike {
  readonly location: {
    readonly path: string;
    readonly range: { readonly start: { readonly line: number; readonly column: number } };
  };
  readonly severity: string;
  readonly code: { readonly value: string };
}
