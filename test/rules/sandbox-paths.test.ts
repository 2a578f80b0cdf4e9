import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { check } from "../../server/src/rules/check.ts";
import { PATH_SANDBOX_RULES } from "../../server/src/rules/sandbox/paths.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { findingsOf } from "../kit/fixture.ts";
import { expectLinear } from "../kit/growth.ts";
import { shown } from "../kit/ruleExamples.ts";

const CODES: ReadonlySet<string> = new Set(PATH_SANDBOX_RULES.map((it) => it.code));

/** The findings of these rules in a service, as `code severity "place": message`. */
function found(lines: readonly string[], path = "x.service"): string[] {
  const text = `[Service]\n${lines.join("\n")}\n`;
  return findingsOf(text, path)
    .filter((it) => CODES.has(it.code))
    .map((it) => `${it.code} ${it.severity} "${text.slice(it.start, it.end)}": ${it.message}`);
}

const codes = (...lines: readonly string[]): string[] => found(lines).map((it) => it.replace(/ .*/, ""));

/** The text after the first fix of the finding with this code. */
function fixed(text: string, code: string, path = "x.service"): string {
  const finding = findingsOf(text, path).find((it) => it.code === code);
  const [fix] = finding?.fixes ?? [];
  assert.ok(fix, `no fix for ${code}`);
  return applyEdits(text, fix.edits());
}

/** The codes in a service with drop-ins. */
function withDropIns(text: string, ...dropIns: readonly string[]): string[] {
  const path = unitPath("x.service");
  assert.ok(path);
  return check(readUnit(path, text, 262, { dropIns }), { profile: "off" }).map(
    (it) => `${it.code} ${text.slice(it.start, it.end)}`,
  );
}

describe("sandbox/hidden-program", () => {
  it("points at the program below a home that is closed", () => {
    assert.deepEqual(found(["ExecStart=/home/x/app/run --fast", "ProtectHome=yes"]), [
      'sandbox/hidden-program warning "/home/x/app/run": ExecStart= starts /home/x/app/run, which ProtectHome=yes hides: the command fails with 203/EXEC',
    ]);
  });

  it("is also the script of an interpreter, but not what stands in its options", () => {
    assert.deepEqual(found(["ExecStart=/usr/bin/python3 -u /home/x/app.py", "ProtectHome=tmpfs"]), [
      'sandbox/hidden-program warning "/home/x/app.py": ExecStart= runs /home/x/app.py, which ProtectHome=tmpfs hides: the program does not find it',
    ]);
    assert.deepEqual(codes("ExecStart=/usr/bin/python3 -m app /home/x", "ProtectHome=yes"), []);
    assert.deepEqual(codes("ExecStart=/bin/sh -c 'ls /home/x'", "ProtectHome=yes"), []);
    assert.deepEqual(codes("ExecStart=/usr/bin/rsync --exclude /home/x", "ProtectHome=yes"), []);
  });

  it("is every command, also one with the home as a specifier", () => {
    assert.deepEqual(codes("ExecStart=/bin/true", "ExecReload=%h/bin/reload", "ProtectHome=yes"), [
      "sandbox/hidden-program",
    ]);
    assert.deepEqual(
      found(["ExecStart=%h/bin/run", "ProtectHome=yes"], "/etc/systemd/user/x.service").map((it) => it.split(" ")[0]),
      ["sandbox/hidden-program"],
    );
  });

  it("is one below InaccessiblePaths=, whatever is mounted there", () => {
    assert.deepEqual(codes("ExecStart=/opt/a/run", "InaccessiblePaths=-/opt", "BindReadOnlyPaths=/opt/a"), [
      "sandbox/hidden-program",
      "sandbox/unreachable-path",
    ]);
  });

  it("is none that an earlier command can put into a private /tmp", () => {
    assert.deepEqual(codes("ExecStart=/tmp/run", "PrivateTmp=yes"), ["sandbox/hidden-program"]);
    assert.deepEqual(codes("ExecStartPre=/bin/cp /srv/run /tmp/run", "ExecStart=/tmp/run", "PrivateTmp=yes"), []);
  });

  it("is none where another setting keeps the home in sight, as in systemd", () => {
    for (const lines of [["ProtectHome=read-only"], ["DynamicUser=yes"]])
      assert.deepEqual(codes("ExecStart=/home/x/app", ...lines, "TemporaryFileSystem=/home"), []);
    assert.deepEqual(codes("ExecStart=/home/x/app", "TemporaryFileSystem=/home"), ["sandbox/hidden-program"]);
  });

  it("is one in its own root directory and in an empty one, too", () => {
    assert.deepEqual(codes("ExecStart=/home/x/app", "ProtectHome=yes", "RootDirectory=/srv/root"), [
      "sandbox/hidden-program",
    ]);
    const empty = ["TemporaryFileSystem=/:ro", "BindReadOnlyPaths=/usr", "MountAPIVFS=yes"];
    assert.deepEqual(codes("ExecStart=/opt/app", ...empty), ["sandbox/hidden-program"]);
    assert.deepEqual(codes("ExecStart=/bin/app", ...empty), ["sandbox/hidden-program"]);
    assert.deepEqual(codes("ExecStart=/usr/bin/app", ...empty), []);
  });

  it("is none in what only an image or an extension brings", () => {
    assert.deepEqual(codes("ExecStart=/opt/app", "TemporaryFileSystem=/srv", "ExtensionImages=/x.raw"), []);
    assert.deepEqual(codes("ExecStart=/opt/app", "TemporaryFileSystem=/opt", "MountImages=/x.raw:/opt"), []);
  });

  it("is fixed by a home that can be read", () => {
    assert.equal(
      fixed("[Service]\nExecStart=/home/x/run\nProtectHome=yes\n", "sandbox/hidden-program"),
      "[Service]\nExecStart=/home/x/run\nProtectHome=read-only\n",
    );
  });

  it("is seen with the drop-ins, in the file that has something to do with it", () => {
    const text = "[Service]\nExecStart=/home/x/run\n";
    assert.deepEqual(withDropIns(text, "[Service]\nProtectHome=yes\n"), ["sandbox/hidden-program /home/x/run"]);
    assert.deepEqual(withDropIns(text, "[Service]\nProtectHome=yes\n", "[Service]\nProtectHome=no\n"), []);
    assert.deepEqual(
      withDropIns(
        "[Service]\nExecStart=/bin/true\nProtectHome=yes\n",
        "[Service]\nExecStart=\nExecStart=/home/x/run\n",
      ),
      [],
    );
  });
});

