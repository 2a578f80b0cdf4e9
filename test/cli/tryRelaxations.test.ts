import assert from "node:assert/strict";
import { relaxationsFor } from "../../server/src/cli/try/relaxations.ts";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { settingsForTrial } from "../../server/src/learn/trial/trialSettings.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";

function unitOf(...lines: readonly string[]): Unit {
  const path = unitPath("web.service");
  assert.ok(path);
  return readUnit(path, `[Service]\nExecStart=/usr/bin/web\n${lines.map((it) => `${it}\n`).join("")}`, 257);
}

/** What is made of the first setting that a failure speaks against, the first few ways. */
function loosened(told: string, lines: readonly string[], unit = unitOf(), count = 2): string[] {
  const { settings } = settingsForTrial(unit, lines);
  const all = settings.map((it) => it.lines);
  return relaxationsFor(unit, settings, all, told)
    .slice(0, count)
    .map((it) => it.lines.join(" "));
}

describe("what loosens a setting", () => {
  it("opens the path that could not be written, before it takes a weaker value", () => {
    assert.deepEqual(
      loosened("web: /srv/data/f: Read-only file system", ["ProtectSystem=strict", "PrivateTmp=yes"], unitOf(), 4),
      ["ProtectSystem=strict ReadWritePaths=/srv/data", "ProtectSystem=full", "ProtectSystem=yes", ""],
    );
  });

  it("declares no directory, whose owner would stay another", () => {
    const [first] = loosened("web: mkdir /var/lib/web: Read-only file system", ["ProtectSystem=strict"]);
    assert.equal(first, "ProtectSystem=strict ReadWritePaths=/var/lib");
  });

  it("adds one capability, family or call", () => {
    assert.deepEqual(
      [
        loosened("bind to port 80: Permission denied", ["CapabilityBoundingSet=CAP_KILL"], unitOf(), 1),
        loosened(
          "socket(AF_NETLINK): Address family not supported by protocol",
          ["RestrictAddressFamilies=AF_UNIX"],
          unitOf(),
          1,
        ),
        loosened(
          "chroot: Operation not permitted",
          ["SystemCallFilter=@system-service", "SystemCallErrorNumber=EPERM"],
          unitOf(),
          1,
        ),
      ],
      [
        ["CapabilityBoundingSet=CAP_KILL CAP_NET_BIND_SERVICE"],
        ["RestrictAddressFamilies=AF_UNIX AF_NETLINK"],
        ["SystemCallFilter=@system-service chroot SystemCallErrorNumber=EPERM"],
      ],
    );
  });

  it("keeps taking back what the unit says where that was wanted", () => {
    const told = "bind to port 80: Permission denied";
    assert.deepEqual(
      [
        loosened(told, ["CapabilityBoundingSet="], unitOf(), 1),
        loosened(told, ["CapabilityBoundingSet="], unitOf("CapabilityBoundingSet=CAP_KILL"), 1),
      ],
      [
        ["CapabilityBoundingSet=CAP_NET_BIND_SERVICE"],
        ["CapabilityBoundingSet= CapabilityBoundingSet=CAP_NET_BIND_SERVICE"],
      ],
    );
  });

  it("leaves out a switch instead of setting it to no, which the unit may have set itself", () => {
    const told = "web: code=killed, status=5/TRAP";
    assert.deepEqual(loosened(told, ["MemoryDenyWriteExecute=yes"]), [""]);
  });

  it("never blames what the unit says itself", () => {
    const unit = unitOf("ProtectSystem=strict");
    assert.deepEqual(loosened("web: /srv/data/f: Read-only file system", ["PrivateTmp=yes"], unit), []);
  });

  it("reads which call of a Python program failed", () => {
    const told = [
      "Traceback (most recent call last):",
      '  File "/srv/web.py", line 2, in <module>',
      "    server.socket.bind(address)",
      "    ~~~~~~~~~~~~~~~~~~^^^^^^^^^",
      "PermissionError: [Errno 13] Permission denied",
    ].join("\n");
    assert.deepEqual(loosened(told, ["CapabilityBoundingSet="], unitOf(), 1), [
      "CapabilityBoundingSet=CAP_NET_BIND_SERVICE",
    ]);
  });
});
