import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { check } from "../../server/src/rules/check.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { expectFindings, findingsOf } from "../kit/fixture.ts";
import { skip } from "../kit/skip.ts";
import { MACHINE_VERSION, verify } from "../kit/systemd.ts";

const RUN = "[Service]\nExecStart=/bin/true\n";

/** The codes about a unit as a whole. */
function codes(path: string, text: string, version?: number): string[] {
  return findingsOf(text, path, { profile: "off", select: ["unit"] }, version).map((it) => it.code);
}

describe("unit/…: what does not go together", () => {
  it("stands at the line that is to blame, in whichever order the lines come", () => {
    expectFindings(`[Service]
Restart=on-success
        ^^^^^^^^^^ unit/oneshot-restart error: Restart=on-success cannot be combined with Type=oneshot: systemd refuses the unit
ExecStart=/bin/true
Type=oneshot
`);
    expectFindings(`[Service]
ExecStart=/bin/true
PAMName=login
KillMode=mixed
KillMode=process
         ^^^^^^^ unit/pam-kill-mode error
User=x
`);
  });

  it("stands at the line in force, not at one that systemd drops", () => {
    assert.deepEqual(codes("x.service", `${RUN}Type=oneshot\nRestart=always\nRestart=no\n`), []);
    assert.deepEqual(codes("x.service", `${RUN}Type=oneshot\nRestart=always\nRestart=maybe\n`), [
      "unit/oneshot-restart",
    ]);
  });

  it("stands at the other setting where a drop-in has the one, and at the section where both are there", () => {
    const at = (text: string, ...dropIns: string[]): string[] => {
      const path = unitPath("x.service");
      assert.ok(path);
      const unit = readUnit(path, text, 262, { dropIns });
      return check(unit, { profile: "off" }).map((it) => text.slice(it.start, it.end));
    };
    const restart = "[Service]\nRestart=always\n";
    assert.deepEqual(at(`${RUN}Type=oneshot\n`, restart), ["oneshot"]);
    assert.deepEqual(at(RUN, `${restart}Type=oneshot\n`), ["[Service]"]);
    assert.deepEqual(at("[Unit]\nSuccessAction=exit\n", restart), ["["]);
    assert.deepEqual(at(`${RUN}Restart=always\n`, "[Service]\nType=oneshot\n"), ["always"]);
  });

  it("is said once, as systemd says it", () => {
    assert.deepEqual(codes("x.service", "[Service]\nType=oneshot\nRestart=always\nPAMName=x\nKillMode=none\n"), [
      "unit/pam-kill-mode",
    ]);
  });

  it("is not said behind a line at which systemd stops reading", () => {
    assert.deepEqual(codes("x.service", `${RUN}Type=oneshot\nRestart=always\nUser=a:b\n`), []);
  });

  it("is not said of drop-ins alone and of masks", () => {
    for (const path of ["x.service.d/a.conf", "service.d/a.conf"]) {
      assert.deepEqual(codes(path, "[Service]\nType=oneshot\nRestart=always\n"), [], path);
    }
    for (const path of ["x.socket", "x.scope", "x.timer", "srv.mount"]) assert.deepEqual(codes(path, ""), [], path);
    assert.deepEqual(codes("x.socket.d/a.conf", "[Socket]\nAccept=yes\n"), []);
  });

  it("minds the version", () => {
    const pam = `${RUN}User=x\nPAMName=x\nPrivatePIDs=yes\n`;
    assert.deepEqual(codes("x.service", pam, 257), []);
    assert.deepEqual(codes("x.service", pam, 262), ["unit/pam-private-pids"]);
    const deferred = "[Socket]\nListenStream=80\nAccept=yes\nDeferTrigger=yes\n";
    assert.deepEqual(codes("x.socket", deferred, 257), []);
    assert.deepEqual(codes("x.socket", deferred, 262), ["unit/accept-deferred"]);
  });

  it("is not said of the name of what has none yet", () => {
    const unit = readUnit({ kind: "mount", role: "unit", name: undefined, scope: "system" }, "[Mount]\nWhat=a\n", 262);
    assert.deepEqual(check(unit, { profile: "off" }), []);
  });

  it("does not guess what only the machine knows", () => {
    assert.deepEqual(codes("srv.mount", "[Mount]\nWhat=a\nWhere=/srv/%m\n"), []);
    assert.deepEqual(codes("a.swap", "[Swap]\nWhat=/%H\n"), []);
    assert.deepEqual(codes("x@.socket", "[Socket]\nListenStream=%i\n"), []);
  });
});