describe("sandbox/hidden-working-directory and sandbox/hidden-pid-file", () => {
  it("point at the path that is not there", () => {
    assert.deepEqual(found(["ExecStart=/bin/true", "WorkingDirectory=/home/x", "ProtectHome=yes"]), [
      'sandbox/hidden-working-directory warning "/home/x": WorkingDirectory= is /home/x, which ProtectHome=yes hides: every command fails with 200/CHDIR',
    ]);
    assert.deepEqual(found(["Type=forking", "ExecStart=/sbin/d", "PIDFile=/var/tmp/d.pid", "PrivateTmp=yes"]), [
      'sandbox/hidden-pid-file warning "/var/tmp/d.pid": PIDFile= is below /var/tmp, which is private with PrivateTmp=yes: systemd does not see the file, and the start times out',
    ]);
  });

  it("say nothing of what systemd itself reads outside of the sandbox", () => {
    const read = ["EnvironmentFile=/home/x/env", "LoadCredential=c:/home/x/cred", "StandardOutput=append:/home/x/log"];
    assert.deepEqual(codes("ExecStart=/bin/true", "ProtectHome=yes", ...read), []);
  });
});

describe("sandbox/no-exec", () => {
  it("is a program that no ExecPaths= names", () => {
    assert.deepEqual(found(["ExecStart=/opt/a/run", "NoExecPaths=/"]), [
      'sandbox/no-exec warning "/opt/a/run": ExecStart= starts /opt/a/run, which NoExecPaths= covers and ExecPaths= does not name: the command fails with 203/EXEC',
    ]);
  });

  it("knows that /bin may be a link to /usr/bin, and /usr/sbin one too", () => {
    assert.deepEqual(codes("ExecStart=/bin/a", "NoExecPaths=/", "ExecPaths=/usr/bin/a /usr/lib"), []);
    assert.deepEqual(codes("ExecStart=/usr/sbin/a", "NoExecPaths=/", "ExecPaths=/usr/bin /usr/lib"), []);
    assert.deepEqual(codes("ExecStart=/usr/bin/a", "NoExecPaths=/usr/sbin"), []);
  });

  it("is the loader that no ExecPaths= names, surely for what is always linked dynamically", () => {
    const what = "NoExecPaths= covers /usr/lib and /usr/lib64 with the loader of dynamically linked programs";
    assert.deepEqual(
      found(["ExecStart=/usr/bin/a", "ExecStartPost=/bin/true", "NoExecPaths=/", "ExecPaths=/usr/bin"]),
      [
        `sandbox/no-exec warning "/bin/true": ExecStartPost= starts /bin/true, and ${what}: the command fails with 203/EXEC`,
      ],
    );
    assert.deepEqual(found(["ExecStart=/usr/sbin/a", "NoExecPaths=/usr", "ExecPaths=/usr/sbin/a"]), [
      `sandbox/no-exec info "/usr/sbin/a": ExecStart= starts /usr/sbin/a, and ${what}: if it is dynamically linked, the command fails with 203/EXEC`,
    ]);
    const apart = ["ExecPaths=/usr/bin /opt /usr/lib/app", "NoExecPaths=/"];
    assert.deepEqual(codes("ExecStart=/opt/a.py", ...apart), ["sandbox/no-exec"]);
    for (const path of ["/opt/a", "/usr/local/bin/a", "/nix/store/a/bin/sh", "-/bin/true", "+/bin/true"])
      assert.deepEqual(codes(`ExecStart=${path}`, ...apart, "ExecPaths=/usr/local/bin /nix"), [], path);
  });

  it("finds the loader wherever a distribution has it", () => {
    for (const place of [
      ...["/usr/lib", "/lib", "/usr/lib64", "/lib64", "/usr", "-/lib64", "/usr/lib/x86_64-linux-gnu", "/nix/store"],
      "/lib64/ld-linux-x86-64.so.2",
    ])
      assert.deepEqual(codes("ExecStart=/bin/true", "NoExecPaths=/", `ExecPaths=/usr/bin ${place}`), [], place);
    assert.deepEqual(codes("ExecStart=/bin/true", "NoExecPaths=/usr/lib"), []);
    assert.deepEqual(codes("ExecStart=/bin/true", "NoExecPaths=/", "RootDirectory=/srv/x"), []);
  });

  it("does not reach where another setting has something to say", () => {
    for (const line of ["ReadOnlyPaths=/usr", "ProtectSystem=full", "BindReadOnlyPaths=/usr"])
      assert.ok(!codes("ExecStart=/bin/true", "NoExecPaths=/", line).includes("sandbox/no-exec"), line);
  });
});

