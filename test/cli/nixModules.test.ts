import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

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
    assert.match(stdout, /\/c\/a\.nix:6:18[: ].*Restart= takes/);
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
    assert.match(stdout, /\/s\/a\.sh:4:9[: ].*Restart= takes/);
    assert.doesNotMatch(stdout, /b\.sh/);
  });

  it("has nothing to say of a module without units", () => {
    assert.equal(check("/d/b.nix").stdout, "1 file: nothing to report\n");
    assert.equal(check("/d").status, 0);
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

  it("is no file of commands that take services", () => {
    for (const command of ["security", "harden", "format"]) {
      const { stderr, status } = runOver(host, command, "/c/a.nix");
      assert.match(stderr, /a\.nix: /, command);
      assert.equal(status, 2, command);
    }
  });
});
