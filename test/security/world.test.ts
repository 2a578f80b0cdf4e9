import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { hiddenBy } from "../../server/src/security/world/access.ts";
import { causeText } from "../../server/src/security/world/cause.ts";
import { sandboxFacts } from "../../server/src/security/world/facts.ts";
import { shownPaths } from "../../server/src/security/world/tree.ts";
import { type Spot, serviceWorld, spotAt } from "../../server/src/security/world/world.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { expectLinear } from "../kit/growth.ts";
import { mangledUnit } from "../kit/mangled.ts";
import { random } from "../kit/random.ts";

function unitOf(settings: readonly string[], name = "x.service", version = 257, dropIns: readonly string[] = []): Unit {
  const path = unitPath(`/etc/systemd/system/${name}`) ?? assert.fail(name);
  return readUnit(path, `[Service]\nExecStart=/usr/bin/x\n${settings.join("\n")}\n`, version, { dropIns });
}

/** What is said of a path: the state, what more, and who decides. */
function said(settings: readonly string[], path: string, version?: number): string {
  const world = serviceWorld(unitOf(settings, "x.service", version)) ?? assert.fail();
  return inShort(spotAt(world, path));
}

function inShort({ state, writable, executable, from, by, noexecBy }: Spot): string {
  return [
    state,
    ...(writable && state !== "writable" ? ["writable"] : []),
    ...(executable === false && state !== "absent" && state !== "hidden" ? ["noexec"] : []),
    ...(from === undefined ? [] : [`from ${from}`]),
    ...(by ? [`by ${causeText(by)}`] : []),
    ...(noexecBy ? [`and ${causeText(noexecBy)}`] : []),
  ].join(" ");
}

