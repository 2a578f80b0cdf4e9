import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { applyEdits } from "../../server/src/text/span.ts";
import { fixed, fixTitles, onlyFinding } from "../kit/fixes.ts";
import { expectFindings, findingsOf } from "../kit/fixture.ts";

const QUIET = { profile: "off" } as const;
const service = (line: string): string => `[Service]\nExecStart=/bin/true\n${line}\n`;
const socket = (line: string): string => `[Socket]\nListenStream=1\n${line}\n`;

describe("value/path", () => {
  const code = "value/path";

  it("is a path that does not begin with a slash, or goes up", () => {
    expectFindings(`[Unit]
SourcePath=etc/app.conf
           ^^^^^^^^^^^^ value/path error: "etc/app.conf" in SourcePath= is not an absolute path; did you mean /etc/app.conf? systemd ignores this line
RequiresMountsFor=/srv data /srv/../x
                       ^^^^ value/path error: "data" in RequiresMountsFor= is not an absolute path: systemd ignores this word
                            ^^^^^^^^^ value/path error: "/srv/../x" in RequiresMountsFor= has "..", which is not allowed in a path; did you mean /x? systemd ignores this word
[Service]
ExecStart=/bin/true
ExecSearchPath=/opt/bin:bin:sbin
                        ^^^ value/path error: "bin" in ExecSearchPath= is not an absolute path: systemd ignores the rest of this line
EnvironmentFile="/etc/default/app"
                ^^^^^^^^^^^^^^^^^^ value/path error
StateDirectory=app /var/lib/app
                   ^^^^^^^^^^^^ value/path error: "/var/lib/app" in StateDirectory= is an absolute path, and only relative ones are allowed; did you mean app? systemd ignores this word
`);
  });

  it("costs the unit where its root, its working directory or its PID file is meant", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
WorkingDirectory=app
                 ^^^ value/path error: "app" in WorkingDirectory= is not an absolute path: systemd refuses the unit
RootDirectory=srv
`);
    expectFindings(`[Service]
ExecStart=/bin/true
WorkingDirectory=-app
                  ^^^ value/path error: "app" in WorkingDirectory= is not an absolute path: systemd ignores this line
RootDirectory=srv
              ^^^ value/path error: "srv" in RootDirectory= is not an absolute path: systemd refuses the unit
`);
    expectFindings(`[Service]
ExecStart=/bin/true
PIDFile=/proc/x.pid
        ^^^^^^^^^^^ value/path error: "/proc/x.pid" in PIDFile= is below /proc, /sys or /dev, which is not allowed: systemd refuses the unit
`);
  });

  it("is a place behind a sign or a colon where a path is missing", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
EnvironmentFile=-
                ^ value/path error: EnvironmentFile= needs an absolute path: systemd ignores this line
ExecSearchPath=/bin:
                   ^ value/path error
`);
  });

  it("is one with more bytes than the kernel takes", () => {
    assert.match(
      onlyFinding(service(`ReadWritePaths=/${"é".repeat(128)}`), code).message,
      /^"\/é+…" in ReadWritePaths= has a name of 256 bytes, but at most 255 are allowed between slashes/,
    );
    assert.match(
      onlyFinding(service(`ReadWritePaths=${"/x".repeat(2048)}`), code).message,
      / has 4096 bytes, but a path has at most 4095/,
    );
    assert.deepEqual(findingsOf(service(`ReadWritePaths=${"/x".repeat(2047)}`)), []);
  });

  it("is no doubled slash, no dot and nothing at the root to go up from", () => {
    const lines = ["ReadWritePaths=//srv//x/ /srv/./x -+/x /.. /../x", "WorkingDirectory=~", "PIDFile=app.pid"];
    assert.deepEqual(findingsOf(service(lines.join("\n"))), []);
  });

  it("is not what depends on the machine or the instance", () => {
    expectFindings("[Service]\nExecStart=/bin/true\nReadWritePaths=%v %H\n");
    expectFindings("#- a@.service\n[Service]\nExecStart=/bin/true\nReadWritePaths=%i\nWorkingDirectory=%I\n");
  });

  it("is two paths with a comma between them, which systemd takes for one", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
ReadOnlyPaths=/etc,/usr /srv:/opt
                  ^ value/path warning: "," in ReadOnlyPaths= stands where a space must part two paths; did you mean  ?
                            ^ value/path warning
`);
    assert.equal(fixed(service("ReadOnlyPaths=/etc,/usr"), code), service("ReadOnlyPaths=/etc /usr"));
  });

  it("is put right where it is plain what was meant", () => {
    const cases: [string, string][] = [
      ["ReadWritePaths=var/lib/app", "ReadWritePaths=/var/lib/app"],
      ["ReadWritePaths=/srv/a/../b/", "ReadWritePaths=/srv/b"],
      ["ReadWritePaths=~/x", "ReadWritePaths=%h/x"],
      [`EnvironmentFile=\${HOME}/x`, "EnvironmentFile=%h/x"],
      ["EnvironmentFile='/etc/x y'", "EnvironmentFile=/etc/x y"],
      ["EnvironmentFile=file:///etc/x", "EnvironmentFile=/etc/x"],
      ["LogsDirectory=/var/log/app", "LogsDirectory=app"],
    ];
    for (const [wrong, right] of cases) assert.equal(fixed(service(wrong), code), service(right));
    for (const line of ["ReadWritePaths=data", "ReadWritePaths=./x", "StateDirectory=../x", "CacheDirectory=/srv/x"])
      assert.deepEqual(fixTitles(service(line), code), [], line);
    assert.equal(onlyFinding(service("ReadWritePaths=var/lib"), code).fixes[0]?.safe, false);
  });

  it("has no blank between the signs of a condition and itself", () => {
    const unit = (line: string): string => `${service("")}[Unit]\n${line}\n`;
    assert.equal(fixed(unit("ConditionPathExists=! /x"), code), unit("ConditionPathExists=!/x"));
    assert.equal(fixed(unit("ConditionPathExists=!|/x"), code), unit("ConditionPathExists=|!/x"));
    assert.deepEqual(findingsOf(unit("ConditionPathExists=|!/x\nAssertPathExistsGlob=/x/*.[ch]")), []);
  });
});

describe("value/var-run", () => {
  it("is a PID file or a FIFO under the old name of /run, which a safe fix changes", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
PIDFile=/var/run/app.pid
        ^^^^^^^^ value/var-run warning: "/var/run/app.pid" in PIDFile= is below /var/run, the old name of /run: systemd accepts it, but warns
`);
    for (const name of ["x.service", "x@.service"]) {
      const text = "[Service]\nExecStart=/bin/true\nPIDFile=/var/run/%p/%i.pid\n";
      assert.equal(fixed(text, "value/var-run", { path: name }), text.replace("/var/run", "/run"), name);
    }
    assert.deepEqual(findingsOf("[Service]\nExecStart=/bin/true\nPIDFile=%t/%i.pid\n", "x@.service"), []);
    const found = onlyFinding(socket("ListenFIFO=/var/run/x"), "value/var-run", "x.socket");
    assert.equal(found.fixes[0]?.safe, true);
    assert.equal(
      fixed(socket("ListenFIFO=/var/run/x"), "value/var-run", { path: "x.socket" }),
      socket("ListenFIFO=/run/x"),
    );
  });

  it("is no other path of a socket", () => {
    assert.deepEqual(findingsOf(socket("ListenSpecial=/var/run/x\nListenMessageQueue=/var/run/x"), "x.socket"), []);
  });
});

