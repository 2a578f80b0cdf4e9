import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { type Ability, programAbilities } from "../../server/src/needs/programAbilities.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import { withKnowledge } from "../../server/src/units/readUnit.ts";
import { serviceOf } from "../learn/kit.ts";
import { memoryFiles } from "../program/kit.ts";

const abilities = (
  lines: readonly string[],
  programs: Readonly<Record<string, string>>,
  owners: Readonly<Record<string, string>> = {},
) => {
  const files = { ...memoryFiles(programs), packageOf: (path: string) => owners[path] };
  return programAbilities(factsOf(withKnowledge(serviceOf(lines), { defaults: { restrictSuidSgid: false, files } })));
};

const said = (all: readonly Ability[] | undefined) => all?.map((it) => `${it.sign} ${it.what} ${it.file}`);

describe("what programs can do by their own code", () => {
  it("is named with the function or command and its place", () => {
    const perl = "#!/usr/bin/perl\nuse POSIX;\nif ($ARGV[0]) { POSIX::setgid(2); POSIX::setuid(2); }\n";
    const shell = '#!/bin/sh\n[ -n "$1" ] && chown daemon /run/food\nexec /opt/food.pl\n';
    const all = abilities(["ExecStart=/opt/food"], { "/opt/food": shell, "/opt/food.pl": perl });
    assert.deepEqual(said(all), [
      "chown chown food:2",
      "setuid POSIX.setgid food.pl:3",
      "setuid POSIX.setuid food.pl:3",
    ]);
  });

  it("is supposed of the devices that it names", () => {
    const all = abilities(["ExecStart=/opt/food"], { "/opt/food": "#!/bin/sh\ncat /dev/ttyUSB0\n" });
    assert.deepEqual(said(all), ["devices /dev/ttyUSB0 food:2"]);
  });

  it("is nothing of tools of other packages that only prepare or reload it", () => {
    const programs = { "/opt/food": "#!/bin/sh\nrenice 5 1\n", "/opt/tool": "#!/bin/sh\nmount /srv\n" };
    const lines = ["ExecStart=/opt/food", "ExecReload=/opt/tool"];
    const all = (owners: Readonly<Record<string, string>>) => abilities(lines, programs, owners)?.map((it) => it.sign);
    assert.deepEqual(all({ "/opt/food": "food", "/opt/tool": "tools" }), ["nice"]);
    assert.deepEqual(all({ "/opt/food": "food", "/opt/tool": "food" })?.toSorted(), ["mount", "nice"]);
  });

  it("is unknown where no program can be read", () => {
    assert.equal(abilities(["ExecStart=/opt/food"], {}), undefined);
    assert.equal(programAbilities(factsOf(serviceOf())), undefined);
  });
});
