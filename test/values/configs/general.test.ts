import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { isDnsName, isHostname } from "../../../server/src/values/dnsName.ts";
import { parseHardwareAddress } from "../../../server/src/values/hardwareAddress.ts";
import { effects, offered, parts, refuses, takes } from "./values.ts";

describe("values of several configurations", () => {
  it("are numbers of so many bits, in each way of C to write them", () => {
    takes("uint8", ["0", "255", "0xff", "0377", "0b11", "+5"]);
    refuses("uint8", ["", "256", "-1", "5x", "1.5"]);
    takes("int32", ["-2147483648", "2147483647"]);
    refuses("int32", ["2147483648"]);
    takes("ipPort", ["", "1", "65535"]);
    refuses("ipPort", ["0", "65536", "http"]);
  });

  it("are sizes to the base of 1024 or 1000, of packets with the smallest of their family", () => {
    takes("iecUint64", ["1K", "1.5G", "0"]);
    refuses("iecUint64", ["", "infinity", "1k"]);
    takes("iecUint64Infinity", ["infinity"]);
    takes("mtu:inet6", ["1280", "1.5K"]);
    refuses("mtu:inet6", ["1279", "5G", ""]);
    takes("mtu:unspec", ["0"]);
  });

  it("are shares of a thousand or ten thousand", () => {
    takes("permille", ["87.5%", "875‰", "100%"]);
    refuses("permille", ["87.55%", "101%", "50", ""]);
    takes("permyriad", ["87.55%"]);
  });

  it("are hardware addresses in three spellings, of the usual lengths", () => {
    takes("hwAddr", ["", "12:34:56:78:9a:bc", "12-34-56-78-9a-bc", "1234.5678.9abc", "10.0.0.1", "::1", "1:2:3:4:5:6"]);
    refuses("hwAddr", ["12:34:56:78:9a", "12:34:56:78:9a:bg", "123:4:5:6:7:8", "12:34-56:78:9a:bc"]);
    assert.equal(effects("hwAddrs", "12:34:56:78:9a:bc x 1:2:3:4:5:6 y"), "word word");
    assert.deepEqual(parseHardwareAddress("0102.0304.0506", 6), [1, 2, 3, 4, 5, 6]);
    assert.equal(parseHardwareAddress("10.0.0.1", 6), undefined);
    assert.deepEqual(offered("netdevHwAddr", "$0"), ["none"]);
  });

  it("are addresses of a family that stand for a host", () => {
    takes("inAddrNonNull:inet", ["", "192.0.2.1"]);
    refuses("inAddrNonNull:inet", ["0.0.0.0", "::1", "192.0.2.1/24", "192.0.2.01"]);
    refuses("inAddrNonNull:inet6", ["::", "192.0.2.1"]);
    assert.equal(effects("inAddrPrefixes:inet6", "2001:db8::/32 any 10.0.0.0/8 localhost"), "word");
  });

  it("are names of links, hosts and domains", () => {
    takes("ifname", ["", "eth0", "wg-home", "eth*"]);
    refuses("ifname", ["averylongname123", "a b", "a/b", "17"]);
    assert.equal(effects("matchIfnames:alternative", "!en* a-much-longer-alternative-name a/b"), "word");
    assert.equal(effects("matchIfnames", "a-much-longer-alternative-name"), "word");
    assert.deepEqual(parts("matchStrv", "!virtio* e1000"), ["operator !", "text virtio*", "text e1000"]);
    takes("hostname", ["web1", "web1.example.com"]);
    refuses("hostname", ["web_1", "-web", "web.", "a..b", "x".repeat(65)]);
    takes("dnsName", ["example.com.", "_ldap._tcp", ".", "b\\.c", "\\255"]);
    refuses("dnsName", ["a..b", ".a", "\\256", "\\x", `${"x".repeat(64)}.de`]);
    assert.ok(isDnsName(`${"x".repeat(63)}.`.repeat(3)));
    assert.ok(!isDnsName(`${"x".repeat(63)}.`.repeat(4)));
    assert.ok(!isDnsName("a_b", true));
    assert.ok(!isHostname(""));
  });

  it("are texts, which may have to be harmless or ASCII", () => {
    takes("string", ['"x', "é"]);
    takes("string:safe", ["é", "a b"]);
    refuses("string:safe", ['"x"', "a\\b", "it's"]);
    refuses("string:safeAndAscii", ["é"]);
    assert.equal(effects("strv", 'a "b'), "assignment");
    assert.equal(effects("matchProperty", "ID_BUS=usb =x 1=2"), "word word");
  });

  it("are conditions, of which systemd reads none until it compares", () => {
    takes("netCondition:architecture", ["", "!x86-64", "nonsense", "%Q"]);
    assert.ok(offered("netCondition:virtualization", "!$0").includes("kvm"));
    assert.deepEqual(parts("netCondition:host", "!web*"), ["operator !", "text web*"]);
  });

  it("are protocols by name or number, which may have to have a name", () => {
    takes("ipProtocol", ["", "tcp", "UDP", "6", "255"]);
    refuses("ipProtocol", ["3", "256", "mptcp", "-1", "foo"]);
    takes("ipProtocol:true", ["3"]);
  });
});
