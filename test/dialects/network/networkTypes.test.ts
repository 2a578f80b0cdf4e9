import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { effects, offered, parts, refuses, takes } from "../../values/configs/values.ts";

describe("addresses of networks", () => {
  it("get a prefix length by systemd, which says so", () => {
    assert.equal(effects("address", "192.0.2.1/24"), "");
    assert.equal(effects("address", "192.0.2.1"), "complains");
    assert.equal(effects("address", "192.0.2.1/33"), "assignment");
    takes("inAddrPrefix", ["192.0.2.1", "2001:db8::/32"]);
    assert.deepEqual(parts("inAddrPrefix", "192.0.2.0/24"), ["number 192.0.2.0", "operator /", "number 24"]);
  });

  it("have words for what a protocol tells", () => {
    takes("linkLocalAddressFamily", ["yes", "ipv6", "fallback"]);
    takes("gateway:1", ["_dhcp4", "_ipv6ra", "192.0.2.1", ""]);
    refuses("gateway", ["_dhcp4", "192.0.2.1/24"]);
    assert.deepEqual(offered("gateway:1", "$0"), ["_dhcp4", "_ipv6ra"]);
    takes("dhcpServerEmit", ["_server_address 192.0.2.1"]);
    assert.equal(effects("dhcpServerEmit", "0.0.0.0 x 192.0.2.1"), "word word");
    takes("radvDns", ["_link_local", "fe80::1"]);
  });

  it("are of a kind where only that makes sense", () => {
    takes("ipv4llAddress", ["169.254.1.1"]);
    refuses("ipv4llAddress", ["169.254.0.1", "192.0.2.1"]);
    refuses("dhcpServerAddress", ["127.0.0.1/8", "169.254.3.1/16"]);
    refuses("dhcpStaticLeaseHwaddr", ["01:00:5e:00:00:01", "00:00:00:00:00:00"]);
    refuses("neighborProxyAddress", ["::", "224.0.0.1", "ff02::1", "255.255.255.255"]);
    takes("pref64Prefix", ["64:ff9b::/96"]);
    refuses("pref64Prefix", ["64:ff9b::/95", "64:ff9b::"]);
    refuses("ipv6AddressLabelPrefix", ["::ffff:192.0.2.0/120"]);
  });

  it("have a second half that is made in one of four ways", () => {
    const key = "0123456789abcdef0123456789abcdef";
    takes("addressGenerationType", ["eui64", "static:::1", "::1", "prefixstable", `prefixstable:2001:db8::,${key}`]);
    refuses("addressGenerationType", [
      "static:::",
      "static:fe80::",
      "prefixstable,",
      "prefixstablex",
      `prefixstable,${"0".repeat(32)}`,
    ]);
  });
});

describe("words and numbers of networks", () => {
  it("have older ones, of which systemd warns", () => {
    assert.equal(effects("dhcp", "both"), "complains");
    assert.equal(effects("dhcp", "on"), "");
    assert.equal(effects("addressDad", "yes"), "complains");
    assert.equal(effects("ipMasquerade", "yes"), "complains");
    assert.equal(effects("ipMasquerade", "off"), "");
    assert.equal(effects("ipForwardDeprecated", ""), "assignment");
  });

  it("are empty where a version takes that", () => {
    refuses("preferredSrcAddress", ["", "no"]);
    takes("preferredSrc", ["", "no", "0"]);
    refuses("routerPreference:needed", [""]);
    takes("routerPreference", [""]);
  });

  it("stand for states and scopes, from one to another or by number", () => {
    takes("requiredForOnline", ["no", "routable", "degraded:routable", "carrier:", ":degraded"]);
    refuses("requiredForOnline", [":", "routable:degraded", "up"]);
    takes("routeScope", ["link", "200"]);
    refuses("routeScope", ["256", ""]);
    takes("routeProtocol", ["static", "186"]);
  });

  it("are times that the protocol has room for", () => {
    assert.equal(effects("routerLifetime", "1"), "complains");
    assert.equal(effects("routerLifetime", "0"), "");
    assert.equal(effects("routerLifetime", "infinity"), "complains");
    refuses("routerHomeAgentLifetime", ["0", "65536", "infinity"]);
    refuses("prefixLifetime", ["4294967295"]);
    takes("prefixLifetime", ["infinity"]);
    refuses("pref64PrefixLifetime", ["65529"]);
    refuses("dhcpServerIpv6OnlyPreferred", ["299"]);
  });

  it("go by the version where it checks more", () => {
    takes("dhcpSocketPriority", ["-1", "99"], 257);
    refuses("dhcpSocketPriority", ["-1", "16"], 262);
  });
});

