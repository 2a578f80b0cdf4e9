import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { hardeningFindings } from "../../server/src/hardening/hardening.ts";
import { findings, service, unitOf } from "./kit.ts";

const reported = (directive: string, ...lines: readonly string[]): boolean =>
  findings(lines, "isolated").has(directive);

describe("hardening: what a unit sets already", () => {
  it("understands every spelling of a boolean", () => {
    for (const word of ["yes", "1", "on", "True", "Y", "t"])
      assert.equal(reported("PrivateTmp", `PrivateTmp=${word}`), false, word);
    for (const word of ["no", "0", "Off"]) assert.equal(reported("PrivateTmp", `PrivateTmp=${word}`), true, word);
  });

  it("takes the last valid value", () => {
    assert.equal(reported("PrivateTmp", "PrivateTmp=no", "PrivateTmp=yes"), false);
    assert.equal(reported("PrivateTmp", "PrivateTmp=yes", "PrivateTmp=maybe"), false);
    assert.equal(reported("PrivateTmp", "PrivateTmp=yes", "PrivateTmp="), false);
    assert.equal(reported("PrivateTmp", "PrivateTmp=yes", "PrivateTmp=no"), true);
  });

  it("takes stronger and equal values", () => {
    for (const line of [
      "PrivateTmp=disconnected",
      "ProtectHome=yes",
      "ProtectProc=ptraceable",
      "ProtectControlGroups=strict",
    ]) {
      assert.equal(reported(line.slice(0, line.indexOf("=")), line), false, line);
    }
    assert.equal(reported("RestrictNamespaces", "RestrictNamespaces=user pid"), false);
    assert.equal(reported("RestrictNamespaces", "RestrictNamespaces=no"), true);
    assert.equal(reported("UMask", "UMask=0027"), false);
    assert.equal(reported("UMask", "UMask=0022"), true);
    assert.equal(reported("RestrictAddressFamilies", "RestrictAddressFamilies=none"), false);
  });

  it("lets an empty value reset a list", () => {
    const text = service("SystemCallArchitectures=native", "SystemCallArchitectures=");
    const found = hardeningFindings(unitOf(text), "basic").find((it) => it.directive === "SystemCallArchitectures");
    assert.ok(found);
    assert.equal(text.slice(found.start, found.end), "SystemCallArchitectures");
    assert.equal(found.start, text.lastIndexOf("SystemCallArchitectures"));
    assert.equal(
      reported("RestrictAddressFamilies", "RestrictAddressFamilies=", "RestrictAddressFamilies=AF_UNIX"),
      false,
    );
    assert.equal(reported("CapabilityBoundingSet", "CapabilityBoundingSet="), false);
    assert.equal(reported("CapabilityBoundingSet", "CapabilityBoundingSet=~CAP_SYS_ADMIN"), false);
    assert.equal(reported("CapabilityBoundingSet", "CapabilityBoundingSet=", "CapabilityBoundingSet=~"), true);
  });

  it("knows what DynamicUser= implies, over explicit weaker values", () => {
    const implied = ["RemoveIPC", "PrivateTmp", "NoNewPrivileges", "RestrictSUIDSGID", "ProtectSystem", "ProtectHome"];
    const found = findings(["DynamicUser=yes", "PrivateTmp=no", "ProtectSystem=full", "ProtectHome=no"], "strict");
    for (const name of [...implied, "DynamicUser"]) assert.equal(found.has(name), false, name);
    assert.equal(found.has("PrivateDevices"), true);
    assert.equal(reported("ProtectHome", "DynamicUser=yes", "ProtectHome=read-only"), true);
  });

  it("counts settings of the same effect", () => {
    const homes = "/home /root /run/user";
    assert.equal(reported("ProtectHome", "TemporaryFileSystem=/home:ro /root /run/user"), false);
    assert.equal(reported("ProtectHome", `InaccessiblePaths=-/home -/root /run`), false);
    assert.equal(reported("ProtectHome", "InaccessiblePaths=/home /root"), true);
    assert.equal(reported("ProtectHome", `InaccessiblePaths=${homes}`, "InaccessiblePaths="), true);
    for (const root of ["TemporaryFileSystem=/:ro", "RootDirectory=/srv/x", "RootImage=/srv/x.raw"]) {
      for (const name of ["ProtectHome", "ProtectSystem", "TemporaryFileSystem"])
        assert.equal(reported(name, root), false, `${root} ${name}`);
    }
    assert.equal(reported("ProtectSystem", "ReadOnlyPaths=/"), false);
    assert.equal(reported("ProtectSystem", "ReadOnlyPaths=/usr"), true);
    assert.equal(reported("ProtectKernelModules", "CapabilityBoundingSet=~CAP_SYS_MODULE"), true);
    assert.equal(reported("ProtectProc", "PrivatePIDs=yes"), false);
    assert.equal(reported("DynamicUser", "User=foo"), false);
    assert.equal(reported("DynamicUser", "User=root"), true);
    assert.equal(reported("RemoveIPC"), false);
    assert.equal(reported("RemoveIPC", "User=foo"), true);
  });

  it("reads the drop-ins too, but says nothing about their text", () => {
    const directives = (dropIn: string) =>
      hardeningFindings(unitOf(service(), undefined, [dropIn]), "basic").map((it) => it.directive);
    assert.equal(directives("[Service]\nPrivateTmp=yes\n").includes("PrivateTmp"), false);
    assert.equal(directives("[Service]\nPrivateTmp=no\n").includes("PrivateTmp"), false);
    assert.equal(directives("[Service]\nNice=1\n").includes("PrivateTmp"), true);
  });

  it("offers user units only what works for them", () => {
    const found = findings([], "isolated", "/usr/lib/systemd/user/x.service");
    for (const name of [
      "CapabilityBoundingSet",
      "DynamicUser",
      "RemoveIPC",
      "ProtectProc",
      "ProcSubset",
      "StateDirectory",
    ]) {
      assert.equal(found.has(name), false, name);
    }
    for (const name of ["ProtectSystem", "LockPersonality", "SystemCallFilter"])
      assert.equal(found.has(name), true, name);
  });

  it("finds nothing in drop-ins, other kinds of units, and services without a command", () => {
    const text = service();
    for (const path of ["x.service.d/a.conf", "x.socket", "x.timer"]) {
      assert.deepEqual(hardeningFindings(unitOf(text, path), "isolated"), [], path);
    }
    for (const bare of ["", "[Unit]\nDescription=x\n", "[Service]\nUser=foo\n", "[Service]\nExecStart=\n"]) {
      assert.deepEqual(hardeningFindings(unitOf(bare), "isolated"), [], bare);
    }
    assert.notDeepEqual(hardeningFindings(unitOf("[Service]\nType=oneshot\nExecStop=/usr/bin/x\n"), "basic"), []);
  });
});
