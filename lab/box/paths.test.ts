import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { foundIn } from "../../test/kit/among.ts";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { findingsOf } from "../../test/kit/fixture.ts";
import { skip } from "../../test/kit/skip.ts";

/** What a rule claims, as a oneshot service that shows it, and one that does not. */
interface Claim {
  readonly code: string;
  /** The lines of a service that the rule speaks of. */
  readonly bad: readonly string[];
  /** What systemd says of it: the status of its main process or what the log must name. */
  readonly says: string;
  /** The lines of a near miss that starts. */
  readonly good: readonly string[];
}

const CLAIMS: readonly Claim[] = [
  {
    code: "sandbox/hidden-program",
    bad: ["ExecStart=/home/x/app/run", "ProtectHome=yes"],
    says: "203/EXEC",
    good: ["ExecStart=/home/x/app/run", "ProtectHome=tmpfs", "BindReadOnlyPaths=/home/x/app"],
  },
  {
    code: "sandbox/hidden-program",
    bad: ["ExecStart=/opt/a/run", "TemporaryFileSystem=/opt"],
    says: "203/EXEC",
    good: ["ExecStart=/opt/b/run", "TemporaryFileSystem=/opt", "BindReadOnlyPaths=/opt/a:/opt/b"],
  },
  {
    code: "sandbox/hidden-program",
    bad: ["ExecStart=/home/x/app/run", "ProtectHome=tmpfs", "TemporaryFileSystem=/home"],
    says: "203/EXEC",
    good: ["ExecStart=/home/x/app/run", "ProtectHome=read-only", "TemporaryFileSystem=/home"],
  },
  {
    code: "sandbox/hidden-program",
    bad: ["ExecStart=/home/x/app/run", "ProtectHome=yes", "DynamicUser=yes"],
    says: "203/EXEC",
    good: ["ExecStart=/home/x/app/run", "DynamicUser=yes", "TemporaryFileSystem=/home"],
  },
  {
    code: "sandbox/hidden-program",
    bad: ["ExecStart=/opt/a/run", "InaccessiblePaths=/opt/a/run"],
    says: "203/EXEC",
    good: ["ExecStart=/opt/a/run", "InaccessiblePaths=/opt/a/script.sh"],
  },
  {
    code: "sandbox/hidden-program",
    bad: ["ExecStart=/opt/a/run", "TemporaryFileSystem=/:ro", "BindReadOnlyPaths=/usr /lib -/lib64", "MountAPIVFS=yes"],
    says: "203/EXEC",
    good: [
      "ExecStart=/usr/bin/true",
      "TemporaryFileSystem=/:ro",
      "BindReadOnlyPaths=/usr /lib -/lib64",
      "MountAPIVFS=yes",
    ],
  },
  {
    code: "sandbox/covered-path",
    bad: ["ExecStart=/bin/true", "PrivateDevices=yes", "ReadOnlyPaths=/dev/extra"],
    says: "226/NAMESPACE",
    good: ["ExecStart=/bin/true", "PrivateDevices=yes", "ReadOnlyPaths=/dev/null"],
  },
  {
    code: "sandbox/covered-path",
    bad: ["ExecStart=/bin/true", "ProcSubset=pid", "ReadOnlyPaths=/proc/sys"],
    says: "226/NAMESPACE",
    good: ["ExecStart=/bin/true", "ProcSubset=pid", "ReadOnlyPaths=/proc/self"],
  },
  {
    code: "sandbox/no-exec",
    bad: ["ExecStart=/bin/true", "NoExecPaths=/usr"],
    says: "203/EXEC",
    good: ["ExecStart=/bin/true", "NoExecPaths=/srv"],
  },
  {
    code: "sandbox/read-write-lost",
    bad: ["ExecStart=/bin/touch /home/x/here", "ProtectHome=read-only", "ReadWritePaths=/home"],
    says: "Read-only file system",
    good: ["ExecStart=/bin/touch /home/x/here", "ProtectHome=read-only", "ReadWritePaths=/home/x"],
  },
  {
    code: "sandbox/hidden-working-directory",
    bad: ["ExecStart=/bin/true", "WorkingDirectory=/home/x", "ProtectHome=tmpfs"],
    says: "200/CHDIR",
    good: ["ExecStart=/bin/true", "WorkingDirectory=/root", "ProtectHome=yes"],
  },
  {
    code: "sandbox/no-exec",
    bad: ["ExecStart=/opt/a/run", "NoExecPaths=/opt"],
    says: "203/EXEC",
    good: ["ExecStart=/opt/a/run", "NoExecPaths=/opt", "ExecPaths=/opt/a"],
  },
  {
    code: "sandbox/no-exec",
    bad: ["ExecStart=/bin/true", "NoExecPaths=/", "ExecPaths=/usr/bin/true"],
    says: "203/EXEC",
    good: ["ExecStart=/bin/true", "NoExecPaths=/", "ExecPaths=/usr/bin/true /usr/lib -/usr/lib64"],
  },
  {
    code: "sandbox/no-exec",
    bad: ["ExecStart=/bin/true", "ExecPaths=/usr/bin", "NoExecPaths=/usr"],
    says: "203/EXEC",
    good: ["ExecStart=/bin/true", "ExecPaths=/usr/bin", "NoExecPaths=/usr", "ReadOnlyPaths=/usr/lib"],
  },
  {
    code: "sandbox/no-exec",
    bad: ["ExecStart=/opt/a/script.sh", "NoExecPaths=/", "ExecPaths=/opt/a /usr/bin"],
    says: "203/EXEC",
    good: ["ExecStart=/opt/a/script.sh", "NoExecPaths=/", "ExecPaths=/opt/a /usr/bin /lib -/lib64"],
  },
  {
    code: "sandbox/still-executable",
    bad: [
      "ExecStart=/bin/sh -c 'cp /bin/true /var/lib/own/x && /var/lib/own/x && echo it ran; exit 1'",
      ...["NoExecPaths=/", "ExecPaths=/usr", "StateDirectory=own"],
    ],
    says: "it ran",
    good: [
      "ExecStart=/bin/sh -c 'cp /bin/true /var/lib/own/x && ! /var/lib/own/x'",
      ...["NoExecPaths=/ /var/lib/own", "ExecPaths=/usr", "StateDirectory=own"],
    ],
  },
  {
    code: "sandbox/reopened-path",
    bad: [
      "ExecStart=/bin/sh -c 'touch /usr/lib/reopened && echo it was written; exit 1'",
      ...["NoExecPaths=/", "ExecPaths=/usr", "ProtectSystem=strict"],
    ],
    says: "it was written",
    good: [
      "ExecStart=/bin/sh -c '! touch /usr/lib/closed'",
      ...["NoExecPaths=/", "ExecPaths=/usr", "ProtectSystem=strict", "BindReadOnlyPaths=/usr"],
    ],
  },
  ...["ProtectSystem=strict", "DynamicUser=yes", "NoExecPaths=/srv /", "ReadOnlyPaths=/"].map((line) => ({
    code: "sandbox/lost-root",
    bad: [
      "ExecStart=/bin/sh -c 'cd /opt && echo all is there; exit 1'",
      ...["TemporaryFileSystem=/:ro", "BindReadOnlyPaths=/usr -/bin -/lib -/lib64", "MountAPIVFS=yes", line],
    ],
    says: "all is there",
    good: [
      "ExecStart=/bin/sh -c '! cd /opt'",
      ...["TemporaryFileSystem=/:ro", "BindReadOnlyPaths=/usr -/bin -/lib -/lib64", "MountAPIVFS=yes"],
    ],
  })),
  {
    code: "sandbox/unreachable-path",
    bad: ["ExecStart=/bin/ls /home/x/app", "ProtectHome=yes", "BindPaths=/home/x/app"],
    says: "cannot access '/home/x/app'",
    good: ["ExecStart=/bin/ls /home/x/app", "ProtectHome=tmpfs", "BindPaths=/home/x/app"],
  },
  {
    code: "sandbox/unreachable-path",
    bad: ["ExecStart=/bin/ls /opt/a", "InaccessiblePaths=/opt", "ReadWritePaths=/opt/a"],
    says: "cannot access '/opt/a'",
    good: ["ExecStart=/bin/ls /opt/a", "TemporaryFileSystem=/opt", "BindReadOnlyPaths=/opt/a"],
  },
  {
    code: "sandbox/covered-path",
    bad: ["ExecStart=/bin/true", "ProtectHome=tmpfs", "ReadWritePaths=/home/x/app"],
    says: "226/NAMESPACE",
    good: ["ExecStart=/bin/true", "ProtectHome=tmpfs", "ReadWritePaths=-/home/x/app"],
  },
  {
    code: "sandbox/covered-path",
    bad: ["ExecStart=/bin/true", "PrivateTmp=yes", "ReadOnlyPaths=/tmp/d"],
    says: "226/NAMESPACE",
    good: ["ExecStart=/bin/true", "TemporaryFileSystem=/var/lib", "StateDirectory=d", "ReadWritePaths=/var/lib/d"],
  },
  {
    code: "sandbox/missing-path",
    bad: ["ExecStartPre=+/bin/mkdir -p /run/made", "ExecStart=/bin/true", "ReadWritePaths=/run/made"],
    says: "226/NAMESPACE",
    good: ["ExecStart=/bin/true", "ReadWritePaths=/run/made", "RuntimeDirectory=made"],
  },
  {
    code: "sandbox/read-write-lost",
    bad: ["ExecStart=/bin/touch /srv/data/f", "ReadOnlyPaths=/srv/data", "ReadWritePaths=/srv/data"],
    says: "Read-only file system",
    good: ["ExecStart=/bin/touch /srv/data/f", "ReadOnlyPaths=/srv", "ReadWritePaths=/srv/data"],
  },
  {
    code: "sandbox/read-write-lost",
    bad: ["ExecStart=/bin/touch /srv/data/g", "ProtectSystem=strict", "ReadWritePaths=/"],
    says: "Read-only file system",
    good: ["ExecStart=/bin/touch /srv/data/g", "ProtectSystem=strict", "ReadWritePaths=/srv"],
  },
  {
    code: "sandbox/read-only-path",
    bad: ["ExecStart=/bin/sh -c 'touch $1' - --log-file /var/log/new.log", "ProtectSystem=strict"].map(touching),
    says: "Read-only file system",
    good: ["ExecStart=/bin/sh -c 'touch $1' - --log-file /var/log/own/new.log", "ProtectSystem=strict"]
      .map(touching)
      .concat("LogsDirectory=own"),
  },
  {
    code: "sandbox/output-directory",
    bad: ["ExecStart=/bin/true", "StandardOutput=append:/run/out/log", "RuntimeDirectory=out"],
    says: "209/STDOUT",
    good: ["ExecStart=/bin/true", "StandardOutput=append:/run/out.log", "RuntimeDirectory=out"],
  },
  {
    code: "sandbox/dynamic-user-static",
    bad: ["ExecStart=/bin/sh -c 'id -un; exit 1'", "DynamicUser=yes", "User=daemon"],
    says: "daemon",
    good: ["ExecStart=/bin/sh -c 'test $(id -u) -ge 61184'", "DynamicUser=yes", "User=made-up"],
  },
  {
    code: "sandbox/mount-propagation",
    bad: [
      "ExecStart=/bin/mount -t tmpfs tmpfs /srv/a",
      "ExecStartPost=+/bin/mountpoint /srv/a",
      "PrivateMounts=no",
      "ProtectSystem=yes",
    ],
    says: "is not a mountpoint",
    good: ["ExecStart=/bin/mount -t tmpfs tmpfs /srv/a", "ExecStartPost=+/bin/mountpoint /srv/a", "PrivateMounts=no"],
  },
  {
    code: "sandbox/lost-mount",
    bad: ["ExecStartPre=/bin/mount -t tmpfs tmpfs /srv/b", "ExecStart=/bin/mountpoint /srv/b", "PrivateTmp=yes"],
    says: "is not a mountpoint",
    good: ["ExecStartPre=/bin/mount -t tmpfs tmpfs /srv/b", "ExecStart=/bin/mountpoint /srv/b"],
  },
  {
    code: "sandbox/lost-mount",
    bad: ["ExecStartPre=+/bin/mount -t tmpfs tmpfs /srv/c", "ExecStart=+/bin/mountpoint /srv/c", "ProtectSystem=yes"],
    says: "is not a mountpoint",
    good: ["ExecStartPre=+/bin/mount -t tmpfs tmpfs /srv/c", "ExecStart=+/bin/mountpoint /srv/c"],
  },
];

