import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { assess } from "../../server/src/security/exposure.ts";
import { open } from "../kit/view.ts";

/** What the checks say of a service with these lines; `head` may name another file. */
function said(lines: readonly string[], head = "", version = 262): ReadonlyMap<string, string> {
  const source = `${head}[Service]\nExecStart=/usr/bin/d\n${lines.join("\n")}\n`;
  return new Map(assess(open(source, version).view.unit).checks.map((it) => [it.id, it.text]));
}

const TIME = "CapabilityBoundingSet_CAP_SYS_TIME";
const NET = "CapabilityBoundingSet_CAP_NET_BIND_SERVICE_BROADCAST_RAW)";

describe("security: what the checks say holds for the service", () => {
  it("speaks of root only where it starts as root", () => {
    for (const lines of [["User=shop"], ["DynamicUser=yes"], ["User=shop", "NoNewPrivileges=yes"], ["User=1000"]])
      for (const [id, text] of said(lines)) {
        assert.doesNotMatch(text, /As root it|runs as root|Root needs|What root leaves/, `${lines}: ${id}`);
      }
    assert.match(said([]).get(TIME) ?? "", /^As root it has the privilege to set the time$/);
    assert.equal(said([]).get("UserOrDynamicUser"), "It runs as root");
    for (const version of [257, 262])
      for (const [id, text] of said([], "#- /etc/systemd/user/x.service\n", version))
        assert.doesNotMatch(text, /As root it|runs as root|Root needs|What root leaves/, `user service: ${id}`);
  });

  it("says how another user comes to a right, if at all", () => {
    const of = (...lines: readonly string[]): string => said(lines).get(TIME) ?? "";
    assert.equal(
      of("User=shop"),
      "It starts without the privilege to set the time, but a set-user-ID program that it runs gets it",
    );
    assert.match(of("User=shop", "NoNewPrivileges=yes"), /^It neither has nor gains the privilege to set the time/);
    assert.equal(
      of("User=shop", "AmbientCapabilities=CAP_SYS_TIME"),
      "AmbientCapabilities= grants it the privilege to set the time",
    );
    assert.match(of("PrivateUsers=yes"), /^In its own user namespace, and only there/);
    assert.equal(of("CapabilityBoundingSet="), "Even as root it cannot set the time");
  });

  it("names only the rights that are left", () => {
    assert.equal(said([]).get(NET), "As root it has the privilege to use ports below 1024 and forge packets");
    const one = ["CapabilityBoundingSet=CAP_NET_BIND_SERVICE"];
    assert.equal(said(one).get(NET), "As root it has the privilege to use ports below 1024");
    const given = ["User=shop", "AmbientCapabilities=CAP_NET_BIND_SERVICE"];
    assert.equal(said(given).get(NET), "AmbientCapabilities= grants it the privilege to use ports below 1024");
    assert.match(
      said(["CapabilityBoundingSet=~CAP_SYS_TIME"]).get("ProtectClock") ?? "",
      /^It cannot set the system clock.* lacks CAP_SYS_TIME/,
    );
  });

  it("knows that other settings have a say in what a single one leaves open", () => {
    const text = (id: string, ...lines: readonly string[]): string => said(lines).get(id) ?? "";
    assert.match(text("PrivateTmp", "RootDirectory=/srv/r"), /those of its root directory$/);
    assert.match(text("PrivateTmp", "TemporaryFileSystem=/tmp"), /other settings may$/);
    assert.match(text("ProtectHome", "ProtectSystem=strict"), /^It can read the home directories$/);
    assert.match(
      text("ProtectHome", "User=shop"),
      /^It can read and change the home directories, subject to the permissions of its user$/,
    );
    assert.match(
      text("ProtectSystem", "User=shop"),
      /^It can change every file, subject to the permissions of its user$/,
    );
    assert.equal(text("ProtectSystem"), "It can change every file");
    assert.match(text("PrivateNetwork", "NetworkNamespacePath=/run/netns/a"), /NetworkNamespacePath=/);
    assert.match(text("PrivateDevices", "DevicePolicy=closed"), /the device policy blocks most of them$/);
    assert.match(text("ProtectProc", "PrivatePIDs=yes"), /only its own processes/);
    assert.match(text("RestrictNamespaces_net", "User=shop"), /^Inside a user namespace/);
    assert.match(
      text("RestrictNamespaces_net", "User=shop", "RestrictNamespaces=~user"),
      /^It needs only CAP_SYS_ADMIN/,
    );
    assert.match(text("SystemCallFilter_clock", "ProtectClock=yes"), /^No list denies calls of @clock$/);
    assert.match(text("IPAddressDeny", "PrivateNetwork=yes"), /^No list limits/);
    assert.match(text("PrivateMounts"), /^It is not set/);
    assert.match(text("PrivateMounts", "PrivateTmp=yes"), /not propagated/);
    assert.match(text("ProtectProc", "ProtectProc=invisible"), /^Its processes of another user/);
    assert.match(
      text("ProtectProc", "ProtectProc=invisible", "User=shop"),
      /^It does not see the processes of other users/,
    );
  });
});