describe("sandbox/unreachable-path, covered-path, missing-path and read-write-lost", () => {
  it("point at the word of the list", () => {
    assert.deepEqual(found(["ExecStart=/bin/true", "ProtectHome=yes", "ReadWritePaths=/srv /home/x/d"]), [
      'sandbox/unreachable-path warning "/home/x/d": ReadWritePaths= has no effect below /home: ProtectHome=yes makes everything below it inaccessible',
    ]);
    assert.deepEqual(found(["ExecStart=/bin/true", "PrivateTmp=yes", "ReadWritePaths=/srv /tmp/d"]), [
      'sandbox/covered-path warning "/tmp/d": ReadWritePaths= names a path below /tmp, which PrivateTmp=yes makes empty: the start fails with 226/NAMESPACE',
    ]);
    assert.deepEqual(found(["ExecStartPre=+/bin/mkdir -p /run/d", "ExecStart=/bin/true", "ReadWritePaths=/run/d"]), [
      'sandbox/missing-path warning "/run/d": ReadWritePaths= names /run/d, but ExecStartPre= creates it too late: if it is missing, that command already fails with 226/NAMESPACE',
    ]);
    assert.deepEqual(found(["ExecStart=/bin/true", "ReadOnlyPaths=/srv/a/", "ReadWritePaths=-/srv/a"]), [
      'sandbox/read-write-lost warning "-/srv/a": ReadWritePaths= has no effect on /srv/a, which ReadOnlyPaths= names too: it stays read-only',
    ]);
  });

  it("count the target of a bind mount, not its source", () => {
    assert.deepEqual(codes("ExecStart=/bin/true", "ProtectHome=yes", "BindPaths=/home/x:/srv/x"), []);
    assert.deepEqual(codes("ExecStart=/bin/true", "ProtectHome=yes", "BindPaths=/srv/x:/home/x"), [
      "sandbox/unreachable-path",
    ]);
  });

  it("forget what an empty assignment resets", () => {
    assert.deepEqual(codes("ExecStart=/bin/true", "ProtectHome=yes", "ReadWritePaths=/home/x", "ReadWritePaths="), []);
  });

  it("are fixed where there is one way", () => {
    assert.equal(
      fixed("[Service]\nExecStart=/bin/true\nProtectHome=yes\nBindPaths=/home/x\n", "sandbox/unreachable-path"),
      "[Service]\nExecStart=/bin/true\nProtectHome=tmpfs\nBindPaths=/home/x\n",
    );
    assert.equal(
      fixed("[Service]\nExecStart=/bin/true\nProtectHome=tmpfs\nReadOnlyPaths=/home/x\n", "sandbox/covered-path"),
      "[Service]\nExecStart=/bin/true\nProtectHome=tmpfs\nBindReadOnlyPaths=/home/x\n",
    );
  });
});

