import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { fixed, fixTitles, onlyFinding } from "../kit/fixes.ts";
import { expectFindings, findingsOf } from "../kit/fixture.ts";

/** What the values amount to together is for the rules about the sandbox. */
const QUIET = { profile: "off", ignore: ["sandbox/"] } as const;
const service = (line: string): string => `[Service]\nExecStart=/bin/true\n${line}\n`;

describe("value/capability", () => {
  const code = "value/capability";

  it("is a name that systemd passes over", () => {
    expectFindings(
      `[Service]
ExecStart=/bin/true
CapabilityBoundingSet=~CAP_SYS_ADMN CAP_KILL
                       ^^^^^^^^^^^^ value/capability warning: CapabilityBoundingSet= has unknown capability "CAP_SYS_ADMN": systemd silently ignores it
AmbientCapabilities=cap_net_admin 12 99
                                     ^^ value/capability warning
`,
      QUIET,
    );
  });

  it("is changed to what was meant", () => {
    assert.equal(fixed(service("AmbientCapabilities=CAP_CHOW"), code), service("AmbientCapabilities=CAP_CHOWN"));
    assert.equal(fixed(service("AmbientCapabilities=net_admin"), code), service("AmbientCapabilities=CAP_NET_ADMIN"));
    assert.equal(fixed(service("AmbientCapabilities=CAP_SYS_BPF"), code), service("AmbientCapabilities=CAP_BPF"));
    assert.equal(
      fixed(service("AmbientCapabilities=CAP_BPF,CAP_PERFMON CAP_KILL"), code),
      service("AmbientCapabilities=CAP_BPF CAP_PERFMON CAP_KILL"),
    );
    assert.deepEqual(fixTitles(service("AmbientCapabilities=CAP_MAC_*"), code), []);
  });
});

describe("value/secure-bit", () => {
  it("is a flag that systemd passes over", () => {
    expectFindings(
      `[Service]
ExecStart=/bin/true
SecureBits=no-root noroot-locked
           ^^^^^^^ value/secure-bit warning: SecureBits= has unknown secure bit "no-root": systemd silently ignores it
`,
      QUIET,
    );
    assert.equal(fixed(service("SecureBits=no-root"), "value/secure-bit"), service("SecureBits=noroot"));
  });
});

describe("value/system-call", () => {
  const code = "value/system-call";

  it("is a name without a number", () => {
    expectFindings(
      `[Service]
ExecStart=/bin/true
SystemCallFilter=@system-service @clok fexecve fstatat
                                 ^^^^^ value/system-call error: SystemCallFilter= has unknown system call group "@clok": systemd ignores this word
                                       ^^^^^^^ value/system-call error: SystemCallFilter= has unknown system call "fexecve": systemd ignores this word
                                               ^^^^^^^ value/system-call error: SystemCallFilter= has system call unsupported by libseccomp "fstatat": systemd ignores this word
SystemCallLog=~mount "umount2"
                     ^^^^^^^^^ value/system-call error
`,
      QUIET,
    );
  });

  it("depends on the version", () => {
    assert.deepEqual(findingsOf(service("SystemCallFilter=uprobe"), "x.service", QUIET, 262), []);
    assert.equal(onlyFinding(service("SystemCallFilter=uprobe"), code, "x.service", 257).severity, "error");
  });

  it("is changed to a call for a call and a group for a group", () => {
    const change = (word: string) => fixed(service(`SystemCallFilter=${word}`), code);
    assert.equal(change("@clok"), service("SystemCallFilter=@clock"));
    assert.equal(change("READ"), service("SystemCallFilter=read"));
    assert.equal(change("system-service"), service("SystemCallFilter=@system-service"));
    assert.equal(change("~@clok:EPERM"), service("SystemCallFilter=~@clock:EPERM"));
    assert.equal(change("@clock,@mount"), service("SystemCallFilter=@clock @mount"));
  });
});