describe("value/directory", () => {
  const code = "value/directory";

  it("is the place of dynamic users, another flag than ro, and a symlink of settings", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
StateDirectory=private/x a:b:rw
               ^^^^^^^^^ value/directory error: "private/x" in StateDirectory= is reserved for the directories of dynamic users: systemd ignores this word
                             ^^ value/directory error: Unknown flag "rw" in StateDirectory=; did you mean ro? systemd ignores this word; allowed: ro
ConfigurationDirectory=a:b c::ro
                         ^ value/directory error: "b" in ConfigurationDirectory= is a symlink, and a configuration directory has none: systemd ignores this word
`);
  });

  it("gets the second colon that it lacks", () => {
    assert.equal(fixed(service("ConfigurationDirectory=a:ro"), code), service("ConfigurationDirectory=a::ro"));
  });
});

describe("value/mount", () => {
  const code = "value/mount";

  it("is an option of a bind mount that there is not", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
BindPaths=/a:/b:ro /c:/d:norbind
                ^^ value/mount error: "ro" is not valid in BindPaths=: systemd ignores this word; allowed: rbind or norbind; BindReadOnlyPaths= mounts read-only
`);
    assert.equal(fixed(service("BindPaths=/a:/b:norbid"), code), service("BindPaths=/a:/b:norbind"));
  });

  it("is an image without a place, or a partition that there is not", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
MountImages=/a.raw -/b.raw:/b:rot:ro
            ^^^^^^ value/mount error: MountImages= needs a colon and a mount point after the path of the image: systemd ignores this word
                              ^^^ value/mount error: Unknown partition "rot" in MountImages=; did you mean root? systemd ignores this word
RootImageOptions=root:ro:usr:ro
                         ^^^^^^ value/mount error: "usr:ro" in RootImageOptions= follows the options of a partition: systemd ignores this line
`);
    assert.equal(fixed(service("ExtensionImages=/a:rot:ro"), code), service("ExtensionImages=/a:root:ro"));
  });

  it("is more than one blank between bind mounts before 258, which a safe fix removes", () => {
    const text = service("BindPaths=/a  /b:/c");
    assert.deepEqual(findingsOf(text), []);
    const { severity, start, end, fixes } = onlyFinding(text, code, "x.service", 257);
    assert.deepEqual([severity, text.slice(start, end), fixes[0]?.safe], ["warning", " ", true]);
    const long = service("BindPaths=/a \\\n  /b");
    const found = onlyFinding(long, code, "x.service", 257);
    const once = applyEdits(long, found.fixes[0]?.edits() ?? []);
    assert.deepEqual(findingsOf(once, "x.service", QUIET, 257), []);
    assert.match(once, /^BindPaths=\/a \/b$/m);
  });
});

describe("value/image-policy", () => {
  const code = "value/image-policy";

  it("costs the unit, also a name that systemd does not know before 258", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
RootImagePolicy=root
                ^^^^ value/image-policy error: "root" is no value of RootImagePolicy=: systemd refuses the unit; allowed: *, -, ~ or rules such as root=verity
MountImagePolicy=usr
`);
    const text = service("MountImagePolicy=rot=verity");
    assert.match(
      onlyFinding(text, code).message,
      /^Unknown partition "rot" in MountImagePolicy=; did you mean root\? systemd silently ignores it$/,
    );
    assert.match(onlyFinding(text, code, "x.service", 257).message, /systemd refuses the unit$/);
    assert.equal(fixed(text, code), service("MountImagePolicy=root=verity"));
  });

  it("is a second rule for a partition", () => {
    assert.match(
      onlyFinding(service("ExtensionImagePolicy=usr=signed:usr=verity"), code).message,
      /^"usr=verity" in .* is for a partition that already has a rule/,
    );
  });
});

