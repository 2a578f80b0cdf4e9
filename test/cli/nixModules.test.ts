import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { HAS_NIX, nixComplaint } from "../kit/nix.ts";

const MODULE = `{ pkgs, ... }:
{
  systemd.services.a = {
    serviceConfig = {
      ExecStart = "\${pkgs.a}/bin/a";
      Restart = "allways";
      StartLimitIntervalSec = 10;
    };
  };
}
`;
const OTHER = '{ services.nginx.enable = true; environment.variables.A = "systemd"; }\n';

const host = memoryHost({
  "/c/a.nix": MODULE,
  "/c/b.nix": OTHER,
  "/c/c.service": "[Service]\nExecStart=/bin/true\n",
  "/d/b.nix": OTHER,
});
const check = (...argv: readonly string[]): ReturnType<typeof runOver> =>
  runOver(host, "check", "--profile", "off", ...argv);

describe("cli check: Nix modules", () => {
  it("finds what is wrong in the units of a module, at its lines", () => {
    const { stdout, status } = check("/c/a.nix");
    assert.match(stdout, /\/c\/a\.nix:6:18[: ].* is no value of Restart=/);
    assert.match(stdout, /\/c\/a\.nix:7:7[: ].*StartLimitIntervalSec= belongs to \[Unit\]/);
    assert.equal(status, 1);
  });

  it("looks in a folder at modules with units alone", () => {
    const { files } = JSON.parse(check("--format", "json", "/c").stdout) as {
      files: readonly { path: string; kind: string; checked: boolean; findings: readonly { fixes: unknown[] }[] }[];
    };
    assert.deepEqual(
      files.map((it) => [it.path, it.kind, it.checked]),
      [
        ["/c/a.nix", "nix", true],
        ["/c/c.service", "service", true],
      ],
    );
    assert.deepEqual(
      files[0]?.findings.map((it) => it.fixes.length),
      [1, 1],
    );
  });

  it("looks into scripts that write units, and into no others", () => {
    const scripts = memoryHost({
      "/s/a.sh": "cat > a.service <<EOF\n[Service]\nExecStart=/bin/a\nRestart=allways\nEOF\n",
      "/s/b.sh": "cat > a.conf <<EOF\nRestart=allways\nEOF\n",
    });
    const { stdout } = runOver(scripts, "check", "--profile", "off", "/s");
    assert.match(stdout, /\/s\/a\.sh:4:9[: ].* is no value of Restart=/);
    assert.doesNotMatch(stdout, /b\.sh/);
  });

  it("has nothing to say of a module without units", () => {
    assert.equal(check("/d/b.nix").stdout, "1 file: nothing to report\n");
    assert.equal(check("/d").status, 2);
  });

  it("writes fixes as Nix", () => {
    const files = { "/c/a.nix": MODULE };
    const own = memoryHost(files);
    runOver(own, "check", "--profile", "off", "--unsafe-fixes", "/c/a.nix");
    assert.equal(
      Buffer.from(own.read("/c/a.nix")).toString(),
      `{ pkgs, ... }:
{
  systemd.services.a = {
    serviceConfig = {
      ExecStart = "\${pkgs.a}/bin/a";
      Restart = "always";
    };
    startLimitIntervalSec = 10;
  };
}
`,
    );
  });

  it("is assessed service by service", () => {
    const { stdout, stderr, status } = runOver(host, "security", "/c");
    assert.match(stdout, /^\/c\/a\.nix#a\.service +9\.\d UNSAFE/m);
    assert.match(stdout, /^\/c\/c\.service +9\.\d UNSAFE/m);
    assert.equal(stderr + status, "0");
    const one = runOver(host, "security", "/c/a.nix");
    assert.match(one.stdout, /^✗ 0\.2 +PrivateDevices= /m);
    assert.match(one.stdout, /Overall exposure level for a\.nix#a\.service: 9\.\d/);
    assert.equal(runOver(host, "security", "--threshold", "50", "/c/a.nix").status, 1);
    const unknown = memoryHost({ "/u.nix": MODULE.replace('"allways"', "config.x") });
    assert.match(runOver(unknown, "security", "/u.nix").stderr, /u\.nix#a\.service: 1 value is unknown/);
  });

  it("is hardened in Nix, and once", () => {
    const own = memoryHost({ "/c/a.nix": MODULE.replace("allways", "always").replace(/.*StartLimit.*\n/, "") });
    const { stdout, status } = runOver(own, "harden", "/c/a.nix");
    assert.match(stdout, /^# \/c\/a\.nix#a\.service: \d+ settings to add, exposure 9\.\d → \d\.\d$/m);
    assert.match(stdout, /^\+ {6}ProtectHostname = true;$/m);
    assert.equal(status, 1);
    assert.equal(runOver(own, "harden", "--write", "/c/a.nix").status, 0);
    const written = Buffer.from(own.read("/c/a.nix")).toString();
    assert.match(written, /\n {6}ProtectHostname = true;\n/);
    if (HAS_NIX) assert.equal(nixComplaint(written), undefined);
    const again = runOver(own, "harden", "/c/a.nix");
    assert.match(again.stdout, /a\.nix#a\.service: nothing to add/);
    assert.equal(again.status, 0);
    const { files } = JSON.parse(runOver(own, "harden", "--format", "json", "/c/a.nix").stdout) as {
      files: readonly { path: string; target: string }[];
    };
    assert.deepEqual(files[0] && [files[0].path, files[0].target], ["/c/a.nix#a.service", "/c/a.nix"]);
  });

  it("gets nothing where its command is unknown", () => {
    const own = memoryHost({ "/c/a.nix": MODULE.replace(/"\$\{.*(?=;)/, "config.x") });
    const { stdout, status } = runOver(own, "harden", "/c/a.nix");
    assert.match(stdout, /nothing to add\n.*its command is an expression/);
    assert.equal(status, 0);
  });

  it("is no file of commands that take one unit, and has no drop-ins", () => {
    for (const command of ["sandbox", "format", "show"]) {
      const { stderr, status } = runOver(host, command, "/c/a.nix");
      assert.match(stderr, /a\.nix: /, command);
      assert.equal(status, 2, command);
    }
    for (const [option, sentence] of [
      [["--drop-in"], /hardened in place: leave out --drop-in/],
      [["--format", "nix"], /leave out --format nix/],
    ] as const) {
      const { stderr, status } = runOver(host, "harden", ...option, "/c/a.nix");
      assert.match(stderr, sentence);
      assert.equal(status, 2);
    }
    for (const command of ["security", "harden"]) {
      const { stderr, status } = runOver(host, command, "/d/b.nix");
      assert.match(stderr, /b\.nix: no unit stands in it/, command);
      assert.equal(status, 2, command);
    }
  });
});
