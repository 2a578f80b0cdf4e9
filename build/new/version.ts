import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { type Plan, Refusal, type Sources, textOf } from "./plan.ts";

const VERSIONS = "server/src/facts/version.ts";
const MANIFEST = "package.json";

/** A systemd version after the newest that is covered. */
export function newVersion(version: number, sources: Sources): Plan {
  if (version !== NEWEST_VERSION + 1)
    throw new Refusal(`the version after ${NEWEST_VERSION} is ${NEWEST_VERSION + 1}, not ${version}`);
  return {
    files: new Map(),
    changes: new Map([
      [VERSIONS, textOf(sources, VERSIONS).replace(/(NEWEST_VERSION: SystemdVersion = )\d+/, `$1${version}`)],
      [
        MANIFEST,
        textOf(sources, MANIFEST).replace(new RegExp(`(\\n +)${NEWEST_VERSION}(?=,\\n)`, "g"), `$&,$1${version}`),
      ],
    ]),
    visits: [
      { place: VERSIONS, todo: "done", toldBy: "the other changes: the manifest names more than is covered" },
      { place: MANIFEST, todo: "done", toldBy: "test/manifest/manifest.test.ts: the setting takes what is covered" },
      {
        place: "package.nls.json, package.nls.de.json",
        todo: `the newest version in the text of setting.systemdVersion is ${version}; npm run docs then`,
        toldBy: "test/manifest/manifest.test.ts; test/rules/docs.test.ts",
      },
      {
        place: "server/src/catalog/tables",
        todo: `what systemd ${version} brought: npm run new -- directive NAME --since ${version} …; until: ${version} for what it ignores from now on; type: { 0: before, ${version}: now } for what it widened`,
        toldBy: `nothing, until facts of ${version} stand in data/facts: then test/catalog/facts.test.ts`,
      },
      {
        place: "server/src/values",
        todo: `since: ${version} at each new word of an enumeration; { 0: before, ${version}: now } where a grammar changed`,
        toldBy: `npm run conformance with a corpus that has answers of ${version}`,
      },
      {
        place: "server/src/facts",
        todo: "capabilities, system calls and their groups, signals, specifiers, special units: since and until, in the same way",
        toldBy: `npm run conformance with a corpus that has answers of ${version}`,
      },
      {
        place: "server/src/security",
        todo: "refusals/, assign/ and world/ where the version reads or mounts something in another way",
        toldBy: "test/box, in a running systemd of that version",
      },
      {
        place: "test/conformance",
        todo: `${version} among the versions of each suite, once the corpus has its answers`,
        toldBy: "nothing",
      },
    ],
  };
}
