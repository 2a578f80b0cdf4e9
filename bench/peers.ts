/** What other language servers for systemd's files took in a file of 5,000 lines, medians in milliseconds; Infinity where they answer nothing. */
export const RECORDED = {
  "quadlet-lsp": { start: 5.5, completion: 1, hover: 0.2, diagnostics: 23 },
  "systemd-lsp": { start: 236, completion: 0.5, hover: 0.3, diagnostics: 10 },
  "Systemd Helper": { start: 85, completion: 18, hover: 17, diagnostics: 16 },
  "systemd-language-server": { start: 350, completion: 800, hover: 1000, diagnostics: Number.POSITIVE_INFINITY },
} as const;

/** When that was; all of them in one run on a machine of this kind. */
const WHEN = "November 2026";

const COLUMNS = {
  start: "start",
  completion: "completion of a key",
  hover: "hover",
  diagnostics: "change → diagnostics",
} as const;

/** The table of the peers, each as a multiple of the fastest of them. */
export function peersTable(): string {
  const columns = Object.keys(COLUMNS) as (keyof typeof COLUMNS)[];
  const rows = Object.entries(RECORDED).map(([name, row]) => {
    const cells = columns.map((it) => {
      const fastest = Math.min(...Object.values(RECORDED).map((other) => other[it]));
      return Number.isFinite(row[it]) ? `× ${(row[it] / fastest).toFixed(0)}` : "none";
    });
    return `| ${[name, ...cells].join(" | ")} |`;
  });
  return [
    `Recorded in ${WHEN}, in one run on a machine of the same kind, with a file of 5,000 lines; not measured again with the figures above. Each is a multiple of the fastest of the four, which differ in what they answer: quadlet-lsp is for other files, systemd-lsp was called without its transport, Systemd Helper runs inside of VS Code.`,
    "",
    `| | ${columns.map((it) => COLUMNS[it]).join(" | ")} |`,
    `|${" --- |".repeat(columns.length + 1)}`,
    ...rows,
  ].join("\n");
}
