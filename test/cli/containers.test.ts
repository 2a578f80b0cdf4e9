import assert from "node:assert/strict";
import { listedUnder } from "../kit/listedUnder.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const BUSYBOX =
  "[Container]\nImage=docker.io/library/busybox:1\nExec=httpd -f -p 8080\nPublishPort=127.0.0.1:8080:8080\n";
const NGINX =
  "[Container]\nImage=docker.io/library/nginx:1\nPublishPort=8080:80\nVolume=web.volume:/data\n\n[Service]\nRestart=always\n";
const HOME = "/etc/containers/systemd";

const hostOf = (files: Readonly<Record<string, string>>) => memoryHost(files, { cwd: "/" });

describe("cli: containers", () => {
  describe("security", () => {
    it("prints what podman gives the program, and apart from it the exposure of podman", () => {
      const { stdout, status } = runOver(
        hostOf({ [`${HOME}/web.container`]: NGINX }),
        "security",
        `${HOME}/web.container`,
      );
      assert.match(stdout, /^weak +Which rights of root can it have\? +podman's usual 11 capabilities$/m);
      assert.match(stdout, /^weak +Who reaches its ports\? +everyone who reaches the host, at 8080 \(line 3\)$/m);
      assert.match(stdout, /^→ web\.container: confined in 7 of 17 respects \(8 weak, 2 unknown\)$/m);
      assert.match(stdout, /^→ The service that starts it: 9\.6 UNSAFE; systemd rates podman/m);
      assert.equal(status, 0);
    });

    it("keeps containers apart from services, and out of the threshold", () => {
      const host = hostOf({
        [`${HOME}/web.container`]: NGINX,
        "/etc/systemd/system/x.service": "[Service]\nExecStart=/bin/true\nDynamicUser=yes\n",
      });
      const { stdout, status } = runOver(host, "security", "/etc", "--threshold", "95");
      assert.equal(status, 0);
      assert.match(
        stdout,
        /^UNIT +EXPOSURE LEVEL\n\/etc\/systemd\/system\/x\.service .*\n\nCONTAINER .*\n.*web\.container confined in 7 of 17 respects/m,
      );
    });

    it("says in JSON whose number it is", () => {
      const { stdout } = runOver(
        hostOf({ "/q/web.container": NGINX }),
        "security",
        "/q/web.container",
        "--format",
        "json",
      );
      const [unit] = (JSON.parse(stdout) as { units: readonly Record<string, unknown>[] }).units;
      assert.equal(unit?.about, "podman");
      assert.equal(unit?.exposure, 96);
      const rows = unit?.payload as readonly Record<string, unknown>[];
      assert.deepEqual(
        rows.find((it) => it.id === "ports"),
        {
          id: "ports",
          question: "Who reaches its ports?",
          verdict: "weak",
          answer: "everyone who reaches the host, at 8080",
          keys: ["PublishPort"],
          line: 3,
        },
      );
    });
  });

  describe("harden", () => {
    it("adds keys of podman's, never settings of services", () => {
      const host = hostOf({ "/q/x.container": BUSYBOX });
      const { status } = runOver(host, "harden", "/q/x.container", "--write");
      assert.equal(status, 0);
      assert.equal(
        host.files.get("/q/x.container"),
        `${BUSYBOX}NoNewPrivileges=true\nDropCapability=all\nReadOnly=true\n`,
      );
      assert.match(runOver(host, "harden", "/q/x.container").stdout, /nothing to add/);
    });

    it("adds what is likely only where it is asked for, with what the image needs", () => {
      const host = hostOf({ "/q/web.container": NGINX });
      const { stdout } = runOver(host, "harden", "/q/web.container", "--profile", "strict");
      assert.match(stdout, /nothing to add/);
      assert.match(stdout, listedUnder("likely: ", "UserNS=auto, if its volumes are new"));
      assert.match(stdout, listedUnder("not added", "User=NUMBER: which users"));
      assert.doesNotMatch(stdout, /unit-warden try/);
      runOver(host, "harden", "/q/web.container", "--profile", "strict", "--likely", "--write");
      assert.equal(
        host.files.get("/q/web.container"),
        NGINX.replace(
          "\n\n[Service]",
          "\nNoNewPrivileges=true\nDropCapability=all\nAddCapability=CHOWN SETGID SETUID NET_BIND_SERVICE\nReadOnly=true\nTmpfs=/var/cache/nginx\nUserNS=auto\n\n[Service]",
        ),
      );
    });

    it("writes a drop-in, which podman 5 and later reads", () => {
      const host = hostOf({ "/q/x.container": BUSYBOX });
      runOver(host, "harden", "/q/x.container", "--drop-in", "--write");
      assert.equal(
        host.files.get("/q/x.container.d/hardening.conf"),
        "[Container]\nNoNewPrivileges=true\nDropCapability=all\nReadOnly=true\n",
      );
      const { stderr, status } = runOver(host, "harden", "/q/x.container", "--drop-in", "--podman", "4.9");
      assert.match(stderr, /podman 4\.9 reads no drop-ins/);
      assert.equal(status, 2);
    });

    it("knows which keys a podman has", () => {
      const { stdout } = runOver(
        hostOf({ "/q/x.container": BUSYBOX }),
        "harden",
        "/q/x.container",
        "--profile",
        "strict",
        "--podman",
        "5.4",
      );
      assert.doesNotMatch(stdout, /Memory=/);
      assert.match(stdout, /PidsLimit=/);
    });
  });

  it("check names the way to what is likely", () => {
    const { stdout } = runOver(hostOf({ "/q/x.container": "[Container]\nImage=quay.io/a/b:1\n" }), "check", "/q");
    assert.match(
      stdout,
      /: 4 settings that are likely to be safe are missing; unit-warden harden --likely adds what is likely \[hardening\]$/m,
    );
    assert.doesNotMatch(stdout, /unit-warden try/);
  });

  it("explains what podman says", () => {
    const host = hostOf({ "/q/x.container": `${BUSYBOX}Volume=/nowhere:/x\n` });
    const { stdout } = runOver(host, "explain", "125", "/q/x.container");
    assert.match(stdout, /podman itself failed/);
  });
});
