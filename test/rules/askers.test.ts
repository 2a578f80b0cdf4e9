import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { findingsOf } from "../kit/fixture.ts";

/** The programs that sandbox/own-unit names in a unit with a sandbox. */
const named = (command: string, unit = ""): readonly string[] =>
  findingsOf(`[Unit]\n${unit}[Service]\nExecStart=${command}\nNoNewPrivileges=yes\n`, "x.service", { profile: "off" })
    .filter((it) => it.code === "sandbox/own-unit")
    .map((it) => / runs (\S+), /.exec(it.message)?.[1] ?? "");

describe("commands that another service starts", () => {
  it("are those of atd, in a line of a shell too", () => {
    assert.deepEqual(named("/usr/bin/at -f /etc/jobs now"), ["at"]);
    assert.deepEqual(named("/bin/sh -c 'echo reboot | at now + 1 minute'"), ["at"]);
    assert.deepEqual(named("/usr/bin/at -l"), []);
  });

  it("are those of containers, where the unit names the daemon", () => {
    const after = "After=docker.service\n";
    for (const command of ["run --rm x", "-H tcp://x start -a x", "compose -f /opt/x.yml up", "exec x y"])
      assert.deepEqual(named(`/usr/bin/docker ${command}`, after), ["docker"], command);
    for (const command of ["stop x", "build --pull run", "logs -f start", "network create up"])
      assert.deepEqual(named(`/usr/bin/docker ${command}`, after), [], command);
    assert.deepEqual(named("/usr/bin/docker run x"), []);
    assert.deepEqual(named("/usr/bin/nerdctl run x", "Requires=containerd.service\n"), ["nerdctl"]);
  });
});
