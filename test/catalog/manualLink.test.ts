import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { directive } from "../../server/src/catalog/catalog.ts";
import { directiveUrl, sectionUrl } from "../../server/src/catalog/manualLink.ts";
import { sectionFacts } from "../../server/src/catalog/sections.ts";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";

const MANUAL = "https://www.freedesktop.org/software/systemd/man";

function url(section: string, name: string, version = NEWEST_VERSION): string | undefined {
  const known = directive(section, name);
  assert.ok(known, `[${section}] ${name}=`);
  return directiveUrl(known, version);
}

describe("catalog: links to the manual", () => {
  it("point to the entry of a directive", () => {
    assert.equal(url("Service", "ProtectHome"), `${MANUAL}/latest/systemd.exec.html#ProtectHome=`);
    assert.equal(url("Timer", "OnCalendar"), `${MANUAL}/latest/systemd.timer.html#OnCalendar=`);
  });

  it("point to the first name of an entry that several share", () => {
    assert.equal(url("Service", "ReadOnlyPaths"), `${MANUAL}/latest/systemd.exec.html#ReadWritePaths=`);
    assert.equal(url("Install", "RequiredBy"), `${MANUAL}/latest/systemd.unit.html#WantedBy=`);
  });

  it("keep the placeholder that the manual writes behind the name", () => {
    assert.equal(url("Slice", "CPUWeight"), `${MANUAL}/latest/systemd.resource-control.html#CPUWeight=weight`);
    assert.equal(
      url("Service", "DevicePolicy"),
      `${MANUAL}/latest/systemd.resource-control.html#DevicePolicy=auto%7Cclosed%7Cstrict`,
    );
  });

  it("are percent-encoded", () => {
    assert.equal(
      url("Service", "IPAddressAllow"),
      `${MANUAL}/latest/systemd.resource-control.html#IPAddressAllow=ADDRESS%5B/PREFIXLENGTH%5D%E2%80%A6`,
    );
  });

  it("name the edition of an older version, and the latest one for the newest", () => {
    assert.equal(url("Service", "ProtectHome", 257), `${MANUAL}/257/systemd.exec.html#ProtectHome=`);
    assert.equal(url("Service", "ProtectHome", 261), `${MANUAL}/261/systemd.exec.html#ProtectHome=`);
    assert.equal(url("Service", "ProtectHome", NEWEST_VERSION + 1), `${MANUAL}/latest/systemd.exec.html#ProtectHome=`);
  });

  it("are missing for what no page describes", () => {
    assert.equal(url("Service", "ReadOnlyDirectories"), undefined);
    assert.equal(url("Scope", "TimeoutStopSec"), undefined);
  });

  it("lead to what is said about a section, or to its page", () => {
    assert.equal(
      sectionUrl(sectionFacts("Unit"), NEWEST_VERSION),
      `${MANUAL}/latest/systemd.unit.html#%5BUnit%5D%20Section%20Options`,
    );
    assert.equal(sectionUrl(sectionFacts("Service"), 257), `${MANUAL}/257/systemd.service.html`);
  });
});
