import { version } from "../../../package.json";
import type { Severity } from "../findings/finding.ts";
import { type CheckResult, isChecked } from "./fileReport.ts";
import type { ReportFormat } from "./reportFormat.ts";
import { pathWithin } from "./reportPath.ts";
import { messageAlone } from "./standingAlone.ts";
import { openTag, xmlElement } from "./xml.ts";

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "info",
  hint: "info",
};

/** The findings as Checkstyle's XML, an element for each file that was checked. Paths below the folder are relative to it. */
export const checkstyleFormat = (folder: string): ReportFormat<string> => ({
  as: "xml",
  entry: (report) => (isChecked(report) ? fileElement(report, folder) : ""),
  printer: () => {
    let lead = `<?xml version="1.0" encoding="UTF-8"?>\n${openTag("checkstyle", { version })}\n`;
    const after = (text: string): string => {
      const printed = lead + text;
      lead = "";
      return printed;
    };
    return {
      add: (entry) => (entry === "" ? "" : after(`${entry}\n`)),
      end: () => after("</checkstyle>\n"),
    };
  },
});

function fileElement({ path, lines, findings = [] }: CheckResult, folder: string): string {
  const errors = findings.map((finding) => {
    const { line, character } = lines.positionAt(finding.start);
    return xmlElement("error", {
      line: line + 1,
      column: character + 1,
      severity: SEVERITIES[finding.severity],
      message: messageAlone(finding),
      source: finding.code,
    });
  });
  return xmlElement("file", { name: pathWithin(folder, path) }, errors);
}