/** The program sees the path as its last argument. */
function touching(line: string): string {
  return line.replace("touch $1", "touch $$2");
}

describe(`paths in a running systemd${NO_BOX === undefined ? "" : ` (skipped: ${NO_BOX})`}`, () => {
  let box: Box | undefined;

  before(function () {
    if (NO_BOX !== undefined) skip(this, NO_BOX);
    box = startBox();
    box.run("mkdir", "-p", "/home/x/app", "/opt/a", "/srv/data", "/srv/a", "/srv/b", "/srv/c");
    box.run("cp", "/bin/true", "/home/x/app/run");
    box.run("cp", "/bin/true", "/opt/a/run");
    box.put("/opt/a/script.sh", "#!/bin/sh\nexit 0\n");
    box.run("chmod", "+x", "/opt/a/script.sh");
    for (const name of ["env", "cred"]) box.put(`/home/x/${name}`, "A=1\n");
  });

  after(() => box?.stop());

  for (const [i, { code, bad, says, good }] of CLAIMS.entries()) {
    it(`${code}: ${bad.join(" · ")}`, function () {
      if (!box) return skip(this, "nothing can be started in a box");
      const [wrong, right] = [oneshot(bad), oneshot(good)];
      assert.ok(codesOf(wrong).includes(code), wrong);
      assert.ok(!codesOf(right).includes(code), right);
      const failed = started(box, `bad${i}`, wrong);
      assert.ok(!failed.well && failed.log.includes(says), failed.log);
      const fine = started(box, `good${i}`, right);
      assert.ok(fine.well, fine.log);
    });
  }

  it("sandbox/hidden-pid-file: systemd looks for the file on the host", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const forking = (...lines: readonly string[]) =>
      `[Service]\nType=forking\nTimeoutStartSec=2\n${lines.join("\n")}\nExecStart=/bin/sh -c 'sleep 60 & echo $! > /tmp/d.pid'\nPIDFile=/tmp/d.pid\n`;
    const [wrong, right] = [forking("PrivateTmp=yes"), forking()];
    assert.ok(codesOf(wrong).includes("sandbox/hidden-pid-file"));
    assert.ok(!codesOf(right).includes("sandbox/hidden-pid-file"));
    assert.match(started(box, "pid", wrong).log, /start operation timed out/);
    assert.ok(started(box, "pid-host", right).well);
  });

  it("says nothing of files that systemd reads outside of the sandbox", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const text = oneshot([
      "ExecStart=/bin/true",
      "ProtectHome=yes",
      "EnvironmentFile=/home/x/env",
      "LoadCredential=c:/home/x/cred",
      "StandardOutput=append:/home/x/log",
    ]);
    assert.deepEqual(codesOf(text), []);
    assert.ok(started(box, "outside", text).well);
  });

  it("sandbox/host-root: RootDirectory=/ is the root of the host", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const text = oneshot(["ExecStart=/bin/ls /home/x/app/run", "RootDirectory=/"]);
    assert.ok(codesOf(text).includes("sandbox/host-root"));
    assert.ok(started(box, "root", text).well);
  });

  it("sandbox/private-tmp-socket: what is in a private /tmp is not in the one of others", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const text = oneshot([
      "ExecStart=/bin/touch /tmp/private.sock",
      "ExecStartPost=+/bin/ls /tmp/private.sock",
      "PrivateTmp=yes",
    ]);
    assert.ok(codesOf(text).includes("sandbox/private-tmp-socket"));
    assert.match(started(box, "socket", text).log, /cannot access/);
  });

  it("reference/joins-nothing: files are shared only where both have PrivateTmp=yes", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const shared = oneshot(["ExecStart=/bin/touch /tmp/shared", "PrivateTmp=yes", "RemainAfterExit=yes"]);
    assert.ok(started(box, "owner", shared).well);
    for (const [name, line, works] of [
      ["joins-none", "UMask=0022", false],
      ["joins-dynamic", "DynamicUser=yes", false],
      ["joins", "PrivateTmp=yes", true],
    ] as const) {
      const text = `[Unit]\nJoinsNamespaceOf=owner.service\n${oneshot(["ExecStart=/bin/ls /tmp/shared", line])}`;
      assert.equal(codesOf(text).includes("reference/joins-nothing"), !works, line);
      assert.equal(started(box, name, text).well, works, line);
    }
  });

  it("reference/joins-lost: the network of the host is there, and so is its /tmp", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    box.run("touch", "/tmp/of-host");
    const hostNetwork = box.run("readlink", "/proc/1/ns/net").output.trim();
    const script = "readlink /proc/self/ns/net; ls /tmp/of-host 2>&-; true";
    const joiner = (own: string) =>
      `[Unit]\nJoinsNamespaceOf=giver.service\n${oneshot([`ExecStart=/bin/sh -c '${script}'`, own])}`;
    for (const [name, giver, own, lost] of [
      ["joins-net", "PrivateTmp=yes", "PrivateNetwork=yes", "network"],
      ["joins-tmp", "PrivateNetwork=yes", "PrivateTmp=yes", "tmp"],
      ["joins-both", "PrivateTmp=yes", "PrivateTmp=yes\nPrivateNetwork=yes", "network"],
      ["joins-well", "PrivateTmp=yes\nPrivateNetwork=yes", "PrivateTmp=yes\nPrivateNetwork=yes", undefined],
      ["joins-own", "PrivateNetwork=yes", "PrivateTmp=disconnected\nPrivateNetwork=yes", undefined],
    ] as const) {
      const files = {
        [`${name}.service`]: joiner(own),
        "giver.service": oneshot(["ExecStart=/bin/true", giver, "RemainAfterExit=yes"]),
      };
      const codes = foundIn(files, `${name}.service`, { version: 257 }).map((it) => it.code);
      assert.equal(codes.includes("reference/joins-lost"), lost !== undefined, name);
      box.run("systemctl", "stop", "giver.service");
      assert.ok(started(box, "giver", files["giver.service"] ?? "").well);
      const { log } = started(box, name, joiner(own));
      assert.equal(log.includes(hostNetwork), lost === "network" || !own.includes("PrivateNetwork"), log);
      assert.equal(log.includes("/tmp/of-host"), lost === "tmp" || !own.includes("PrivateTmp"), log);
    }
  });

  it("reference/joins-nothing: the other service has nothing to share", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const lines = ["ExecStart=/bin/touch /tmp/of-giver", "RemainAfterExit=yes"];
    const joiner = `[Unit]\nJoinsNamespaceOf=giver.service\n${oneshot(["ExecStart=/bin/ls /tmp/of-giver", "PrivateTmp=yes"])}`;
    for (const line of ["PrivateTmp=disconnected", "PrivateTmp=yes"]) {
      const files = { "x.service": joiner, "giver.service": oneshot([...lines, line]) };
      const codes = foundIn(files, "x.service", { version: 257 }).map((it) => it.code);
      assert.equal(codes.includes("reference/joins-nothing"), line !== "PrivateTmp=yes");
      box.run("systemctl", "stop", "giver.service");
      assert.ok(started(box, "giver", files["giver.service"] ?? "").well);
      assert.equal(started(box, "x", joiner).well, line === "PrivateTmp=yes");
    }
  });

  it("reference/requires-without-after: the required service has not finished", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    box.put("/etc/systemd/system/slow.service", oneshot(["ExecStart=/bin/sh -c 'sleep 1; touch /run/slow'"]));
    const unit = (lines: string) => `[Unit]\n${lines}\n${oneshot(["ExecStart=/bin/ls /run/slow"])}`;
    const [loose, ordered] = [unit("Requires=slow.service"), unit("Requires=slow.service\nAfter=slow.service")];
    assert.ok(codesOf(loose).includes("reference/requires-without-after"));
    assert.ok(!codesOf(ordered).includes("reference/requires-without-after"));
    assert.ok(!started(box, "loose", loose).well);
    assert.ok(started(box, "ordered", ordered).well);
  });

  it("reference/empty-dependency: the dependency is still there", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    box.run("mkdir", "-p", "/etc/systemd/system/kept.service.d");
    box.put(
      "/etc/systemd/system/kept.service",
      `[Unit]\nAfter=a.service\nWants=b.service\n${oneshot(["ExecStart=/bin/true"])}`,
    );
    box.put("/etc/systemd/system/kept.service.d/x.conf", "[Unit]\nAfter=\nWants=\n");
    box.run("systemctl", "daemon-reload");
    const { output } = box.run("systemctl", "show", "kept.service", "-p", "After,Wants");
    assert.match(output, /a\.service/);
    assert.match(output, /b\.service/);
  });
});

const oneshot = (lines: readonly string[]): string => `[Service]\nType=oneshot\n${lines.join("\n")}\n`;

const codesOf = (text: string): string[] => findingsOf(text, "x.service", { profile: "off" }, 257).map((it) => it.code);

/** Starts a unit of its own: whether it came up, and what the log says. */
function started(box: Box, name: string, text: string): { readonly well: boolean; readonly log: string } {
  box.put(`/etc/systemd/system/${name}.service`, text);
  box.run("systemctl", "daemon-reload");
  const { status } = box.run("systemctl", "start", `${name}.service`);
  box.run("journalctl", "--sync");
  return { well: status === 0, log: box.run("journalctl", "-u", name, "-o", "cat", "--no-pager").output };
}
