import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { checkedPath } from "../../../server/src/families/checkedPath.ts";
import { whereAt } from "../../../server/src/units/where.ts";
import { issuesOf, slotsAt, tokensOf } from "../../../server/src/values/read.ts";
import { configType } from "../../kit/configTypes.ts";

const path = checkedPath("/etc/systemd/resolved.conf");
if (!path) throw new Error("that is a configuration");
const where = whereAt(path, NEWEST_VERSION);
function typeOf(name: string) {
  const type = configType(name);
  assert.ok(type, name);
  return type;
}

/** The texts that are wrong in a value, each with what follows. */
const wrong = (name: string, value: string): string[] =>
  issuesOf(typeOf(name), value, where).map(({ from, to, effect }) => `${value.slice(from, to)}: ${effect}`);
const offered = (name: string, value: string): string[] =>
  slotsAt(typeOf(name), value, value.length, where).flatMap((it) => it.offers().map(({ text }) => text));

describe("values of daemons: DNS servers", () => {
  it("are addresses with a port, an interface and a name", () => {
    for (const it of [
      "9.9.9.9",
      "9.9.9.9:53%eth0#dns.quad9.net 2620:fe::fe",
      "[2620:fe::fe]:853#dns.quad9.net",
      "fe80::1%3",
    ])
      assert.deepEqual(wrong("dnsServers", it), [], it);
  });

  it("are left out one by one", () => {
    assert.deepEqual(wrong("dnsServers", "9.9.9.9 dns.example [::1] 1.2.3.4:0 1.2.3.4# 1.2.3.4%a/b"), [
      "dns.example: word",
      "[::1]: word",
      "1.2.3.4:0: word",
      "1.2.3.4#: word",
      "a/b: word",
    ]);
  });

  it("have their parts coloured, and known ones offered with the name of their certificate", () => {
    const value = "9.9.9.9#dns.quad9.net";
    assert.deepEqual(
      tokensOf(typeOf("dnsServers"), value, where).map((it) => [value.slice(it.from, it.to), it.role]),
      [
        ["9.9.9.9", "number"],
        ["dns.quad9.net", "name"],
      ],
    );
    assert.ok(offered("dnsServers", "").includes("1.1.1.1#cloudflare-dns.com"));
    assert.ok(!offered("dnsServers", "9.9.9.9#dns.quad9.net ").includes("9.9.9.9#dns.quad9.net"));
  });

  it("for a listener have no name, and a protocol instead", () => {
    assert.deepEqual(wrong("dnsStubListenerExtra", "udp:[::1]:5353"), []);
    assert.deepEqual(wrong("dnsStubListenerExtra", "tcp:127.0.0.1#x"), ["127.0.0.1#x: assignment"]);
  });
});

describe("values of daemons", () => {
  const cases: readonly [type: string, right: readonly string[], wrong: readonly string[]][] = [
    ["searchDomains", ["corp.example ~.", "*", "ex\\097mple.org"], ["a..b", `${"x".repeat(64)}.org`]],
    ["servers", ["0.pool.ntp.org 192.0.2.1", "ntp_1"], ["a..b"]],
    ["recordTypes", ["AAAA srv TYPE64"], ["AAAAA", "TYPE70000"]],
    ["dnsCacheMax", ["0", "16777216"], ["16777217", "-1"]],
    ["nAutovts", ["0", "15"], ["16", "x"]],
    ["tmpfsSize", ["10%", "2G"], ["0", "0%", "101%"]],
    ["compress", ["yes", "512", "1K"], ["maybe", "-1"]],
    ["lineMax", ["79", "48K"], ["78"]],
    ["forwardToSocket", ["/run/x", "@x", "vsock:2:1234", "192.0.2.1:514"], ["192.0.2.1", "x"]],
    ["watchdogSec", ["default", "off", "30s", "infinity"], ["on"]],
    ["crashChvt", ["yes", "1", "-1"], ["1.5"]],
    ["outputRestricted", ["journal+console", "inherit"], ["file:/x", "fd"]],
    ["duration", ["30s", "1", "00"], ["500ms", "infinity"]],
    ["pathOrIgnore", ["-", "/etc/x.pem"], ["x.pem"]],
    ["header", ["X-Team: web"], ["X Team: web", "web"]],
    ["compression:true", ["zstd:3 lz4", "no"], ["zstd:x", "zip", "yes"]],
    ["compression", ["ZSTD"], ["zstd:3"]],
    ["dnssdName", ["%H", "web on %H"], ["%i", "x".repeat(64)]],
    ["dnssdType", ["_http._tcp"], ["http._tcp", "_http._sctp", "_http"]],
    ["dnssdTxt:data", ["a=YWJj b"], ["a=?", "\u00e4=YWJj"]],
    ["sleepMode", ["platform shutdown"], ['"x']],
    ["environ", ["A=%H"], ["A=%i", "%m"]],
  ];
  for (const [type, right, others] of cases)
    it(`of ${type} are those that its program takes`, () => {
      for (const it of right) assert.deepEqual(wrong(type, it), [], it);
      for (const it of others) assert.ok(wrong(type, it).length > 0, it);
    });

  it("end the reading of a file at an open quote where systemd does", () => {
    assert.deepEqual(wrong("sleepMode", 'platform "x'), ['"x: refused']);
    assert.deepEqual(wrong("handleActionSleep", 'suspend "x'), ['"x: refused']);
    assert.deepEqual(wrong("sleepStates", 'mem "x'), ['"x: assignment']);
  });

  it("are offered by what they are for", () => {
    assert.ok(offered("handleActionSleep", "").includes("suspend-then-hibernate"));
    assert.ok(offered("servers", "").includes("0.pool.ntp.org"));
    assert.ok(offered("dnssdType", "").includes("_ipp._tcp"));
    assert.deepEqual(offered("sleepStates", ""), ["mem", "standby", "freeze"]);
  });
});
