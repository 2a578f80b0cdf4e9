import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { inUsualOrder } from "../../../server/src/catalog/configDirectives.ts";
import type { ConfigKind } from "../../../server/src/facts/configKinds.ts";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { configFamilies, configFamilyOf } from "../../../server/src/families/configFamilies.ts";
import { completed, labels } from "../../kit/configs.ts";

describe("completion in configuration files", () => {
  it("offers the usual settings first, and none that a table does not have", () => {
    const inOrder = (kind: ConfigKind, section: string) => inUsualOrder(configFamilyOf(kind).description, section);
    assert.deepEqual(inOrder("netdev", "NetDev").slice(0, 3), ["Name", "Kind", "Description"]);
    const settings = inOrder("user.conf", "Manager");
    assert.ok(settings.indexOf("DefaultTimeoutStopSec") < settings.indexOf("ShowStatus"));
    for (const { name: kind, content, description } of configFamilies()) {
      const { sections } = description.table;
      for (const section of Object.keys(sections)) {
        const names = content.directivesIn(section as never, NEWEST_VERSION).map((it) => it.name);
        assert.equal(new Set(names).size, names.length, `${kind} [${section}]`);
      }
    }
  });

  it("offers sections that are objects of their own again, and no former names", () => {
    const found = labels(
      completed("/etc/systemd/network/a.network", "[Match]\nName=x\n[Address]\nAddress=::1/64\n\n$0"),
    );
    const at = (label: string): number => found.indexOf(label);
    assert.ok(at("[Address]") >= 0 && at("[Address]") < at("[Match]"));
    assert.equal(at("[DHCP]"), -1);
    assert.equal(at("[MobileNetwork]"), -1);
    assert.ok(labels(completed("/etc/systemd/network/a.network", "$0", 262)).includes("[MobileNetwork]"));
  });

  it("leaves out what is undocumented, old or too new, unless what is newer is asked for", () => {
    const text = "[Peer]\nName=a\n[WireGuard]\n$0";
    const found = labels(completed("/etc/systemd/network/a.netdev", text));
    assert.deepEqual(found.slice(0, 3), ["PrivateKeyFile", "ListenPort", "RouteTable"]);
    assert.ok(!found.includes("FwMark"));
    assert.ok(!labels(completed("/etc/systemd/network/a.network", "[Match]\n$0", 257)).includes("MachineTag"));
    const [last] = completed("/etc/systemd/network/a.network", "[Match]\n$0", 257, { newer: true }).filter(
      (it) => it.label === "MachineTag",
    );
    assert.equal(last?.labelDetails?.description, "systemd 262");
    assert.match(last?.sortText ?? "", /^3/);
  });

  it("offers a setting of the section before again in a new one", () => {
    const [again] = completed("/etc/systemd/network/a.network", "[Address]\nAddress=::1/64\n[Address]\n$0").filter(
      (it) => it.label === "Address",
    );
    assert.match(again?.sortText ?? "", /^1/);
  });
});
