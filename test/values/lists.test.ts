import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { SystemdVersion } from "../../server/src/facts/version.ts";
import type { HoverTopic, Where } from "../../server/src/values/grammar.ts";
import { LISTS } from "../../server/src/values/grammars/listGrammars.ts";
import { addressText, endsOf, networksOf } from "../../server/src/values/ipNetworks.ts";
import { issuesOf, slotsAt, tokensOf } from "../../server/src/values/read.ts";
import { parseUnitName } from "../../server/src/values/unitName.ts";
import { type ValueTypeName, valueType } from "../../server/src/values/valueTypes.ts";
import { expectLinear } from "../kit/growth.ts";

type Name = keyof typeof LISTS & ValueTypeName;

function where(version: SystemdVersion = 262): Where {
  const unit = parseUnitName("m.service");
  assert.ok(unit);
  return { version, scope: "system", kind: unit.kind, unit, certain: true };
}

/** The effects of what is wrong, a blank between them; empty where a value is right. */
const effects = (type: Name, text: string, version?: SystemdVersion): string =>
  issuesOf(valueType(type), text, where(version))
    .map(({ effect }) => effect)
    .join(" ");

/** What is offered at `$0`, the span it replaces, and what the machine is asked for. */
function offered(type: Name, marked: string, version?: SystemdVersion) {
  const cursor = marked.indexOf("$0");
  const text = marked.replace("$0", "");
  const slots = slotsAt(valueType(type), text, cursor, where(version));
  const offers = slots.flatMap((slot) => slot.offers());
  return {
    offers,
    texts: offers.map((it) => it.text),
    spans: [...new Set(slots.map((slot) => text.slice(slot.from, slot.to)))],
    lookups: slots.flatMap((slot) => (slot.lookup ? [slot.lookup.kind] : [])),
  };
}

/** The parts of a value with their roles. */
const parts = (type: Name, text: string): string[] =>
  tokensOf(valueType(type), text, where()).map(({ from, to, role }) => `${role} ${text.slice(from, to)}`);

/** What a hover says of the part of a value that begins at `$0`. */
function hovered(type: Name, marked: string): string {
  const at = marked.indexOf("$0");
  const topic: HoverTopic | undefined = tokensOf(valueType(type), marked.replace("$0", ""), where())
    .find(({ from }) => from === at)
    ?.topic?.();
  return topic?.kind === "prose" ? `${topic.title}: ${topic.text}` : "";
}

describe("lists of capabilities and secure bits", () => {
  it("take names in any letter case and numbers up to 62", () => {
    assert.equal(effects("capabilitySet", "CAP_KILL cap_chown ~ 0 62 0x10"), "silent");
    assert.equal(effects("capabilitySet", "~CAP_KILL \"CAP_CHOWN\" 'CAP_BPF'"), "");
    assert.equal(effects("capabilitySet", "63 -1 CAP_X KILL"), "silent silent silent silent");
    assert.equal(effects("capabilitySet", 'CAP_KILL "CAP_CHOWN'), "silent");
  });

  it("know the flags of the version", () => {
    assert.equal(effects("execSecureBits", "keep-caps noroot-locked no-setuid-fixup"), "");
    assert.equal(effects("execSecureBits", "no-cap-ambient-raise exec-deny-interactive-locked"), "");
    assert.equal(effects("execSecureBits", "no-cap-ambient-raise noroot", 257), "silent");
  });

  it("offer what is not in the list yet, in the fifth word and after ~ too", () => {
    assert.equal(offered("capabilitySet", "$0").texts.length, 41);
    assert.equal(offered("capabilitySet", "~$0").texts.length, 41);
    const { texts, spans } = offered("capabilitySet", "CAP_KILL cap_chown 21 CAP_BPF CAP_N$0 CAP_MKNOD");
    assert.deepEqual(spans, ["CAP_N"]);
    assert.equal(texts.length, 36);
    for (const listed of ["CAP_KILL", "CAP_CHOWN", "CAP_SYS_ADMIN", "CAP_MKNOD"]) assert.ok(!texts.includes(listed));
    assert.ok(offered("capabilitySet", "CAP_KILL$0").texts.includes("CAP_KILL"));
    assert.equal(offered("capabilitySet", "CAP_KILL $0 CAP_BPF").texts.length, 39);
    assert.equal(offered("execSecureBits", "noroot $0").texts.length, 11);
    assert.equal(offered("execSecureBits", "noroot $0", 257).texts.length, 5);
  });

  it("say what a process may do with each", () => {
    assert.deepEqual(parts("capabilitySet", "~CAP_KILL 21"), ["operator ~", "word CAP_KILL", "number 21"]);
    assert.match(hovered("capabilitySet", "~$0cap_kill"), /^`CAP_KILL`: May send signals/);
    assert.match(hovered("capabilitySet", "CAP_KILL $021"), /^`CAP_SYS_ADMIN`: /);
    assert.match(hovered("execSecureBits", "$0noroot-locked"), /^`noroot-locked`: .*`noroot` final/);
    for (const { summary } of offered("capabilitySet", "$0").offers) assert.match(summary ?? "", /^[A-Z][^.]*\.$/);
  });
});

