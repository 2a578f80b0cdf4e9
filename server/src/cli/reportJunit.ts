import type { Finding } from "../findings/finding.ts";
import { type FileReport, isChecked, notChecked } from "./fileReport.ts";
import { portablePath } from "./reportPath.ts";

/**
 * The findings as JUnit's XML: a suite for each file, a test for each finding. Those for which `fails` holds are failures, the
 * others skipped tests, as there are no warnings; a file without any is one test that passed, one without rules a skipped one.
 */
export function junitReport(reports: readonly FileReport[], fails: (finding: Finding) => boolean): string {
  const all = reports.filter(isChecked).flatMap((it) => it.findings);
  const others = reports.filter((it) => !isChecked(it)).length;
  const suites = reports.map((it) => suite(it, fails));
  const counts = {
    tests: suites.length === 0 ? 0 : all.length + reports.filter(isClean).length + others,
    ...failed(all, fails, others),
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", { name: "Unit Warden", ...counts }, suites)}\n`;
}

const isClean = ({ findings }: FileReport): boolean => findings?.length === 0;

function failed(findings: readonly Finding[], fails: (finding: Finding) => boolean, others: number): Attributes {
  const failures = findings.filter(fails).length;
  return { failures, errors: 0, skipped: findings.length - failures + others };
}

function suite(report: FileReport, fails: (finding: Finding) => boolean): string {
  const { path, lines, findings = [] } = report;
  const file = portablePath(path);
  const cases = findings.map((finding) => {
    const { code, message, severity, start } = finding;
    const line = lines.positionAt(start).line + 1;
    const said = fails(finding)
      ? element("failure", { type: code, message }, [escaped(`${file}:${line}: ${severity}: ${message} (${code})`)])
      : element("skipped", { message: `${severity}: ${message}` });
    return element("testcase", { name: `${code} in line ${line}`, classname: file, file, line }, [said]);
  });
  const others = isChecked(report) ? 0 : 1;
  const skipped = others > 0 ? [element("skipped", { message: notChecked([report]) })] : [];
  const only = element("testcase", { name: others > 0 ? "rules" : "no finding", classname: file, file }, skipped);
  const tests = Math.max(1, cases.length);
  const counts = { name: file, tests, ...failed(findings, fails, others) };
  return element("testsuite", counts, cases.length > 0 ? cases : [only]);
}

type Attributes = Readonly<Record<string, string | number>>;

function element(name: string, attributes: Attributes, content: readonly string[] = []): string {
  const start = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join("");
  return content.length === 0 ? `<${name}${start}/>` : `<${name}${start}>${content.join("\n")}</${name}>`;
}

/** What no document of XML 1.0 may hold, not even as a reference. */
const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;

/** Text as XML; a tab or a new line would become a space in an attribute if it stood there as it is. */
function escaped(text: string): string {
  return text.replace(FORBIDDEN, "\ufffd").replace(/[&<>"'\t\n\r]/g, (it) => `&#${it.charCodeAt(0)};`);
}