/** Each seen in a running systemd 257 by lab/box/world.test.ts, or one of its kind. */
const CASES: readonly (readonly [settings: string, path: string, said: string])[] = [
  ["", "/usr", "writable"],
  ["ProtectSystem=strict", "/srv/data", "read-only by ProtectSystem=strict"],
  ["ProtectSystem=strict", "/dev/shm", "writable by ProtectSystem=strict"],
  ["ProtectSystem=strict", "/run/x", "read-only by ProtectSystem=strict"],
  ["ProtectSystem=strict\nProtectProc=invisible", "/run/x", "writable by ProtectProc=invisible"],
  ["ProtectSystem=strict\nProtectProc=invisible\nReadOnlyPaths=/run", "/run/x", "read-only by ProtectSystem=strict"],
  ["ProtectSystem=strict\nReadWritePaths=/", "/srv", "read-only by ProtectSystem=strict"],
  ["BindPaths=/etc:/srv/b:ro /etc:/srv/c", "/srv/b", "writable"],
  ["BindPaths=/etc:/srv/b:ro /etc:/srv/c", "/srv/c/d", "bound writable from /etc/d by BindPaths=/etc:/srv/c"],
  ["ProtectSystem=strict\nCacheDirectory=a:b:c d", "/var/cache/a", "read-only by ProtectSystem=strict"],
  ["ProtectSystem=strict\nReadWritePaths=/srv", "/srv/data", "writable by ReadWritePaths=/srv"],
  ["ReadOnlyPaths=/srv\nReadWritePaths=/srv", "/srv", "read-only by ReadOnlyPaths=/srv"],
  ["ProtectSystem=full", "/bin/sh", "read-only by ProtectSystem=full"],
  ["ProtectHome=yes", "/home/x", "hidden by ProtectHome=yes"],
  ["ProtectHome=tmpfs", "/home", "empty by ProtectHome=tmpfs"],
  ["ProtectHome=tmpfs", "/home/x", "absent by ProtectHome=tmpfs"],
  ["ProtectHome=tmpfs\nBindPaths=/home/x/app", "/home/x", "empty by ProtectHome=tmpfs"],
  ["ProtectHome=tmpfs\nBindPaths=/home/x/app", "/home/x/app/f", "writable by BindPaths=/home/x/app"],
  ["ProtectHome=yes\nBindPaths=/home/x/app", "/home/x/app", "hidden by ProtectHome=yes"],
  ["ProtectHome=tmpfs\nReadOnlyPaths=/home", "/home/x", "read-only by ReadOnlyPaths=/home"],
  ["ProtectSystem=strict\nTemporaryFileSystem=/:ro", "/srv", "read-only by ProtectSystem=strict"],
  ["TemporaryFileSystem=/:ro\nBindReadOnlyPaths=/usr", "/srv", "absent by TemporaryFileSystem=/:ro"],
  ["TemporaryFileSystem=/:ro\nMountAPIVFS=yes", "/dev/null", "writable by MountAPIVFS=yes"],
  ["ProtectSystem=strict\nNoExecPaths=/\nExecPaths=/usr", "/usr/bin/x", "writable by ExecPaths=/usr"],
  [
    "ProtectSystem=strict\nNoExecPaths=/\nExecPaths=/usr\nReadOnlyPaths=/usr",
    "/usr",
    "read-only noexec by ProtectSystem=strict and NoExecPaths=/",
  ],
  ["ProtectSystem=full\nNoExecPaths=/\nExecPaths=/usr", "/usr", "read-only by ProtectSystem=full"],
  [
    "ProtectSystem=strict\nNoExecPaths=/\nExecPaths=/usr\nBindReadOnlyPaths=/usr",
    "/usr",
    "read-only by BindReadOnlyPaths=/usr",
  ],
  ["ProtectSystem=strict\nNoExecPaths=/", "/srv", "read-only noexec by ProtectSystem=strict and NoExecPaths=/"],
  ["ProtectSystem=strict\nNoExecPaths=/", "/home", "writable by ProtectSystem=strict"],
  ["BindReadOnlyPaths=/srv/a:/opt/b", "/opt/b/c", "bound from /srv/a/c by BindReadOnlyPaths=/srv/a:/opt/b"],
  ["BindPaths=/srv/a:/var/run/b", "/run/b", "bound writable from /srv/a by BindPaths=/srv/a:/var/run/b"],
  ["PrivateTmp=yes", "/tmp", "private writable by PrivateTmp=yes"],
  ["PrivateTmp=yes", "/tmp/x", "absent by PrivateTmp=yes"],
  ["PrivateDevices=yes", "/dev/kvm", "absent by PrivateDevices=yes"],
  ["PrivateDevices=yes", "/dev/null", "private writable noexec by PrivateDevices=yes"],
  ["PrivateDevices=yes", "/dev/shm/x", "writable"],
  ["ProtectKernelTunables=yes", "/proc/sys/vm", "read-only noexec by ProtectKernelTunables=yes"],
  ["ProtectKernelTunables=yes", "/sys/kernel", "writable noexec by ProtectKernelTunables=yes"],
  ["ProtectKernelTunables=yes\nPrivateNetwork=yes", "/sys/kernel", "private noexec by PrivateNetwork=yes"],
  ["ProcSubset=pid", "/proc/cpuinfo", "absent by ProcSubset=pid"],
  ["ProcSubset=pid", "/proc/self/maps", "private writable noexec by ProcSubset=pid"],
  ["DynamicUser=yes\nStateDirectory=a", "/var/lib/a/f", "writable by StateDirectory=a"],
  ["DynamicUser=yes\nStateDirectory=a", "/var/lib/private/b", "absent by DynamicUser=yes"],
  ["DynamicUser=yes", "/home/x", "read-only by DynamicUser=yes"],
  ["ProtectSystem=strict\nStateDirectory=a:b", "/var/lib/b", "writable by StateDirectory=a:b"],
  ["ProtectSystem=strict\nLoadCredential=k:/etc/k", "/run/credentials/y.service", "absent by LoadCredential=k"],
  [
    "ProtectSystem=strict\nLoadCredential=k:/etc/k",
    "/run/credentials/x.service/k",
    "read-only noexec by LoadCredential=k",
  ],
  ["RootDirectory=/srv/root", "/data", "bound writable from /srv/root/data by RootDirectory=/srv/root"],
  [
    "RootDirectory=/srv/root\nReadOnlyPaths=/srv/root/a /b +/c",
    "/a",
    "read-only from /srv/root/a by ReadOnlyPaths=/srv/root/a",
  ],
  [
    "RootDirectory=/srv/root\nReadOnlyPaths=/srv/root/a /b +/c",
    "/b",
    "bound writable from /srv/root/b by RootDirectory=/srv/root",
  ],
  [
    "RootDirectory=/srv/root\nReadOnlyPaths=/srv/root/a /b +/c",
    "/c",
    "read-only from /srv/root/c by ReadOnlyPaths=+/c",
  ],
  ["RootImage=/srv/image.raw", "/etc/x", "unknown by RootImage=/srv/image.raw"],
  ["RootImage=/srv/image.raw\nBindPaths=/srv/a", "/srv/a", "writable by BindPaths=/srv/a"],
  ["MountImages=/srv/i.raw:/opt/i", "/opt/i/x", "unknown by MountImages=/srv/i.raw:/opt/i"],
  ["ExtensionDirectories=/srv/ext", "/usr/bin/x", "unknown by ExtensionDirectories=/srv/ext"],
];

