import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { UNIT_KINDS } from "../../server/src/facts/unitKinds.ts";
import { recognize } from "../../server/src/families/families.ts";
import { kindFromSections, scopeOfPlace, unitPath } from "../../server/src/families/unitFiles/unitPath.ts";

/** What a path says, as `kind role name scope`. */
function read(path: string): string | undefined {
  const parts = unitPath(path);
  return parts && `${parts.kind} ${parts.role} ${parts.name ?? "*"} ${parts.scope}`;
}

const EDITED = "0123456789abcdef";

describe("unit path: units", () => {
  it("are files of the eleven kinds", () => {
    assert.equal(UNIT_KINDS.length, 11);
    for (const kind of UNIT_KINDS) {
      assert.equal(read(`/etc/systemd/system/a.${kind}`), `${kind} unit a.${kind} system`);
    }
  });

  it("may be templates and instances", () => {
    assert.equal(read("/x/getty@.service"), "service unit getty@.service system");
    assert.equal(read("/x/getty@tty1.service"), "service unit getty@tty1.service system");
    assert.equal(read("/x/user@1000.0.service"), "service unit user@1000.0.service system");
  });

  it("may have dots, dashes and escapes in their names", () => {
    assert.equal(read("/x/org.example.a-b.service"), "service unit org.example.a-b.service system");
    assert.equal(read("/x/-.mount"), "mount unit -.mount system");
    assert.equal(read("dev-a\\x2db.swap"), "swap unit dev-a\\x2db.swap system");
    assert.equal(read("/x/a\\x2db.mount.d/x.conf"), "mount drop-in a\\x2db.mount system");
    assert.equal(read("/x/dev-disk-by\\x2dlabel-a.swap"), "swap unit dev-disk-by\\x2dlabel-a.swap system");
  });

  it("need no folder", () => {
    assert.equal(read("a.timer"), "timer unit a.timer system");
  });

  it("may lie in any folder, also in one that looks like drop-ins", () => {
    assert.equal(read("/x/a.service.d/b.socket"), "socket unit b.socket system");
    assert.equal(read("/x/multi-user.target.wants/a.service"), "service unit a.service system");
  });
});

describe("unit path: drop-ins", () => {
  it("extend the unit that their folder names", () => {
    assert.equal(read("/etc/systemd/system/a.service.d/override.conf"), "service drop-in a.service system");
    assert.equal(read("/x/a@.service.d/10-x.conf"), "service drop-in a@.service system");
    assert.equal(read("/x/a@i.socket.d/x.conf"), "socket drop-in a@i.socket system");
    assert.equal(read("/x/a.b.timer.d/x.conf"), "timer drop-in a.b.timer system");
  });

  it("extend all units of a prefix", () => {
    assert.equal(read("/x/foo-.service.d/x.conf"), "service drop-in foo-.service system");
  });

  it("extend all units of a kind", () => {
    for (const kind of UNIT_KINDS) assert.equal(read(`/x/${kind}.d/x.conf`), `${kind} drop-in * system`);
  });

  it("end in .conf", () => {
    assert.equal(read("/x/a.service.d/x.conf~"), undefined);
    assert.equal(read("/x/a.service.d/README"), undefined);
  });
});

describe("unit path: files that systemctl edit opens", () => {
  it("are read as what they become", () => {
    const folder = "/etc/systemd/system";
    assert.equal(read(`${folder}/a.service.d/.#override.conf${EDITED}`), "service drop-in a.service system");
    assert.equal(read(`${folder}/.#a.service${EDITED}`), "service unit a.service system");
    assert.equal(read(`${folder}/.#a@.socket${EDITED}`), "socket unit a@.socket system");
    assert.equal(read(`/run/systemd/system/timer.d/.#x.conf${EDITED}`), "timer drop-in * system");
  });

  it("are not other hidden files", () => {
    assert.equal(read("/x/.#a.service"), "service unit .#a.service system");
    for (const path of [
      `/x/.#a.service${EDITED.slice(1)}`,
      `/x/.#a.service${EDITED.toUpperCase()}`,
      `/x/a.service${EDITED}`,
      `/x/#a.service${EDITED}`,
    ]) {
      assert.equal(read(path), undefined, path);
    }
  });
});