describe("filters of system calls", () => {
  it("know calls and groups, and errors of what is left out", () => {
    assert.equal(effects("syscallFilter", "@system-service read ~write @nope bogus"), "word word word");
    assert.equal(effects("syscallFilter", "~@clock:EPERM read:kill write:0x10 open:0 close:4095"), "");
    assert.equal(
      effects("syscallFilter", "~read:4096 read: read:EFOO :EPERM read:EPERM:EPERM"),
      "word word word word word",
    );
    assert.equal(effects("syscallFilter", "read:EPERM write"), "word");
    assert.equal(effects("syscallFilter", "arm_fadvise64_64 mpx"), "");
    assert.equal(effects("syscallLog", "read @clock:EPERM"), "word");
    assert.equal(effects("syscallFilter", '"read"'), "word");
  });

  it("know the calls of the version", () => {
    assert.equal(effects("syscallFilter", "uprobe", 257), "word");
    assert.equal(effects("syscallFilter", "listns", 257), "word");
    assert.equal(effects("syscallFilter", "fstatat"), "word");
  });

  it("offer groups and calls, and errors after the colon", () => {
    const { texts } = offered("syscallFilter", "$0");
    assert.equal(texts[0], "@system-service");
    assert.ok(texts.includes("openat") && texts.includes("@known") && !texts.includes("EPERM"));
    assert.ok(texts.length < 450, String(texts.length));
    for (const text of ["~read:$0", "~@clock read write:EPERM open:$0"]) {
      const errors = offered("syscallFilter", text).texts;
      assert.equal(errors[0], "kill", text);
      assert.ok(errors.includes("EPERM") && !errors.includes("read"), text);
    }
    assert.deepEqual(offered("syscallFilter", "~read:EP$0").spans, ["EP"]);
    const later = offered("syscallFilter", "~@clock read:EPERM write @mount $0").texts;
    for (const listed of ["@clock", "read", "write", "@mount"]) assert.ok(!later.includes(listed), listed);
  });

  it("show groups with their members and calls with their groups", () => {
    assert.deepEqual(parts("syscallFilter", "~@clock:EPERM read"), [
      "operator ~",
      "name @clock",
      "operator :",
      "word EPERM",
      "word read",
    ]);
    const clock = hovered("syscallFilter", "$0@clock");
    assert.match(clock, /^`@clock`: Setting the clock\.\n\n6 calls: `adjtimex`, .*`settimeofday`\.$/);
    assert.match(hovered("syscallFilter", "$0@system-service"), /`@basic-io`/);
    assert.ok(hovered("syscallFilter", "$0@known").length < 100);
    assert.match(hovered("syscallLog", "$0mount"), /^`mount`: A system call\. In `@mount`/);
    assert.match(hovered("syscallFilter", "~read:$0EPERM"), /^`EPERM`: Error 1: /);
    assert.match(hovered("syscallErrno", "$013"), /^`EACCES`: Error 13: /);
  });

  it("take an error by name in any letter case, by number, or kill", () => {
    for (const text of ["EPERM", "eperm", "1", "4095", "0x10", "+5", "kill"])
      assert.equal(effects("syscallErrno", text), "", text);
    for (const text of ["0", "-0", "4096", "-1", "EFOO", "Kill", '"EPERM"', "EPERM EPERM"])
      assert.equal(effects("syscallErrno", text), "assignment", text);
    assert.ok(offered("syscallErrno", "$0").texts.includes("ENOSYS"));
  });

  it("have the architectures of seccomp", () => {
    assert.equal(effects("syscallArchs", '"native" x86 x32 mips64-le-n32'), "");
    assert.equal(effects("syscallArchs", "x86_64 amd64 Native"), "word word word");
    assert.equal(effects("syscallArchs", 'native "x86'), "rest");
    assert.equal(offered("syscallArchs", "native $0").texts.length, 20);
  });
});

