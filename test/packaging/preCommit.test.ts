import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "mocha";
import { parse } from "yaml";
import { KNOWN_COMMANDS } from "../../server/src/cli/allCommands.ts";
import { TEMPLATE_SUFFIXES } from "../../server/src/facts/templateNames.ts";
import { UNIT_KINDS } from "../../server/src/facts/unitKinds.ts";
import { checkedPath } from "../../server/src/families/checkedPath.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { itWith, printed } from "../kit/programs.ts";

const FILE = ".pre-commit-hooks.yaml";

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
}

const hooks = parse(readFileSync(FILE, "utf8")) as readonly Hook[];

/** The pattern of a hook; Python's (?x) has no blanks. */
const patternOf = (files: string): RegExp => new RegExp(files.replace(/^\(\?x\)/, "").replaceAll(/\s/g, ""));

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
      const wanted = patternOf(files);
      for (const it of [...names, ...others]) assert.equal(wanted.test(it), unitPath(it) !== undefined, it);
    }
  });

  it("get those of networks and quadlets for checks, where the name alone tells", () => {
    const kinds = ["network", "netdev", "nspawn", "dnssd", "dns-delegate", "oomrule"];
    const quadlets = ["container", "kube", "volume", "artifact", "quadlets"];
    const wanted = patternOf(hooks.find(({ id }) => id === "unit-warden-check")?.files ?? "");
    for (const it of [...kinds, ...quadlets].map((kind) => `u/a.${kind}`)) {
      assert.ok(checkedPath(it), it);
      assert.ok(wanted.test(it), it);
    }
    for (const it of [...kinds.slice(0, 5), "container", "pod"].map((kind) => `u/a.${kind}.d/b.conf`)) {
      assert.ok(checkedPath(it), it);
      assert.ok(wanted.test(it), it);
    }
    for (const suffix of Object.keys(TEMPLATE_SUFFIXES))
      for (const it of ["container", "kube", "volume", "network", "netdev"].map((kind) => `u/a.${kind}.${suffix}`)) {
        assert.ok(checkedPath(it), it);
        assert.ok(wanted.test(it), it);
      }
    for (const it of ["a.link", "a.pod", "a.image", "a.build", "a.networks"]) assert.ok(!wanted.test(it), it);
  });
});
