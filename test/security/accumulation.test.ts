import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { badness, type Reading } from "./kit.ts";

/** Demands the badness of a check for lines that are written with `|` between them. */
function expectBadness(id: string, cases: Readonly<Record<string, number | undefined>>, reading: Reading = {}): void {
  for (const [lines, expected] of Object.entries(cases)) {
    assert.equal(badness(id, lines.replaceAll("|", "\n"), reading), expected, lines);
  }
}

describe("security: how assignments add up", () => {
  it("the last valid boolean wins, an invalid or empty one is ignored", () => {
    expectBadness("NoNewPrivileges", {
      "NoNewPrivileges=yes": 0,
      "NoNewPrivileges=YES": 0,
      "NoNewPrivileges=t|NoNewPrivileges=maybe": 0,
      "NoNewPrivileges=1|NoNewPrivileges=": 0,
      "NoNewPrivileges=yes # really": 1,
      "NoNewPrivileges=yes|NoNewPrivileges=off": 1,
      "nonewprivileges=yes": 1,
    });
  });

  it("PrivateMounts= counts as set where nothing sets it, and an empty value unsets it", () => {
    expectBadness("PrivateMounts", { "": 0, "PrivateMounts=no": 1, "PrivateMounts=no|PrivateMounts=": 0 });
  });

  it("the last valid word of a set wins", () => {
    expectBadness("ProtectHome", {
      "ProtectHome=tmpfs": 1,
      "ProtectHome=read-only|ProtectHome=Tmpfs": 5,
      "ProtectHome=yes|ProtectHome=": 0,
      "ProtectHome=0": 10,
    });
    expectBadness("ProtectSystem", { "ProtectSystem=yes": 5, "ProtectSystem=full": 3, "ProtectSystem=strict": 0 });
    expectBadness("ProtectProc", { "": 3, "ProtectProc=noaccess": 1, "ProtectProc=ptraceable": 0 });
  });

  it("ProtectHostname= is a boolean in 257, and takes more in 262", () => {
    expectBadness(
      "ProtectHostname",
      { "ProtectHostname=private:x": 1, "ProtectHostname=yes|ProtectHostname=": 0 },
      { version: 257 },
    );
    expectBadness("ProtectHostname", { "ProtectHostname=private:x": 0, "ProtectHostname=yes|ProtectHostname=": 1 });
  });

  it("UMask= is octal without a sign, and its first open bit counts", () => {
    expectBadness("UMask", {
      "": 5,
      "UMask=0": 10,
      "UMask=0007": 2,
      "UMask=027": 1,
      "UMask=77": 0,
      "UMask=0077|UMask=0o22": 0,
      "UMask=0077|UMask=17777": 0,
      "UMask=0077|UMask=8": 0,
    });
  });

  it("a bounding set is replaced while it is the start value or nothing known is named, else merged", () => {
    expectBadness("CapabilityBoundingSet_CAP_KILL", {
      "": 1,
      "CapabilityBoundingSet=": 0,
      "CapabilityBoundingSet=CAP_CHOWN": 0,
      "CapabilityBoundingSet=CAP_CHOWN|CapabilityBoundingSet=cap_kill": 1,
      "CapabilityBoundingSet=5": 1,
      "CapabilityBoundingSet=~CAP_KILL": 0,
      "CapabilityBoundingSet=~CAP_KILL|CapabilityBoundingSet=~CAP_CHOWN": 0,
      "CapabilityBoundingSet=CAP_TYPO": 0,
      "CapabilityBoundingSet=CAP_CHOWN|CapabilityBoundingSet=~": 1,
    });
  });

  it("in 257 a list behind `=~` starts anew, from 259 on it adds to all", () => {
    const lines = "CapabilityBoundingSet=~|CapabilityBoundingSet=CAP_CHOWN";
    expectBadness("CapabilityBoundingSet_CAP_KILL", { [lines]: 0 }, { version: 257 });
    expectBadness("CapabilityBoundingSet_CAP_KILL", { [lines]: 1 }, { version: 259 });
    expectBadness("CapabilityBoundingSet_CAP_KILL", { [lines]: 1 });
  });

  it("ambient capabilities are good only where there are none", () => {
    expectBadness("AmbientCapabilities", {
      "": 0,
      "AmbientCapabilities=CAP_CHOWN": 1,
      "AmbientCapabilities=CAP_TYPO": 0,
      "AmbientCapabilities=~CAP_CHOWN": 1,
      "AmbientCapabilities=CAP_CHOWN|AmbientCapabilities=": 0,
    });
  });

  it("the first list of system calls decides whether it allows or denies", () => {
    expectBadness("SystemCallFilter_clock", {
      "": 10,
      "SystemCallFilter=@system-service": 0,
      "SystemCallFilter=@clock": 9,
      "SystemCallFilter=@system-service clock_settime": 9,
      "SystemCallFilter=@clock|SystemCallFilter=~@clock": 0,
      "SystemCallFilter=@clock|SystemCallFilter=~@clock:EPERM": 0,
      "SystemCallFilter=~@clock": 0,
      "SystemCallFilter=~@clock:eperm": 0,
      "SystemCallFilter=~@clock:EFOO": 10,
      "SystemCallFilter=~@clock|SystemCallFilter=adjtimex": 10,
      "SystemCallFilter=~clock_settime": 10,
      "SystemCallFilter=~@privileged": 0,
      "SystemCallFilter=~": 10,
      "SystemCallFilter=~@typo": 10,
      "SystemCallFilter=@typo": 0,
      "SystemCallFilter=~@clock|SystemCallFilter=": 10,
      "SystemCallFilter=read:EPERM @clock": 9,
    });
  });

  it("an allow list always has the calls of @default", () => {
    expectBadness("SystemCallFilter_resources", { "SystemCallFilter=read": 0, "SystemCallFilter=@resources": 9 });
    expectBadness("SystemCallFilter_obsolete", { "SystemCallFilter=read": 0, "SystemCallFilter=~@known": 0 });
  });

  it("open_tree() left @mount with 262", () => {
    const lines = "SystemCallFilter=open_tree";
    expectBadness("SystemCallFilter_mount", { [lines]: 9 }, { version: 257 });
    expectBadness("SystemCallFilter_mount", { [lines]: 0 });
  });

  it("architectures add up, and only `native` alone is good", () => {
    expectBadness("SystemCallArchitectures", {
      "": 10,
      "SystemCallArchitectures=native": 0,
      "SystemCallArchitectures=x86-64": 8,
      "SystemCallArchitectures=native|SystemCallArchitectures=x86": 8,
      "SystemCallArchitectures=x86|SystemCallArchitectures=|SystemCallArchitectures=native": 0,
      "SystemCallArchitectures=native typo": 0,
    });
  });

  it("one listed family turns the mark of its kind", () => {
    expectBadness("RestrictAddressFamilies_AF_INET_INET6", {
      "": 1,
      "RestrictAddressFamilies=AF_UNIX": 0,
      "RestrictAddressFamilies=af_inet": 1,
      "RestrictAddressFamilies=~AF_INET": 0,
      "RestrictAddressFamilies=none": 0,
      "RestrictAddressFamilies=none|RestrictAddressFamilies=~AF_UNIX": 1,
      "RestrictAddressFamilies=AF_INET|RestrictAddressFamilies=~AF_INET": 0,
      "RestrictAddressFamilies=AF_INET|RestrictAddressFamilies=": 1,
    });
    expectBadness("RestrictAddressFamilies_OTHER", {
      "RestrictAddressFamilies=AF_UNIX AF_INET": 0,
      "RestrictAddressFamilies=AF_VSOCK": 1,
      "RestrictAddressFamilies=~AF_VSOCK": 0,
      "RestrictAddressFamilies=~AF_UNIX": 1,
    });
  });

  it("262 stops at the first unknown family, 257 goes on", () => {
    const lines = "RestrictAddressFamilies=AF_TYPO AF_UNIX";
    expectBadness("RestrictAddressFamilies_AF_UNIX", { [lines]: 1 }, { version: 257 });
    expectBadness("RestrictAddressFamilies_AF_UNIX", { [lines]: 0 });
  });

  it("namespaces are a switch or lists that add up; one unknown word spoils its line", () => {
    expectBadness("RestrictNamespaces_net", {
      "": 1,
      "RestrictNamespaces=yes": 0,
      "RestrictNamespaces=no": 1,
      "RestrictNamespaces=mnt": 0,
      "RestrictNamespaces=mnt|RestrictNamespaces=net": 1,
      "RestrictNamespaces=~net": 0,
      "RestrictNamespaces=~net typo": 1,
      "RestrictNamespaces=yes|RestrictNamespaces=": 1,
      "RestrictNamespaces=yes|RestrictNamespaces=net": 1,
    });
  });

  it("addresses need a deny list for all", () => {
    expectBadness("IPAddressDeny", {
      "": 10,
      "IPAddressDeny=any": 0,
      "IPAddressDeny=0.0.0.0/0": 10,
      "IPAddressDeny=0.0.0.0/0|IPAddressDeny=::/0": 0,
      "IPAddressDeny=any|IPAddressAllow=localhost": 2,
      "IPAddressDeny=any|IPAddressAllow=127.1.2.3/32 ::1": 2,
      "IPAddressDeny=any|IPAddressAllow=127.0.0.1/4": 5,
      "IPAddressDeny=any|IPAddressAllow=10.0.0.0/8": 5,
      "IPAddressDeny=any|IPAddressAllow=typo 1.2.3": 0,
      "IPAddressDeny=any|IPAddressAllow=10.0.0.1|IPAddressAllow=": 0,
      "IPAddressAllow=localhost": 10,
      "IPAddressDeny=any|IPAddressDeny=": 10,
      "IPIngressFilterPath=/sys/fs/bpf/x": 0,
      "IPIngressFilterPath=x": 10,
      "IPIngressFilterPath=/x|IPEgressFilterPath=": 0,
    });
  });

  it("devices count with a policy only, and other settings add some", () => {
    expectBadness("DeviceAllow", {
      "": 10,
      "DeviceAllow=/dev/fuse rw": 10,
      "DevicePolicy=closed": 0,
      "DevicePolicy=closed|DeviceAllow=/dev/fuse rw": 5,
      "DevicePolicy=closed|DeviceAllow=/dev/fuse|DeviceAllow=": 0,
      "DevicePolicy=closed|DeviceAllow=fuse": 0,
      "DevicePolicy=closed|DeviceAllow=/dev/fuse rwx": 0,
      "DevicePolicy=closed|DeviceAllow=/dev/../x": 0,
      "DevicePolicy=closed|DeviceAllow=/dev/": 5,
      "DevicePolicy=closed|DeviceAllow=char-pts": 5,
      "PrivateDevices=yes": 0,
      "PrivateDevices=yes|ProtectClock=yes": 5,
      "ProtectClock=yes": 10,
      "DevicePolicy=strict|RootImage=/x.raw": 5,
      "DevicePolicy=strict|MountImages=/x.raw:/y": 5,
      "DevicePolicy=strict|MountImages=/x.raw": 0,
      "DevicePolicy=strict|RootMStack=/x": 5,
    });
  });

  it("encrypted credentials added a device until 257", () => {
    for (const lines of ["LoadCredentialEncrypted=a:/b", "SetCredentialEncrypted=a: AAAA"]) {
      const closed = `DevicePolicy=closed|${lines}`;
      expectBadness("DeviceAllow", { [closed]: 5 }, { version: 257 });
      expectBadness("DeviceAllow", { [closed]: 0 });
    }
    const reset = "DevicePolicy=closed|LoadCredentialEncrypted=a:/b|LoadCredential=a:/b";
    expectBadness("DeviceAllow", { [reset]: 0 }, { version: 257 });
  });

  it("any list of controllers delegates, also an empty one", () => {
    expectBadness("Delegate", {
      "": 0,
      "Delegate=": 1,
      "Delegate=typo": 1,
      "Delegate=cpu|Delegate=no": 0,
      'Delegate="cpu': 0,
    });
  });

  it("settings take capabilities away", () => {
    expectBadness("CapabilityBoundingSet_CAP_MKNOD", { "PrivateDevices=yes": 0 });
    expectBadness("CapabilityBoundingSet_CAP_SYS_MODULE", { "ProtectKernelModules=yes": 0 });
    expectBadness("CapabilityBoundingSet_CAP_SYSLOG", { "ProtectKernelLogs=yes": 0 });
    expectBadness("CapabilityBoundingSet_CAP_WAKE_ALARM", { "ProtectClock=yes": 0 });
  });
});

