import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { fitOf } from "../../server/src/hardening/fit.ts";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import { check } from "../../server/src/rules/check.ts";
import { factsOf } from "../../server/src/service/facts.ts";
import { programsOf } from "../../server/src/service/program.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { findings, fits, rowOf, safe, service, unitOf } from "./kit.ts";

describe("hardening: the isolated profile", () => {
  it("cuts the network off where the unit itself allows no sockets for it", () => {
    for (const families of ["AF_UNIX", "none"])
      assert.equal(fits("PrivateNetwork", `RestrictAddressFamilies=${families}`).safeValue, "yes", families);
    for (const families of ["AF_UNIX AF_NETLINK", "AF_UNIX AF_INET", "~AF_INET", ""])
      assert.equal(fits("PrivateNetwork", `RestrictAddressFamilies=${families}`).safeValue, undefined, families);
  });

  it("leaves netlink and abstract sockets to programs that need no other machine", () => {
    const unix = safe(["RestrictAddressFamilies=AF_UNIX AF_NETLINK"], "isolated");
    assert.ok(unix.includes("IPAddressDeny=any") && unix.includes("IPAddressAllow=localhost"), unix.join());
    assert.equal(
      fits("IPAddressDeny", "ExecStart=/usr/sbin/munged", "ExecReload=/bin/kill -HUP $MAINPID").safeValue,
      "any",
    );
    assert.equal(
      fits("IPAddressDeny", "ExecStart=/usr/sbin/munged", "ExecStartPost=/usr/bin/curl x").safeValue,
      undefined,
    );
    assert.equal(fits("IPAddressDeny").safeValue, undefined);
    assert.equal(
      fits("IPAddressDeny", "RestrictAddressFamilies=AF_UNIX").safeValue,
      undefined,
      "PrivateNetwork= is better",
    );
  });

  it("closes all ports to what opens none, and only likely all but those that lines name", () => {
    const of = (...lines: readonly string[]) => fits("SocketBindDeny", ...lines);
    const job = ["Type=oneshot", "ExecStart=/usr/bin/find /var/cache/x -mtime +7 -delete"];
    assert.deepEqual([of(...job).safeValue, of(...job).doubt], ["any", undefined]);
    assert.equal(fits("IPAddressDeny", ...job).safeValue, "any");
    assert.equal(fits("IPAddressDeny", "ExecStart=/usr/bin/curl https://x.example").safeValue, undefined);
    assert.equal(of("ExecStart=/usr/bin/curl https://x.example").doubt, undefined);
    assert.equal(of("ExecStart=/usr/bin/curl -P - ftp://x.example/y").safeValue, undefined);
    const named = of("ExecStart=/opt/x --port 8080 --metrics-port 9090");
    assert.deepEqual(named.lines, ["SocketBindAllow=8080", "SocketBindAllow=9090"]);
    assert.equal(named.doubt, "if it opens no ports but 8080 and 9090, and none that is free");
    assert.deepEqual(of("ExecStart=/opt/x", "Environment=PORT=9000").lines, ["SocketBindAllow=9000"]);
    assert.equal(of("ExecStart=-/opt/x", "StandardInput=socket").doubt, "if it opens no ports of its own");
    assert.equal(of("ExecStart=/opt/x").safeValue, undefined);
    assert.deepEqual(of("ExecStart=/usr/bin/alertmanager").lines, ["SocketBindAllow=9093"]);
    const given = unitOf("[Unit]\nRequires=x.socket\n[Service]\nExecStart=/usr/bin/alertmanager\n");
    assert.equal(fitOf(rowOf("SocketBindDeny"), factsOf(given)).doubt, "if it opens no ports of its own");
    assert.equal(of("ExecStart=/usr/bin/autossh -M 0 -N -L 5432:localhost:5432 db").safeValue, undefined);
    assert.equal(findings(["RestrictAddressFamilies=AF_UNIX"], "isolated").has("SocketBindDeny"), false);
  });

  it("lets a packaged program run what is installed and nothing that it writes", () => {
    const { safeValue, lines } = fits("NoExecPaths", "User=foo");
    assert.equal(safeValue, "/");
    assert.deepEqual(lines, ["ExecPaths=/usr"]);
    for (const line of [
      "ExecStart=/opt/foo/bin/foo",
      "ExecStart=/usr/bin/node /usr/share/foo/a.js",
      "ExecStart=/usr/bin/python3 /usr/share/foo/a.py",
      "ExecStart=/usr/sbin/nginx",
      "ExecStart=/etc/init.d/foo start",
      "ExecStart=/usr/sbin/postfix start",
    ])
      assert.equal(fits("NoExecPaths", line).safeValue, undefined, line);
  });

  it("gives an empty root to a dynamic user whose files are all named", () => {
    const lines = ["DynamicUser=yes", "StateDirectory=foo", "ExecStart=/usr/bin/gotosocial -d /var/lib/foo/x"];
    const all = safe(lines, "isolated");
    assert.ok(all.includes("RootDirectory=/run/confinement/%n"));
    assert.ok(all.includes("NoExecPaths=+/ +/dev/shm +/tmp +/var/lib/foo +/var/tmp"), all.join("\n"));
    assert.equal(all.filter((it) => it.startsWith("BindReadOnlyPaths=")).length, 1);
    for (const more of [
      ...["BusName=org.foo", "Environment=DATA=/srv/foo", "ExecStartPre=/opt/x"],
      ...["ReadWritePaths=/var/lib/foo", "RuntimeDirectory=foo", "EnvironmentFile=/etc/default/foo"],
      ...["ExecStartPre=/usr/bin/foo -c /etc/foo.conf", "ExecStartPre=/usr/bin/foo $OPTIONS"],
    ])
      assert.ok(!safe([...lines, more], "isolated").some((it) => it.startsWith("RootDirectory=")), more);
    assert.ok(!safe(["User=foo"], "isolated").some((it) => it.startsWith("RootDirectory=")));
  });

  it("keeps /usr read-only where the file system is, and leaves no place to write programs to", () => {
    const strict = safe(
      ["User=foo", "ProtectSystem=strict", "StateDirectory=foo", "ReadWritePaths=-/srv/foo"],
      "isolated",
    );
    assert.ok(strict.includes("BindReadOnlyPaths=/usr"));
    assert.ok(strict.includes("NoExecPaths=/ /dev/shm -/srv/foo /tmp /var/lib/foo /var/tmp"), strict.join("\n"));
    const full = safe(["User=foo"], "isolated");
    assert.ok(full.includes("ExecPaths=/usr") && !full.some((it) => it.startsWith("BindReadOnlyPaths=")));
  });

  it("goes on with what NoExecPaths=/ of the unit began", () => {
    const lines = safe(
      ["User=foo", "ExecStart=/usr/sbin/server --port=8080", "NoExecPaths=/", "ExecPaths=/usr"],
      "basic",
    );
    assert.ok(lines.includes("NoExecPaths=/dev/shm -/etc/foo -/etc/x /tmp /var/tmp"), lines.join("\n"));
  });

  it("keeps /run read-only where the mounts of the kernel would open it", () => {
    const kept = (...lines: string[]): number => safe(lines).filter((it) => it === "ReadOnlyPaths=/run").length;
    assert.equal(kept("User=foo", "ProtectSystem=strict"), 1);
    for (const lines of [
      ["User=foo"],
      ["ProtectSystem=strict", "ProtectProc=ptraceable"],
      ["DynamicUser=yes", "ReadWritePaths=/run"],
    ])
      assert.equal(kept(...lines), 0, lines.join());
  });
});

