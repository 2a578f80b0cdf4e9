import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { parse } from "yaml";
import { KNOWN_COMMANDS } from "../../server/src/cli/allCommands.ts";
import { TEMPLATE_SUFFIXES } from "../../server/src/facts/templateNames.ts";
import { UNIT_KINDS } from "../../server/src/facts/unitKinds.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { itWith, printed } from "../kit/programs.ts";

const FILE = ".pre-commit-hooks.yaml";

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
}

const hooks = parse(readFileSync(FILE, "utf8")) as readonly Hook[];

describe("the hooks for pre-commit", () => {
  itWith("pre-commit", "are valid", () => {
    printed("pre-commit", ["validate-manifest", FILE]);
  });

  it("run commands that there are, with options that these have", () => {
    for (const { entry } of hooks) {
      const [program, name, ...options] = entry.split(" ");
      const known = KNOWN_COMMANDS.find((it) => it.name === name);
      assert.ok(program === "unit-warden" && known, entry);
      for (const it of options) assert.ok(it.slice(2) in known.options, it);
    }
  });

  it("get the files that the command judges, and no others", () => {
    const names = UNIT_KINDS.flatMap((it) => [
      `a.${it}`,
      `u/a@b.${it}`,
      `a.${it}.d/b.conf`,
      `${it}.d/b.conf`,
      ...Object.keys(TEMPLATE_SUFFIXES).flatMap((suffix) => [`a.${it}.${suffix}`, `a.${it}.d/b.conf.${suffix}`]),
      `a.${it}.d/.b.conf`,
      `x-${it}`,
    ]);
    const others = [
      "a.conf",
      "a.service.conf",
      "a.d/b.conf",
      "a.service.d/c/b.conf",
      "a.service~",
      "myservice.d/a.conf",
    ];
    for (const { files } of hooks) {
      const wanted = new RegExp(files.replace(/^\(\?x\)/, "").replaceAll(/\s/g, "")); // Python's (?x): without blanks
      for (const it of [...names, ...others]) assert.equal(wanted.test(it), unitPath(it) !== undefined, it);
    }
  });
});