describe("security: who the service runs as", () => {
  it("only root and nobody are bad", () => {
    expectBadness("UserOrDynamicUser", {
      "": 10,
      "User=root": 10,
      "User=0": 10,
      "User=1000": 0,
      "User=Root": 0,
      "User=nobody": 9,
      "User=www|User=": 10,
      "DynamicUser=yes": 0,
      "DynamicUser=yes|User=root": 10,
      "User=%u": 10,
    });
    expectBadness("UserOrDynamicUser", { "DynamicUser=yes": 10 }, { path: "root.service" });
    expectBadness("UserOrDynamicUser", { "User=%i": 10 }, { path: "x@root.service" });
    expectBadness("UserOrDynamicUser", { "User=%i": 0 }, { path: "x@.service" });
  });

  it("groups and left memory do not count for root", () => {
    expectBadness("SupplementaryGroups", { "SupplementaryGroups=a": undefined, "User=x|SupplementaryGroups=a": 1 });
    expectBadness("RemoveIPC", { "RemoveIPC=yes": undefined, "User=x": 1, "User=x|RemoveIPC=yes": 0 });
  });

  it("a dynamic user implies more", () => {
    for (const id of ["PrivateTmp", "ProtectSystem", "NoNewPrivileges", "RestrictSUIDSGID", "RemoveIPC"]) {
      expectBadness(id, { "DynamicUser=yes": 0, [`DynamicUser=yes|${id}=no`]: 0 });
    }
    expectBadness("ProtectHome", { "DynamicUser=yes": 5, "DynamicUser=yes|ProtectHome=tmpfs": 1 });
    expectBadness("PrivateUsers", { "DynamicUser=yes": 1 });
  });

  it("user services are nobody else's since 262", () => {
    const path = "/etc/systemd/user/x.service";
    expectBadness("UserOrDynamicUser", { "": 10 }, { path, version: 257 });
    expectBadness("UserOrDynamicUser", { "": 0 }, { path });
    expectBadness("RemoveIPC", { "RemoveIPC=no": undefined }, { path });
    expectBadness("SupplementaryGroups", { "": 0 }, { path });
    expectBadness("KeyringMode", { "": 1 }, { path });
  });
});
