import { availableParallelism, totalmem } from "node:os";
import { type Figure, figureRow } from "./figure.ts";
import { peersTable } from "./peers.ts";

/** The page of the documentation with the figures of a run. */
export function performancePage(figures: readonly Figure[], day: Date): string {
  return `# Performance

Written by \`npm run bench\` on ${day.toISOString().slice(0, 10)} with Node.js ${process.versions.node} on ${machine()}. Ratios only: absolute times depend on the machine. Everything is measured in turns with its baseline, in one run.

| | measured | target, at most | |
| --- | --- | --- | --- |
${figures.map(figureRow).join("\n")}

- The **empty server** uses the same library of the protocol, keeps the documents and answers nothing (\`bench/emptyServer.ts\`).
- A **first start** has no compiled code of an earlier run; [why code is kept](decisions/a-start-loads-only-what-is-asked.md#compiled-code-is-kept-for-each-user) and [why \`initialize\` is answered first](decisions/a-start-loads-only-what-is-asked.md#initialize-is-answered-before-the-core-is-loaded) are decisions.
- Times over those of the empty server are given as a part of what the target allows.

## Other language servers

${peersTable()}
`;
}

/** The kind of machine in words. */
function machine(): string {
  const systems: Readonly<Record<string, string>> = { linux: "Linux", darwin: "macOS", win32: "Windows" };
  const count = availableParallelism();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `a shared ${systems[process.platform] ?? process.platform} machine (${process.arch}) with ${count} processors and ${memory} GB of memory`;
}
