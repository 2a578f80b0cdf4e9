import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { daemonNames } from "../../server/src/cli/hardenFor.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { measuredDaemons } from "../../server/src/hardening/measured.ts";
import { measuredDropIn } from "../../server/src/hardening/measuredDropIn.ts";
import { check } from "../../server/src/rules/check.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const run = (...argv: readonly string[]) => runOver(memoryHost({}), "harden", "--for", ...argv);

describe("cli harden --for", () => {
  it("prints the drop-in as a file, and says beside it where it goes and what was left out", () => {
    const { stdout, stderr, status } = run("nginx");
    assert.equal(status, 0);
    assert.match(
      stdout,
      /^# Proven with nginx-light \S+, its configuration untouched, and systemd 257, .*\n# Exercised .*GET \/probe.txt.*\n\[Service\]\n/,
    );
    assert.match(stdout, /\nProtectSystem=strict\n[\s\S]*\nRestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX\n$/);
    assert.match(stderr, /note: Put it into \/etc\/systemd\/system\/nginx\.service\.d\/hardening\.conf\./);
    assert.match(stderr, /note: Left out, as a run speaks against it: UMask= \(/);
  });

  it("takes units, instances, programs and packages", () => {
    const first = (name: string): string => run(name).stdout.split("\n")[0] ?? "";
    for (const name of ["nginx.service", "/usr/sbin/nginx", "nginx-light", "NGINX"])
      assert.equal(first(name), first("nginx"));
    assert.match(first("kresd@1.service"), /knot-resolver/);
    assert.match(first("kresd"), /knot-resolver/);
  });

  it("leaves out what the target does not know", () => {
    const lines = (...argv: readonly string[]): readonly string[] => run("nginx", ...argv).stdout.split("\n");
    const older = lines("--systemd", "239");
    assert.ok(lines().includes("ProtectProc=invisible") && !older.includes("ProtectProc=invisible"));
    assert.ok(older.includes("ProtectSystem=strict"));
  });

  it("names the nearest daemon with status 2, and several where a name has several", () => {
    assert.deepEqual(run("ngnix"), {
      stdout: "",
      stderr: 'unit-warden: no daemon "ngnix" was measured; did you mean nginx?\n',
      status: 2,
    });
    assert.deepEqual(run("qwertz"), {
      stdout: "",
      stderr: 'unit-warden: no daemon "qwertz" was measured\n',
      status: 2,
    });
    const several = run("bosixnet-daemon.service", "--write");
    assert.equal(several.status, 2);
    assert.match(several.stderr, /^unit-warden: --for takes nothing but --systemd, not --write/);
  });

  it("has drop-ins that systemd reads whole, of all daemons", () => {
    assert.equal(new Set(daemonNames()).size, measuredDaemons().length);
    for (const daemon of measuredDaemons()) {
      const path = unitPath(`/etc/systemd/system/${daemon.unit}.d/hardening.conf`);
      assert.ok(path);
      const errors = check(readUnit(path, measuredDropIn(daemon), 257), { profile: "off" });
      assert.deepEqual(
        errors.filter((it) => it.severity === "error").map((it) => it.message),
        [],
        daemon.unit,
      );
    }
  });
});
