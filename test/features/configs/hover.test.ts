import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { configFamilyOf } from "../../../server/src/families/configFamilies.ts";
import { hover } from "../../../server/src/features/hover.ts";
import { NO_WORLD, type World } from "../../../server/src/features/world.ts";
import { openedConfig } from "../../kit/configs.ts";
import { ownEntry, ownManual, ownPage } from "../../kit/manualPages.ts";

const MANUAL = ownManual(
  ownPage("journald.conf", ownEntry("\\fISystemMaxUse=\\fR", "Own words\\&. Defaults to 10%\\&.")),
  ownPage(
    "systemd.network",
    `.SH "[DHCPV4] SECTION OPTIONS"\n${ownEntry("\\fIRouteMetric=\\fR", "Of DHCP\\&. Defaults to 1024\\&.")}` +
      `.SH "[DHCPV6] SECTION OPTIONS"\n${ownEntry("\\fIRouteMetric=\\fR", "Of IPv6\\&.")}`,
  ),
);
const WORLD: World = { ...NO_WORLD, manual: () => ({ manual: MANUAL, origin: "bundled", views: false }) };

const shown = (path: string, source: string): string => {
  const { view, cursor } = openedConfig(path, source);
  const { contents } = hover(view, cursor, false, WORLD) ?? {};
  return typeof contents === "object" && "value" in contents ? contents.value : "";
};

describe("configuration files: hover", () => {
  it("has the form of a setting, and the entry of its own section with the default", () => {
    const text = shown("/etc/systemd/network/a.network", "[DHCPv4]\n$0RouteMetric=5\n");
    const [name, summary = "", form = "", facts = ""] = text.split("\n\n");
    assert.equal(name, "RouteMetric= in [DHCPv4]");
    assert.equal(summary, configFamilyOf("network").content.directive("DHCPv4", "RouteMetric")?.summary);
    assert.match(form, /^Takes .*number/);
    assert.match(facts, /^Since systemd 217 · systemd\.network\(5\)/);
    assert.match(text, /\n\nDefault: 1024\n\nOf DHCP\. Defaults to 1024\./);
    assert.doesNotMatch(text, /\n\n\n/);
    assert.match(shown("/etc/systemd/journald.conf", "[Journal]\n$0SystemMaxUse=1G\n"), /Own words\./);
  });

  it("says nothing of a directive of units that has the same name", () => {
    assert.doesNotMatch(shown("/etc/systemd/nspawn/a.nspawn", "[Exec]\n$0PrivateUsers=no\n"), /unit/);
  });

  it("says what a section is about, with its place in the manual", () => {
    const text = shown("/etc/systemd/network/a.netdev", "[Wire$0GuardPeer]\n");
    assert.match(text, /^\[WireGuardPeer\]\n\nDescribes one peer of a WireGuard tunnel/);
    assert.match(text, /#%5BWireGuardPeer%5D%20Section%20Options/);
    assert.doesNotMatch(text, /unit/);
  });

  it("tells of sizes and times in values", () => {
    assert.match(shown("/etc/systemd/journald.conf", "[Journal]\nSystemMaxUse=5$000M\n"), /524,288,000 bytes/);
    const time = shown("/etc/systemd/journald.conf", "[Journal]\nMaxRetentionSec=1mon$0th\n");
    assert.match(time, /2,629,800 seconds/);
    assert.doesNotMatch(time, /\n\n\n/);
  });
});