describe("lists of what the kernel knows by name", () => {
  it("take address families in any letter case", () => {
    assert.equal(effects("addressFamilies", "none"), "");
    assert.equal(effects("addressFamilies", "~af_unix AF_LOCAL AF_DECnet 'AF_INET'"), "");
    assert.equal(effects("addressFamilies", "AF_UNSPEC 16 AF_MAX", 257), "word word word");
    assert.equal(effects("addressFamilies", "AF_UNSPEC 16 AF_MAX"), "rest");
    assert.equal(effects("addressFamilies", "none AF_UNIX", 257), "word");
    assert.equal(effects("addressFamilies", 'AF_UNIX "AF_INET'), "rest");
  });

  it("offer none only alone, and no family twice", () => {
    assert.deepEqual(offered("addressFamilies", "$0").texts.slice(0, 3), ["none", "AF_UNIX", "AF_INET"]);
    assert.ok(offered("addressFamilies", "$0").texts.includes("none"));
    const { texts } = offered("addressFamilies", "~AF_LOCAL AF_INET $0");
    assert.ok(!texts.includes("none") && !texts.includes("AF_UNIX") && !texts.includes("AF_INET"));
    assert.ok(texts.includes("AF_INET6"));
    assert.match(hovered("addressFamilies", "AF_UNIX $0af_inet6"), /^`AF_INET6`: IPv6\.$/);
  });

  it("take a boolean or kinds of namespaces", () => {
    for (const text of ["yes", "OFF", "1", "user net", "~ user", "~cgroup ipc net mnt pid user uts time"])
      assert.equal(effects("namespaceFlags", text), "", text);
    for (const text of ["user bad", "User", '"user"', "~yes", "user,net"])
      assert.equal(effects("namespaceFlags", text), "assignment", text);
  });

  it("do not delegate user namespaces", () => {
    assert.equal(effects("delegateNamespaces", "net mnt"), "");
    assert.equal(effects("delegateNamespaces", "net user"), "assignment");
    assert.equal(effects("delegateNamespaces", "~user"), "");
    assert.ok(!offered("delegateNamespaces", "net $0").texts.includes("user"));
  });

  it("offer booleans only alone, but kinds to whoever writes a letter that is one", () => {
    assert.ok(offered("namespaceFlags", "$0").texts.includes("yes"));
    assert.ok(!offered("namespaceFlags", "user $0").texts.includes("yes"));
    assert.ok(offered("namespaceFlags", "n$0").texts.includes("net"));
    assert.ok(!offered("namespaceFlags", "~user ipc mnt net $0").texts.includes("net"));
    assert.deepEqual(parts("namespaceFlags", "Yes"), ["word Yes"]);
  });

  it("take any file system, but only the known groups", () => {
    assert.equal(effects("restrictFilesystems", "~ext4 anyfs @network @known"), "");
    assert.equal(effects("restrictFilesystems", "@anonymous @application @security"), "");
    assert.equal(effects("restrictFilesystems", 'ext4 "@netwrk" @KNOWN'), "word word");
    assert.equal(effects("restrictFilesystems", 'ext4 "abc'), "rest");
    assert.match(hovered("restrictFilesystems", "$0@temporary"), /\n\n`ramfs`, `tmpfs`\.$/);
    assert.match(hovered("restrictFilesystems", "$0ext4"), /In `@common-block`\.$/);
    assert.ok(offered("restrictFilesystems", "~ext4 @$0").texts.includes("@temporary"));
  });

  it("have commas between words for BPF", () => {
    assert.equal(effects("bpfDelegateCommands", "any"), "");
    assert.equal(effects("bpfDelegateCommands", "BPFMapCreate,BPFProgLoad,"), "");
    assert.equal(effects("bpfDelegateMaps", "BPFMapTypeHash,any, BPFMapTypeArray"), "silent silent");
    assert.equal(effects("bpfDelegateAttachments", "BPFXdp"), "");
    assert.equal(effects("bpfDelegatePrograms", "BPFProgTypeXdp,BPFProgTypeXdq"), "silent");
    const { texts, spans } = offered("bpfDelegateCommands", "BPFMapCreate,BPF$0");
    assert.deepEqual([spans, texts.length], [["BPF"], 38]);
    assert.ok(offered("bpfDelegateCommands", "$0").texts.includes("any"));
  });
});

