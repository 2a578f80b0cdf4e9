import { isChecked, type JudgedFile, notChecked } from "./fileReport.ts";
import type { ReportFormat } from "./reportFormat.ts";
import { pathWithin } from "./reportPath.ts";
import { messageAlone } from "./standingAlone.ts";

/** A suite as XML, with what the report counts. */
interface Suite {
  readonly xml: string;
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
}

/**
 * The findings as JUnit's XML: a suite for each file, a test for each finding. Those for which `fails` holds are failures, the
 * others skipped tests, as there are no warnings; a file without any is one test that passed, one without rules a skipped one.
 * The counts come first, so that nothing is printed before the end. Paths below the folder are relative to it.
 */
export function junitFormat(folder: string): ReportFormat<Suite> {
  return {
    as: "xml",
    entry: (report) => suite(report, folder),
    printer: () => {
      const suites: Suite[] = [];
      const sum = (of: "tests" | "failures" | "skipped"): number => suites.reduce((all, it) => all + it[of], 0);
      return {
        add(it) {
          suites.push(it);
          return "";
        },
        end() {
          const counts = { tests: sum("tests"), failures: sum("failures"), errors: 0, skipped: sum("skipped") };
          const content = suites.map((it) => it.xml);
          return `<?xml version="1.0" encoding="UTF-8"?>\n${element("testsuites", { name: "Unit Warden", ...counts }, content)}\n`;
        },
      };
    },
  };
}

function suite(report: JudgedFile, folder: string): Suite {
  const { path, lines, fails, findings = [] } = report;
  const file = pathWithin(folder, path);
  const seen = new Map<string, number>();
  const cases = findings.map((finding) => {
    const { code, severity, start } = finding;
    const message = messageAlone(finding);
    const line = lines.positionAt(start).line + 1;
    const said = fails(finding)
      ? element("failure", { type: code, message }, [escaped(`${file}:${line}: ${severity}: ${message} (${code})`)])
      : element("skipped", { message: `${severity}: ${message}` });
    const place = `${code} in line ${line}`;
    const times = (seen.get(place) ?? 0) + 1;
    seen.set(place, times);
    // What shows reports takes two tests of one name for two runs of one.
    const name = times === 1 ? place : `${place} (${times})`;
    return element("testcase", { name, classname: file, file, line }, [said]);
  });
  const others = isChecked(report) ? 0 : 1;
  const unchecked = others > 0 ? [element("skipped", { message: notChecked(report) })] : [];
  const only = element("testcase", { name: others > 0 ? "rules" : "no finding", classname: file, file }, unchecked);
  const tests = Math.max(1, cases.length);
  const failures = findings.filter(fails).length;
  const skipped = findings.length - failures + others;
  const counts = { name: file, tests, failures, errors: 0, skipped };
  return { xml: element("testsuite", counts, cases.length > 0 ? cases : [only]), tests, failures, skipped };
}

type Attributes = Readonly<Record<string, string | number>>;

function element(name: string, attributes: Attributes, content: readonly string[] = []): string {
  const start = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join("");
  return content.length === 0 ? `<${name}${start}/>` : `<${name}${start}>${content.join("\n")}</${name}>`;
}

/** Text as XML; a tab or a new line would become a space in an attribute if it stood there as it is. */
function escaped(text: string): string {
  // What no document of XML 1.0 may hold, not even as a reference.
  const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Surrogate}/gu;
  return text.replace(forbidden, "\ufffd").replace(/[&<>"'\t\n\r]/g, (it) => `&#${it.charCodeAt(0)};`);
}
