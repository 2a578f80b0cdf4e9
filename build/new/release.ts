import { describePodman, NEWEST_PODMAN } from "../../server/src/facts/podmanVersions.ts";
import { fileDeclaring, insertBefore, type Plan, Refusal, type Sources, textOf } from "./plan.ts";

/** A release of podman after the newest that is covered: one number, then what it brought. */
export function newRelease(name: string, sources: Sources): Plan {
  const version = Number(name);
  if (!/^\d\.\d$/.test(name) || version <= NEWEST_PODMAN)
    throw new Refusal(`a release is named like 6.1 and comes after ${describePodman(NEWEST_PODMAN)}, not ${name}`);
  const list = fileDeclaring(sources, "PODMAN_VERSIONS");
  const key = "npm run new -- setting quadlets/SECTION/NAME";
  return {
    files: new Map(),
    changes: new Map([[list, insertBefore(textOf(sources, list), "\n];", ` ${version},`)]]),
    visits: [
      {
        place: "data/quadlets.json",
        todo: `the keys that came: ${key} --since ${version}; until: ${version} at those that went`,
        toldBy: "test/facts/quadletKeys.test.ts, with the facts of podman's sources next to the project",
      },
      {
        place: fileDeclaring(sources, "podmanDoes"),
        todo: `what the generator does in another way: { since: ${version} } or { until: ${version} }, asked by podmanDoes()`,
        toldBy: `npm run conformance -- --only "quadlet matrix", with a corpus that has answers of ${name}`,
      },
      {
        place: "package.json, docs",
        todo: "npm run docs writes the lists of versions and settings",
        toldBy: "test/manifest/manifest.test.ts; test/rules/docs.test.ts",
      },
    ],
  };
}