describe("value/error-number", () => {
  const code = "value/error-number";

  it("is no error, or one for a call that is allowed", () => {
    expectFindings(
      `[Service]
ExecStart=/bin/true
SystemCallFilter=~@clock:EPRM read:5000 write:kill
                         ^^^^ value/error-number error: SystemCallFilter= has unknown error "EPRM"; use a name such as EPERM, or kill: systemd ignores this word
                                   ^^^^ value/error-number error
SystemCallFilter=read:EPERM
                     ^^^^^^ value/error-number error: SystemCallFilter= has an error number in "read:EPERM", which only deny lists (after ~) may have: systemd ignores this word
SystemCallErrorNumber=0
                      ^ value/error-number error: SystemCallErrorNumber= has unknown error "0"; use a name such as EPERM, or kill: systemd ignores this line
`,
      QUIET,
    );
  });

  it("is changed or removed", () => {
    assert.equal(fixed(service("SystemCallErrorNumber=EPRM"), code), service("SystemCallErrorNumber=EPERM"));
    assert.equal(fixed(service("SystemCallFilter=read:EPERM x"), code), service("SystemCallFilter=read x"));
  });
});

describe("value/system-call-architecture", () => {
  it("is another spelling, which is put right", () => {
    const code = "value/system-call-architecture";
    assert.equal(
      fixed(service("SystemCallArchitectures=native x86_64"), code),
      service("SystemCallArchitectures=native x86-64"),
    );
    assert.equal(fixed(service("SystemCallArchitectures=amd64"), code), service("SystemCallArchitectures=x86-64"));
    assert.deepEqual(fixTitles(service("SystemCallArchitectures=z80"), code), []);
  });
});

describe("value/address-family", () => {
  const text = service("RestrictAddressFamilies=AF_UNIX INET AF_FOO");

  it("costs a word in 257 and the rest of the line in 262", () => {
    const found = (version: 257 | 262) => findingsOf(text, "x.service", QUIET, version).map((it) => it.message);
    assert.deepEqual(found(257), [
      'RestrictAddressFamilies= has unknown address family "INET": systemd ignores this word',
      'RestrictAddressFamilies= has unknown address family "AF_FOO": systemd ignores this word',
    ]);
    assert.deepEqual(found(262), [
      'RestrictAddressFamilies= has unknown address family "INET": systemd ignores the rest of this line',
    ]);
  });

  it("gets its AF_, and blanks instead of commas", () => {
    const code = "value/address-family";
    assert.equal(fixed(service("RestrictAddressFamilies=inet6"), code), service("RestrictAddressFamilies=AF_INET6"));
    assert.equal(
      fixed(service("RestrictAddressFamilies=~AF_INET,AF_INET6"), code),
      service("RestrictAddressFamilies=~AF_INET AF_INET6"),
    );
  });
});

describe("value/namespace", () => {
  it("costs the whole assignment", () => {
    expectFindings(
      `[Service]
ExecStart=/bin/true
RestrictNamespaces=~user network
                         ^^^^^^^ value/namespace error: RestrictNamespaces= has unknown namespace type "network": systemd ignores this line
DelegateNamespaces=net user
                       ^^^^ value/namespace error: DelegateNamespaces= has unknown delegatable namespace type "user": systemd ignores this line
`,
      QUIET,
    );
    assert.equal(fixed(service("RestrictNamespaces=mount"), "value/namespace"), service("RestrictNamespaces=mnt"));
  });
});

describe("value/file-system, value/bpf-delegate, value/controller", () => {
  it("are words of other sets", () => {
    expectFindings(
      `[Service]
ExecStart=/bin/true
RestrictFileSystems=ext4 anyfs @temp
                               ^^^^^ value/file-system error: RestrictFileSystems= has unknown file system group "@temp": systemd ignores this word
BPFDelegateMaps=BPFMapTypeHash,BPFMapTypeArrey
                               ^^^^^^^^^^^^^^^ value/bpf-delegate warning: BPFDelegateMaps= has unknown BPF map type "BPFMapTypeArrey": systemd silently ignores it
Delegate=cpu mem
             ^^^ value/controller error: Delegate= has unknown controller "mem": systemd ignores this word
DisableControllers=cpu mem
                       ^^^ value/controller warning: DisableControllers= has unknown controller "mem": systemd silently ignores it
DisableControllers=mem
                   ^^^ value/controller error: DisableControllers= has unknown controller "mem": systemd ignores this line
`,
      QUIET,
    );
  });
});