describe("value/root-hash", () => {
  const code = "value/root-hash";
  const messageOf = (line: string): string => onlyFinding(service(line), code).message;

  it("is a hash that is short, odd or no number, and a signature that is not Base64", () => {
    assert.match(messageOf("RootHash=00ff"), /has 4 hexadecimal digits, but needs at least 32/);
    assert.match(messageOf("RootHash=00f"), /has 3 hexadecimal digits, but needs an even number/);
    assert.match(messageOf("RootHash=x"), /^"x" is no value of .*; allowed: hexadecimal digits or an absolute path$/);
    assert.match(messageOf("RootHashSignature=base64:YQ"), / has invalid Base64 in its signature/);
    assert.match(messageOf("RootHashSignature=YQ=="), /allowed: an absolute path, or base64: and a signature$/);
  });
});

describe("value/open-file", () => {
  it("is a wrong option, one too many, and a name that no descriptor can have", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
OpenFile=/etc/a:a:readonly
                  ^^^^^^^^ value/open-file error: Unknown option "readonly" in OpenFile=; did you mean read-only? systemd ignores this line
OpenFile=/etc/a:a:append,truncate
                         ^^^^^^^^ value/open-file error: "truncate" in OpenFile= cannot be combined with append: systemd ignores this line
OpenFile=/etc/é
         ^^^^^^ value/open-file error
OpenFile=/
         ^ value/open-file error: "/" in OpenFile= names no file: systemd ignores this line
OpenFile=/etc/%Q/../x::graceful
`);
    assert.equal(fixed(service("OpenFile=/a:a:readonly"), "value/open-file"), service("OpenFile=/a:a:read-only"));
  });
});

describe("value/device", () => {
  const code = "value/device";

  it("is a device that is none, and rights that there are not", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
DeviceAllow=pts rw
            ^^^ value/device error: "pts" is not valid in DeviceAllow=; did you mean char-pts? systemd ignores this line; allowed: a path below /dev, or char- or block- with a driver
DeviceAllow=/dev/fuse rwx
                      ^^^ value/device error: "rwx" is not valid in DeviceAllow=; did you mean rw? systemd ignores this line; allowed: rights of r, w and m
DeviceAllow=char-* r
DeviceAllow=/dev/null
`);
  });

  it("is changed to the driver or the rights that were meant", () => {
    assert.equal(fixed(service("DeviceAllow=pts rw"), code), service("DeviceAllow=char-pts rw"));
    assert.equal(fixed(service("DeviceAllow=kvm"), code), service("DeviceAllow=/dev/kvm"));
    assert.equal(fixed(service("DeviceAllow=/dev/kvm RW"), code), service("DeviceAllow=/dev/kvm rw"));
    assert.equal(fixed(service("DeviceAllow=/dev/kvm r w"), code), service("DeviceAllow=/dev/kvm rw"));
  });
});

describe("value/bpf-program", () => {
  it("is an attachment that there is not, or none", () => {
    expectFindings(`[Service]
ExecStart=/bin/true
BPFProgram=egres:/sys/fs/bpf/x
           ^^^^^ value/bpf-program error: Unknown BPF attachment type "egres" in BPFProgram=; did you mean egress? systemd ignores this line
BPFProgram=/sys/fs/bpf/x
           ^^^^^^^^^^^^^ value/bpf-program error
BPFProgram=egress:x
                  ^ value/path error
`);
    assert.deepEqual(findingsOf(service("IPIngressFilterPath=/sys/fs/bpf/x"), "x.service", QUIET), []);
  });
});
