import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { type Plan, Refusal, type Sources, textOf } from "./plan.ts";

const LIST = "server/src/facts/releaseFiles.ts";

/** A systemd version after the newest that is covered: one file of data, and one line that names it. */
export function newVersion(version: number, sources: Sources): Plan {
  if (version !== NEWEST_VERSION + 1)
    throw new Refusal(`the version after ${NEWEST_VERSION} is ${NEWEST_VERSION + 1}, not ${version}`);
  const data = `data/releases/${version}.json`;
  const line = `export { default as v${version} } from "../../../${data}" with { type: "json" };\n`;
  return {
    files: new Map([[data, `${JSON.stringify(emptyRelease(version), undefined, 2)}\n`]]),
    changes: new Map([[LIST, textOf(sources, LIST).replace("export {};\n", "") + line]]),
    visits: [
      {
        place: data,
        todo: `what systemd ${version} brought: directives by their sections, words by the routine that reads them, members of groups of system calls, specifiers, exit statuses; and what it ignores from now on`,
        toldBy: `npm run conformance with a corpus that has answers of ${version}`,
      },
      {
        place: "package.json, docs",
        todo: "npm run docs writes the lists of targets",
        toldBy: "test/manifest/manifest.test.ts; test/rules/docs.test.ts",
      },
      {
        place: "server/src",
        todo: `what behaves in another way: { since: ${version} } or { until: ${version} } at a fact, { 0: before, ${version}: now } at a value that changed`,
        toldBy: "the same, and lab/box in a running systemd of that version",
      },
      {
        place: "lab/conformance/suite.ts",
        todo: `${version} among the versions that the corpus has answers of, once it has them`,
        toldBy: "nothing",
      },
    ],
  };
}

const emptyRelease = (version: number): object => ({
  version,
  directives: {},
  ignores: [],
  words: {},
  calls: {},
  specifiers: {},
  exitStatuses: {},
});
