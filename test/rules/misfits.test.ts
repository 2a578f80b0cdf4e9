import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { findingsIn } from "../../server/src/rules/ruleFacts.ts";
import { findingsOf } from "../kit/fixture.ts";

const found = (...lines: readonly string[]): string[] =>
  findingsOf(`[Service]\nExecStart=/usr/bin/d\n${lines.join("\n")}\n`)
    .filter((it) => it.code === "sandbox/no-own-root")
    .map((it) => `${it.severity} ${it.message}`);

describe("sandbox/no-own-root", () => {
  it("names the setting that is missing", () => {
    assert.deepEqual(found("RootHash=/etc/d.roothash", "RootDirectory=/srv/root"), [
      "warning RootHash= has no effect without RootImage=: the service sees the files of the host",
    ]);
    assert.deepEqual(found("RootDirectoryStartOnly=yes"), [
      "warning RootDirectoryStartOnly= has no effect without RootDirectory= or RootImage=: the service sees the files of the host",
    ]);
  });

  it("says what MountAPIVFS=yes alone does, and where it undoes something", () => {
    assert.deepEqual(found("MountAPIVFS=yes"), [
      "info MountAPIVFS=yes protects nothing without its own root directory: the service sees the same files",
    ]);
    assert.deepEqual(found("MountAPIVFS=yes", "ProtectSystem=strict"), [
      "warning MountAPIVFS=yes protects nothing without its own root directory, and makes /run writable, which ProtectSystem=strict closes",
    ]);
    assert.match(found("MountAPIVFS=yes", "ProtectSystem=strict", "ReadOnlyPaths=/run").join(), /^info /);
    assert.match(found("MountAPIVFS=yes", "ProtectSystem=strict", "ProtectKernelTunables=yes").join(), /^info /);
  });

  it("is silent where a root is there in whatever way", () => {
    for (const line of ["RootDirectory=/srv/root", "RootImage=/srv/root.raw", "TemporaryFileSystem=/"]) {
      assert.deepEqual(found("MountAPIVFS=yes", line), [], line);
    }
  });
});

describe("sandbox/dynamic-user-files", () => {
  const places = (...lines: readonly string[]): string[] => {
    const text = `[Service]\nExecStart=/usr/bin/d\nDynamicUser=yes\n${lines.join("\n")}\n`;
    return findingsOf(text)
      .filter((it) => it.code === "sandbox/dynamic-user-files")
      .map((it) => text.slice(it.start, it.end));
  };

  it("is about all that lasts, and about what is bound from there", () => {
    assert.deepEqual(places("ReadWritePaths=/srv/d -/var/spool/d"), ["/srv/d", "-/var/spool/d"]);
    assert.deepEqual(places("BindPaths=/srv/data:/data"), ["/srv/data:/data"]);
  });

  it("is silent about what a reboot or another setting takes away, and about mounts", () => {
    assert.deepEqual(places("ReadWritePaths=/run/d /dev/shm /mnt/disk", "BindReadOnlyPaths=/srv/d"), []);
    assert.deepEqual(places("StateDirectory=d", "BindPaths=/var/lib/d:/data"), []);
    assert.deepEqual(places("SupplementaryGroups=media", "ReadWritePaths=/srv/media"), []);
  });
});

