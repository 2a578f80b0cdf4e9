import assert from "node:assert/strict";
import fc from "fast-check";
import { readSource } from "../../../server/src/program/source/readSource.ts";
import { repositoryAt, sourceFolders } from "../../../server/src/program/source/repository.ts";
import { memoryFiles } from "../../../test/program/kit.ts";
import { fuzzTarget } from "../target.ts";

const FILES =
  "go.mod package.json package-lock.json yarn.lock pnpm-lock.yaml Cargo.toml Cargo.lock pyproject.toml poetry.lock requirements.txt pom.xml settings.gradle build.gradle Dockerfile".split(
    " ",
  );

/** What means something in some of the files. */
const WORDS = [
  ..."{}[]\"':=,#\\\n\t @/-<>&;".split(""),
  ..."\0 \ud800 module require ( ) v1.0.0 name bin package dependencies project node_modules/ serialport pyserial sudo zorb [package] [[bin]] null".split(
    " ",
  ),
  ..."<artifactId> </artifactId> <dependency> <dependencies> <groupId> FROM RUN apt-get install setcap cap_net_raw+ep USER EXPOSE 8080".split(
    " ",
  ),
  '{"name":"zorb","dependencies":{"serialport":"1"}}',
  "module zorb\n",
  '[package]\nname = "zorb"\n',
  "<artifactId>zorb</artifactId>",
];

/** Source that is written at random is read without an error, and what it shows has a place in it. */
export const source = fuzzTarget<{ readonly texts: string[]; readonly names: string[] }>({
  name: "source",
  input: fc.record({
    names: fc.array(fc.constantFrom(...FILES), { minLength: 1, maxLength: 6 }),
    texts: fc.array(
      fc.array(fc.constantFrom(...WORDS), { maxLength: 150 }).map((it) => it.join("")),
      { minLength: 6, maxLength: 6 },
    ),
  }),
  run({ texts, names }) {
    const files = Object.fromEntries(names.map((it, i) => [`/w/${it}`, texts[i] ?? ""]));
    const repository = repositoryAt("/w", memoryFiles({ ...files, "/w/server.js": "" }));
    const reading = readSource({ names: ["zorb"], scripts: ["server.js"] }, sourceFolders(repository), repository);
    for (const { path, signs, form } of reading?.files ?? []) {
      assert.equal(form, "source");
      const lines = (files[path] ?? "").split("\n").length;
      for (const { line = 0, sign } of signs) {
        assert.ok(line >= 1 && line <= lines, `a sign of ${path} has no place`);
        assert.ok(!["exec", "plugins", "interpreter"].includes(sign), "what may be started is told");
      }
    }
  },
});