/** Units of all kinds but services with what systemd 257.13 says: `verify` refuses them (true) or not. */
const UNITS: readonly (readonly [path: string, text: string, refused: boolean])[] = [
  ["x.socket", "[Socket]\nListenStream=foo\n", true],
  ["x.socket", "[Socket]\nListenStream=80\nListenStream=\n", true],
  ["x.socket", "[Socket]\nListenDatagram=/run/x\nAccept=yes\n", true],
  ["x.socket", "[Socket]\nListenStream=/run/x\nListenFIFO=/run/y\nAccept=yes\n", true],
  ["x.socket", "[Socket]\nListenSequentialPacket=/run/x\nAccept=yes\n", false],
  ["x.socket", "[Socket]\nListenNetlink=kobject-uevent 1\nAccept=yes\n", true],
  ["x.socket", "[Socket]\nListenMessageQueue=/a\nAccept=yes\n", true],
  ["x.socket", "[Socket]\nListenStream=/run/x\nAccept=yes\nService=y.service\n", true],
  ["x.socket", "[Socket]\nListenStream=/run/x\nMaxConnections=0\n", true],
  ["x.socket", "[Socket]\nListenStream=/run/x\nSymlinks=/run/y\n", false],
  ["x.socket", "[Socket]\nListenStream=80\nSymlinks=/run/y\n", true],
  ["x.socket", "[Socket]\nListenStream=80\nSymlinks=/run/y\nSymlinks=\n", false],
  ["x.socket", "[Socket]\nListenStream=80\nSymlinks=run/y\n", false],
  ["x.socket", "[Socket]\nListenStream=/run/a\nListenFIFO=/run/b\nSymlinks=/run/y\n", true],
  ["x.socket", "[Socket]\nListenStream=/run/a\nListenStream=80\nSymlinks=/run/y\n", false],
  ["x.socket", "[Socket]\nListenFIFO=/run/a\nListenSpecial=/dev/x\nSymlinks=/run/y\n", false],
  ["x.socket", "[Socket]\nListenSpecial=/dev/x\nSymlinks=/run/y\n", true],
  ["x.socket", "[Socket]\nListenStream=@a\nSymlinks=/run/y\n", true],
  ["x.timer", "[Timer]\nOnCalendar=foo\n", true],
  ["x.timer", "[Timer]\nOnClockChange=yes\n", false],
  ["x.timer", "[Timer]\nOnTimezoneChange=yes\nOnBootSec=\n", false],
  ["x.timer", "[Timer]\nOnClockChange=yes\nOnClockChange=no\n", true],
  ["x.path", "[Path]\nPathExists=a\n", true],
  ["x.path", "[Path]\nPathExists=/a\n", false],
  ["a-b.slice", "[Slice]\n", false],
  ["a--b.slice", "[Slice]\n", true],
  ["-a.slice", "[Slice]\n", true],
  ["a-.slice", "[Slice]\n", true],
  ["a@b.slice", "[Slice]\n", true],
  ["-.slice", "[Slice]\n", false],
  ["run-credentials-x.service.mount", "[Mount]\nWhat=tmpfs\n", true],
  ["run-host.mount", "[Mount]\nWhat=tmpfs\n", true],
  ["proc-sys.mount", "[Mount]\nWhat=tmpfs\n", true],
  ["proc-fs-nfsd.mount", "[Mount]\nWhat=tmpfs\n", false],
  ["sys-fs-cgroup-a.mount", "[Mount]\nWhat=tmpfs\n", true],
  ["dev-hugepages.mount", "[Mount]\nWhat=tmpfs\n", false],
  ["proc.automount", "[Automount]\n", false],
  ["-.automount", "[Automount]\n", true],
  ["a@b.mount", "[Mount]\nWhat=/dev/sda\n", true],
  ["a@b.swap", "[Swap]\nWhat=/a@b\n", true],
  ["srv.mount", "[Mount]\nWhat=\n", true],
  ["a.swap", "[Swap]\nWhat=b\n", true],
  ["a.swap", "[Swap]\nWhat=\n", false],
  ["a-b.swap", "[Swap]\nWhat=/a/./b/\n", false],
  ["a.swap", "[Swap]\nWhat=UUID=12\n", true],
  ["dev-disk-by\\x2duuid-12.swap", '[Swap]\nWhat=UUID="12"\n', false],
  ["dev-disk-by\\x2duuid-ab.swap", "[Swap]\nWhat=UUID=AB\n", true],
  ["dev-disk-by\\x2dlabel-a\\x5cx20b.swap", "[Swap]\nWhat=LABEL=a b\n", false],
  ["dev-disk-by\\x2did-a.swap", "[Swap]\nWhat=ID=a\n", true],
];

