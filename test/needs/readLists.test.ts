import assert from "node:assert/strict";
import { groupsNotCalled, makesUsualCalls, readCalls, seldomCalls } from "../../server/src/needs/readCalls.ts";
import { readCapabilities } from "../../server/src/needs/readCapabilities.ts";
import { readFamilies } from "../../server/src/needs/readFamilies.ts";
import type { FileReading, ProgramReading, ProgramSign } from "../../server/src/program/reading.ts";

const reading = (signs: readonly ProgramSign[], more: Partial<FileReading> = {}): ProgramReading => ({
  files: [{ path: "/usr/sbin/zorbd", form: "native", own: true, signs, paths: [], hides: [], ...more }],
  unread: [],
});
const call = (sign: ProgramSign["sign"], what: string): ProgramSign => ({ sign, form: "call", what });
const family = (what: string, sign: ProgramSign["sign"] = "socket"): ProgramSign => ({ sign, form: "constant", what });
const USUAL = ["AF_UNIX", "AF_INET", "AF_INET6", "AF_NETLINK"];

describe("the lists that a program of root can do without", () => {
  it("are capabilities for which it calls nothing", () => {
    const all = readCapabilities(reading([]));
    assert.ok(all?.unused.includes("CAP_SYS_ADMIN") && all?.unused.includes("CAP_SETUID"));
    assert.equal(all?.reason, "nothing in zorbd calls what these are for");
    const mounting = readCapabilities(reading([call("mount", "mount"), call("setuid", "setgid")]))?.unused ?? [];
    for (const it of ["CAP_SYS_ADMIN", "CAP_SETUID", "CAP_SETGID"]) assert.ok(!mounting.includes(it), it);
    assert.ok(mounting.includes("CAP_SYS_TIME"));
    assert.ok(!readCapabilities(reading([call("administration", "quotactl")]))?.unused.includes("CAP_SYS_ADMIN"));
    for (const it of ["CAP_CHOWN", "CAP_KILL"]) assert.ok(all?.unused.includes(it), it);
    const giving = readCapabilities(reading([call("chown", "fchown"), call("signals", "kill")]))?.unused ?? [];
    for (const it of ["CAP_CHOWN", "CAP_FSETID", "CAP_KILL"]) assert.ok(!giving.includes(it), it);
    assert.equal(readCapabilities(reading([], { hides: ["loads plugins"] })), undefined);
  });

  it("are those that no driver of a tunnel asks for", () => {
    const opening = (what: string): readonly string[] =>
      readCapabilities(reading([{ sign: "devices", form: "text", what }]))?.unused ?? [];
    assert.ok(opening("/dev/net/tun").includes("CAP_SYS_ADMIN"));
    assert.ok(!opening("/dev/sda").includes("CAP_SYS_ADMIN"));
  });

  it("are those for raw packets where it opens sockets of known kinds", () => {
    const unused = (sign: ProgramSign): boolean | undefined =>
      readCapabilities(reading([sign]))?.unused.includes("CAP_NET_RAW");
    assert.deepEqual([family("AF_INET"), family("SOCK_RAW", "packets"), call("socketKind", "socket")].map(unused), [
      true,
      false,
      false,
    ]);
  });

  it("are where it starts programs only those that usual daemons of root do without", () => {
    const starting = readCapabilities(reading([call("exec", "execve")]))?.unused ?? [];
    for (const it of ["CAP_SYS_ADMIN", "CAP_SYS_MODULE", "CAP_SYS_PTRACE"]) assert.ok(starting.includes(it), it);
    for (const it of ["CAP_SETUID", "CAP_CHOWN", "CAP_KILL", "CAP_AUDIT_WRITE"]) assert.ok(!starting.includes(it), it);
    assert.ok(
      !readCapabilities(reading([call("exec", "execve"), call("trace", "ptrace")]))?.unused.includes("CAP_SYS_PTRACE"),
    );
    assert.equal(readCapabilities(reading([call("exec", "execve"), call("pam", "pam_start")])), undefined);
  });

  it("are groups of usual calls that few programs make, where it starts none", () => {
    assert.deepEqual(seldomCalls(reading([]), true), ["@privileged", "@resources"]);
    assert.deepEqual(seldomCalls(reading([call("nice", "setpriority")]), true), ["@privileged"]);
    assert.deepEqual(seldomCalls(reading([call("setuid", "setgid")]), false), ["@resources"]);
    assert.deepEqual(seldomCalls(reading([call("exec", "execve")]), false), []);
  });

  it("are none whose calls each program of Go makes", () => {
    const unused = readCapabilities(reading([], { form: "go" }))?.unused ?? [];
    assert.ok(unused.includes("CAP_SYS_ADMIN"));
    for (const it of ["CAP_SETPCAP", "CAP_SYS_RESOURCE"]) assert.ok(!unused.includes(it), it);
  });

  it("never are those over files, ports and networks, which libraries ask for", () => {
    for (const it of ["CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_NET_ADMIN", "CAP_NET_BIND_SERVICE"])
      assert.ok(!readCapabilities(reading([]))?.unused.includes(it), it);
  });

  it("are families of sockets that it opens none of, as far as these stand in its code", () => {
    assert.deepEqual(readFamilies(reading([family("AF_INET"), family("AF_NETLINK", "netlink")]), USUAL, true), {
      says: "for",
      grade: "read",
      reason: "nothing in zorbd opens sockets of other families",
    });
    assert.deepEqual(readFamilies(reading([family("AF_BLUETOOTH")]), USUAL, true), {
      says: "against",
      condition: "if it works without AF_BLUETOOTH, which zorbd asks for",
      shown: "zorbd asks for AF_BLUETOOTH",
    });
    const capturing = reading([call("packets", "pcap_open_live")]);
    assert.equal(readFamilies(capturing, USUAL, true)?.says, "against");
    assert.equal(readFamilies(capturing, [...USUAL, "AF_PACKET"], true)?.says, "for");
    assert.equal(readFamilies(reading([call("socketKind", "socket")]), USUAL, true), undefined);
    assert.equal(readFamilies(reading([call("exec", "execve")]), USUAL, true), undefined);
    assert.equal(readFamilies(reading([], { form: "go" }), USUAL, true), undefined);
  });

  it("are those of a script that loads only its own, where each stands in its text", () => {
    const python = (...signs: readonly ProgramSign[]): ProgramReading => reading(signs, { form: "python" });
    const tool: ProgramSign = { sign: "exec", form: "command", what: "curl" };
    assert.equal(readFamilies(python(family("AF_INET6"), family("PF_INET"), tool), USUAL, false)?.says, "for");
    assert.equal(readFamilies(python(family("PF_CAN")), USUAL, false)?.says, "against");
    assert.equal(readFamilies(python(call("socketKind", "socket.socket")), USUAL, false), undefined);
    assert.equal(readFamilies(reading([], { form: "python", foreign: ["scapy"] }), USUAL, false), undefined);
  });

  it("are open to libraries that open sockets of others", () => {
    const library = (sign: ProgramSign["sign"], what: string): ProgramReading =>
      reading([{ sign, form: "library", what }]);
    assert.equal(readFamilies(library("devices", "libbluetooth.so.3"), USUAL, true)?.says, "against");
    assert.equal(readFamilies(library("devices", "libbluetooth.so.3"), [...USUAL, "AF_BLUETOOTH"], true)?.says, "for");
    assert.deepEqual(readFamilies(library("families", "libell.so.0"), USUAL, true), {
      says: "against",
      condition: "if it works without libell.so.0, which zorbd loads",
      shown: "zorbd loads libell.so.0",
    });
  });

  it("take raw packets of the internet for sockets of its families", () => {
    assert.equal(readFamilies(reading([family("AF_INET"), family("SOCK_RAW", "packets")]), USUAL, true)?.says, "for");
  });

  it("are groups of calls, of which more words of the list may allow some", () => {
    const rooted = reading([call("chroot", "chroot")]);
    assert.ok(!readCalls(rooted, true)?.groups.includes("@mount"));
    assert.equal(makesUsualCalls(rooted, true, []), undefined);
    assert.match(makesUsualCalls(rooted, true, ["chroot"]) ?? "", /^nothing in zorbd (?!.*root directory)/);
    assert.equal(makesUsualCalls(reading([call("administration", "acct")]), true, ["chroot"]), undefined);
  });

  it("are usual denials but for groups with a call that it makes", () => {
    const groups = ["@obsolete", "@reboot", "@swap"];
    assert.deepEqual(groupsNotCalled(reading([]), groups), groups);
    assert.deepEqual(groupsNotCalled(reading([call("administration", "reboot")]), groups), ["@obsolete", "@swap"]);
    assert.deepEqual(groupsNotCalled(reading([call("administration", "swapon")]), groups), ["@obsolete", "@reboot"]);
    assert.deepEqual(groupsNotCalled(reading([call("administration", "acct")], { own: false }), groups), groups);
  });

  it("are with @debug those for performance counters, too", () => {
    const counting = reading([call("administration", "perf_event_open")]);
    assert.ok(readCalls(reading([]), true)?.groups.includes("@debug"));
    assert.ok(!readCalls(counting, true)?.groups.includes("@debug"));
    assert.equal(makesUsualCalls(counting, true, ["@debug"]), undefined);
    assert.ok(makesUsualCalls(reading([call("trace", "ptrace")]), true, ["@debug"]));
  });
});

describe("what a service runs by shell scripts", () => {
  const script: FileReading = { path: "/etc/zorb/run", form: "shell", own: true, signs: [], paths: [], hides: [] };

  it("is known where they lead to programs that are read, and open where they lead to none", () => {
    const { files } = reading([]);
    assert.ok(readCalls({ files: [script, ...files], unread: [] }, true));
    assert.equal(readCalls({ files: [script], unread: [] }, true), undefined);
  });
});