describe("hardening: what has no effect", () => {
  it("is ProtectProc= for a service that stays root", () => {
    assert.ok(!safe([]).some((it) => it.startsWith("ProtectProc=")));
    assert.match(
      findings([]).get("ProtectProc")?.message ?? "",
      /; without effect here: a service that runs as root sees all/,
    );
    for (const line of ["User=foo", "ExecStart=/usr/sbin/foo -u nobody", "CapabilityBoundingSet=CAP_SETUID CAP_SETGID"])
      assert.ok(safe([line]).includes("ProtectProc=invisible"), line);
    assert.ok(!safe(["User=foo", "AmbientCapabilities=CAP_SYS_PTRACE"]).includes("ProtectProc=invisible"));
    assert.ok(!safe(["User=foo", "Group=root"]).includes("ProtectProc=invisible"));
  });

  it("leaves no finding of the sandbox behind", () => {
    for (const lines of [[], ["User=foo"], ["User=foo", "Group=root"], ["Type=notify"], ["DynamicUser=yes"]]) {
      for (const profile of ["basic", "strict", "isolated"] as const) {
        const text = service(...lines);
        const hardened = applyEdits(text, hardenUnit(unitOf(text), profile).edits);
        const found = check(unitOf(hardened), { profile: "off" }).map((it) => it.code);
        assert.deepEqual(
          found.filter((it) => it.startsWith("sandbox/")),
          [],
          `${profile} on ${lines.join()}`,
        );
      }
    }
  });
});