describe("sandbox/read-only-path", () => {
  it("is a PID file or a log that cannot be written", () => {
    assert.deepEqual(found(["Type=forking", "PIDFile=d.pid", "ExecStart=/sbin/d", "ProtectSystem=strict"]), [
      'sandbox/read-only-path warning "d.pid": PIDFile= is d.pid, which ProtectSystem=strict makes read-only: the service cannot write it, and the start fails',
    ]);
    assert.deepEqual(found(["ExecStart=/sbin/d --data-dir /var/lib/d", "DynamicUser=yes"]), [
      'sandbox/read-only-path info "/var/lib/d": ExecStart= gives --data-dir a path that DynamicUser= makes read-only: the program cannot write it',
    ]);
  });

  it("is none that the unit declares, below a link to /run or in a home", () => {
    for (const [option, ...lines] of [
      ["--log-file=/var/log/d/log", "ReadWritePaths=-/var/log"],
      ["--log-file=/var/log/d/log", "LogsDirectory=d"],
      ["--pid-file=/var/run/d/pid", "RuntimeDirectory=d"],
      ["--data-dir=%S/d", "StateDirectory=private:d"],
      ["--data-dir=/home/d", "ProtectHome=no"],
      ["--log-file=/dev/null", ""],
    ]) {
      assert.deepEqual(codes(`ExecStart=/sbin/d ${option}`, "ProtectSystem=strict", ...lines), [], option);
    }
  });

  it("offers the directory", () => {
    assert.equal(
      fixed(
        "[Service]\nExecStart=/sbin/d --cache-dir=/var/cache/d/x\nProtectSystem=strict\n",
        "sandbox/read-only-path",
      ),
      "[Service]\nExecStart=/sbin/d --cache-dir=/var/cache/d/x\nProtectSystem=strict\nCacheDirectory=d\n",
    );
  });
});

describe("other path rules of the sandbox", () => {
  it("say when an output file is opened", () => {
    assert.deepEqual(found(["ExecStart=/bin/true", "RuntimeDirectory=d", "StandardError=file:%t/d/err"]), [
      'sandbox/output-directory warning "file:%t/d/err": StandardError= opens its file before RuntimeDirectory= creates the directory: every start fails with 222/STDERR',
    ]);
  });

  it("say which mounts get lost", () => {
    assert.deepEqual(codes("ExecStartPre=/bin/mount /x", "ExecStart=/bin/true", "DynamicUser=yes"), [
      "sandbox/lost-mount",
    ]);
    assert.deepEqual(codes("ExecStart=/bin/true", "MountFlags=shared", "PrivateTmp=yes"), [
      "sandbox/mount-propagation",
    ]);
    assert.deepEqual(codes("ExecStart=/bin/true", "MountFlags=shared"), []);
    assert.deepEqual(codes("ExecStart=/bin/true", "PrivateMounts=no", "PrivateNetwork=yes"), []);
  });

  it("say what a user manager cannot do, in drop-ins too", () => {
    const path = "/etc/systemd/user/x.service.d/y.conf";
    assert.deepEqual(found(["ProtectProc=invisible"], path), [
      'sandbox/system-only warning "ProtectProc": ProtectProc= has no effect in a user unit: only the system manager supports it; PrivatePIDs=yes hides other processes there',
    ]);
    assert.equal(
      fixed("[Service]\nRemoveIPC=yes\nUMask=0077\n", "sandbox/system-only", path),
      "[Service]\nUMask=0077\n",
    );
    assert.deepEqual(found(["ExecStart=/bin/true", "RemoveIPC=yes"]), []);
    // What confines programs is never taken out.
    for (const line of ["AppArmorProfile=app", "SmackProcessLabel=app"])
      assert.deepEqual(findingsOf(`[Service]\n${line}\n`, path)[0]?.fixes, [], line);
    assert.deepEqual(found(["AppArmorProfile=-app"], path), [
      'sandbox/system-only info "AppArmorProfile": AppArmorProfile= is meant for system units: a user manager sets it as well, and the start fails where the policy does not allow its user that',
    ]);
    assert.deepEqual(found(["SELinuxContext=a:b:c"], path), []);
  });

  it("are quick with long lists", () => {
    const many = (size: number) =>
      `[Service]\nProtectHome=tmpfs\nProtectSystem=strict\n${Array.from(
        { length: size },
        (_, i) =>
          `ExecStartPre=/home/x/p${i} --log-file=/var/log/${i}\nReadWritePaths=/home/x/d${i}\nBindPaths=/home/x/b${i}\n`,
      ).join("")}`;
    expectLinear(1000, many, (text) => findingsOf(text));
  });
});

describe("near misses of the path rules", () => {
  for (const { code, silent } of PATH_SANDBOX_RULES.map(shown)) {
    for (const { text, path } of silent) {
      it(`${code} is not said of ${text.replace(/\n/g, "·")}`, () => {
        assert.ok(!findingsOf(text, path).some((it) => it.code === code));
      });
    }
  }
});