describe("unit path: scope", () => {
  it("is the user's below systemd/user", () => {
    for (const folder of [
      "/home/a/.config/systemd/user",
      "/home/a/.local/share/systemd/user",
      "/usr/lib/systemd/user",
      "/etc/systemd/user",
      "/run/user/1000/systemd/user.control",
      "/run/user/1000/systemd/transient",
      "dot_config/systemd/user",
      "src/units/user",
      "contrib/systemd-user",
      "user-units",
      "/home/a/.config/containers/systemd",
      "/etc/containers/systemd/users/1000",
    ]) {
      assert.equal(read(`${folder}/a.service`), "service unit a.service user", folder);
      assert.equal(read(`${folder}/a.service.d/x.conf`), "service drop-in a.service user", folder);
    }
  });

  it("is what the innermost folder says, and open where none does", () => {
    const scopes: Readonly<Record<string, "system" | "user" | undefined>> = {
      "/etc/systemd/system/a.service": "system",
      "/home/a/.config/systemd/user/a.service.d/x.conf": "user",
      "/home/a/.config/systemd/user/copy/systemd/system/a.service": "system",
      "debian/a.service": "system",
      "debian/a.user.service": "user",
      "src/units/system/a.service": "system",
      "/home/a/src/contrib/a.service": undefined,
      "test/unit/user/a.service": undefined,
      "/etc/containers/systemd/a.service": undefined,
      "a.service": undefined,
    };
    for (const [path, scope] of Object.entries(scopes)) assert.equal(scopeOfPlace(path), scope, path);
  });

  it("is the system's elsewhere", () => {
    for (const folder of ["/etc/systemd/system", "/home/user", "/home/a/user/systemd", "/x/systemd/users", "user"]) {
      assert.equal(read(`${folder}/a.service`), "service unit a.service system", folder);
    }
    assert.equal(read("/etc/systemd/system/user@.service"), "service unit user@.service system");
  });
});

describe("unit path: Windows", () => {
  it("separates by backslashes too", () => {
    assert.equal(read("work\\a.service"), "service unit a.service system");
    assert.equal(read("C:\\x86\\x2d.service"), "service unit x2d.service system");
    assert.equal(read("C:/work/a.service"), "service unit a.service system");
    assert.equal(read("C:\\work\\a.service"), "service unit a.service system");
    assert.equal(read("C:\\work\\a.service.d\\x.conf"), "service drop-in a.service system");
    assert.equal(read("\\\\wsl$\\Debian\\home\\a\\.config\\systemd\\user\\a.timer"), "timer unit a.timer user");
  });
});

describe("unit path: what is none", () => {
  it("has another name or folder", () => {
    for (const path of [
      "",
      "/",
      "service",
      ".service",
      "/x/service",
      "/x/.service",
      "/x/a.service/",
      "/x/a.Service",
      "/x/a.services",
      "/x/a.service.bak",
      "/x/a.service.in.bak",
      "/x/a.conf",
      "/x/a.d/b.conf",
      "/x/a.service.d",
      "/x/a.service.wants/b.conf",
      "/x/a.service.d/y/x.conf",
      "/etc/systemd/system.conf",
      "/etc/systemd/network/a.network",
    ]) {
      assert.equal(read(path), undefined, path);
    }
  });
});

describe("unit path: other files of systemd", () => {
  it("are known by their suffix or folder", () => {
    const expected: Readonly<Record<string, string>> = {
      "/etc/systemd/network/a.network": "network",
      "/etc/systemd/network/a.network.d/x.conf": "network",
      "a.netdev": "netdev",
      "a.link": "link",
      "a.nspawn": "nspawn",
      "a.dnssd": "dnssd",
      "/etc/systemd/system.conf": "system.conf",
      "/etc/systemd/journald.conf.d/x.conf": "journald.conf",
      "/etc/udev/udev.conf": "udev.conf",
      "/etc/kernel/install.conf": "install.conf",
      "/usr/lib/tmpfiles.d/x.conf": "tmpfiles.d",
      "/usr/lib/systemd/system-preset/90-x.preset": "preset",
    };
    for (const [path, kind] of Object.entries(expected)) assert.equal(recognize(path)?.kind, kind, path);
  });

  it("are not units, nor files of other programs", () => {
    for (const path of [
      "/etc/nginx/nginx.conf",
      "/etc/foo.conf.d/x.conf",
      "/etc/systemd/zram-generator.conf",
      "a.network.bak",
    ]) {
      assert.equal(recognize(path), undefined, path);
    }
  });
});

describe("unit path: kind of a text without a path", () => {
  it("is that of its own section, else a service", () => {
    assert.equal(kindFromSections(["Unit", "Timer", "Install"]), "timer");
    assert.equal(kindFromSections(["unit", "socket"]), "socket");
    assert.equal(kindFromSections(["Unit", "Install"]), "service");
    assert.equal(kindFromSections([]), "service");
  });
});
