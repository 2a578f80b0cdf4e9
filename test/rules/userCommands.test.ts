import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { applyEdits } from "../../server/src/text/span.ts";
import { findingsOf } from "../kit/fixture.ts";

/** What one rule finds in a service, as `severity "place": message`. */
function found(code: string, lines: readonly string[], path = "x.service"): string[] {
  const text = `[Service]\n${lines.join("\n")}\n`;
  return findingsOf(text, path)
    .filter((it) => it.code === code)
    .map((it) => `${it.severity} "${text.slice(it.start, it.end)}": ${it.message}`);
}

const places = (code: string, ...lines: readonly string[]): string[] =>
  found(code, lines).map((it) => it.replace(/(?<="): .*/, ""));

describe("sandbox/set-uid", () => {
  const code = "sandbox/set-uid";
  const user = ["User=d", "NoNewPrivileges=yes"];

  it("names the program and the setting", () => {
    assert.deepEqual(found(code, ["ExecStart=/usr/bin/sudo -n /usr/sbin/d", "DynamicUser=yes"]), [
      'warning "/usr/bin/sudo": ExecStart= runs sudo, which DynamicUser= keeps from becoming root: it fails',
    ]);
  });

  it("finds it after a wrapper and in the line of a shell, where more may follow", () => {
    assert.deepEqual(places(code, "ExecStart=/usr/bin/env A=1 sudo d", ...user), ['warning "sudo"']);
    assert.deepEqual(places(code, "ExecStart=/bin/sh -c 'cd /srv; sudo d || d'", ...user), ['info "sudo"']);
    assert.deepEqual(places(code, "ExecStartPre=-/usr/bin/su root -c d", "ExecStart=/bin/d", ...user), [
      'info "/usr/bin/su"',
    ]);
  });

  it("is silent about words that are no commands, and about who has the rights already", () => {
    assert.deepEqual(places(code, "ExecStart=/bin/grep sudo /var/log/auth.log", ...user), []);
    assert.deepEqual(places(code, "ExecStart=/bin/sh -c 'echo sudo'", ...user), []);
    assert.deepEqual(places(code, "ExecStart=!/usr/bin/sudo d", ...user), []);
    assert.deepEqual(places(code, "ExecStart=/usr/bin/su d -c d", "AmbientCapabilities=CAP_SETUID", ...user), []);
    assert.deepEqual(places(code, "ExecStart=/usr/bin/sudo d", "User=%i", "NoNewPrivileges=yes"), []);
  });

  it("counts filters in user units alone", () => {
    const lines = ["ExecStart=/usr/bin/pkexec /usr/sbin/d", "LockPersonality=yes"];
    assert.deepEqual(found(code, lines, "/etc/systemd/user/x.service"), [
      'warning "/usr/bin/pkexec": ExecStart= runs pkexec, which LockPersonality= keeps from becoming root: it fails',
    ]);
    assert.deepEqual(places(code, ...lines, "User=d"), []);
    const namespaces = (value: string) =>
      found(code, ["ExecStart=/usr/bin/pkexec d", `RestrictNamespaces=${value}`], "/etc/systemd/user/x.service");
    assert.deepEqual(
      ["yes", "net", "no"].map((it) => namespaces(it).length),
      [1, 1, 0],
    );
  });

  it("counts filters that deny capset() where systemd changes the user", () => {
    const filter = (...words: string[]) =>
      places(code, "ExecStart=/usr/bin/sudo d", ...words.map((it) => `SystemCallFilter=${it}`), "User=d");
    assert.deepEqual(filter("~@privileged"), ['warning "/usr/bin/sudo"']);
    assert.deepEqual(filter("@system-service", "~@privileged"), ['warning "/usr/bin/sudo"']);
    assert.deepEqual(filter("@basic-io"), ['warning "/usr/bin/sudo"']);
    assert.deepEqual(filter("@system-service"), []);
    assert.deepEqual(filter("@system-service", "~@privileged", "capset"), []);
    assert.deepEqual(filter("~@resources"), []);
    assert.deepEqual(places(code, "ExecStart=/usr/bin/sudo d", "SystemCallFilter=~@privileged", "User=root"), []);
  });
});

describe("sandbox/cannot-create", () => {
  const code = "sandbox/cannot-create";

  it("names what only root can make", () => {
    assert.deepEqual(found(code, ["User=d", "ExecStartPre=/bin/mkdir /run/d", "ExecStart=/bin/d"]), [
      'warning "/run/d": ExecStartPre= cannot create /run/d as user d: only root can write to /run; RuntimeDirectory= creates it',
    ]);
    assert.deepEqual(found(code, ["User=d", "ExecStartPre=/bin/chown root:d /var/lib/d", "ExecStart=/bin/d"]), [
      'warning "/var/lib/d": ExecStartPre= cannot give /var/lib/d to root as user d: only root can change owners; StateDirectory= creates a directory for the user',
    ]);
    assert.deepEqual(places(code, "User=d", "ExecStartPre=sh -c 'mkdir -p /run/d && true'", "ExecStart=/bin/d"), [
      'info "/run/d"',
    ]);
  });

  it("is silent where the unit has the directory, or it may be somebody's", () => {
    const silent = (...lines: readonly string[]) =>
      assert.deepEqual(places(code, "User=d", "ExecStart=/bin/d", ...lines), []);
    silent("ExecStartPre=/bin/mkdir -p /var/lib/d/x", "StateDirectory=d");
    silent("ExecStartPre=/bin/chown d:d /run/d", "RuntimeDirectory=d");
    silent("ExecStartPre=/bin/mkdir -p /run/lock/d /run/user/1000 /var/tmp/d /var/lib/others/d");
    silent("ExecStartPre=/bin/mkdir -p /run/$NAME /run/%i");
    silent("ExecStartPre=/bin/mkdir -p /run/d", "TemporaryFileSystem=/run");
    silent("ExecStartPre=/usr/bin/install -m 0644 /etc/d.conf /run/d.conf");
    silent("ExecStartPre=/bin/mkdir -p /var/log/d", "Group=syslog");
  });

  it("speaks of a PID file only where a forking service has to make it", () => {
    const forking = ["Type=forking", "ExecStart=/bin/d", "PIDFile=/run/d.pid"];
    assert.deepEqual(places(code, "User=d", ...forking), ['warning "/run/d.pid"']);
    assert.deepEqual(places(code, "User=d", "ExecStartPre=+/bin/touch /run/d.pid", ...forking), []);
    assert.deepEqual(places(code, "User=d", "PermissionsStartOnly=yes", ...forking.slice(1)), []);
    assert.deepEqual(places(code, "User=d", ...forking.slice(1)), []);
    assert.deepEqual(places(code, "User=d", "ProtectSystem=strict", ...forking), []);
  });

  it("replaces a command that does nothing else", () => {
    const text = "[Service]\nUser=d\nExecStartPre=/bin/mkdir -p /var/cache/d\nExecStart=/bin/d\n";
    const [finding] = findingsOf(text).filter((it) => it.code === code);
    assert.equal(
      applyEdits(text, finding?.fixes[0]?.edits() ?? []),
      "[Service]\nUser=d\nCacheDirectory=d\nExecStart=/bin/d\n",
    );
    const two = findingsOf(text.replace("/var/cache/d", "/var/cache/d /var/cache/e"));
    assert.deepEqual(
      two.flatMap((it) => (it.code === code ? it.fixes : [])),
      [],
    );
  });
});

describe("sandbox/unreadable-file", () => {
  const code = "sandbox/unreadable-file";

  it("says what fails, by what the file is for", () => {
    assert.deepEqual(
      found(code, ["User=d", "WorkingDirectory=/root/d", "ExecStart=/root/d/run --config=/root/d.conf"]),
      [
        'warning "/root/d": WorkingDirectory= is /root/d, which only root can enter: every command fails with 200/CHDIR as user d',
        'warning "/root/d/run": ExecStart= starts /root/d/run, which only root can reach: the command fails with 203/EXEC as user d',
        'info "/root/d.conf": ExecStart= names /root/d.conf, which only root can read: it cannot be opened as user d; LoadCredential= gives the service a copy',
      ],
    );
  });

  it("knows keys that no group can read, and those of groups for a user that is in none", () => {
    const key = "ExecStart=/usr/bin/d --tls-key /etc/ssl/private/d.key";
    assert.deepEqual(places(code, "DynamicUser=yes", key), ['info "/etc/ssl/private/d.key"']);
    assert.deepEqual(places(code, "DynamicUser=yes", "Group=ssl-cert", key), []);
    assert.deepEqual(places(code, "User=d", key), []);
    assert.deepEqual(places(code, "User=d", "ExecStart=/usr/bin/d /etc/ssh/ssh_host_rsa_key"), [
      'info "/etc/ssh/ssh_host_rsa_key"',
    ]);
    assert.deepEqual(places(code, "User=d", "ExecStart=/usr/bin/d /etc/ssh/ssh_host_rsa_key.pub /etc/passwd"), []);
  });

  it("hands the key over", () => {
    const text = "[Service]\nDynamicUser=yes\nExecStart=/usr/bin/d --tls-key /etc/ssl/private/d.key\n";
    const [finding] = findingsOf(text).filter((it) => it.code === code);
    assert.equal(
      applyEdits(text, finding?.fixes[0]?.edits() ?? []),
      "[Service]\nDynamicUser=yes\nExecStart=/usr/bin/d --tls-key %d/d.key\nLoadCredential=d.key:/etc/ssl/private/d.key\n",
    );
  });

  it("is silent where somebody else may read it", () => {
    const silent = (...lines: readonly string[]) => assert.deepEqual(places(code, "User=d", ...lines), []);
    silent("ExecStart=/usr/bin/sudo /root/run");
    silent("ExecStart=/usr/bin/d /root/x", "Group=root");
    silent("ExecStart=/usr/bin/d /rootfs/x https://d/root/x");
    silent("ExecStart=/usr/bin/d /root/x", "BindPaths=/srv/home:/root");
    silent("ExecStart=/root/d", "ProtectHome=tmpfs");
    silent("ExecStart=/usr/bin/docker run --rm d /root/app");
    silent("ExecStart=/usr/bin/ssh host cat /root/x");
    silent("ExecStart=/usr/bin/d --exclude /root/x --exclude=/root/y");
    silent("ExecStart=/usr/bin/env HOME=/root /usr/bin/d");
  });
});

describe("sandbox/denied-command", () => {
  const code = "sandbox/denied-command";

  it("is what every process of the unit is denied", () => {
    assert.deepEqual(
      found(code, ["ExecStartPre=/sbin/sysctl -w vm.swappiness=1", "ExecStart=/bin/d", "ProtectKernelTunables=yes"]),
      [
        'warning "/sbin/sysctl": ExecStartPre= runs sysctl, and ProtectKernelTunables= denies changing kernel variables: the command fails',
      ],
    );
    assert.deepEqual(found(code, ["ExecStart=/bin/chmod 2755 /srv/d", "DynamicUser=yes"]), [
      'warning "/bin/chmod": ExecStart= runs chmod, and DynamicUser= denies set-uid and set-gid bits: the command fails',
    ]);
    assert.deepEqual(places(code, "ExecStart=/bin/sh -c 'modprobe tun; d'", "ProtectKernelModules=yes"), [
      'info "modprobe"',
    ]);
  });

  it("is silent about what only reads, and about other settings", () => {
    const all = ["ProtectClock=yes", "ProtectKernelTunables=yes", "RestrictSUIDSGID=yes", "RestrictRealtime=yes"];
    for (const line of [
      "/bin/date -u",
      "/sbin/sysctl -n vm.swappiness",
      "/bin/chmod 0755 /srv/d",
      "/usr/bin/chrt -p 1",
    ]) {
      assert.deepEqual(places(code, `ExecStart=${line}`, ...all), [], line);
    }
    assert.deepEqual(places(code, "ExecStart=/bin/dmesg", ...all), []);
  });
});
