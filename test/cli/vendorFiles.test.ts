import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const VENDOR = "/usr/lib/systemd/system";
const ETC = "/etc/systemd/system";
const UNIT = `${VENDOR}/x.service`;
const PLAIN = "[Service]\nExecStart=/usr/sbin/gotosocial --port 8080\n";
const PACKAGE = "it belongs to a package, whose next update would undo that; --in-place changes it all the same";
const NEXT =
  "unit-warden: note: next: systemctl daemon-reload, then systemctl restart x.service; unit-warden try x.service proves that it still works\n";

describe("cli: files of packages", () => {
  it("are hardened by a drop-in of the administrator, of the same system", () => {
    for (const root of ["", "/srv/root", "/home/me/work/image"]) {
      const at = `${root}${ETC}/x.service.d/hardening.conf`;
      const host = memoryHost({ [root + UNIT]: PLAIN });
      assert.match(runOver(host, "harden", root + UNIT).stdout, new RegExp(`\\n--- /dev/null\\n\\+\\+\\+ ${at}\\n`));
      const { stderr, status } = runOver(host, "harden", "--write", root + UNIT);
      assert.equal(stderr, root === "" ? NEXT : "");
      assert.equal(status, 0);
      assert.deepEqual(host.written, [at]);
      assert.match(runOver(host, "harden", root + UNIT).stdout, /: nothing to add\n/);
    }
  });

  it("are hardened so in a tree that is named from the working directory", () => {
    const host = memoryHost({ [`/work${UNIT}`]: PLAIN }, { cwd: "/work" });
    const { stdout } = runOver(host, "harden", "--format", "json", "usr/lib/systemd/system/x.service");
    assert.equal(JSON.parse(stdout).files[0].target, "etc/systemd/system/x.service.d/hardening.conf");
  });

  it("are changed themselves where that is asked for", () => {
    const host = memoryHost({ [UNIT]: PLAIN });
    assert.equal(runOver(host, "harden", "--write", "--in-place", UNIT).stderr, NEXT);
    assert.deepEqual(host.written, [UNIT]);
    const both = runOver(host, "harden", "--drop-in", "--in-place", UNIT);
    assert.match(both.stderr, /--drop-in and --in-place exclude each other/);
    assert.equal(both.status, 2);
  });

  it("get no drop-in that would hide another one", () => {
    const host = memoryHost({ [UNIT]: PLAIN, [`${VENDOR}/x.service.d/hardening.conf`]: "[Service]\nNice=1\n" });
    const { stderr, status } = runOver(host, "harden", "--write", UNIT);
    assert.equal(
      stderr,
      `unit-warden: ${UNIT}: ${ETC}/x.service.d/hardening.conf would hide ${VENDOR}/x.service.d/hardening.conf: nothing is written\n`,
    );
    assert.equal(status, 2);
    assert.deepEqual(host.written, []);
  });

  it("of the administrator are changed as they are", () => {
    const own = `${ETC}/x.service`;
    const host = memoryHost({ [own]: PLAIN });
    assert.equal(runOver(host, "harden", "--write", own).stderr, NEXT);
    assert.deepEqual(host.written, [own]);
  });

  it("that are quadlets get the keys in the administrator's folder, where podman reads drop-ins", () => {
    const quadlet = "/usr/share/containers/systemd/x.container";
    const host = memoryHost({ [quadlet]: "[Container]\nImage=docker.io/library/nginx:1\n" });
    const old = runOver(host, "harden", "--likely", "--write", "--podman", "4.9", quadlet);
    assert.equal(old.stderr, `unit-warden: ${quadlet}: podman 4.9 reads no drop-ins of quadlets: ${PACKAGE}\n`);
    assert.deepEqual(host.written, []);
    runOver(host, "harden", "--likely", "--write", quadlet);
    assert.deepEqual(host.written, ["/etc/containers/systemd/x.container.d/hardening.conf"]);
  });

  it("are fixed by a drop-in that does the same", () => {
    const host = memoryHost({ [UNIT]: `${PLAIN}ExecStartPre=/bin/echo \\d\nMemoryLimit=1G\n` });
    const { stderr } = runOver(host, "check", "--fix", "--profile", "off", "--systemd", "257", UNIT);
    const at = `${ETC}/x.service.d/fixes.conf`;
    assert.equal(stderr, `unit-warden: note: ${UNIT} is fixed in ${at}, as far as a drop-in can\n${NEXT}`);
    assert.deepEqual(host.written, [at]);
    assert.match(String(host.files.get(`${ETC}/x.service.d/fixes.conf`)), /^\[Service\]\nMemoryMax=1G\n$/);
  });

  it("are not fixed where no drop-in does the same, nor formatted", () => {
    const text = `${PLAIN}ExecStartPre=/bin/echo \\d\nRestart = always\n`;
    for (const argv of [
      ["check", "--fix", "--profile", "off"],
      ["format", "--write"],
    ]) {
      const host = memoryHost({ [UNIT]: text });
      const { stderr } = runOver(host, ...argv, UNIT);
      assert.match(stderr, new RegExp(`: ${PACKAGE}\\n$|is not fixed: ${PACKAGE}\\n$`));
      assert.deepEqual(host.written, []);
      runOver(host, ...argv, "--in-place", UNIT);
      assert.deepEqual(host.written, [UNIT]);
    }
    const network = "/usr/lib/systemd/network/x.network";
    const host = memoryHost({ [network]: "[Match]\nName = eth0\n" });
    assert.equal(runOver(host, "format", "--write", network).status, 2);
    assert.deepEqual(host.written, []);
  });
});
