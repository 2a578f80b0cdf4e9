import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { findings, fits, safe } from "./kit.ts";

const NETLINK = "AF_UNIX AF_INET AF_INET6 AF_NETLINK";

const GRANTED = "AmbientCapabilities=CAP_SETUID";

describe("hardening: what is safe for a service", () => {
  it("is, for a daemon of root that shows nothing, what was measured with real daemons", () => {
    assert.deepEqual(safe([]), [
      "ProtectSystem=full",
      "ProtectHome=read-only",
      "PrivateTmp=yes",
      "PrivateDevices=yes",
      "ProtectHostname=yes",
      "ProtectClock=yes",
      "ProtectKernelTunables=yes",
      "ProtectKernelModules=yes",
      "ProtectKernelLogs=yes",
      "ProtectControlGroups=yes",
      "RestrictSUIDSGID=yes",
      "RestrictNamespaces=yes",
      "RestrictRealtime=yes",
      "LockPersonality=yes",
      "SystemCallArchitectures=native",
      `RestrictAddressFamilies=${NETLINK}`,
    ]);
  });

  it("is nothing that would take CAP_SETUID from a service with User=root (seen with a real daemon)", () => {
    assert.match(fits("NoNewPrivileges", "User=root").against ?? "", /CAP_SETUID/);
    assert.equal(fits("NoNewPrivileges").against, undefined);
    assert.equal(fits("NoNewPrivileges", "User=foo").against, undefined);
    assert.match(fits("LockPersonality", "User=root", "NoNewPrivileges=yes").against ?? "", /CAP_SETUID/);
    const filtered = ["User=root", "NoNewPrivileges=yes", "ProtectClock=yes"];
    assert.equal(fits("LockPersonality", ...filtered).against, undefined);
    assert.equal(fits("LockPersonality", "User=root", "NoNewPrivileges=yes", GRANTED).against, undefined);
  });

  it("is no private user namespace where a capability of the program's file may open a low port", () => {
    const said = findings(["User=foo", "ExecStart=/usr/bin/foo --port=53"], "isolated").get("PrivateUsers")?.message;
    assert.match(said ?? "", /; not safe here: it listens on port 53, which a file capability may allow$/);
  });

  it("is strict where the unit declares what it writes", () => {
    assert.equal(fits("ProtectSystem", "User=foo").safeValue, "full");
    assert.equal(fits("ProtectSystem", "User=foo", "StateDirectory=foo").safeValue, "strict");
    assert.equal(fits("ProtectSystem", "User=foo", "RuntimeDirectory=foo").safeValue, "full");
    assert.equal(fits("ProtectSystem", "ReadWritePaths=/var/lib/foo").safeValue, "strict");
    assert.equal(fits("ProtectSystem", "StateDirectory=foo").safeValue, "full", "root may write elsewhere");
    const logs = "ExecStart=/usr/bin/foo --log /var/log/foo/x.log";
    assert.equal(fits("ProtectSystem", "User=foo", "StateDirectory=foo", logs).safeValue, "full");
    assert.equal(
      fits("ProtectSystem", "User=foo", "StateDirectory=foo", "LogsDirectory=foo", logs).safeValue,
      "strict",
    );
  });

  it("offers the directory that goes with a write-protected system", () => {
    const line =
      "ExecStart=/usr/bin/gotosocial --port 8080 --data=/var/lib/gotosocial/db --pid %t/bar/x.pid --log /var/log/foo.log";
    const found = findings([line]).get("ProtectSystem");
    assert.deepEqual(
      found?.fixes.map((it) => it.title.replace(/\d+/, "N")),
      [
        "Add ProtectSystem=strict",
        "Add ProtectSystem=full (gentler)",
        "Add ProtectSystem=strict with StateDirectory= and ReadWritePaths=",
        "Add all N safe settings",
      ],
    );
    assert.deepEqual(
      found?.fixes.map((it) => it.safe),
      [false, true, false, true],
    );
  });

  it("leaves the system writable where the service writes there", () => {
    for (const line of [
      "ExecStartPre=/bin/cp /usr/share/x /etc/x",
      "WorkingDirectory=/usr/local/foo",
      "ExecStartPre=/bin/sh -c 'echo x > /etc/x'",
    ]) {
      assert.equal(fits("ProtectSystem", line).safeValue, undefined, line);
    }
    assert.equal(fits("ProtectSystem", "ExecStart=/usr/bin/foo --config /etc/foo.conf").safeValue, "full");
  });

  it("hides homes only from a service that has nothing to do with them", () => {
    assert.equal(fits("ProtectHome", "User=foo").safeValue, "tmpfs");
    for (const line of ["ExecStart=/home/x/bin/app", "ExecStart=/usr/bin/python3 /home/x/app.py"]) {
      const { safeValue, lines, doubt } = fits("ProtectHome", "User=foo", line);
      assert.deepEqual([safeValue, lines], ["read-only", ["ReadWritePaths=-/home/x"]]);
      assert.equal(doubt, "if it writes in no homes but /home/x");
    }
    for (const line of ["WorkingDirectory=~", "ExecStart=/usr/bin/x --conf /run/user/7/x", "User=%i"]) {
      const { safeValue, against } = fits("ProtectHome", "User=foo", line);
      assert.equal(safeValue, undefined, line);
      assert.match(against ?? "", /^not safe here: it (?:uses|runs)/);
    }
    const found = findings(["WorkingDirectory=~"]).get("ProtectHome");
    assert.equal(found?.severity, "info");
    assert.equal(
      found?.message,
      "ProtectHome= is not set: the service can read and change the home directories; not safe here: it uses the home of its user",
    );
    assert.deepEqual(
      found?.fixes.map((it) => it.title),
      ["Add ProtectHome=tmpfs; not safe here: it uses the home of its user"],
    );
  });

  it("adds nothing to programs whose children inherit the sandbox", () => {
    for (const program of [
      "/usr/sbin/sshd -D",
      "/usr/sbin/cron -f",
      "/usr/bin/dockerd",
      "/usr/sbin/xinetd",
      "/usr/lib/systemd/systemd --user",
      "/sbin/agetty",
    ]) {
      assert.deepEqual(safe([`ExecStart=${program}`], "strict"), [], program);
    }
  });

  it("takes from programs that may change anything only what no change takes", () => {
    for (const [program, ...wanted] of [
      ["/usr/bin/apt-get update", "RestrictRealtime=yes"],
      ["/usr/sbin/webmin", "RestrictRealtime=yes", "LockPersonality=yes", "SystemCallArchitectures=native"],
    ] as const) {
      const likely = safe([`ExecStart=${program}`, "User=root"], "isolated", undefined, "likely");
      assert.deepEqual(likely.toSorted(), wanted.toSorted(), program);
      const stated = safe([`ExecStart=${program}`, "# unit-warden: no hardware mounts writes"], "basic");
      assert.ok(!stated.some((it) => /^(?:PrivateDevices|ProtectSystem)=/.test(it)), program);
    }
  });

  it("knows kinds of programs behind interpreters, wrappers, shells and the name of the unit", () => {
    for (const line of [
      "/usr/bin/env FOO=1 sshd",
      "/bin/sh -c 'exec /usr/sbin/sshd -D'",
      "@/usr/sbin/x /usr/sbin/sshd",
      "/usr/bin/nice -n 5 /usr/sbin/sshd",
    ]) {
      const kept = line.startsWith("@")
        ? safe([`ExecStart=${line}`]).length > 0
        : safe([`ExecStart=${line}`]).length === 0;
      assert.ok(kept, line);
    }
    const script = ["ExecStart=/usr/share/x/start.sh"];
    assert.deepEqual(safe(script, "basic", "/etc/systemd/system/cron.service"), []);
    assert.deepEqual(safe(script, "basic", "/etc/systemd/system/sshd@.service"), []);
    assert.ok(safe(script, "basic", "/etc/systemd/system/x.service").length > 0);
    assert.ok(safe([], "basic", "/etc/systemd/system/cron.service").length > 0);
  });

  it("keeps the settings that single kinds need out", () => {
    const cases: readonly (readonly [line: string, ...out: readonly string[]])[] = [
      ["/usr/sbin/chronyd", "ProtectClock", "PrivateDevices", "RestrictRealtime"],
      ["/usr/sbin/rsyslogd -n", "ProtectKernelLogs", "ProtectHostname", "PrivateDevices"],
      ["/usr/sbin/smbd", "ProtectHome", "PrivateTmp", "RestrictSUIDSGID"],
      ["/usr/sbin/exim4 -bd", "ProtectHome", "NoNewPrivileges", "RestrictSUIDSGID"],
      ["/usr/bin/tcpdump -i any", "RestrictAddressFamilies"],
      ["/usr/sbin/NetworkManager", "ProtectSystem", "ProtectKernelTunables", "RestrictAddressFamilies"],
      ["/usr/sbin/openvpn x.conf", "PrivateDevices", "ProtectKernelModules"],
      ["/usr/bin/jackd", "RestrictRealtime", "PrivateDevices"],
      ["/usr/bin/prometheus-node-exporter", "ProtectProc", "ProtectClock", "ProtectHome"],
      ["/usr/lib/polkit-1/polkitd", "ProtectProc"],
    ];
    for (const [program, ...out] of cases) {
      const lines = safe([`ExecStart=${program}`]);
      assert.ok(lines.length > 2, program);
      for (const name of out) assert.ok(!lines.some((it) => it.startsWith(`${name}=`)), `${program} ${name}`);
    }
  });

  it("listens to what the unit says", () => {
    const cases: readonly (readonly [line: string, out: string])[] = [
      ["DeviceAllow=/dev/fuse rw", "PrivateDevices"],
      ["SupplementaryGroups=video", "PrivateDevices"],
      ["ExecStart=/usr/bin/x --port /dev/ttyS0", "PrivateDevices"],
      ["StandardInput=tty", "PrivateDevices"],
      ["Delegate=yes", "ProtectControlGroups"],
      ["CPUSchedulingPolicy=fifo", "RestrictRealtime"],
      ["Environment=DISPLAY=:0", "PrivateTmp"],
      ["ExecStart=/usr/bin/x --socket /tmp/x.sock", "PrivateTmp"],
      ["ExecStartPre=/sbin/modprobe foo", "ProtectKernelModules"],
      ["ExecStartPre=/sbin/sysctl -w a=1", "ProtectKernelTunables"],
      ["ExecStart=/usr/bin/x --file /proc/sys/kernel/x", "ProtectKernelTunables"],
      ["CapabilityBoundingSet=CAP_SYS_TIME", "ProtectClock"],
      ["AmbientCapabilities=CAP_NET_RAW", "RestrictAddressFamilies"],
      ["Personality=x86", "LockPersonality"],
      ["MountFlags=shared", "ProtectSystem"],
      ["ExecStartPre=/bin/mount /x", "PrivateTmp"],
      ["ExecStart=/usr/bin/unshare -n x", "RestrictNamespaces"],
    ];
    for (const [line, out] of cases) assert.ok(!safe([line]).some((it) => it.startsWith(`${out}=`)), line);
    assert.ok(
      safe(["ExecStart=/usr/bin/gotosocial --port 8080 --log /dev/stdout </dev/null"]).includes("PrivateDevices=yes"),
    );
  });

  it("takes NoNewPrivileges= for safe only without root and set-uid helpers", () => {
    const value = (...lines: readonly string[]) => fits("NoNewPrivileges", ...lines).safeValue;
    assert.equal(value(), undefined);
    assert.equal(value("User=foo"), "yes");
    assert.equal(value("User=foo", "ExecStart=!/usr/bin/x"), undefined);
    assert.equal(value("User=foo", "PAMName=login"), undefined);
    assert.equal(value("User=foo", "ExecStartPre=/usr/bin/sudo /usr/bin/x"), undefined);
    assert.equal(value("User=foo", "ExecStartPre=+/usr/bin/sudo /usr/bin/x"), "yes");
    assert.equal(value("User=foo", "ExecStart=/usr/bin/x --port 443"), undefined);
    assert.equal(
      value("User=foo", "ExecStart=/usr/bin/x --port 443", "AmbientCapabilities=CAP_NET_BIND_SERVICE"),
      "yes",
    );
  });

  it("keeps the capabilities that a service needs", () => {
    const of = (...lines: readonly string[]) => fits("CapabilityBoundingSet", ...lines);
    assert.equal(of("User=foo").safeValue, "");
    const low = ["User=foo", "AmbientCapabilities=CAP_NET_BIND_SERVICE", "ExecStart=/usr/bin/x --port 80"];
    assert.equal(of(...low).safeValue, "CAP_NET_BIND_SERVICE");
    assert.equal(of("ExecStart=/usr/bin/x --listen 0.0.0.0:443").value, "CAP_NET_BIND_SERVICE");
    assert.match(of("User=foo", "ExecStart=!/usr/bin/x").safeValue ?? "", /CAP_SETUID/);
  });

  it("offers no MemoryDenyWriteExecute= to a runtime that compiles", () => {
    for (const line of [
      "/usr/bin/java -jar /opt/x.jar",
      "/usr/bin/node /srv/x.js",
      "/usr/bin/env deno run x",
      "/bin/sh -c 'exec java -jar x.jar'",
      "/usr/sbin/php-fpm8.4",
      "/usr/share/tomcat10/bin/tomcat10",
    ]) {
      assert.equal(findings([`ExecStart=${line}`], "strict").has("MemoryDenyWriteExecute"), false, line);
    }
    assert.equal(findings(["Environment=JAVA_HOME=/opt/jdk"], "strict").has("MemoryDenyWriteExecute"), false);
    assert.equal(fits("MemoryDenyWriteExecute").safeValue, "yes");
    const script = fits("MemoryDenyWriteExecute", "ExecStart=/usr/bin/python3 /usr/lib/x.py");
    assert.deepEqual([script.safeValue, script.doubt], ["yes", "if none of its libraries compiles code while it runs"]);
    assert.equal(fits("MemoryDenyWriteExecute", "ExecStart=/opt/x/x").safeValue, undefined);
  });

  it("filters system calls with chroot added, an error number and native calls", () => {
    const titles = findings([], "strict")
      .get("SystemCallFilter")
      ?.fixes.map((it) => it.title);
    assert.deepEqual(titles?.slice(0, 2), [
      "Add SystemCallFilter=@system-service with SystemCallErrorNumber= and SystemCallArchitectures=",
      "Add SystemCallFilter=@system-service chroot with SystemCallErrorNumber= and SystemCallArchitectures= (gentler)",
    ]);
    const lines = safe([], "strict");
    assert.ok(lines.includes("SystemCallFilter=@system-service chroot"));
    assert.equal(lines.filter((it) => it === "SystemCallArchitectures=native").length, 1);
    assert.ok(!safe(["SystemCallErrorNumber=EACCES"], "strict").some((it) => it.startsWith("SystemCallErrorNumber=")));
  });

  it("is careful with scripts and oneshots of root, and with the early boot", () => {
    for (const lines of [["ExecStart=/usr/lib/x/run.sh"], ["Type=oneshot"]]) {
      const all = safe(lines, "strict").filter((it) => it !== "RestrictRealtime=yes");
      assert.deepEqual(all, ["LockPersonality=yes", "SystemCallArchitectures=native"]);
    }
    assert.ok(safe(["Type=oneshot", "User=foo"]).length > 10);
  });

  it("takes no rights from the helpers of a person's programs", () => {
    const user = "/usr/lib/systemd/user/a.service";
    assert.deepEqual(safe([], "strict", user), []);
    assert.ok(safe(["PrivateUsers=yes"], "basic", user).includes("NoNewPrivileges=yes"));
    assert.deepEqual(safe(["PrivateUsers=identity"], "basic", user), []);
    assert.deepEqual(safe(["PrivateTmp=yes"], "basic", user), []);
    const doubted = findings(["PrivateTmp=yes"], "basic", user).get("NoNewPrivileges")?.message ?? "";
    assert.match(
      doubted,
      /likely safe here, if the machine allows user namespaces, or it runs no set-user-ID programs/,
    );
    for (const lines of [[], ["PrivateUsers=identity"]])
      assert.equal(findings(lines, "basic", user).get("NoNewPrivileges")?.beyond, true, lines.join());
    assert.deepEqual(safe(["NoNewPrivileges=yes"], "basic", user), [
      "RestrictSUIDSGID=yes",
      "RestrictNamespaces=yes",
      "RestrictRealtime=yes",
      "LockPersonality=yes",
      "SystemCallArchitectures=native",
      `RestrictAddressFamilies=${NETLINK}`,
    ]);
  });

  it("lets a command set the name of the host or of the domain", () => {
    const line = "ExecStartPre=/bin/domainname -F /etc/defaultdomain";
    for (const name of ["ProtectHostname", "SystemCallFilter"] as const) {
      assert.equal(fits(name, line, "ExecStart=/usr/sbin/server").against, "not safe here: it runs domainname");
      assert.notEqual(fits(name, line.replace("=", "=+"), "ExecStart=/usr/sbin/server").safeValue, undefined);
    }
  });

  it("leaves programs that send pings the capability of their file", () => {
    const [pinger, other] = ["smokeping-prober", "snmp-exporter"].map(
      (it) => ["User=foo", `ExecStart=/usr/bin/prometheus-${it} $ARGS`] as const,
    );
    assert.match(fits("NoNewPrivileges", ...(pinger ?? [])).against ?? "", /sends pings/);
    assert.equal(fits("NoNewPrivileges", ...(other ?? [])).safeValue, "yes");
    const [of, without] = [pinger, other].map((it) => fits("CapabilityBoundingSet", ...(it ?? [])));
    assert.deepEqual([of?.safeValue, without?.safeValue], ["CAP_NET_RAW", ""]);
  });

  it("leaves /tmp to programs whose clients meet them there", () => {
    const lines = safe(["User=foo", "ExecStart=/usr/bin/dlt-daemon"]);
    for (const line of ["PrivateTmp=yes", "RestrictSUIDSGID=yes"]) assert.ok(!lines.includes(line), line);
    assert.ok(lines.includes("NoNewPrivileges=yes"));
  });

  it("leaves /etc to programs that make their keys there", () => {
    for (const line of ["/usr/bin/goiardi -c /etc/goiardi/goiardi.conf", "/usr/sbin/certmonger -n"]) {
      const { safeValue, lines, doubt } = fits("ProtectSystem", "User=foo", `ExecStart=${line}`);
      const own = `-/etc/${line.split(" ")[0]?.split("/").pop()}`;
      assert.deepEqual([safeValue, lines[0]?.split(/[= ]/).includes(own)], ["full", true], line);
      assert.match(doubt ?? "", /^if it saves nothing below \/etc but /, line);
      assert.ok(safe(["User=foo", `ExecStart=${line}`]).includes("NoNewPrivileges=yes"), line);
    }
  });

  it("leaves the set-uid helpers of mail and news systems their rights, as a user of their own, too", () => {
    for (const line of ["/usr/lib/news/bin/rc.news", "/usr/sbin/leafnode", "/usr/sbin/uucico -l"]) {
      const lines = safe(["User=news", `ExecStart=${line}`], "strict");
      assert.ok(lines.includes("ProtectSystem=full"), line);
      assert.deepEqual(
        lines.filter((it) =>
          /^(?:NoNewPrivileges|RestrictSUIDSGID|CapabilityBoundingSet|SystemCallFilter)=(?!~)/.test(it),
        ),
        [],
        line,
      );
    }
  });

  it("leaves what the unit switches off by itself", () => {
    const found = findings(["PrivateTmp=no"]).get("PrivateTmp");
    assert.equal(found?.severity, "warning");
    assert.equal(
      found?.message,
      "PrivateTmp=no leaves /tmp and /var/tmp shared with every other program; yes does not",
    );
    assert.ok(!safe(["PrivateTmp=no"]).some((it) => it.startsWith("PrivateTmp=")));
    assert.ok(safe(["ProtectSystem=yes"]).includes("ProtectSystem=full"));
    assert.equal(
      findings(["ProtectSystem=full"]).get("ProtectSystem")?.message,
      "ProtectSystem=full leaves /var and the rest writable; strict does not",
    );
  });
});
