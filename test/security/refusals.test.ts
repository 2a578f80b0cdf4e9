import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { assess, exposureWith } from "../../server/src/security/exposure.ts";
import { type Reading, service, unit } from "./kit.ts";

const RUN = "[Service]\nExecStart=/bin/true\n";

/** The code with which a text is refused, undefined where it loads. */
function code(text: string, reading: Reading = {}): string | undefined {
  return assess(unit(text, reading)).refusal?.code;
}

/** The same for a service that has a command. */
const codeOf = (lines: string, reading: Reading = {}): string | undefined =>
  code(RUN + lines.replaceAll("|", "\n"), reading);

describe("security: what systemd refuses", () => {
  it("files that are none of a unit", () => {
    assert.equal(code(""), "masked");
    assert.equal(code("\n"), "no-command");
    assert.equal(code(RUN, { path: "a b.service" }), "unit-name");
    assert.equal(code("[Scope]\n", { path: "a.scope" }), "no-file");
  });

  it("lines at which it stops to read", () => {
    assert.equal(code(`${RUN}[Install\n`), "section-header");
    assert.equal(code(`${RUN}["Install"]\n`), "section-header");
    assert.equal(code(`${RUN}[In*]\n`, { version: 257 }), undefined);
    assert.equal(code(`${RUN}[In*]\n`), "section-header");
    assert.equal(code(`${RUN}Foo=\udce9\n`), "encoding");
    assert.equal(code(`${RUN}Foo=${"x".repeat(1 << 20)}\n`), "line-too-long");
  });

  it("values that are fatal", () => {
    for (const line of [
      "DynamicUser=",
      "User=00",
      "User=65535",
      "Group=a:b",
      "User=%Q",
      "SupplementaryGroups=a -1",
      "RootDirectory=srv",
      "RootDirectory=/srv/..",
      "RootImage=-/x",
      "RootVerity=x",
      "WorkingDirectory=x",
      "PIDFile=/proc/x",
      "PIDFile=../x",
      "RootImagePolicy=typo",
      "MountImagePolicy=root=verity:root=signed",
      "SELinuxContext=%Q",
      "ExecStartPre=bin/x",
      'ExecStop=/bin/a "b',
      "ExecStart=@/bin/true",
    ]) {
      const { refusal } = assess(unit(RUN + line));
      assert.equal(refusal?.code, "value", line);
      assert.equal(refusal?.node?.start, RUN.length, line);
      assert.equal(`${refusal?.directive}=`, line.slice(0, line.indexOf("=") + 1));
    }
  });

  it("not what only looks so", () => {
    for (const line of [
      "User=a b",
      "User=-x",
      "User=1x",
      "WorkingDirectory=-x",
      "PIDFile=%Q",
      "RootImagePolicy=root= verity + signed ",
      "RootImagePolicy=*",
      "SELinuxContext=-%Q",
      "ExecStartPre=-bin/x",
      'ExecStop=-/bin/a "b',
      'ExecStartPre="/bin/a',
      "Foo=[x",
    ]) {
      assert.equal(codeOf(line), undefined, line);
    }
  });

  it("in a drop-in only the rest of that file", () => {
    const dropIns = ["[Service]\nUser=a:b\nPrivateTmp=yes\n", "[Service]\nProtectHome=yes\n"];
    const { loads, checks } = assess(unit(RUN, { dropIns }));
    assert.ok(loads);
    assert.equal(checks.find((it) => it.id === "PrivateTmp")?.badness, 1);
    assert.equal(checks.find((it) => it.id === "ProtectHome")?.badness, 0);
  });

  it("services that have nothing to do, or too much", () => {
    assert.equal(code("[Service]\n"), "no-command");
    assert.equal(code("[Service]\nExecStop=/bin/true\n"), "no-command");
    assert.equal(code("[Service]\nExecStop=/bin/true\nRemainAfterExit=yes\n"), undefined);
    assert.equal(code("[Service]\nType=exec\nExecStop=/bin/true\nRemainAfterExit=yes\n"), "no-command");
    assert.equal(code("[Unit]\nSuccessAction=reboot\n"), undefined);
    assert.equal(code("[Unit]\nSuccessAction=reboot\n", { path: "/etc/systemd/user/x.service" }), "no-command");
    assert.equal(code("[Unit]\nSuccessAction=exit\n[Service]\nRestart=always\n"), "oneshot-restart");
    for (const line of ["BusName=a.b", "LoadCredential=a", "SetCredential=a:b", "ImportCredential=a.*"]) {
      assert.equal(code(`[Unit]\nSuccessAction=exit\n[Service]\n${line}\n`), "no-command", line);
    }
    for (const line of ["ImportCredential=a*b", "ImportCredential=a:b:c", "ImportCredential=a\nImportCredential="]) {
      assert.equal(code(`[Unit]\nSuccessAction=exit\n[Service]\n${line}\n`), undefined, line);
    }
    assert.equal(codeOf("ExecStart="), "no-command");
    assert.equal(codeOf("ExecStart=/bin/false"), "several-commands");
    assert.equal(codeOf("ExecStart=/bin/a|Type=oneshot"), undefined);
    assert.equal(codeOf("", { dropIns: ["[Service]\nExecStart=/bin/false\n"] }), "several-commands");
    assert.equal(codeOf("", { dropIns: ["[Service]\nExecStart=\nExecStart=/bin/false\n"] }), undefined);
  });

  it("settings that do not go together", () => {
    const cases: readonly (readonly [string, string | undefined, string | undefined])[] = [
      ["Type=oneshot|Restart=always", "oneshot-restart", "oneshot-restart"],
      ["Type=oneshot|Restart=on-failure", undefined, undefined],
      ["Type=oneshot|ExitType=cgroup", "oneshot-exit-type", "oneshot-exit-type"],
      ["Type=dbus", "no-bus-name", "no-bus-name"],
      ["Type=dbus|BusName=a.1", "no-bus-name", "no-bus-name"],
      ["Type=dbus|BusName=:1.2", undefined, undefined],
      ["Type=forking|PrivatePIDs=yes", "forking-private-pids", "forking-private-pids"],
      ["PAMName=x|KillMode=process", "pam-kill-mode", "pam-kill-mode"],
      ["PAMName=x|KillMode=none|KillMode=", undefined, undefined],
      ["PAMName=x|PrivatePIDs=yes", undefined, "pam-private-pids"],
      ["WorkingDirectory=~|DynamicUser=yes", "dynamic-user-home", "dynamic-user-home"],
      ["WorkingDirectory=/sys", undefined, undefined],
      ["WorkingDirectory=/sys|PrivateDevices=yes", "working-directory", "working-directory"],
      ["WorkingDirectory=/sys|PrivateTmp=yes", undefined, undefined],
      ["WorkingDirectory=/sys|ReadOnlyPaths=/|ReadOnlyPaths=", undefined, undefined],
      ["WorkingDirectory=/sys|RootDirectory=/srv|MountAPIVFS=no", undefined, undefined],
      ["WorkingDirectory=/sys|PrivateNetwork=yes|PrivateMounts=no", undefined, undefined],
      ["PrivateUsers=yes|UserNamespacePath=/run/x", undefined, "user-namespace-path"],
      ["PrivateUsers=yes|UserNamespacePath=x", undefined, undefined],
      ["PrivateUsers=managed|User=x", undefined, "managed-users"],
      ["[Unit]|OnFailure=a.service b.service|OnFailureJobMode=isolate", "several-isolated", "several-isolated"],
      ["[Unit]|OnFailure=a.service|OnFailureJobMode=isolate", undefined, undefined],
    ];
    for (const [lines, in257, in262] of cases) {
      assert.equal(codeOf(lines, { version: 257 }), in257, `257: ${lines}`);
      assert.equal(codeOf(lines), in262, `262: ${lines}`);
    }
    assert.equal(codeOf("DynamicUser=yes", { path: "/etc/systemd/user/x.service" }), "dynamic-user-scope");
  });

  it("other kinds of units", () => {
    const cases: readonly (readonly [path: string, text: string, code: string | undefined])[] = [
      ["a.socket", "[Socket]\n", "nothing-to-do"],
      ["a.socket", "[Socket]\nListenStream=/run/a\n", undefined],
      ["a.socket", "[Socket]\nListenStream=/run/a\nSocketUser=a:b\n", "value"],
      ["a.timer", "[Timer]\n", "nothing-to-do"],
      ["a.timer", "[Timer]\nOnBootSec=1\n", undefined],
      ["a.path", "[Path]\nPathExists=/a\nPathChanged=\n", "nothing-to-do"],
      ["srv.mount", "[Mount]\nWhat=/dev/sda\n", undefined],
      ["srv.mount", "[Mount]\nWhat=/dev/sda\nWhere=/srv/\n", undefined],
      ["srv.mount", "[Mount]\nWhat=/dev/sda\nWhere=/other\n", "mount-point"],
      ["srv.mount", "[Mount]\nWhere=/srv\n", "no-source"],
      ["a\\x20b-c.mount", "[Mount]\nWhat=x\nWhere=/a b/c\n", undefined],
      ["proc.mount", "[Mount]\nWhat=x\n", "mount-point-taken"],
      ["-.automount", "[Automount]\n", "mount-point-taken"],
      ["dev-sda.swap", "[Swap]\nWhat=/dev/sdb\n", "mount-point"],
      ["a.target", "[Unit]\n", undefined],
    ];
    for (const [path, text, expected] of cases) assert.equal(code(text, { path }), expected, `${path} ${text}`);
  });

  it("has no exposure, and one more assignment can lead there", () => {
    const refused = assess(unit("[Service]\n"));
    assert.deepEqual(
      [refused.loads, refused.exposure, refused.level, refused.checks],
      [false, undefined, undefined, []],
    );
    assert.match(refused.messages.join(), /ExecStart=.*: systemd refuses the unit$/);
    assert.equal(exposureWith(service(""), [{ directive: "User", value: "a:b" }]), undefined);
    assert.equal(exposureWith(service(""), [{ directive: "ExecStart", value: "/bin/b" }]), undefined);
    assert.equal(exposureWith(unit("[Service]\n"), [{ directive: "ExecStart", value: "/bin/b" }]), 94);
  });

  it("is not asked of a drop-in alone", () => {
    assert.equal(assess(unit("[Service]\nPrivateTmp=yes\n", { path: "x.service.d/a.conf" })).loads, true);
    assert.equal(assess(unit("", { path: "service.d/a.conf" })).loads, true);
  });
});
