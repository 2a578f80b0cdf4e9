import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const RUN = "[Service]\nExecStart=/bin/true\n";
const BUS = "[D-BUS Service]\nName=org.example.A\nExec=/bin/true\n";
const FILES = {
  "/p/a.service.in": "[Service]\nExecStart=/usr/bin/a\nRestart=allways\n",
  "/p/a.service.d/10.conf.j2": "[Service]\nUsr=a\n",
  "/p/a.service.d/.20.conf": "[Service]\nUsr=a\n",
  "/p/debian/kit.b.service": RUN,
  "/p/org.example.A.service": BUS,
  "/p/dbus-1/services/org.example.B.service": BUS,
  "/p/ssh.service": "<service-group>\n</service-group>\n",
  "/p/c.timer": "#!/bin/sh\nexit 0\n",
};
const host = memoryHost(FILES);
const run = (...argv: readonly string[]): ReturnType<typeof runOver> => runOver(host, ...argv);
const BUS_NOTE = "not a unit: D-Bus activation file, which the message bus reads";

describe("cli: a folder of templates and look-alikes", () => {
  it("is checked as what it holds", () => {
    const { stdout, stderr, status } = run("check", "--profile", "off", "/p");
    assert.deepEqual(
      [...stdout.matchAll(/^(\S+?):\d+:\d+: .* \[(\S+)\]$/gm)].map(([, path, code]) => `${path} ${code}`),
      ["/p/a.service.d/10.conf.j2 directive/unknown", "/p/a.service.in value/enumeration"],
    );
    assert.match(
      stdout,
      /^3 files: .*\n5 files named like units: Avahi service group \(1\), D-Bus activation file \(2\), hidden file \(1\), script \(1\)\n$/m,
    );
    assert.deepEqual([stderr, status], ["", 1]);
  });

  it("is told of in JSON", () => {
    const { files } = JSON.parse(run("check", "--profile", "off", "--format", "json", "/p").stdout) as {
      files: readonly { path: string; kind: string; checked: boolean; reason?: string }[];
    };
    const alike = files.filter((it) => !it.checked);
    assert.deepEqual(
      alike.map((it) => it.kind),
      ["hidden-drop-in", "script", "dbus-activation", "dbus-activation", "avahi-services"],
    );
    assert.equal(alike.find((it) => it.kind === "dbus-activation")?.reason, BUS_NOTE);
  });

  it("has units alone for other commands", () => {
    const { units } = JSON.parse(run("security", "--format", "json", "/p").stdout) as {
      units: readonly { path: string }[];
    };
    assert.deepEqual(
      units.map((it) => it.path),
      ["/p/a.service.in", "/p/debian/kit.b.service"],
    );
    assert.equal(run("format", "--check", "/p").stderr, "");
  });
});

describe("cli: a look-alike that is named", () => {
  const paths = ["/p/org.example.A.service", "/p/dbus-1/services/org.example.B.service"];

  it("is no problem to check, and is said to be none", () => {
    for (const path of paths)
      assert.deepEqual(run("check", path), {
        stdout: "1 file named like units: D-Bus activation file (1)\n",
        stderr: `unit-warden: note: ${path}: ${BUS_NOTE}\n`,
        status: 0,
      });
    const piped = memoryHost({}, { piped: BUS });
    assert.equal(runOver(piped, "check", "--stdin-path", "/q/a.service").status, 0);
  });

  it("is refused by what needs a unit", () => {
    for (const command of ["security", "harden", "show", "sandbox", "format"])
      for (const path of paths) {
        const { stderr, status } = run(command, path);
        assert.deepEqual([stderr, status], [`unit-warden: ${path}: ${BUS_NOTE}\n`, 2], command);
      }
    const piped = runOver(memoryHost({}, { piped: BUS }), "format", "--stdin-path", "/q/a.service");
    assert.deepEqual([piped.stdout, piped.status], ["", 2]);
  });
});

describe("cli: a drop-in whose name begins with a dot", () => {
  it("is no part of its unit", () => {
    const files = { "/u/u.service": RUN, "/u/u.service.d/.10.conf": "[Service]\nUser=a\n" };
    const over = (...argv: readonly string[]): string => runOver(memoryHost(files), ...argv).stdout;
    assert.doesNotMatch(over("show", "/u/u.service"), /User=/);
    assert.equal(
      over("security", "--format", "json", "/u/u.service"),
      runOver(memoryHost({ "/u/u.service": RUN }), "security", "--format", "json", "/u/u.service").stdout,
    );
    assert.match(
      runOver(memoryHost(files), "check", "/u/u.service.d/.10.conf").stderr,
      /: not a unit: hidden file, and systemd reads no drop-in whose name begins with a dot\n/,
    );
  });
});

describe("cli: a template unit", () => {
  it("is judged with the drop-ins of the instance that systemd-analyze makes of it", () => {
    const files = {
      "/u/t@.service": RUN,
      "/u/t@test_instance.service.d/a.conf": "[Service]\nPrivateTmp=yes\n",
      "/u/t@other.service.d/a.conf": "[Service]\nPrivateNetwork=yes\n",
    };
    const { stdout } = runOver(memoryHost(files), "show", "/u/t@.service");
    assert.match(stdout, /PrivateTmp=yes/);
    assert.doesNotMatch(stdout, /PrivateNetwork/);
    const checks = runOver(memoryHost(files), "security", "/u/t@.service").stdout;
    assert.doesNotMatch(checks, /PrivateTmp=/);
    assert.match(checks, /PrivateNetwork=/);
  });
});