describe("lists of controllers", () => {
  it("take a boolean or controllers", () => {
    for (const text of ["yes", "cpu memory", '"cpu" cpuacct', "bpf-restrict-network-interfaces"])
      assert.equal(effects("delegate", text), "", text);
    assert.equal(effects("delegate", "cpu yes CPU mem"), "word word word");
    assert.equal(effects("delegate", 'cpu "memory'), "assignment");
    assert.equal(effects("delegate", "bpf-bind-network-interface"), "");
    assert.equal(effects("delegate", "bpf-bind-network-interface", 257), "word");
  });

  it("pass over unknown ones only beside others", () => {
    assert.equal(effects("disableControllers", "cpu foo"), "silent");
    assert.equal(effects("disableControllers", "foo bar"), "assignment assignment");
    assert.equal(effects("disableControllers", '"cpu"'), "assignment");
    assert.equal(effects("disableControllers", "cpu cpuacct"), "");
  });

  it("offer those that the present hierarchy has", () => {
    assert.ok(offered("delegate", "$0").texts.includes("yes"));
    const { texts } = offered("delegate", "cpu io memory $0");
    assert.ok(texts.includes("pids") && !texts.includes("cpu") && !texts.includes("blkio") && !texts.includes("yes"));
    assert.ok(offered("disableControllers", "cpu $0").texts.includes("io"));
    assert.match(hovered("disableControllers", "cpu $0memory"), /^`memory`: /);
  });
});

