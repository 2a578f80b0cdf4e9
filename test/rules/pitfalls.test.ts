import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { interplayOf } from "../../server/src/catalog/interplay.ts";
import { CODES } from "../../server/src/rules/codes.ts";

/**
 * Where each of the 121 known pitfalls of unit files is met, by its number: words with a slash are codes of rules, words
 * with `=` are directives whose hover says it, `exposure`, `harden` and `values` are parts of the product with tests of
 * their own. What stands behind `-` is why there is no finding: a hover alone needs such a reason, as a unit that really
 * falls into a pitfall should be told.
 */
const MET: Readonly<Record<number, string>> = {
  1: "DynamicUser= sandbox/overridden",
  2: "DynamicUser= sandbox/overridden exposure",
  3: "DynamicUser= sandbox/overridden sandbox/set-uid exposure",
  4: "DynamicUser= sandbox/overridden exposure",
  5: "DynamicUser= - nothing fails: systemd moves the directories itself",
  6: "PrivateDevices= exposure sandbox/ambient-outside",
  7: "ProtectKernelModules= exposure sandbox/ambient-outside sandbox/denied-command",
  8: "ProtectKernelLogs= exposure sandbox/ambient-outside sandbox/denied-command",
  9: "ProtectClock= exposure sandbox/ambient-outside sandbox/denied-command",
  10: "ProtectKernelTunables= ProtectControlGroups= ProtectProc= ProcSubset= PrivatePIDs= sandbox/mount-api-vfs",
  11: "PrivateNetwork= exposure",
  12: "PrivateMounts= sandbox/private-mounts sandbox/mount-propagation",
  13: "RuntimeDirectory= - systemd binds the directories itself",
  14: "AmbientCapabilities= exposure",
  15: "- the manual's entry of BindLogSockets= says it, and nothing breaks",
  16: "NoNewPrivileges= harden",
  17: "exposure",
  18: "exposure",
  19: "LoadCredential= exposure",
  20: "WatchdogSec= exposure",
  21: "Delegate= - a default that suits who sets it",
  22: "- the manual's entry of StandardInput= says it, and it does what is meant",
  23: "PrivateTmp= - an order that does no harm",
  24: "unit/endless-oneshot",
  25: "sandbox/undoable ProtectSystem=",
  26: "sandbox/later-mount ReadOnlyPaths=",
  27: "ReadWritePaths= - which file systems are read-only, only the machine knows",
  28: "sandbox/unreachable-path sandbox/covered-path InaccessiblePaths=",
  29: "hardening/private-devices hardening/protect-kernel-tunables hardening/protect-control-groups ProtectSystem=",
  30: "ProtectSystem= sandbox/read-only-path",
  31: "sandbox/linked-home ProtectHome=",
  32: "sandbox/protect-proc ProtectProc=",
  33: "sandbox/proc-subset ProcSubset=",
  34: "sandbox/empty-root sandbox/no-own-root MountAPIVFS=",
  35: "- seen with 257: without User= the session is opened for root, against the manual",
  36: "sandbox/remove-ipc RemoveIPC=",
  37: "sandbox/own-unit NoNewPrivileges=",
  38: "sandbox/bounding-set value/capability CapabilityBoundingSet=",
  39: "sandbox/jit MemoryDenyWriteExecute=",
  40: "sandbox/notify-unreachable sandbox/socket-sandbox RestrictAddressFamilies=",
  41: "sandbox/other-architectures",
  42: "sandbox/deny-first sandbox/denied-start SystemCallFilter=",
  43: "sandbox/error-number sandbox/denied-start value/error-number SystemCallErrorNumber=",
  44: "- it depends on the architecture, which only the target knows",
  45: "- it depends on the kernel, which only the target knows",
  46: "sandbox/denied-command RestrictRealtime= RestrictSUIDSGID=",
  47: "- the manual's entry of ProtectHostname= says it",
  48: "ProtectKernelModules= - what asks the kernel for a module is not in a unit",
  49: "- it depends on the kernel, which only the target knows",
  50: "sandbox/private-users PrivateUsers=",
  51: "sandbox/private-listener PrivateNetwork=",
  52: "sandbox/namespace-path PrivateNetwork= PrivateIPC=",
  53: "reference/joins-nothing reference/joins-lost JoinsNamespaceOf=",
  54: "PrivateIPC= - which memory a program shares is not in a unit",
  55: "sandbox/allow-without-deny IPAddressAllow=",
  56: "sandbox/socket-lists sandbox/closed-socket IPAddressAllow= IPAddressDeny=",
  57: "DeviceAllow= exposure",
  58: "- which modules are loaded, only the target knows",
  59: "sandbox/allow-without-deny SocketBindAllow=",
  60: "sandbox/no-loopback RestrictNetworkInterfaces=",
  61: "exposure",
  62: "exposure",
  63: "sandbox/mount-propagation",
  64: "unit/overwritten-output StandardOutput=",
  65: "unit/late-environment EnvironmentFile=",
  66: "- a terminal that is not used does no harm",
  67: "directive/retiring harden",
  68: "unit/guess-main-pid unit/restart-steps unit/runtime-oneshot unit/runtime-extra GuessMainPID= RuntimeMaxSec=",
  69: "unit/descriptor-store",
  70: "- nothing in a unit shows what was meant",
  71: "reference/requires-without-after Requires= BindsTo=",
  72: "directive/wrong-section directive/old-name",
  73: "reference/empty-dependency",
  74: "value/deprecated",
  75: "unit/persistent reference/never-elapses unit/fixed-random-delay Persistent=",
  76: "value/calendar",
  77: "unit/accept-service",
  78: "- what protects a slice stands in other units",
  79: "value/unit-kind",
  80: "directive/ignored directive/retiring",
  81: "sandbox/outside",
  82: "sandbox/outside",
  83: "harden",
  84: "value/command",
  85: "sandbox/outside",
  86: "sandbox/lost-mount",
  87: "sandbox/dynamic-user-files DynamicUser=",
  88: "- the policy of the bus is another file, and may allow anybody",
  89: "sandbox/dynamic-user-static DynamicUser=",
  90: "unit/dynamic-user-home unit/dynamic-user-scope",
  91: "value/nobody exposure",
  92: "ConfigurationDirectory= RuntimeDirectory= - who owns a directory before, only the machine knows",
  93: "value/directory",
  94: "sandbox/read-only-path sandbox/cannot-create harden",
  95: "sandbox/secret-in-unit SetCredential= Environment= hardening/load-credential",
  96: "unit/late-credential value/credential LoadCredential=",
  97: "unit/credential-race LoadCredential=",
  98: "PrivateUsers= - which users the files of an image have is not in a unit",
  99: "- since 257 the sockets of the log are there",
  100: "sandbox/system-only",
  101: "sandbox/set-uid PrivateUsers=",
  102: "sandbox/user-rights",
  103: "- it depends on the container, which only the target knows",
  104: "value/user-action",
  105: "- the manual's entry of RootImage= says it",
  106: "sandbox/user-rights CapabilityBoundingSet= AmbientCapabilities=",
  107: "sandbox/read-write-lost ReadWritePaths=",
  108: "sandbox/empty-root sandbox/notify-unreachable",
  109: "sandbox/writable-root RootDirectory=",
  110: "ProtectKernelTunables= - it is so or not with every service of root, whatever else the unit says",
  111: "sandbox/ambient-outside AmbientCapabilities=",
  112: "sandbox/jit",
  113: "sandbox/output-directory StandardOutput=",
  114: "value/date-format",
  115: "sandbox/read-only-path sandbox/hidden-write ProtectHome= InaccessiblePaths=",
  116: "- it was seen with 262 alone, and concerns units of early boot",
  117: "sandbox/read-only-path harden",
  118: "RestrictAddressFamilies= harden",
  119: "SystemCallFilter= harden",
  120: "harden",
  121: "- it is about judging a running service",
};

describe("pitfalls", () => {
  it("are all met, or there is a reason why nothing is said", () => {
    assert.deepEqual(
      Object.keys(MET).map(Number),
      Array.from({ length: 121 }, (_, i) => i + 1),
    );
  });

  for (const [number, met] of Object.entries(MET)) {
    const [where = "", reason] = met.startsWith("- ") ? ["", met.slice(2)] : met.split(" - ");
    it(`${number}: ${met}`, () => {
      const words = where.split(" ").filter((it) => it !== "");
      for (const word of words) {
        if (word.endsWith("=")) assert.ok(interplayOf(word.slice(0, -1)), word);
        else if (word.includes("/")) assert.ok(CODES.includes(word), word);
        else assert.match(word, /^(?:exposure|harden|values)$/);
      }
      assert.equal(
        reason === undefined,
        words.some((it) => !it.endsWith("=")),
      );
    });
  }
});