describe("tables, rules and hops of routes", () => {
  it("are numbers, names of systemd, or names that networkd.conf may have", () => {
    takes("routeTable", ["main", "1", "4294967295"]);
    refuses("routeTable", ["", "0", "a b"]);
    assert.equal(effects("routeTable", "vpn"), "silent");
    assert.deepEqual(offered("routeTable", "$0"), ["main", "local", "default"]);
    takes("routeTableNames", ["vpn:100 lan:0x65"]);
    assert.equal(effects("routeTableNames", "main:1 7:1 x:0 x:254 x"), "word word word word word");
    assert.equal(effects("routeTableNames", "vpn:1 vpn:1 vpn:2 lan:1"), "word word");
  });

  it("have marks, ports, users and weights", () => {
    takes("routingPolicyRuleFwmark", ["7", "7/255"]);
    refuses("routingPolicyRuleFwmark", ["7/", "x"]);
    takes("routingPolicyRulePortRange", ["80", "80-90"]);
    refuses("routingPolicyRulePortRange", ["0", "90-80", "80-"]);
    takes("routingPolicyRuleUidRange", ["1000-2000", "0", "nobody"]);
    refuses("routingPolicyRuleUidRange", ["65535", "2-1", "1-"]);
    takes("multipathRoute", ["192.0.2.1", "192.0.2.1@eth0 256", "2001:db8::1@3"]);
    refuses("multipathRoute", ["192.0.2.1 257", "@eth0 x", "192.0.2.1@a/b"]);
    takes("multipathRoute", ["@eth0"], 262);
    refuses("multipathRoute", ["@eth0"], 257);
    assert.equal(effects("nexthopGroup", "1:3 2 1 0 3:257"), "word word word");
  });
});

describe("DHCP", () => {
  it("sends options with a number, a type and data", () => {
    for (const type of ["dhcpSendOption:inet", "dhcpOptionTlv"]) {
      takes(type, ["", "12:string:a\\x41b", "1:uint8:255", "3:ipv4address:192.0.2.1"]);
      refuses(type, ["255:uint8:1", "1:uint8:256", "1:text:x", "1:string:", "1:string:\\q", "1"]);
    }
    takes("dhcpSendOption:inet6Vendor", ["2021:1:uint16:65535"]);
    refuses("dhcpSendOption:inet6", ["65535:uint8:1"]);
    assert.deepEqual(offered("dhcpOptionTlv", "12:$0")[0], "uint8");
    takes("dhcpServerRelayAgentSuboption", ["string:x"]);
  });

  it("asks for options by their numbers", () => {
    assert.equal(effects("dhcpRequestOptions:inet", "1 255 x 249"), "word word");
    assert.ok(offered("dhcpRequestOptions:inet", "$0").includes("119"));
  });

  it("names a machine by an identifier", () => {
    takes("duidType", ["uuid", "1", "link-layer-time:2024-01-01 12:00:00", "link-layer-time:now"]);
    refuses("duidType", ["", "uuid:now", "link-layer-time:2024-13-01", "link-layer-time:soon", "65536"]);
    takes("duidRawdata", ["", "00:1:ff"]);
    refuses("duidRawdata", ["001", "0g"]);
    refuses("dhcpUserOrVendorClass:inet", ["x".repeat(256)]);
    takes("dhcpUserOrVendorClass:inet6", ["x".repeat(256)]);
  });
});

describe("names of networks", () => {
  it("are domains, of which some are only for routing", () => {
    takes("domains", ["example.com ~corp ~."]);
    assert.equal(effects("domains", "localhost a..b"), "word word");
    assert.deepEqual(parts("domains", "~corp"), ["operator ~", "name corp"]);
    refuses("radvSearchDomains", ["-a", "a-.b", "a b a"]);
  });

  it("are servers with port, link and name", () => {
    takes("dns", ["192.0.2.1:53", "[2001:db8::1]:853%eth0#dns.example.com", "2001:db8::1#x", "::1%2"]);
    refuses("dns", ["192.0.2.1:0", "[2001:db8::1]", "192.0.2.1#", "192.0.2.1%a/b", "x"]);
    takes("ntp", ["pool.example.com 192.0.2.1"]);
    takes("ntp", ["x ".repeat(129)]);
    assert.equal(effects("ntp", "x ".repeat(130)), "rest");
  });

  it("are links, several in newer versions", () => {
    takes("stackedNetdev:vlan", ["vlan1 vlan2", ""]);
    refuses("stackedNetdevOne:vlan", ["vlan1 vlan2", ""]);
    takes("uplink", [":auto", ":none", "eth0", "3"]);
    refuses("uplink", [":self", "0"]);
    takes("uplink:delegation", [":self"]);
  });

  it("are sets of nftables, zones and addresses of the web", () => {
    takes("nftSet", ["address:inet:filter:lan ifindex:inet:filter:links"]);
    refuses("nftSet", ["cgroup:inet:filter:lan"]);
    takes("timezone", ["", "Europe/Berlin"]);
    refuses("timezone", ["Europe/Atlantis"]);
    takes("mudUrl", ["https://example.com/mud.json"]);
    refuses("mudUrl", ["ftp://example.com", "https://", "https://é"]);
  });
});