/** Services with what systemd 257.13 complains of, although it takes them. */
const SERVICES: readonly (readonly [lines: string, code: string | undefined])[] = [
  ["RestartSteps=3", "unit/restart-steps"],
  ["RestartSteps=0", undefined],
  ["RestartMaxDelaySec=5", "unit/restart-steps"],
  ["RestartMaxDelaySec=infinity", undefined],
  ["RestartMaxDelaySec=5|RestartSteps=3|RestartSec=10", "unit/restart-delay"],
  ["RestartMaxDelaySec=5|RestartSteps=3|RestartSec=5", undefined],
  ["RestartMaxDelaySec=50ms|RestartSteps=3", "unit/restart-delay"],
  ["RuntimeMaxSec=5|Type=oneshot", "unit/runtime-oneshot"],
  ["RuntimeMaxSec=infinity|Type=oneshot", undefined],
  ["RuntimeMaxSec=0|Type=oneshot", "unit/runtime-oneshot"],
  ["RuntimeRandomizedExtraSec=5", "unit/runtime-extra"],
  ["RuntimeRandomizedExtraSec=0", undefined],
  ["RuntimeRandomizedExtraSec=5|RuntimeMaxSec=infinity", "unit/runtime-extra"],
  ["USBFunctionDescriptors=/a", "unit/usb-functions"],
  ["USBFunctionStrings=/a", "unit/usb-functions"],
  ["USBFunctionStrings=/a|USBFunctionDescriptors=/b", undefined],
  ["Type=simple|ExecStartPost=/bin/true|LoadCredential=a", "unit/credential-race"],
  ["Type=simple|ExecStartPost=/bin/true|ImportCredential=a", "unit/credential-race"],
  ["ExecStartPost=/bin/true|LoadCredential=a", undefined],
  ["[Unit]|JobTimeoutSec=5|JobRunningTimeoutSec=10", "unit/job-timeouts"],
  ["[Unit]|JobTimeoutSec=10|JobRunningTimeoutSec=10", undefined],
  ["[Unit]|JobTimeoutSec=10|JobRunningTimeoutSec=infinity", undefined],
  ["[Unit]|JobTimeoutSec=0|JobRunningTimeoutSec=10", undefined],
];

const serviceOf = (lines: string): string => `${RUN}${lines.replaceAll("|", "\n")}\n`;

describe("unit/…: systemd's verdicts", () => {
  for (const [path, text, refused] of UNITS) {
    it(`${refused ? "refuses" : "takes"} ${path} with ${JSON.stringify(text)}`, () => {
      assert.equal(codes(path, text, 257).length, refused ? 1 : 0);
    });
  }

  it("on what it takes with a warning", () => {
    for (const [lines, code] of SERVICES) {
      assert.deepEqual(codes("x.service", serviceOf(lines)), code === undefined ? [] : [code], lines);
    }
  });

  it("are those of this machine", function () {
    if (MACHINE_VERSION !== 257) skip(this, "there is no systemd-analyze of a known version");
    const others = { "x.service": RUN, "x@.service": RUN, "y.service": RUN };
    for (const [path, text, refused] of UNITS) {
      const said = verify(path, { ...others, [path]: text }).join("\n");
      assert.equal(
        / Refusing\.|not loading\.|failed to load properly|Failed to load unit file/.test(said),
        refused,
        path,
      );
    }
    for (const [lines, code] of SERVICES) {
      const said = verify("x.service", { "x.service": serviceOf(lines) }).filter((it) => it.startsWith("x.service: "));
      assert.equal(said.length > 0, code !== undefined, lines);
    }
  });
});
