import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const UNIT = "[Service]\nExecStart=/usr/bin/d\nUser=d\nProtectSystem=full\nPrivateTmp=yes\nReadWritePaths=/etc/d\n";
const DROP_IN = "[Service]\nProtectSystem=strict\n";
const FILES = {
  "units/d.service": UNIT,
  "units/d.service.d/a.conf": DROP_IN,
  "units/d.socket": "[Socket]\nListenStream=1\n",
};

interface Json {
  readonly version: number;
  readonly units: readonly {
    readonly profile: string | null;
    readonly paths: readonly Record<string, unknown>[];
    readonly mounts: readonly { readonly path: string }[];
    readonly failure: unknown;
    readonly facts: readonly { readonly topic: string; readonly text: string }[];
  }[];
}

const run = (...argv: readonly string[]) => runOver(memoryHost(FILES), "sandbox", ...argv);

function json(...argv: readonly string[]): Json {
  const { stdout, stderr, status } = run(...argv, "--format", "json");
  assert.deepEqual([stderr, status], ["", 0]);
  return JSON.parse(stdout) as Json;
}

describe("sandbox", () => {
  it("says which ambient capabilities the bounding set leaves, and where they hold", () => {
    const said = (...lines: readonly string[]): string => {
      const text = ["[Service]", "ExecStart=/usr/bin/d", "User=d", "NoNewPrivileges=yes", ...lines, ""].join("\n");
      const { stdout } = runOver(memoryHost({ "units/d.service": text }), "sandbox", "units/d.service");
      return /^capabilities +(.*?) \(/m.exec(stdout)?.[1] ?? "";
    };
    const ambient = "AmbientCapabilities=CAP_KILL CAP_NET_ADMIN";
    assert.equal(said(ambient), "It starts with CAP_KILL and CAP_NET_ADMIN, and cannot gain more.");
    assert.equal(said(ambient, "CapabilityBoundingSet=CAP_KILL"), "It starts with CAP_KILL, and cannot gain more.");
    assert.equal(
      said(ambient, "PrivateUsers=yes"),
      "In its own user namespace it starts with CAP_KILL and CAP_NET_ADMIN, and cannot gain more.",
    );
    assert.equal(said("PrivateUsers=yes"), "It starts with no capability, and cannot gain more.");
  });

  it("prints the tree with the settings that decide and their lines", () => {
    const { stdout, status } = run("units/d.service", "--systemd", "257");
    assert.equal(status, 0);
    const lines = stdout.split("\n");
    assert.match(lines[0] ?? "", /^d\.service: what the service sees$/);
    assert.match(stdout, /^\/ +read-only +ProtectSystem=strict a\.conf:2$/m);
    assert.match(stdout, /^│ {2}└─ d +writable, if permitted +ReadWritePaths=\/etc\/d d\.service:6$/m);
    assert.match(stdout, /^├─ tmp +private +PrivateTmp=yes d\.service:5$/m);
    assert.match(stdout, /^read-only +the host's files, read-only$/m);
    assert.match(stdout, /^user +It runs as d: both the sandbox and the permissions of d apply\. \(User=d\)$/m);
    assert.doesNotMatch(stdout, /incoming/);
  });

  it("tells what the service's own user may write from what the sandbox allows, at the path", () => {
    const lines = [
      "ExecStart=/usr/bin/d",
      "StateDirectory=d",
      "ConfigurationDirectory=d",
      "TemporaryFileSystem=/opt:mode=0777",
    ];
    const shown = (...more: readonly string[]) => {
      const text = ["[Service]", ...lines, ...more, ""].join("\n");
      return runOver(memoryHost({ "d.service": text }), "sandbox", "d.service").stdout;
    };
    const own = shown("User=d");
    assert.match(own, /^\/ +root only$/m);
    assert.match(own, /^├─ usr +root only$/m);
    assert.match(own, /^│ {2}└─ d +root only +ConfigurationDirectory=d/m);
    assert.match(own, /lib\/d +writable, own +StateDirectory=d/);
    assert.match(own, /^├─ opt +empty, if permitted/m);
    assert.match(own, /^├─ srv +writable, if permitted$/m);
    assert.match(own, /^├─ tmp +writable, for all$/m);
    assert.match(own, /^root only +the sandbox allows writing, but the path belongs to root/m);
    const root = shown();
    assert.doesNotMatch(root, /root only|if permitted|for all|, own/);
    assert.match(root, /^├─ usr +writable$/m);
    assert.match(shown("PrivateUsers=yes"), /^├─ usr +writable$/m);
    assert.match(shown("PrivateUsers=yes"), /^├─ srv +writable, if permitted$/m);
    assert.match(shown("DynamicUser=yes", "ReadWritePaths=/usr"), /^├─ usr +root only +ReadWritePaths=\/usr/m);
  });

  it("says who may write a path as JSON, in fields of their own", () => {
    const text = "[Service]\nExecStart=/usr/bin/d\nUser=d\nStateDirectory=d\nProtectSystem=full\n";
    const paths = ["/usr", "/var", "/var/lib/d/x", "/srv", "/tmp"];
    const args = paths.flatMap((it) => ["--path", it]);
    const { stdout } = runOver(memoryHost({ "d.service": text }), "sandbox", "d.service", "--format", "json", ...args);
    const [unit] = (JSON.parse(stdout) as Json).units;
    assert.deepEqual(
      unit?.paths.map((it) => [it.path, it.state, it.writable, it.userMayWrite, it.owner]),
      [
        ["/usr", "read-only", false, false, null],
        ["/var", "writable", true, false, "root"],
        ["/var/lib/d/x", "writable", true, true, "service"],
        ["/srv", "writable", true, null, "unknown"],
        ["/tmp", "writable", true, true, "everyone"],
      ],
    );
  });

  it("says of processes and root only what holds", () => {
    const said = (...lines: readonly string[]): string =>
      runOver(
        memoryHost({ "d.service": ["[Service]", "ExecStart=/usr/bin/d", ...lines, ""].join("\n") }),
        "sandbox",
        "d.service",
      ).stdout;
    assert.match(said("ProtectProc=invisible"), /ProtectProc=invisible does not apply to root with CAP_SYS_PTRACE/);
    assert.match(said("ProtectProc=invisible", "User=d"), /It sees only processes of its own user\./);
    assert.match(
      said("CapabilityBoundingSet=CAP_KILL"),
      /It runs as root, but the permissions of files of other users apply/,
    );
  });

  it("prints all paths where they are asked for", () => {
    assert.match(run("units/d.service", "--all").stdout, /run\/systemd\/incoming|systemd\/incoming/);
  });

  it("answers for single paths as JSON, with where the setting stands", () => {
    const { version, units } = json("units/d.service", "--path", "/srv/x", "--path", "/etc/d/y");
    assert.equal(version, 1);
    assert.deepEqual(units[0]?.paths, [
      {
        path: "/srv/x",
        state: "read-only",
        writable: false,
        userMayWrite: false,
        owner: null,
        executable: true,
        real: "/srv/x",
        from: null,
        setting: "ProtectSystem=strict",
        origin: { path: "units/d.service.d/a.conf", line: 1 },
        noexec: null,
        sentence: "read-only here, because of ProtectSystem=strict",
      },
      {
        path: "/etc/d/y",
        state: "writable",
        writable: true,
        userMayWrite: null,
        owner: "unknown",
        executable: true,
        real: "/etc/d/y",
        from: null,
        setting: "ReadWritePaths=/etc/d",
        origin: { path: "units/d.service", line: 5 },
        noexec: null,
        sentence:
          "the sandbox allows writing here, because of ReadWritePaths=/etc/d; the permissions of the files decide, too",
      },
    ]);
  });

  it("shows the world with a profile, whose lines stand nowhere yet", () => {
    const [unit] = json("units/d.service", "--profile", "basic", "--path", "/home/x", "--path", "/srv").units;
    assert.equal(unit?.profile, "basic");
    const [home, srv] = unit?.paths ?? [];
    assert.match(String(home?.setting), /^ProtectHome=/);
    assert.equal(home?.origin, null);
    assert.deepEqual(srv?.origin, { path: "units/d.service.d/a.conf", line: 1 });
  });

  it("finds all services of a folder, and says what is none", () => {
    assert.equal(json("units").units.length, 1);
    const { stderr, status } = run("units/d.socket");
    assert.equal(status, 2);
    assert.match(stderr, /only service files have a world of their own/);
  });

  it("says why systemd would not start the service", () => {
    const files = { "a.service": "[Service]\nExecStart=/bin/true\nPrivateTmp=yes\nReadOnlyPaths=/tmp/x\n" };
    const { stdout } = runOver(memoryHost(files), "sandbox", "a.service");
    assert.match(stdout, /fails with 226\/NAMESPACE: ReadOnlyPaths=\/tmp\/x needs \/tmp\/x, which is missing/);
    const refused = runOver(memoryHost({ "b.service": "[Service]\n" }), "sandbox", "b.service");
    assert.equal(refused.status, 1);
    assert.match(refused.stdout, /systemd does not load the unit/);
  });

  it("takes only what it knows", () => {
    for (const argv of [[], ["units/d.service", "--path", "x"], ["units/d.service", "--profile", "off"]])
      assert.equal(run(...argv).status, 2);
    assert.match(run("units/d.service", "--path", "/home/../etc").stderr, /--path takes a path without \.\./);
  });

  it("reads a path without its empty parts and dots", () => {
    assert.equal(json("units/d.service", "--path", "//srv/./x/").units[0]?.paths[0]?.path, "/srv/x");
  });
});
