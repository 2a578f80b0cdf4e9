import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { anchor, table } from "../../build/markdown.ts";
import type { Severity } from "../../server/src/findings/finding.ts";
import { nodeHost } from "../../server/src/main/nodeHost.ts";
import { FAMILIES, familyOf } from "../../server/src/rules/codes.ts";
import { markedSentence } from "../../server/src/text/ownMarkdown.ts";
import { runOn } from "../../test/kit/memoryHost.ts";
import type { Suite } from "./suite.ts";

/** Where the list of what is found in the corpus stands. */
export const FINDINGS_PAGE = "reports/corpus-findings.md";

/** The page is as the rules and the corpus say; `npm run corpus-findings` writes it anew. */
export const corpusFindings: Suite = {
  name: "corpus findings",
  versions: [262],
  run(corpus) {
    const expected = linesOf(findingsPage(corpus));
    const written = linesOf(existsSync(FINDINGS_PAGE) ? readFileSync(FINDINGS_PAGE, "utf8") : "");
    const missing = expected.filter((it) => !written.includes(it)).map((it) => `the page lacks: ${it}`);
    const stale = written.filter((it) => !expected.includes(it)).map((it) => `nothing says any more: ${it}`);
    const differences = [...missing, ...stale];
    return { agree: Math.max(0, expected.length - differences.length), total: expected.length, differences };
  },
};

const linesOf = (text: string): readonly string[] => text.split("\n").filter((it) => it !== "");

/** What `check --format json` says of a file, as far as it is counted. */
interface Checked {
  readonly path: string;
  readonly findings: readonly {
    readonly code: string;
    readonly severity: Severity;
    readonly message: string;
    readonly start: { readonly line: number };
  }[];
}

interface Found {
  readonly file: string;
  readonly line: number;
  readonly severity: Severity;
  readonly message: string;
}

/** The families that judge how settings work together, where a wrong finding would hurt most. */
const SHOWN = ["unit", "reference", "sandbox", "style"];

/** The list as Markdown: what the command line finds in all files of the corpus when no hardening is asked for. */
export function findingsPage(corpus: string): string {
  const folder = join(corpus, "units");
  const terminal = { colours: false, progress: () => undefined, width: undefined };
  const { stdout } = runOn(["check", "--profile", "off", "--format", "json", folder], nodeHost, terminal);
  const { files } = JSON.parse(stdout) as { readonly files: readonly Checked[] };
  const byCode = new Map<string, Found[]>();
  for (const { path, findings } of files) {
    for (const { code, severity, message, start } of findings) {
      const found = { file: path.slice(folder.length + 1), line: start.line + 1, severity, message };
      byCode.set(code, [...(byCode.get(code) ?? []), found]);
    }
  }
  const codes = [...byCode.keys()].sort(byFamily);
  const shown = codes.filter((it) => SHOWN.includes(familyOf(it)));
  return `${[
    "<!-- Made from the rules and the corpus by `npm run corpus-findings`. -->",
    "# What is found in real unit files",
    `\`unit-warden check --profile off\` over ${files.length} unit files and drop-ins as ${packagesOf(files.map((it) => it.path.slice(folder.length + 1)))} Debian packages ship them; the files of \`systemd-tests\` are odd on purpose. What is found in files that so many people use is either a mistake of theirs or a false alarm of ours: of the families that have examples below, every finding was read and compared with its file, and rules were narrowed until none was false.`,
    table(["code", "severity", "findings", "files"], codes.map(rowOf(byCode))),
    ...shown.flatMap((code) => [`## ${code}`, ...examplesOf(byCode.get(code) ?? [])]),
  ].join("\n\n")}\n`;
}

const rowOf =
  (byCode: ReadonlyMap<string, readonly Found[]>) =>
  (code: string): readonly string[] => {
    const found = byCode.get(code) ?? [];
    const severities = [...new Set(found.map((it) => it.severity))].sort();
    const link = `[${code}](../docs/rules/${familyOf(code)}.md#${anchor(code)})`;
    return [link, severities.join(", "), `${found.length}`, `${new Set(found.map((it) => it.file)).size}`];
  };

function byFamily(a: string, b: string): number {
  const order = Object.keys(FAMILIES);
  return order.indexOf(familyOf(a)) - order.indexOf(familyOf(b)) || (a < b ? -1 : 1);
}

/** Two findings of a code, of different packages where there are such, and how many more there are. */
function examplesOf(found: readonly Found[]): string[] {
  const shipped = found.filter((it) => packageOf(it.file) !== "systemd-tests");
  const [first] = shipped.length > 0 ? shipped : found;
  if (!first) return [];
  const second = shipped.find((it) => packageOf(it.file) !== packageOf(first.file));
  return [first, ...(second ? [second] : [])].map(
    ({ file, line, message }) => `\`${file}\`, line ${line}: ${markedSentence(message)}`,
  );
}

const packageOf = (file: string): string => file.slice(0, file.indexOf("/"));
const packagesOf = (files: readonly string[]): number => new Set(files.map(packageOf)).size;
