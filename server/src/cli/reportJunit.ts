import { type CheckResult, isChecked, notChecked } from "./fileReport.ts";
import type { ReportFormat } from "./reportFormat.ts";
import { pathWithin } from "./reportPath.ts";
import { messageAlone } from "./standingAlone.ts";
import { escapedXml, xmlElement } from "./xml.ts";

/** A suite as XML, with what the report counts. */
interface Suite {
  readonly xml: string;
  readonly tests: number;
  readonly failures: number;
}

/**
 * The findings as JUnit's XML, as far as the schema of Jenkins takes it: a suite for each file, a test for each finding. Those for which `fails` holds are failures, the
 * others skipped tests, as there are no warnings; a file without any is one test that passed, one without rules a skipped one.
 * The counts come first, so that nothing is printed before the end. Paths below the folder are relative to it.
 */
export function junitFormat(folder: string): ReportFormat<Suite> {
  return {
    as: "xml",
    entry: (report) => suite(report, folder),
    printer: () => {
      const suites: Suite[] = [];
      const sum = (of: "tests" | "failures"): number => suites.reduce((all, it) => all + it[of], 0);
      return {
        add(it) {
          suites.push(it);
          return "";
        },
        end() {
          const counts = { tests: sum("tests"), failures: sum("failures"), errors: 0 };
          const content = suites.map((it) => it.xml);
          return `<?xml version="1.0" encoding="UTF-8"?>\n${xmlElement("testsuites", { name: "Unit Warden", ...counts }, content)}\n`;
        },
      };
    },
  };
}

function suite(report: CheckResult, folder: string): Suite {
  const { path, lines, fails, findings = [] } = report;
  const file = pathWithin(folder, path);
  const seen = new Map<string, number>();
  const cases = findings.map((finding) => {
    const { code, severity, start } = finding;
    const message = messageAlone(finding);
    const line = lines.positionAt(start).line + 1;
    const outcome = fails(finding)
      ? xmlElement("failure", { type: code, message }, [
          escapedXml(`${file}:${line}: ${severity}: ${message} (${code})`),
        ])
      : xmlElement("skipped", { message: `${severity}: ${message}` });
    const place = `${code} in line ${line}`;
    const times = (seen.get(place) ?? 0) + 1;
    seen.set(place, times);
    // What shows reports takes two tests of one name for two runs of one.
    const name = times === 1 ? place : `${place} (${times})`;
    return xmlElement("testcase", { name, classname: file }, [outcome]);
  });
  const others = isChecked(report) ? 0 : 1;
  const unchecked = others > 0 ? [xmlElement("skipped", { message: notChecked(report) })] : [];
  const only = xmlElement("testcase", { name: others > 0 ? "rules" : "no finding", classname: file }, unchecked);
  const tests = Math.max(1, cases.length);
  const failures = findings.filter(fails).length;
  const skipped = findings.length - failures + others;
  const counts = { name: file, file, tests, failures, errors: 0, skipped };
  return { xml: xmlElement("testsuite", counts, cases.length > 0 ? cases : [only]), tests, failures };
}