describe("value/ip-network, value/socket-bind, value/nft-set, value/network-interface", () => {
  it("are no networks, ports, sets and interfaces", () => {
    expectFindings(
      `[Service]
ExecStart=/bin/true
IPAddressAllow=localhost 10.0.0/8
                         ^^^^^^^^ value/ip-network error: IPAddressAllow= has invalid IP address or network "10.0.0/8": systemd ignores this word
SocketBindDeny=tcp:443,80
               ^^^^^^^^^^ value/socket-bind error: SocketBindDeny= takes ports such as tcp:80 or ipv4:udp:6000-7000, not "tcp:443,80": systemd ignores this line
NFTSet=cgroup:inet:filter:web user:inet4:f:s group:x:f:s
                                   ^^^^^ value/nft-set error: NFTSet= has "inet4" instead of a family of tables such as inet: systemd ignores the rest of this line
RestrictNetworkInterfaces=eth0 wlan/0
                               ^^^^^^ value/network-interface error: RestrictNetworkInterfaces= has invalid network interface name "wlan/0": systemd ignores this word
`,
      QUIET,
    );
    expectFindings(
      `#- x.socket
[Socket]
ListenStream=80
BindToDevice=eth 0
             ^^^^^ value/network-interface error: BindToDevice= has invalid network interface name "eth 0": systemd ignores this line
`,
      QUIET,
    );
  });

  it("get blanks instead of commas", () => {
    assert.equal(
      fixed(service("IPAddressAllow=10.0.0.0/8,::1"), "value/ip-network"),
      service("IPAddressAllow=10.0.0.0/8 ::1"),
    );
  });
});

describe("value/quoting", () => {
  it("costs what the routine says", () => {
    expectFindings(
      `[Service]
ExecStart=/bin/true
RestrictAddressFamilies=AF_UNIX "AF_INET
                                ^^^^^^^^ value/quoting error: RestrictAddressFamilies= has a quote that is not closed: systemd ignores the rest of this line
Delegate=cpu "io
             ^^^ value/quoting error: Delegate= has a quote that is not closed: systemd ignores this line
CapabilityBoundingSet=CAP_KILL "CAP_CHOWN
                               ^^^^^^^^^^ value/quoting warning: CapabilityBoundingSet= has a quote that is not closed
`,
      QUIET,
    );
  });
});

describe("lists of careful units", () => {
  it("have nothing wrong", () => {
    const text = `[Service]
ExecStart=/bin/true
CapabilityBoundingSet=
CapabilityBoundingSet=~CAP_SYS_PTRACE cap_sys_admin
SystemCallFilter=@system-service
SystemCallFilter=~@privileged @resources:EPERM
SystemCallFilter=
SystemCallErrorNumber=EPERM
SystemCallArchitectures=native
RestrictAddressFamilies=none
RestrictAddressFamilies=AF_UNIX AF_INET \\
  AF_INET6
RestrictNamespaces=yes
RestrictNamespaces=~cgroup net
RestrictFileSystems=~@network tmpfs
Delegate=
DisableControllers=
IPAddressDeny=any
IPAddressAllow=localhost 192.168.0.0/16 fd00::/8
SocketBindAllow=ipv6:tcp:8000-8999
RestrictNetworkInterfaces=lo eth0
NFTSet=
`;
    for (const version of [257, 262] as const) assert.deepEqual(findingsOf(text, "x.service", QUIET, version), []);
  });
});