describe("sandbox/read-only-path", () => {
  const found = (...lines: readonly string[]): string[] =>
    findingsOf(`[Service]\n${lines.join("\n")}\nProtectSystem=strict\n`)
      .filter((it) => it.code === "sandbox/read-only-path")
      .map((it) => `${it.message} [${it.fixes.map((fix) => fix.title).join()}]`);

  it("knows what options, variables and commands write, and the line that makes room", () => {
    assert.deepEqual(found("ExecStart=/usr/bin/d --data-dir /var/lib/x"), [
      "ExecStart= gives --data-dir a path that ProtectSystem=strict makes read-only: the program cannot write it [Add StateDirectory=x]",
    ]);
    assert.deepEqual(found("ExecStart=/usr/bin/d", "Environment=D_DATA_DIR=/var/lib/d/data"), [
      "Environment= sets D_DATA_DIR to a path that ProtectSystem=strict makes read-only: the program cannot write it [Add StateDirectory=d]",
    ]);
    assert.deepEqual(found("ExecStart=/bin/sh -c 'd >> /srv/d/out.log'"), [
      "ExecStart= writes /srv/d/out.log, which ProtectSystem=strict makes read-only: the command fails [Add ReadWritePaths=-/srv/d]",
    ]);
    assert.equal(found("ExecStartPre=/usr/bin/touch /var/lib/d/lock", "ExecStart=/usr/bin/d").length, 1);
  });

  it("is also a home that is mounted read-only", () => {
    const text = "[Service]\nExecStart=/usr/bin/d --data-dir /home/d/data\nProtectHome=tmpfs\n";
    assert.deepEqual(
      findingsOf(text).map((it) => `${it.code} ${it.message}`),
      [
        "sandbox/read-only-path ExecStart= gives --data-dir a path that ProtectHome=tmpfs makes read-only: the program cannot write it",
      ],
    );
  });

  it("is silent about what is only read, and about what may be there already", () => {
    assert.deepEqual(found("ExecStart=/usr/bin/d --data-dir=/usr/share/d --db-path=/srv/geo.db"), []);
    assert.deepEqual(found("ExecStartPre=/bin/mkdir -p /var/lib/d", "ExecStart=/bin/sh -c 'test -d /var/lib/d'"), []);
    assert.deepEqual(found("ExecStart=/usr/bin/d --pid-file=/run/d/pid", "RuntimeDirectory=d"), []);
    assert.deepEqual(found("ExecStart=/usr/bin/d", "Environment=DATA_DIR=/usr/share/d LOG_LEVEL=/var/log/d"), []);
    assert.deepEqual(found("ExecStart=/usr/bin/docker run d --data-dir /var/lib/d"), []);
  });
});

describe("sandbox/missing-path", () => {
  const places = (...lines: readonly string[]): string[] => {
    const text = `[Service]\n${lines.join("\n")}\n`;
    return findingsOf(text)
      .filter((it) => it.code === "sandbox/missing-path")
      .map((it) => text.slice(it.start, it.end));
  };

  it("is about every list, and about what a shell or the program itself makes", () => {
    assert.deepEqual(places("ExecStart=/usr/sbin/d --pid-file /run/d.pid", "BindPaths=/run/d.pid"), ["/run/d.pid"]);
    assert.deepEqual(
      places("ExecStartPre=/bin/sh -c 'umask 077; mkdir -p /run/d'", "ExecStart=/usr/sbin/d", "ReadOnlyPaths=/run/d"),
      ["/run/d"],
    );
  });

  it("is silent where the unit or anybody else may have made it before", () => {
    const pre = "ExecStartPre=+/bin/mkdir -p /run/d/sub";
    assert.deepEqual(places(pre, "ExecStart=/usr/sbin/d", "ReadWritePaths=/run/d /run/others -/run/d/sub"), []);
    assert.deepEqual(places("ExecStart=/usr/sbin/d --socket /run/d.sock", "BindPaths=/run/d.sock"), []);
  });
});

describe("sandbox/missing-path of a directory of its own below /run", () => {
  const found = (lines: string, path = "srv/kit/d.service", otherFiles = {}): string[] =>
    findingsIn({ path, text: `[Service]\nExecStart=/usr/bin/d\n${lines}\n`, otherFiles })
      .filter((it) => it.code === "sandbox/missing-path")
      .map((it) => `${it.severity} ${it.message}`);

  it("is what a unit names of its own below /run and nothing creates", () => {
    const gone = "which is gone after a reboot: unless something else creates it, the start fails with 226/NAMESPACE";
    assert.deepEqual(found("ReadWritePaths=/run/d"), [
      `info ReadWritePaths= names /run/d, ${gone}; RuntimeDirectory=d creates it`,
    ]);
    assert.deepEqual(found("BindPaths=/var/run/d/sockets:/sockets", "etc/systemd/system/d@.service"), [
      `info BindPaths= names /run/d/sockets, ${gone}; RuntimeDirectory=d creates /run/d`,
    ]);
  });

  it("is silent where it may be there, or need not be", () => {
    assert.deepEqual(found("ReadWritePaths=-/run/d /run/lock /run/other"), []);
    assert.deepEqual(found("RuntimeDirectory=d\nReadWritePaths=/run/d/sub"), []);
    assert.deepEqual(found("ReadWritePaths=/run/d", "usr/lib/systemd/system/d.service"), []);
    assert.deepEqual(found("ReadWritePaths=/run/d", "debian/d.service"), []);
    assert.deepEqual(found("[Unit]\nRequires=d-directory.service\n[Service]\nReadWritePaths=/run/d"), []);
  });
});