describe("hardening: ProtectClock=", () => {
  it("opens the device that the unit names, as it lists those that are allowed, and only such a one", () => {
    const named = fits("ProtectClock", "ExecStart=/usr/sbin/foo /dev/ttyS0");
    assert.deepEqual(
      [named.safeValue, named.lines, named.doubt],
      ["yes", ["DeviceAllow=/dev/ttyS0 rw"], "if it opens only /dev/ttyS0, there when it starts"],
    );
    const { safeValue, against } = fits("ProtectClock", "ExecStart=/usr/sbin/foo /dev/ttyS%i");
    assert.equal(safeValue, undefined);
    assert.equal(against, "not safe here: with it only a few devices are allowed, and it uses /dev/ttyS%i");
    assert.equal(
      fits("ProtectClock", "ExecStart=/usr/sbin/foo /dev/ttyS0", "DeviceAllow=/dev/ttyS0 rw").safeValue,
      "yes",
    );
    assert.deepEqual(fits("ProtectClock", "ExecStart=/usr/sbin/openvpn x").lines, [
      "DeviceAllow=/dev/net/tun rw",
      "DeviceAllow=/dev/ppp rw",
    ]);
  });
});

describe("hardening: what a profile has done", () => {
  it("leaves out what the reader has switched off", () => {
    const text = service("User=foo");
    const severities = { "hardening/protect-home": "off", "hardening/private-tmp": "hint" } as const;
    const found = check(unitOf(text), { profile: "basic", severities });
    const all = found.flatMap((it) => it.fixes).find((it) => it.title.startsWith("Add all "));
    assert.ok(all);
    assert.ok(all.sets?.includes("PrivateTmp=yes"));
    assert.ok(!applyEdits(text, all.edits()).includes("ProtectHome="));
  });
});

describe("hardening: the command behind a wrapper", () => {
  it("is found behind options, assignments, lock files and users", () => {
    for (const [command, name] of [
      ["/usr/bin/env node /srv/a.js", "node"],
      ["/usr/bin/env -i A=b PATH=/x python3 /srv/a.py", "python3"],
      ["/usr/bin/env -u HOME -C /srv foo", "foo"],
      ["/usr/bin/nice -n 10 /usr/bin/foo", "foo"],
      ["/usr/bin/flock /run/lock /usr/bin/foo", "foo"],
      ["/sbin/runuser -u node -- /usr/bin/foo", "foo"],
      ["/usr/bin/timeout 5 foo", "foo"],
      ["/usr/bin/setpriv --reuid=1 java -jar x.jar", "java"],
      ["/usr/sbin/chroot /srv/root /bin/foo", "foo"],
    ] as const)
      assert.equal(programsOf(unitOf(service(`ExecStart=${command}`)))[0]?.names[1], name, command);
    assert.ok(factsOf(unitOf(service("ExecStart=/usr/bin/env node /srv/a"))).kinds.has("jit"));
  });
});
