import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { readSettings } from "../../server/src/server/settings.ts";
import { shownFindings } from "../../server/src/server/shownFindings.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";

/** What is reported of a line, with settings as a client sends them. */
function reported(line: string, sent: object, version: number): string[] {
  const path = unitPath("/etc/systemd/system/x.service");
  assert.ok(path);
  const unit = readUnit(path, `[Service]\nExecStart=/bin/true\n${line}\n`, version);
  const settings = readSettings({ hardening: { profile: "off" }, ...sent });
  return shownFindings(unit, settings, undefined).reported.map(({ message }) => message);
}

describe("findings that are shown", () => {
  it("are those of all targets", () => {
    const sent = { systemdVersion: "debian-13", otherTargets: ["debian-12"] };
    assert.equal(readSettings(sent).systemdVersion, 252);
    assert.deepEqual(reported("PrivatePIDs=yes", sent, 252), [
      "PrivatePIDs= is ignored by debian-12 (systemd 252); since 257",
    ]);
    assert.deepEqual(reported("PrivatePIDs=yes", { systemdVersion: "debian-13" }, 257), []);
  });

  it("are those of the machine too, where it decides", () => {
    assert.deepEqual(reported("PrivatePIDs=yes", { otherTargets: [252] }, 257), [
      "PrivatePIDs= is ignored by systemd 252; since 257",
    ]);
    assert.deepEqual(reported("PrivatePIDs=yes", {}, 257), []);
  });
});