describe("networks, ports and interfaces", () => {
  it("take addresses, networks and the words for some", () => {
    for (const text of [
      "any localhost link-local multicast",
      "10.0.0.0/8 ::1 1.2.3.4",
      "::ffff:1.2.3.4/96",
      "Localhost",
    ])
      assert.equal(effects("inAddrPrefixes", text), "", text);
    for (const text of [
      "10.0.0.0/33",
      "10.0.0",
      "010.0.0.1",
      "::1/129",
      "ANY",
      "any/8",
      "[::1]",
      '"::1"',
      "fe80::1%eth0",
    ])
      assert.equal(effects("inAddrPrefixes", text), "word", text);
    assert.ok(offered("inAddrPrefixes", "10.0.0.0/8 any $0").texts.includes("localhost"));
    assert.ok(!offered("inAddrPrefixes", "any 10.0.0.0/8 $0").texts.includes("any"));
  });

  it("show what a network holds", () => {
    assert.match(
      hovered("inAddrPrefixes", "$010.1.2.3/8"),
      /from `10\.0\.0\.0` to `10\.255\.255\.255`.*`10\.0\.0\.0\/8`/,
    );
    assert.match(hovered("inAddrPrefixes", "$0fe80::/64"), /from `fe80::` to `fe80::ffff:ffff:ffff:ffff`\.$/);
    assert.match(hovered("inAddrPrefixes", "$0::1"), /One address/);
    assert.match(hovered("inAddrPrefixes", "$0localhost"), /`127\.0\.0\.0\/8` and `::1\/128`/);
  });

  it("write addresses as usual", () => {
    const text = (word: string) => networksOf(word)?.map((it) => addressText(endsOf(it)[0]));
    assert.deepEqual(text("1:0:0:2:0:0:0:3"), ["1:0:0:2::3"]);
    assert.deepEqual(text("0:1:2:3:4:5:6:7"), ["0:1:2:3:4:5:6:7"]);
    assert.deepEqual(text("::"), ["::"]);
    assert.deepEqual(text("ABCD::"), ["abcd::"]);
    assert.deepEqual(text("192.168.77.9/22"), ["192.168.76.0"]);
    assert.equal(networksOf("a.localhost.localdomain.")?.length, 2);
    assert.equal(networksOf("xlocalhost"), undefined);
  });

  it("take a family, a protocol and ports in this order", () => {
    for (const text of ["any", "ipv4:tcp:80", "ipv6", "UDP", "tcp:1-100", "0", "tcp: 80", "80- 90", "0x50", "ipv4:any"])
      assert.equal(effects("cgroupSocketBind", text), "", text);
    for (const text of [
      "tcp:ipv4:80",
      "any:80",
      "100-1",
      "65536",
      "ipv4:",
      "ipv4::80",
      "80 90",
      "Any",
      "IPV4",
      "sctp:80",
    ])
      assert.equal(effects("cgroupSocketBind", text), "assignment", text);
    assert.deepEqual(offered("cgroupSocketBind", "$0").texts, ["ipv4", "ipv6", "tcp", "udp", "any"]);
    assert.deepEqual(offered("cgroupSocketBind", "ipv4:$0").texts, ["tcp", "udp", "any"]);
    assert.deepEqual(offered("cgroupSocketBind", "ipv4:tcp:$0").texts, ["any"]);
    assert.deepEqual(parts("cgroupSocketBind", "ipv4:tcp:80-90"), ["word ipv4", "word tcp", "number 80-90"]);
  });

  it("take sets of nftables", () => {
    for (const text of [
      "cgroup:inet:filter:web user:ip:t:s",
      '"group:bridge:f:x"',
      "cgroup::inet:f:x:",
      "user:arp:f\\x41:x",
    ])
      assert.equal(effects("cgroupNftSet", text), "", text);
    for (const text of [
      "cgroup:inet:filter",
      "x:inet:f:s",
      "user:x:f:s",
      "user:ip:1f:s",
      `user:ip:f:${"s".repeat(32)}`,
    ])
      assert.equal(effects("cgroupNftSet", `${text} x`), "rest", text);
    assert.deepEqual(offered("cgroupNftSet", "$0").texts, ["cgroup", "user", "group"]);
    assert.ok(offered("cgroupNftSet", "user:ip:t:s cgroup:$0").texts.includes("inet"));
    assert.deepEqual(parts("cgroupNftSet", "user:ip:t:s"), ["word user", "word ip", "name t", "name s"]);
  });

  it("take names of interfaces and ask for those of the machine", () => {
    assert.equal(effects("restrictNetworkInterfaces", `~eth0 -5 ${"x".repeat(127)} a,b`), "");
    assert.equal(effects("restrictNetworkInterfaces", "5 0x5 all . a/b a:b 00 é"), "word ".repeat(8).trim());
    assert.equal(effects("restrictNetworkInterfaces", `"eth 0" ${"x".repeat(128)}`), "word word");
    assert.equal(effects("socketBindtodevice", "*"), "");
    assert.equal(effects("socketBindtodevice", "x".repeat(16)), "assignment");
    assert.equal(effects("socketBindtodevice", "%n", 257), "assignment");
    assert.equal(effects("socketBindtodevice", "%N"), "");
    assert.equal(effects("bindNetworkInterface", "%H"), "");
    assert.deepEqual(offered("restrictNetworkInterfaces", "~eth0 $0").lookups, ["interfaces"]);
    assert.deepEqual(offered("socketBindtodevice", "$0").texts, ["*"]);
  });
});

describe("long lists", () => {
  const sizes = 2000;
  for (const name of Object.keys(LISTS) as Name[]) {
    it(`cost no more a word than short ones: ${name}`, () => {
      const separator = name.startsWith("bpf") ? "," : " ";
      const make = (size: number): string => Array.from({ length: size }, (_, i) => `w${i}`).join(separator);
      expectLinear(sizes, make, (text) => {
        issuesOf(valueType(name), text, where());
        for (const slot of slotsAt(valueType(name), text, text.length, where())) slot.offers();
      });
    });
  }
});
