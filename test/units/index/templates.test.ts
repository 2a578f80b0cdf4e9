import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { filePlaceOf } from "../../../server/src/units/index/filePlace.ts";
import { fragmentOf, referencesTo, unitsOfKind } from "../../../server/src/units/index/lookup.ts";
import { memoryHost, runOver } from "../../kit/memoryHost.ts";
import { indexOf } from "../../kit/units.ts";

const RUN = "[Service]\nExecStart=/bin/true\n";
const NEAR = "/w/other.target";

const at = (files: Readonly<Record<string, string>>, name: string): string | undefined =>
  fragmentOf(indexOf(files), name, NEAR)?.placed.path;

describe("the index: templates", () => {
  it("are the units that they become, for those that name them", () => {
    const index = indexOf({
      "/w/a.service.in": `[Unit]\nAfter=b.service\n${RUN}`,
      "/w/b.service.j2": RUN,
      "/w/debian/kit.c.service": RUN,
      [NEAR]: "[Unit]\nWants=a.service\n",
    });
    assert.equal(fragmentOf(index, "a.service", NEAR)?.placed.path, "/w/a.service.in");
    assert.equal(fragmentOf(index, "c.service", NEAR)?.placed.path, "/w/debian/kit.c.service");
    assert.deepEqual(
      referencesTo(index, "b.service", NEAR).map((it) => it.path),
      ["/w/a.service.in"],
    );
    assert.deepEqual(unitsOfKind(index, "service", NEAR), ["a.service", "b.service", "c.service"]);
  });

  it("count after a finished unit next to them", () => {
    for (const finished of ["/w/a.service", "/w/a.service.in.service"])
      assert.equal(
        at({ "/w/a.service.in": RUN, [finished]: RUN }, "a.service")?.endsWith(".in"),
        finished !== "/w/a.service",
      );
  });

  it("of drop-ins add nothing to a finished unit", () => {
    const files = { "/w/a.service": RUN, "/w/a.service.d/10.conf.j2": "[Service]\nUser=a\n" };
    const { stdout } = runOver(memoryHost(files), "show", "/w/a.service");
    assert.doesNotMatch(stdout, /User=a/);
  });

  it("without a name of their own, and links of chezmoi, are in none", () => {
    for (const path of ["/w/@NAME@.service", "/w/dot_config/systemd/user/default.target.wants/symlink_a.service"])
      assert.equal(filePlaceOf(path), undefined, path);
  });
});

describe("a template with the files of its unit", () => {
  const dropIn = "[Service]\nUser=a\n";

  it("is shown with the drop-ins next to it, and not as what was made of it before", () => {
    const files = {
      "/w/a.service.in": RUN,
      "/w/a.service": "[Service]\nExecStart=/bin/false\n",
      "/w/a.service.d/x.conf": dropIn,
    };
    const { stdout } = runOver(memoryHost(files), "show", "/w/a.service.in");
    assert.match(stdout, /ExecStart=\/bin\/true/);
    assert.match(stdout, /User=a/);
  });

  it("is the unit of a drop-in that has no other", () => {
    const files = {
      "/w/a.service.in": RUN,
      "/w/a.service.d/x.conf": "[Service]\nRootDirectory=/srv\nExecStart=/bin/false\n",
    };
    const codes = (path: string, of: Readonly<Record<string, string>>): string =>
      runOver(memoryHost(of), "check", "--profile", "off", path).stdout;
    const whole = codes("/w/a.service.d/x.conf", { ...files, "/w/a.service": RUN, "/w/a.service.in": "" });
    assert.equal(codes("/w/a.service.d/x.conf", files), whole);
    assert.match(whole, /several-commands|ExecStart/);
  });
});