describe("the world of a service", () => {
  for (const [settings, path, expected] of CASES) {
    it(`${settings.replaceAll("\n", " · ") || "no setting"}: ${path} is ${expected}`, () => {
      assert.equal(said(settings.split("\n"), path), expected);
    });
  }

  it("knows what the host mounts without programs, and that not all hosts do it with /run/lock", () => {
    const world = serviceWorld(unitOf(["ProtectSystem=strict", "ExecPaths=/dev/mqueue"])) ?? assert.fail();
    const executable = (path: string) => spotAt(world, path).executable;
    assert.deepEqual(
      ["/dev/pts", "/sys/kernel/debug", "/proc/1", "/dev/mqueue/x", "/dev/shm", "/run/lock", "/run/lockfile"].map(
        executable,
      ),
      [false, false, false, true, true, undefined, true],
    );
  });

  it("says that /run/credentials is hidden with the mount namespace, and not by one setting", () => {
    assert.equal(said(["ProtectSystem=strict"], "/run/credentials"), "hidden by PrivateMounts=yes");
  });

  it("names what has to be there and is not", () => {
    const world = serviceWorld(unitOf(["PrivateTmp=yes", "ReadOnlyPaths=-/tmp/a /tmp/b"]));
    assert.equal(world?.missing[0]?.path, "/tmp/b");
    assert.equal(world.missing[0] && causeText(world.missing[0].by), "ReadOnlyPaths=/tmp/b");
  });

  it("gives settings of drop-ins their lines", () => {
    const unit = unitOf(["ProtectSystem=full"], "x.service", 257, ["[Service]\nProtectSystem=strict\n"]);
    const spot = spotAt(serviceWorld(unit) ?? assert.fail(), "/srv");
    assert.equal(spot.by?.node, unit.dropIns[0]?.nodes[1]);
  });

  it("keeps /var/tmp of the host where a service without default dependencies has a disconnected /tmp, since 258", () => {
    const text = "[Unit]\nDefaultDependencies=no\n[Service]\nExecStart=/usr/bin/x\nPrivateTmp=disconnected\n";
    for (const [version, state] of [
      [257, "private"],
      [262, "writable"],
    ] as const) {
      const unit = readUnit(unitOf([]).path, text, version);
      assert.equal(spotAt(serviceWorld(unit) ?? assert.fail(), "/var/tmp").state, state);
    }
  });

  it("is there for services alone", () => {
    assert.equal(serviceWorld(unitOf([], "x.socket")), undefined);
    assert.equal(serviceWorld(unitOf([], "x.service.d/a.conf")), undefined);
  });

  it("leaves what an instance or the machine decides as it is written", () => {
    const unit = unitOf(["ProtectSystem=strict", "StateDirectory=a-%i", "ReadWritePaths=/srv/%H"], "x@.service");
    const world = serviceWorld(unit) ?? assert.fail();
    assert.deepEqual(
      [...world.files.mounts.keys()].filter((it) => it.includes("%")),
      ["/srv/%H", "/var/lib/a-%i"],
    );
  });

  it("takes any text and any path", () => {
    fc.assert(
      fc.property(mangledUnit, fc.string(), fc.constantFrom(257, 262), (text, path, version) => {
        const unit = readUnit(unitOf([]).path, text, version);
        const world = serviceWorld(unit) ?? assert.fail();
        spotAt(world, `/${path}`);
        const shown = shownPaths(unit, world);
        assert.equal(shown[0]?.path, "/");
        assert.ok(sandboxFacts(unit).every(({ text: sentence }) => sentence.endsWith(".")));
      }),
    );
  });

  it("says in one sentence what holds of the network", () => {
    const said = (...lines: string[]): string | undefined =>
      sandboxFacts(unitOf(lines)).find((it) => it.topic === "network")?.text;
    assert.equal(
      said("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6"),
      "It is in the network of the host and can create only sockets of AF_UNIX, AF_INET and AF_INET6.",
    );
    assert.equal(
      said("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6", "IPAddressDeny=any", "PrivateNetwork=yes"),
      "It has only a private loopback network, can create only sockets of AF_UNIX, AF_INET and AF_INET6 and cannot reach any IP address.",
    );
    assert.equal(said("PrivateNetwork=yes"), "It has only a private loopback network.");
  });

  for (const [name, line] of [
    ["many paths", (i: number) => `ReadOnlyPaths=/srv/${i}/a`],
    ["many links", (i: number) => `BindPaths=/srv/${i}:/var/run/${i}`],
    ["deep paths", (i: number) => `InaccessiblePaths=/${i}${"/a".repeat(2000)}`],
  ] as const) {
    it(`takes time in proportion to its length: ${name}`, () =>
      expectLinear(
        60,
        (size) => Array.from({ length: size }, (_, i) => line(i)),
        (lines) => serviceWorld(unitOf(lines)),
      ));
  }

  it("has nothing over programs that the shortcut for their paths would miss", () => {
    const chance = random(1);
    const settings = [
      ...CASES.flatMap(([lines]) => lines.split("\n")),
      ..."PrivateTmp PrivateDevices PrivateIPC PrivateMounts DynamicUser ProtectKernelTunables ProtectKernelModules ProtectKernelLogs ProtectControlGroups PrivateBPF MountAPIVFS BindLogSockets"
        .split(" ")
        .map((it) => `${it}=yes`),
      ...["ProcSubset=pid", "ProtectSystem=strict", "ProtectHome=yes", "StateDirectory=a:b", "LoadCredential=a:/etc/a"],
      ...["InaccessiblePaths=/opt", "BindPaths=/home/x:/opt/x", "TemporaryFileSystem=/usr/local", "RootImage=/a.raw"],
    ];
    const paths = [
      "/usr/bin/x",
      "/bin/x",
      "/sbin/x",
      "/usr/local/bin/x",
      "/usr/share/x/y",
      "/usr/libexec/x",
      "/opt/x/y",
    ];
    for (let i = 0; i < 1500; i++) {
      const unit = unitOf(
        Array.from({ length: 1 + chance.below(5) }, () => chance.pick(settings)),
        "x.service",
        chance.pick([257, 262]),
      );
      const world = serviceWorld(unit) ?? assert.fail();
      for (const path of paths) {
        const spot = spotAt(world, path);
        const gone = (spot.state === "hidden" || spot.state === "absent") && spot.by !== undefined;
        if (hiddenBy(unit, path) === undefined) assert.ok(!gone || spot.by?.value === "/", `${unit.file.text}${path}`);
      }
    }
  });
});

describe("directories of older versions", () => {
  const state = (settings: string, path: string, version: number): string =>
    said(["ProtectSystem=strict", settings], path, version).split(" ")[0] ?? "";

  it("have a colon in their names before 250, and no flags before 257", () => {
    const versions = [249, 250];
    assert.deepEqual(
      versions.map((it) => state("StateDirectory=a:b", "/var/lib/a/x", it) === state("", "/var/lib/a/x", it)),
      [true, false],
    );
    assert.notEqual(state("StateDirectory=a:b", "/var/lib/a:b/x", 249), state("", "/var/lib/a:b/x", 249));
    const flagged = [256, 257].map((it) => state("StateDirectory=a::ro", "/var/lib/a/x", it));
    assert.notEqual(flagged[0], flagged[1]);
  });
});
