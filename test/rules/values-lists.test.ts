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
                       ^^^^^^^^^^^^ value/capability warning: Unknown capability "CAP_SYS_ADMN" in CapabilityBoundingSet=; did you mean CAP_SYS_ADMIN? systemd silently ignores it
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
           ^^^^^^^ value/secure-bit warning: Unknown secure bit "no-root" in SecureBits=; did you mean noroot? systemd silently ignores it
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
                                 ^^^^^ value/system-call error: Unknown system call group "@clok" in SystemCallFilter=; did you mean @clock? systemd ignores this word
                                       ^^^^^^^ value/system-call error: Unknown system call "fexecve" in SystemCallFilter=; did you mean execve? systemd ignores this word
                                               ^^^^^^^ value/system-call error: "fstatat" in SystemCallFilter= is a system call that libseccomp does not support; did you mean fstat? systemd ignores this word
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
                         ^^^^ value/error-number error: Unknown error "EPRM" in SystemCallFilter=; did you mean EPERM? systemd ignores this word; allowed: names such as EPERM, and kill
                                   ^^^^ value/error-number error
SystemCallFilter=read:EPERM
                     ^^^^^^ value/error-number error: "read:EPERM" in SystemCallFilter= has an error number, which only deny lists (after ~) may have: systemd ignores this word
SystemCallErrorNumber=0
                      ^ value/error-number error: Unknown error "0" in SystemCallErrorNumber=: systemd ignores this line; allowed: names such as EPERM, and kill
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
      'Unknown address family "INET" in RestrictAddressFamilies=; did you mean AF_INET? systemd ignores this word',
      'Unknown address family "AF_FOO" in RestrictAddressFamilies=: systemd ignores this word',
    ]);
    assert.deepEqual(found(262), [
      'Unknown address family "INET" in RestrictAddressFamilies=; did you mean AF_INET? systemd ignores the rest of this line',
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
                         ^^^^^^^ value/namespace error: Unknown namespace type "network" in RestrictNamespaces=; did you mean net? systemd ignores this line; allowed: cgroup, ipc, net and 5 more
DelegateNamespaces=net user
                       ^^^^ value/namespace error: Unknown delegatable namespace type "user" in DelegateNamespaces=: systemd ignores this line; allowed: cgroup, ipc, net and 4 more
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
                               ^^^^^ value/file-system error: Unknown file system group "@temp" in RestrictFileSystems=: systemd ignores this word
BPFDelegateMaps=BPFMapTypeHash,BPFMapTypeArrey
                               ^^^^^^^^^^^^^^^ value/bpf-delegate warning: Unknown BPF map type "BPFMapTypeArrey" in BPFDelegateMaps=; did you mean BPFMapTypeArray? systemd silently ignores it
Delegate=cpu mem
             ^^^ value/controller error: Unknown controller "mem" in Delegate=: systemd ignores this word
DisableControllers=cpu mem
                       ^^^ value/controller warning: Unknown controller "mem" in DisableControllers=: systemd silently ignores it
DisableControllers=mem
                   ^^^ value/controller error: Unknown controller "mem" in DisableControllers=: systemd ignores this line
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
                         ^^^^^^^^ value/ip-network error: Invalid IP address or network "10.0.0/8" in IPAddressAllow=: systemd ignores this word
SocketBindDeny=tcp:443,80
               ^^^^^^^^^^ value/socket-bind error: "tcp:443,80" is no value of SocketBindDeny=: systemd ignores this line; allowed: ports such as tcp:80 or ipv4:udp:6000-7000
NFTSet=cgroup:inet:filter:web user:inet4:f:s group:x:f:s
                                   ^^^^^ value/nft-set error: "inet4" is not valid in NFTSet=: systemd ignores the rest of this line; allowed: a family of tables such as inet
RestrictNetworkInterfaces=eth0 wlan/0
                               ^^^^^^ value/network-interface error: Invalid network interface name "wlan/0" in RestrictNetworkInterfaces=: systemd ignores this word
`,
      QUIET,
    );
    expectFindings(
      `#- x.socket
[Socket]
ListenStream=80
BindToDevice=eth 0
             ^^^^^ value/network-interface error: Invalid network interface name "eth 0" in BindToDevice=: systemd ignores this line
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
