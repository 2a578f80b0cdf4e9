import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const NAME = "etc/systemd/system/x.service";
const SERVICE = "[Service]\nExecStart=/usr/bin/app --port 8080\n";
const ON = "[Manager]\nDefaultRestrictSUIDSGID=yes\n";
const CODE = "hardening/restrict-suidsgid";

describe("defaults of the manager", () => {
  const isMissing = (files: Readonly<Record<string, string>>, ...options: readonly string[]): boolean => {
    const host = memoryHost(files);
    return runOver(host, "check", "--format", "json", "--profile", "basic", ...options).stdout.includes(CODE);
  };

  it("count for the files of their system, from version 258", () => {
    const files = { [`/${NAME}`]: SERVICE };
    assert.equal(isMissing(files, `/${NAME}`), true);
    assert.equal(isMissing({ ...files, "/etc/systemd/system.conf": ON }, `/${NAME}`), false);
    assert.equal(isMissing({ ...files, "/etc/systemd/system.conf": ON }, "--systemd", "257", `/${NAME}`), true);
    assert.equal(isMissing({ ...files, "/etc/systemd/user.conf": ON }, `/${NAME}`), true);
    assert.equal(isMissing({ ...files, "/usr/lib/systemd/system.conf.d/a.conf": ON }, `/${NAME}`), false);
  });

  it("are those of the strongest files, drop-ins last and by name", () => {
    const off = "[Manager]\nDefaultRestrictSUIDSGID=no\n";
    const say = (files: Readonly<Record<string, string>>): boolean =>
      isMissing({ ...files, [`/${NAME}`]: SERVICE }, `/${NAME}`);
    assert.equal(say({ "/etc/systemd/system.conf": off, "/usr/lib/systemd/system.conf": ON }), true);
    assert.equal(say({ "/etc/systemd/system.conf": off, "/usr/lib/systemd/system.conf.d/a.conf": ON }), false);
    assert.equal(
      say({ "/etc/systemd/system.conf.d/a.conf": off, "/usr/lib/systemd/system.conf.d/a.conf": ON }),
      true,
      "one of the same name hides the other",
    );
    assert.equal(
      say({ "/etc/systemd/system.conf.d/a.conf": off, "/usr/lib/systemd/system.conf.d/b.conf": ON }),
      false,
      "the name decides the order",
    );
    assert.equal(say({ "/etc/systemd/system.conf": "[Manager]\nDefaultRestrictSUIDSGID=perhaps\n" }), true);
    assert.equal(say({ "/etc/systemd/system.conf": ON.replace("Manager", "Service") }), true);
  });

  it("are those below --root, and none for other folders", () => {
    const files = { "/srv/x.service": SERVICE, "/etc/systemd/system.conf": ON };
    assert.equal(isMissing(files, "/srv/x.service"), true);
    const root = { "/srv/x.service": SERVICE, "/image/etc/systemd/system.conf": ON, "/other/etc/systemd/x.conf": "" };
    assert.equal(isMissing(root, "--root", "/image", "/srv/x.service"), false);
    assert.equal(isMissing(root, "--root", "/other", "/srv/x.service"), true);
    const image = { [`/image/${NAME}`]: SERVICE, "/image/etc/systemd/system.conf": ON };
    assert.equal(isMissing(image, `/image/${NAME}`), false);
  });

  it("of a user come from the home directory first", () => {
    const path = "/home/a/.config/systemd/user/x.service";
    const files = { [path]: `${SERVICE}NoNewPrivileges=yes\n`, "/etc/systemd/user.conf": ON };
    assert.equal(isMissing(files, path), false);
    const own = { "/home/a/.config/systemd/user.conf": "[Manager]\nDefaultRestrictSUIDSGID=no\n" };
    assert.equal(isMissing({ ...files, ...own }, path), true);
  });

  it("lower the exposure, and harden leaves the setting out; what the unit says itself counts", () => {
    const exposure = (service: string, conf: string): string =>
      runOver(memoryHost({ [`/${NAME}`]: service, "/etc/systemd/system.conf": conf }), "security", `/${NAME}`).stdout;
    const set = `${SERVICE}RestrictSUIDSGID=yes\n`;
    assert.equal(exposure(SERVICE, ON), exposure(set, ""));
    assert.notEqual(exposure(SERVICE, ON), exposure(SERVICE, ""));
    assert.equal(exposure(`${SERVICE}RestrictSUIDSGID=no\n`, ON), exposure(`${SERVICE}RestrictSUIDSGID=no\n`, ""));
    const hardened = (conf: string): string =>
      runOver(memoryHost({ [`/${NAME}`]: SERVICE, "/etc/systemd/system.conf": conf }), "harden", `/${NAME}`).stdout;
    assert.match(hardened(""), /\+RestrictSUIDSGID=yes/);
    assert.doesNotMatch(hardened(ON), /RestrictSUIDSGID/);
  });
});
