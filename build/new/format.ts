import {
  fileDeclaring,
  importsInto,
  insertBefore,
  OPEN,
  type Plan,
  pascalCase,
  Refusal,
  relativePath,
  type Sources,
  textOf,
  withImport,
} from "./plan.ts";

/** The reader of each format, by which the tests compare what it says with JSON. */
const READERS = "test/kit/readReports.ts";
const PAGE = "build/commandLinePage.ts";

/** An output format of `check`, whole and at work: a list in JSON, to be made into the one that is meant. */
export function newFormat(name: string, sources: Sources): Plan {
  const list = fileDeclaring(sources, "REPORT_FORMATS");
  const text = textOf(sources, list);
  if (!/^[a-z][a-z0-9]*$/.test(name)) throw new Refusal(`a format is named like checkstyle, not ${name}`);
  if (new RegExp(`^  ${name}: `, "m").test(text)) throw new Refusal(`there is a format ${name} already`);
  const path = `${list.slice(0, list.lastIndexOf("/"))}/report${pascalCase(name)}.ts`;
  const entry = `  ${name}: ({ folder }) => ${name}Format(folder),\n`;
  const named = insertBefore(text, "} satisfies Readonly<Record<string, (settings: ReportSettings)", entry);
  return {
    files: new Map([[path, formatText(name, path, sources)]]),
    changes: new Map([
      [list, withImport(named, `import { ${name}Format } from "${relativePath(list, path)}";`)],
      [READERS, insertBefore(textOf(sources, READERS), "};\n\ninterface JsonFinding", reader(name))],
    ]),
    visits: [
      {
        place: path,
        todo: `replace each ${OPEN} by what the format asks for; tells, tellsSuppressed and summarizes, where it has room for fixes, reasons and the summary; listFormat() is for JSON, collected() for what needs all before it prints`,
        toldBy: `test/manifest/sources.test.ts for each ${OPEN} that is left`,
      },
      { place: list, todo: "done", toldBy: "npm run check: an unused file" },
      {
        place: READERS,
        todo: "how the report is read back: each format has the same findings as JSON, in the same order",
        toldBy: "the compiler: a format without a reader; test/cli/reportFormats.test.ts",
      },
      {
        place: PAGE,
        todo: `what it is for, with \`--format ${name}\`; then npm run docs`,
        toldBy:
          "test/cli/reportFormats.test.ts: a format that the page of the command line does not explain; test/rules/docs.test.ts",
      },
    ],
  };
}

const formatText = (name: string, path: string, sources: Sources): string =>
  `${importsInto(sources, path, ["type CheckResult", "isChecked", "listFormat", "type ReportFormat", "pathWithin", "messageAlone"])}
/** The findings as ${OPEN}: whose format, and its version. Paths below the folder are relative to it. */
export const ${name}Format = (folder: string): ReportFormat<string> =>
  listFormat(
    (it: CheckResult) =>
      (isChecked(it) ? it.findings : []).map((finding) => ({
        path: pathWithin(folder, it.path),
        line: it.lines.positionAt(finding.start).line + 1,
        code: finding.code,
        severity: finding.severity,
        message: messageAlone(finding),
      })),
    "[",
    () => "]\\n",
  );
`;

const reader = (name: string): string => `  ${name}: (report) =>
    JSON.parse(report).map(({ path, line, code, severity }: Record<"path" | "line" | "code" | "severity", string>) => ({
      path,
      line: Number(line),
      code,
      severity: severityOf(severity ?? ""),
    })),
`;
