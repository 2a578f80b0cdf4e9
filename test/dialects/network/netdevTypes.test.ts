import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitNameOf } from "../../../server/src/units/where.ts";
import type { Where } from "../../../server/src/values/grammar.ts";
import { issuesOf, slotsAt } from "../../../server/src/values/read.ts";
import { configType } from "../../kit/configTypes.ts";

const where = (version: 257 | 262 = 262): Where => ({
  version,
  scope: "system",
  kind: "target",
  unit: unitNameOf("x.target", "target"),
  certain: true,
});

function typeOf(name: string) {
  const type = configType(name);
  assert.ok(type, name);
  return type;
}

/** The values of some that systemd does not take. */
const refused = (name: string, values: readonly string[], version?: 257 | 262): string[] =>
  values.filter((it) => issuesOf(typeOf(name), it, where(version)).length > 0);

const effects = (name: string, value: string): string[] =>
  issuesOf(typeOf(name), value, where()).map(({ effect }) => effect);

const offered = (name: string): string[] =>
  slotsAt(typeOf(name), "", 0, where()).flatMap(({ offers }) => offers().map((it) => it.text));

describe("values of .netdev files", () => {
  it("have bounds and words instead of numbers", () => {
    assert.deepEqual(refused("vlanid", ["0", "4094", "4095", "-1", ""]), ["4095", "-1", ""]);
    assert.deepEqual(refused("vxlanTtl", ["inherit", "255", "256", "Inherit"]), ["256", "Inherit"]);
    assert.deepEqual(refused("ipoibPkey", ["1", "0x8000", "0", ""]), ["0x8000", "0"]);
    assert.deepEqual(offered("wireguardListenPort"), ["auto"]);
  });

  it("are keys of their length", () => {
    const key = "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=";
    assert.deepEqual(refused("wireguardPeerKey", [key, "@vpn.key", key.slice(0, -1), "abcd", ""]), [
      key.slice(0, -1),
      "abcd",
    ]);
    const hex = "00112233445566778899aabbccddeeff";
    assert.deepEqual(refused("macsecKey", [hex, hex.slice(2), `${hex.slice(1)}g`]), [hex.slice(2), `${hex.slice(1)}g`]);
  });

  it("are hosts with a port", () => {
    assert.deepEqual(
      refused("wireguardEndpoint", [
        "vpn.example.com:51820",
        "[2001:db8::1]:51820",
        "192.0.2.1",
        "@endpoint",
        "vpn.example.com",
        "[2001:db8::1]",
        "vpn.example.com:0",
      ]),
      ["vpn.example.com", "[2001:db8::1]", "vpn.example.com:0"],
    );
  });

  it("are addresses of hosts or of groups", () => {
    assert.deepEqual(refused("vxlanAddress:group", ["224.0.0.1", "ff02::1", "192.0.2.1"]), ["192.0.2.1"]);
    assert.deepEqual(refused("vxlanAddress:remote", ["224.0.0.1", "192.0.2.1", "dhcp4"]), ["224.0.0.1", "dhcp4"]);
    assert.deepEqual(refused("vxlanAddress:local", ["dhcp4", "slaac"]), []);
    assert.deepEqual(refused("l2tpTunnelLocalAddress", ["auto@eth0", "192.0.2.1@eth/0", "0.0.0.0"]), [
      "192.0.2.1@eth/0",
      "0.0.0.0",
    ]);
  });

  it("may have bits that do not count", () => {
    assert.deepEqual(effects("wireguardAllowedIps", "10.0.0.1/8, fd00::/8"), ["complains"]);
    assert.deepEqual(effects("wireguardAllowedIps", "10.0.0.0/33 10.0.0.0/8"), ["word"]);
  });

  it("change with the version", () => {
    assert.deepEqual(refused("netdevKind", ["hsr", "netdevsim"], 257), ["hsr"]);
    assert.deepEqual(refused("netdevKind", ["hsr", "netdevsim"], 262), ["netdevsim"]);
  });
});

describe("values of traffic control", () => {
  it("are handles in hexadecimal", () => {
    assert.deepEqual(refused("qdiscHandle", ["2a", "0x2a", "ffff", "10000", "-1", ""]), ["10000", "-1"]);
    assert.deepEqual(refused("qdiscParent", ["root", "ingress", "1:2a", "1:", "1", ""]), ["1:", "1", ""]);
    assert.deepEqual(refused("tclassParent", ["root", "clsact"]), ["clsact"]);
    assert.deepEqual(offered("qdiscParent"), ["root", "clsact", "ingress"]);
  });

  it("are read alike under the names of both versions", () => {
    for (const name of ["fqSize", "fairQueueingSize", "tbfSize", "tokenBucketFilterSize"])
      assert.deepEqual(refused(name, ["10K", "10k", ""]), ["10k"], name);
    assert.deepEqual(refused("htbClassSize:overhead", ["65535", "65536"]), ["65536"]);
    assert.deepEqual(refused("hierarchyTokenBucketClassSize", ["65536"]), []);
  });

  it("are lists of at most 16", () => {
    assert.deepEqual(effects("etsPrio", "0 ".repeat(16).trim()), []);
    assert.deepEqual(effects("etsPrio", "0 ".repeat(17).trim()), ["rest"]);
  });
});

describe("values of .link files", () => {
  it("are words of a list", () => {
    assert.deepEqual(effects("namePolicy", "keep kernal path"), ["word"]);
    assert.deepEqual(refused("advertise", ["1000baset-full 10baset-half", "1000BaseT-Full"]), ["1000BaseT-Full"]);
    assert.deepEqual(refused("advertise", ["1600000basecr8-full"], 257), ["1600000basecr8-full"]);
    assert.deepEqual(refused("wol", ["magic secureon", "off", "on"]), ["on"]);
  });

  it("are properties with specifiers of the machine", () => {
    assert.deepEqual(refused("udevProperty", ["A=1 B=%m", 'A="b c"', "A=%i", "1A=1", "A"]), ["A=%i", "1A=1", "A"]);
  });
});
