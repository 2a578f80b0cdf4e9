import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { checkedPath, pathWithText } from "../../server/src/families/checkedPath.ts";

/** What a file is by its path and text, in a few words. */
function read(path: string, text: string): string | undefined {
  const found = pathWithText(path, checkedPath(path), text);
  return found && [found.kind, found.role, found.name, found.template].filter((it) => it !== undefined).join(" ");
}

describe("families: files by their paths and texts", () => {
  it("are drop-ins where a template only adds to a service", () => {
    const limits = "# why\n[Service]\nLimitNOFILE=8192\n";
    assert.equal(read("roles/a/templates/a.service.j2", limits), "service drop-in a.service jinja");
    assert.equal(read("a.service", limits), "service unit a.service", "of a unit it is a mistake");
    for (const text of [
      `[Unit]\nDescription=x\n${limits}`,
      `${limits}ExecStart=/bin/a\n`,
      `${limits}{% if x %}\nExecStart={{ x }}\n{% endif %}\n`,
      "{% include 'x' %}\n",
    ])
      assert.equal(read("a.service.j2", text), "service unit a.service jinja", text);
    assert.equal(read("a.timer.j2", "[Service]\nNice=5\n"), "timer unit a.timer jinja");
  });

  it("are those of networkd and podman also where they are templates", () => {
    assert.equal(read("t/a.netdev.j2", "[NetDev]\nName={{ a }}\n"), "netdev unit a.netdev jinja");
    assert.equal(read("t/a.network.in", "[Match]\nName=@a@\n"), "network unit a.network configure");
    assert.equal(read("t/a.network.in", "[Network]\nSubnet=@a@\n"), "network unit a.network configure");
    assert.equal(read("t/journald.conf.j2", "[Journal]\nStorage={{ a }}\n"), "journald.conf unit journald.conf jinja");
    assert.equal(read("t/a.network.j2", "hosts: {{ a }}\n"), undefined);
    assert.equal(read("t/app.conf.j2", "[Journal]\n"), undefined);
  });
});
