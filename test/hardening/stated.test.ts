import assert from "node:assert/strict";
import { type Profile, safeSettings } from "../../server/src/hardening/hardening.ts";
import { leftOut } from "../../server/src/hardening/leftOut.ts";
import { unitOf } from "./kit.ts";

const added = (profile: Profile, ...lines: readonly string[]) =>
  safeSettings(unitOf(`[Service]\n${lines.join("\n")}\n`), profile);

const linesOf = (...args: Parameters<typeof added>) => added(...args).map((it) => it.line);

const UNKNOWN = "ExecStart=/usr/local/bin/thing";

describe("settings that the owner of a service states", () => {
  it("are added with that reason, though nothing else is known of the program", () => {
    assert.equal(linesOf("basic", UNKNOWN).includes("PrivateDevices=yes"), false);
    const found = added("basic", UNKNOWN, "# unit-warden: no hardware").find((it) => it.line === "PrivateDevices=yes");
    assert.deepEqual([found?.grade, found?.reason], ["stated", "its owner says that it opens no hardware (line 3)"]);
  });

  it("are added in spite of words, kinds and interpreters that make one think otherwise", () => {
    const words = ["[Unit]", "Description=Bluetooth sensor", "[Service]", UNKNOWN, "# unit-warden: no hardware"];
    const lines = safeSettings(unitOf(`${words.join("\n")}\n`), "basic").map((it) => it.line);
    assert.ok(lines.includes("PrivateDevices=yes"));
    const script = "ExecStart=/bin/sh /usr/local/bin/thing.sh";
    assert.equal(linesOf("basic", script).includes("PrivateDevices=yes"), false);
    assert.ok(linesOf("basic", script, "# unit-warden: no hardware").includes("PrivateDevices=yes"));
  });

  it("are not added to programs whose jobs or sessions inherit the sandbox", () => {
    for (const program of ["/usr/sbin/cron -f", "/usr/sbin/sshd -D", "/usr/bin/dockerd"])
      assert.equal(
        linesOf("basic", `ExecStart=${program}`, "# unit-warden: no hardware").includes("PrivateDevices=yes"),
        false,
      );
  });

  it("are not added where the unit shows the opposite", () => {
    const lines = linesOf("basic", UNKNOWN, "SupplementaryGroups=dialout", "# unit-warden: no hardware");
    assert.equal(lines.includes("PrivateDevices=yes"), false);
    assert.equal(
      linesOf("strict", "ExecStart=/usr/bin/node /srv/x.js", "# unit-warden: no compiled-code").includes(
        "MemoryDenyWriteExecute=yes",
      ),
      false,
    );
  });

  it("leave out what the service needs, and say why", () => {
    const unit = unitOf("[Service]\nUser=www-data\nExecStart=/usr/sbin/nginx\n# unit-warden: needs hardware\n");
    assert.equal(
      safeSettings(unit, "basic").some((it) => it.line.startsWith("PrivateDevices=")),
      false,
    );
    const reason = leftOut(unit, "basic").find((it) => it.line.startsWith("PrivateDevices="))?.reason;
    assert.equal(reason, "not safe here: its owner says that it opens hardware (line 4)");
  });

  it("have the tightest value that grants what it needs", () => {
    const device = linesOf("strict", UNKNOWN, "# unit-warden: needs hardware=/dev/ttyUSB0", "# unit-warden: no clock");
    for (const line of ["DevicePolicy=closed", "DeviceAllow=/dev/ttyUSB0 rw", "ProtectClock=yes"])
      assert.ok(device.includes(line), line);
    const files = linesOf("basic", "User=shop", UNKNOWN, "# unit-warden: needs writes=/srv/shop homes");
    for (const line of ["ProtectSystem=strict", "ReadWritePaths=-/srv/shop", "ProtectHome=read-only"])
      assert.ok(files.includes(line), line);
    const own = linesOf("basic", "User=shop", UNKNOWN, "StateDirectory=shop", "# unit-warden: no writes");
    assert.ok(own.includes("ProtectSystem=strict"));
    assert.equal(
      own.some((it) => it.startsWith("ReadWritePaths=")),
      false,
    );
  });

  it("close all ports but those that it opens, and all peers but those that it talks to", () => {
    const program = [UNKNOWN, "User=shop"];
    const of = (...lines: readonly string[]) =>
      linesOf("strict", ...program, ...lines).filter((it) => /^(?:SocketBind|IPAddress)/.test(it));
    assert.deepEqual(of("# unit-warden: needs ports=8080,udp:5353 network=10.0.0.0/8"), [
      "IPAddressDeny=any",
      "IPAddressAllow=localhost",
      "IPAddressAllow=10.0.0.0/8",
      "SocketBindDeny=any",
      "SocketBindAllow=8080",
      "SocketBindAllow=udp:5353",
    ]);
    assert.deepEqual(of("# unit-warden: no network").slice(-1), ["SocketBindDeny=any"]);
    for (const line of ["needs ports", "needs network", "needs ports=0", "needs ports=http"])
      assert.deepEqual(of(`# unit-warden: ${line}`), [], line);
    const serving = linesOf("strict", "ExecStart=/usr/local/bin/thing --port 8080", "# unit-warden: no ports");
    assert.equal(serving.includes("SocketBindDeny=any"), false, "its command opens one");
  });
});
