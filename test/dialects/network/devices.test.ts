import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { fixed, fixTitles } from "../../kit/fixes.ts";
import { expectFindings, findingsOf } from "../../kit/fixture.ts";

const PATH = "etc/systemd/network/20-x.netdev";
const LINK = "etc/systemd/network/20-x.link";

const device = (kind: string, rest: string): string => `[NetDev]\nName=x0\nKind=${kind}\n${rest}`;
const codes = (text: string, path = PATH, version: 257 | 262 = 262): string[] =>
  findingsOf(text, path, { profile: "off", select: ["network"] }, version).map((it) => it.code);

describe("network/refused-device", () => {
  it("names what a kind needs", () => {
    expectFindings(`#- ${PATH}
[NetDev]
Name=vlan10
Kind=vlan
     ^^^^ network/refused-device error: Kind=vlan needs Id= in [VLAN]: networkd ignores the whole file
`);
    expectFindings(`#- ${PATH}
[NetDev]
 ^^^^^^ network/refused-device error: [NetDev] has no Name=: networkd ignores the whole file
Kind=dummy
`);
  });

  it("says nothing of a line that says it itself", () => {
    assert.deepEqual(codes("[NetDev]\nName=x0\nKind=vlann\n"), []);
  });

  it("knows what excludes each other", () => {
    const refused = [
      device("vxlan", "[VXLAN]\nVNI=1\nGroup=224.0.0.1\nRemote=192.0.2.1\n"),
      device("veth", "[Peer]\nName=x0\n"),
      device("ipip", "[Tunnel]\nLocal=fe80::1\n"),
      device("ip6gre", "[Tunnel]\nRemote=192.0.2.1\n"),
      device("fou", "[FooOverUDP]\nPort=1\nProtocol=4\nPeer=192.0.2.1\n"),
      device("sit", "[Tunnel]\nLocal=dhcp4\nIndependent=yes\n"),
    ];
    for (const it of refused) assert.deepEqual(codes(it), ["network/refused-device"], it);
    const taken = [
      device("gre", "[Tunnel]\nLocal=any\nRemote=::\n"),
      device("gre", "[Tunnel]\nExternal=yes\nRemote=fe80::1\n"),
      device("vxlan", "[VXLAN]\nExternal=yes\n"),
    ];
    for (const it of taken) assert.deepEqual(codes(it), [], it);
  });

  it("follows the version", () => {
    const text = device("ip6tnl", "[Tunnel]\nRemote=fe80::1\n");
    assert.deepEqual(codes(text, PATH, 257), ["network/refused-device"]);
    assert.deepEqual(codes(text), []);
    assert.deepEqual(codes(device("ipip", "[Tunnel]\nMode=ip6ip6\n")), ["network/refused-device"]);
  });

  it("is a warning where a credential may have the key", () => {
    expectFindings(`#- ${PATH}
[NetDev]
Name=wg0
Kind=wireguard
[WireGuard]
 ^^^^^^^^^ network/refused-device warning: [WireGuard] has no PrivateKeyFile=: without the credential network.wireguard.private.wg0 networkd ignores the whole file
ListenPort=51820
`);
  });
});

describe("network/other-kind", () => {
  it("is a section that the kind does not have", () => {
    expectFindings(`#- ${PATH}
[NetDev]
Name=tap0
Kind=tap
Kind=tun
     ^^^ network/other-kind error: Kind= differs from Kind=tap above: systemd ignores this line
[Tun]
 ^^^ network/other-kind error: [Tun] is for Kind=tun: networkd ignores it in a device of Kind=tap
MultiQueue=yes
`);
  });
});

describe("sections of devices", () => {
  it("need what they are about", () => {
    const peer = device("wireguard", "[WireGuard]\nPrivateKeyFile=/k\n[WireGuardPeer]\nAllowedIPs=10.0.0.0/8\n");
    assert.deepEqual(codes(peer), ["network/ignored-section"]);
    assert.deepEqual(codes(peer.replace("AllowedIPs=10.0.0.0/8\n", "")), []);
    assert.deepEqual(codes(`${peer}PublicKeyFile=/p\n`), []);
  });

  it("are of the protocol of the first address", () => {
    assert.deepEqual(codes(device("gre", "[Tunnel]\nLocal=192.0.2.1\nRemote=fe80::1\n")), ["network/other-protocol"]);
    assert.deepEqual(codes(device("gre", "[Tunnel]\nLocal=192.0.2.1\nLocal=any\nRemote=192.0.2.2\n")), []);
  });

  it("have settings that another one excludes", () => {
    assert.deepEqual(codes(device("tun", "MTUBytes=1400\n")), ["network/conflict"]);
    const link = "[Match]\nOriginalName=eth0\n[Link]\nMACAddress=12:34:56:78:9a:bc\nMACAddressPolicy=";
    assert.deepEqual(codes(`${link}random\n`, LINK), ["network/conflict"]);
    assert.deepEqual(codes(`${link}none\n`, LINK), []);
  });
});

describe("network/no-match", () => {
  it("is said of .link files, too", () => {
    const text = "[Link]\nName=lan0\n";
    assert.equal(fixed(text, "network/no-match", { path: LINK }), `[Match]\nOriginalName=*\n\n${text}`);
    assert.deepEqual(codes("[Match]\nHost=web\n[Link]\nName=lan0\n", LINK), []);
  });
});

describe("network/key-in-file", () => {
  const key = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";

  it("leads to a file of its own", () => {
    const text = device("wireguard", `[WireGuard]\nPrivateKey=${key}\n`);
    assert.deepEqual(fixTitles(text, "network/key-in-file", PATH), [
      "Name /etc/systemd/network/x0.key instead, which has to get the secret first",
    ]);
    assert.equal(
      fixed(text, "network/key-in-file", { path: PATH }),
      device("wireguard", "[WireGuard]\nPrivateKeyFile=/etc/systemd/network/x0.key\n"),
    );
  });

  it("is no public key and no credential", () => {
    const text = `[WireGuard]\nPrivateKey=@vpn.key\n[WireGuardPeer]\nPublicKey=${key}\n`;
    assert.deepEqual(codes(device("wireguard", text)), []);
  });
});
