import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import type { Finding } from "../../server/src/findings/finding.ts";
import { check } from "../../server/src/rules/check.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { findingsOf } from "../kit/fixture.ts";
import { expectLinear } from "../kit/growth.ts";
import { skip } from "../kit/skip.ts";
import { MACHINE_VERSION, verify } from "../kit/systemd.ts";

const STRICT = { profile: "strict" } as const;
const DIRECTORIES = /^hardening\/(?:state|cache|logs|runtime|configuration)-directory$/;

const service = (...lines: readonly string[]): string => `[Service]\n${lines.join("\n")}\n`;

/** The findings about directories, as `code severity "place"`. */
function found(lines: readonly string[], path = "d.service"): string[] {
  const text = service(...lines);
  return findingsOf(text, path, STRICT)
    .filter((it) => DIRECTORIES.test(it.code))
    .map((it) => `${it.code.slice(10)} ${it.severity} "${text.slice(it.start, it.end)}"`);
}

const codes = (...lines: readonly string[]): string[] => found(lines).map((it) => it.replace(/ .*/, ""));

/** The finding of a code, and the text after its first fix. */
function first(text: string, code: string, path = "d.service"): { readonly finding: Finding; readonly after: string } {
  const finding = findingsOf(text, path, STRICT).find((it) => it.code === code);
  const [fix] = finding?.fixes ?? [];
  assert.ok(finding && fix, `no fix for ${code} in ${text}`);
  return { finding, after: applyEdits(text, fix.edits()) };
}

describe("HARDENING.md row 9: hard-coded paths become *Directory= and specifiers", () => {
  it("for each of the five places, in one fix", () => {
    for (const [root, setting, specifier] of [
      ["/var/lib", "StateDirectory", "%S"],
      ["/var/cache", "CacheDirectory", "%C"],
      ["/var/log", "LogsDirectory", "%L"],
      ["/run", "RuntimeDirectory", "%t"],
      ["/var/run", "RuntimeDirectory", "%t"],
      ["/etc", "ConfigurationDirectory", "%E"],
    ] as const) {
      const code = `hardening/${setting.replace("D", "-d").toLowerCase()}`;
      const { finding, after } = first(service("User=d", `ExecStart=/usr/bin/d --file=${root}/d/x`), code);
      assert.equal(after, service("User=d", `ExecStart=/usr/bin/d --file=${specifier}/d/x`, `${setting}=d`));
      assert.equal(finding.directive, setting);
      assert.equal(finding.fixes.length, 1);
      assert.equal(finding.fixes[0]?.safe, false);
      assert.ok(!findingsOf(after, "d.service", STRICT).some((it) => it.code === code), after);
    }
  });

  it("wherever the unit names the directory: commands, environment, PID file, working directory", () => {
    const text = service(
      "Type=forking",
      "User=d",
      "PIDFile=/run/d/d.pid",
      "WorkingDirectory=/var/lib/d",
      "Environment=D_HOME=/var/lib/d 'D_LOG=/var/lib/d/a b'",
      "ExecStartPre=/bin/mkdir -p /var/lib/d/sub",
      "ExecStart=/usr/bin/d --pid /run/d/d.pid \\",
      "  --socket unix:/run/d/s",
    );
    const all = findingsOf(text, "d.service", STRICT).filter((it) => DIRECTORIES.test(it.code));
    assert.deepEqual(
      all.map((it) => it.code),
      ["hardening/state-directory", "hardening/runtime-directory"],
    );
    const { after } = first(first(text, "hardening/state-directory").after, "hardening/runtime-directory");
    assert.equal(
      after,
      service(
        "Type=forking",
        "User=d",
        "PIDFile=%t/d/d.pid",
        "WorkingDirectory=%S/d",
        "Environment=D_HOME=%S/d 'D_LOG=%S/d/a b'",
        "ExecStartPre=/bin/mkdir -p %S/d/sub",
        "ExecStart=/usr/bin/d --pid %t/d/d.pid \\",
        "  --socket unix:%t/d/s",
        "StateDirectory=d",
        "RuntimeDirectory=d",
      ),
    );
  });

  it("says what may break and how that shows", () => {
    const title = (code: string, ...lines: readonly string[]): string =>
      first(service(...lines), `hardening/${code}`).finding.fixes[0]?.title ?? "";
    assert.equal(
      title("state-directory", "User=web", "ExecStart=/usr/bin/d /var/lib/d/x"),
      "Add StateDirectory=d and use %S/d (an existing /var/lib/d becomes owned by web with mode 0755: other users may get EACCES)",
    );
    assert.equal(
      title("state-directory", "ExecStart=/usr/bin/d /var/lib/d/x"),
      "Add StateDirectory=d and use %S/d (/var/lib/d becomes owned by root with mode 0755: a program that switches users gets EACCES)",
    );
    assert.equal(
      title("runtime-directory", "DynamicUser=yes", "ExecStart=/usr/bin/d %t/d/x"),
      "Add RuntimeDirectory=d (/run/d is removed at every stop, including files of other programs)",
    );
    assert.match(
      title("configuration-directory", "ExecStart=/usr/bin/d /etc/d/x"),
      /\(existing files keep their owner and mode; not suitable for files that the program edits\)$/,
    );
  });

  it("is quieter for services of root, for configuration, and in user units", () => {
    assert.deepEqual(found(["User=d", "ExecStart=/usr/bin/d /var/lib/d/x /etc/d/x"]), [
      'state-directory info "/var/lib/d/x"',
      'configuration-directory hint "/etc/d/x"',
    ]);
    assert.deepEqual(found(["ExecStart=/usr/bin/d /var/lib/d/x"]), ['state-directory hint "/var/lib/d/x"']);
  });

  it("takes the directory that is the service's own, also inside of a family", () => {
    const name = (path: string, line: string, ...more: readonly string[]): string | undefined => {
      const found = findingsOf(service(line, ...more), path, STRICT).find((it) => DIRECTORIES.test(it.code));
      return found?.fixes[0]?.sets?.[0];
    };
    const node = "prometheus-node-exporter.service";
    assert.equal(
      name(node, "ExecStart=/usr/bin/x /var/lib/prometheus/node-exporter/f"),
      "StateDirectory=prometheus/node-exporter",
    );
    assert.equal(name("ntp.service", "ExecStart=/usr/sbin/ntpd /var/log/ntpd/f"), "LogsDirectory=ntpd");
    assert.equal(name("foo-server.service", "ExecStart=/usr/bin/x /var/lib/foo/f"), "StateDirectory=foo");
    assert.equal(name("x@.service", "ExecStart=/usr/bin/x /run/x/%i/sock"), "RuntimeDirectory=x/%i");
    assert.equal(name("x.service", "ExecStart=/usr/bin/x /var/lib/%p/f"), "StateDirectory=%p");
    assert.equal(name("y.service", "ExecStart=/usr/bin/x /var/lib/z/f", "User=z"), "StateDirectory=z");
  });

  it("leaves alone what is another's, a file, or covered already", () => {
    for (const lines of [
      ["ExecStart=/usr/bin/d /var/lib/mysql/f /etc/ssl/certs/x /etc/default/d /run/lock/d /var/lib/private/d/x"],
      ["ExecStart=/usr/bin/d --log /var/log/d --pid=/run/d.pid --config=/etc/d.conf --db /var/lib/d.db"],
      ["ExecStart=/usr/bin/d /var/lib/d/x", "StateDirectory=d"],
      ["ExecStart=/usr/bin/d /var/lib/d/x", "StateDirectory=%N"],
      ["ExecStart=/usr/bin/d /var/lib/%p/x", "StateDirectory=d:link"],
      ["ExecStart=/usr/bin/d /var/lib/d/x", "ReadWritePaths=/var/lib/d"],
      ["ExecStart=/usr/bin/d /etc/d/x", "ConfigurationDirectory=d"],
      ["ExecStart=/usr/bin/d /etc/d/x", "ReadWritePaths=/etc/d"],
      ["ExecStart=/usr/bin/d /var/lib/d/x", "RootDirectory=/srv/d"],
      ["ExecStart=/usr/bin/d -u nobody /var/lib/d/x"],
      ["ExecStart=/usr/bin/d --user=nobody /var/lib/d/x"],
      ["ExecStart=/usr/sbin/runuser -u d /usr/bin/d /var/lib/d/x"],
      ["ExecStart=/usr/bin/rsync host:/var/lib/d/x http://host/var/lib/d/x"],
      ["ExecStart=/usr/bin/d", "StandardOutput=append:/var/log/d/x"],
      ["ExecStart=/usr/bin/d /run/d/x", "Type=oneshot"],
      ["ExecStart=/usr/bin/podman run -v /var/lib/d/x:/x d"],
      ["ExecStart=/usr/sbin/redis-server /etc/d/x", "User=d"],
    ]) {
      assert.deepEqual(found(lines), [], lines.join("\n"));
    }
    assert.deepEqual(codes("ExecStart=/usr/bin/d --data-dir /var/lib/d", "User=d"), ["state-directory"]);
    assert.deepEqual(codes("ExecStart=/usr/bin/d /var/lib/d/", "User=d"), ["state-directory"]);
  });

  it("opens what is another's in a write-protected system, and never takes it over", () => {
    const strict = (line: string, ...more: readonly string[]): readonly string[] =>
      findingsOf(service(line, ...more), "d.service", STRICT)
        .find((it) => it.code === "hardening/protect-system")
        ?.fixes.findLast((it) => it.title.includes("strict with"))
        ?.sets?.slice(1) ?? [];
    assert.deepEqual(strict("ExecStart=/usr/bin/d --db /run/mysqld/mysqld.sock", "User=d"), [
      "ReadWritePaths=-/run/mysqld -/etc/d",
    ]);
    assert.deepEqual(strict("ExecStart=/usr/bin/d /var/lib/d /srv/media /var/log/d.log", "User=d"), [
      "StateDirectory=d",
      "ReadWritePaths=-/srv/media -/var/log/d.log -/etc/d",
    ]);
    assert.deepEqual(strict("ExecStart=/usr/bin/d -u nobody /var/lib/d/x"), ["ReadWritePaths=-/var/lib/d"]);
    assert.deepEqual(strict("ExecStart=/opt/d/bin/d --conf /opt/d/d.conf --pid /run/d.pid", "User=d"), [
      "ReadWritePaths=-/etc/d",
    ]);
  });

  it("sees directories by where they lie, whatever the option is called", () => {
    for (const [args, expected] of [
      ["--cache=/var/cache/d", ["cache-directory"]],
      ["--cache /var/cache/d", ["cache-directory"]],
      ["-d /var/lib/d", ["state-directory"]],
      ["--storage.tsdb.path=/var/lib/d", ["state-directory"]],
      ["--logs=/var/log/d", ["logs-directory"]],
      ["--socket=/run/d/d.sock", ["runtime-directory"]],
      ["--unix /run/d/d.sock --pidfile=/run/d/d.pid", ["runtime-directory"]],
      ["--db=/var/lib/d.sqlite --log=/var/log/d --sock /run/d", []],
    ] as const)
      assert.deepEqual(codes(`ExecStart=/usr/bin/d ${args}`, "User=d"), expected, args);
  });

  it("does not declare in /run what others use: instances, other services, sockets", () => {
    assert.deepEqual(found(["ExecStart=/usr/bin/d /run/d/sock"], "d@.service"), []);
    assert.deepEqual(found(["ExecStart=/usr/bin/d /run/d/%i.sock"], "d@.service"), []);
    assert.deepEqual(found(["ExecStart=/usr/bin/d /run/d/sock", "User=d"], "d-worker.service"), []);
    assert.deepEqual(found(["ExecStart=/usr/bin/d /run/d/sock", "Sockets=d.socket"]), []);
    const text = `[Unit]\nRequires=d.socket\n${service("ExecStart=/usr/bin/d /run/d/sock")}`;
    assert.ok(!findingsOf(text, "d.service", STRICT).some((it) => it.code === "hardening/runtime-directory"));
  });

  it("knows the places of user units, and leaves those of the system alone there", () => {
    const path = "/home/x/.config/systemd/user/d.service";
    assert.deepEqual(found(["ExecStart=/usr/bin/d /var/lib/d/x /etc/d/x /run/d/x"], path), []);
    const text = service("ExecStart=/usr/bin/d %h/.cache/d/x %h/.config/d/y");
    const { after } = first(text, "hardening/cache-directory", path);
    assert.equal(after, service("ExecStart=/usr/bin/d %C/d/x %h/.config/d/y", "CacheDirectory=d"));
  });

  it("is silent without the profile, in drop-ins, and where drop-ins declare it", () => {
    const text = service("User=d", "ExecStart=/usr/bin/d /var/lib/d/x");
    for (const profile of ["off", "basic"] as const)
      assert.ok(!findingsOf(text, "d.service", { profile }).some((it) => DIRECTORIES.test(it.code)));
    assert.deepEqual(found(["ExecStart=/usr/bin/d /var/lib/d/x"], "d.service.d/x.conf"), []);
    const path = unitPath("d.service");
    assert.ok(path);
    const merged = check(readUnit(path, text, 262, { dropIns: ["[Service]\nStateDirectory=d\n"] }), STRICT);
    assert.ok(!merged.some((it) => DIRECTORIES.test(it.code)));
  });

  it("is silenced above the header of the section and above the line", () => {
    const line = "ExecStart=/usr/bin/d /var/lib/d/x";
    for (const text of [
      `# unit-warden: ignore hardening -- no\n${service("User=d", line)}`,
      service("User=d", "# unit-warden: ignore hardening/state-directory -- shared", line),
    ]) {
      const left = findingsOf(text, "d.service", STRICT).map((it) => it.code);
      assert.ok(!left.includes("hardening/state-directory") && !left.includes("style/unused-suppression"), `${left}`);
    }
  });

  it("makes units that systemd takes as before", function () {
    if (MACHINE_VERSION === undefined) return skip(this, "there is no systemd-analyze");
    const text = service("User=root", "ExecStart=/bin/echo --x=/var/lib/d/x /var/log/d/l /run/d/s /etc/d/c");
    let after = text;
    for (const code of ["state", "logs", "runtime", "configuration"])
      ({ after } = first(after, `hardening/${code}-directory`));
    assert.deepEqual(verify("d.service", { "d.service": after }), verify("d.service", { "d.service": text }));
    assert.match(after, /ExecStart=\/bin\/echo --x=%S\/d\/x %L\/d\/l %t\/d\/s %E\/d\/c/);
  });

  it("stays linear", () => {
    for (const part of ["/var/lib/d/x ", "/var/lib", "mkdir -p ", "--a=", "unix:/run/d", "--port=8 "]) {
      const make = (size: number): string => service("User=d", `ExecStart=/usr/bin/d ${part.repeat(size)}/var/lib/d`);
      expectLinear(500, make, (text) => findingsOf(text, "d.service", STRICT));
    }
  });
});

/** The titles of the fixes of a finding. */
function titles(
  lines: readonly string[],
  code: string,
  profile: "basic" | "strict" = "strict",
  path?: string,
): string[] {
  const all = findingsOf(service(...lines), path ?? "d.service", { profile, beyond: true });
  return all.find((it) => it.code === code)?.fixes.map((it) => it.title) ?? [];
}

describe("HARDENING.md row 18: root for a port below 1024", () => {
  it("gives way to CAP_NET_BIND_SERVICE, at the port", () => {
    const lines = ["ExecStart=/usr/sbin/d --port 80 --data=/var/lib/d/x"];
    const text = service(...lines);
    const finding = findingsOf(text, "d.service", STRICT).find((it) => it.code === "hardening/dynamic-user");
    assert.equal(text.slice(finding?.start, finding?.end), "80");
    assert.equal(
      finding?.message,
      "ExecStart= listens on port 80, which does not require root: CAP_NET_BIND_SERVICE is enough",
    );
    const [dynamic, named] = finding?.fixes ?? [];
    assert.ok(dynamic && named && !dynamic.safe && !named.safe);
    const rest =
      "AmbientCapabilities=CAP_NET_BIND_SERVICE\nCapabilityBoundingSet=CAP_NET_BIND_SERVICE\nStateDirectory=d\n";
    assert.equal(applyEdits(text, dynamic.edits()), `${text}DynamicUser=yes\n${rest}`);
    assert.equal(applyEdits(text, named.edits()), `${text}User=d\n${rest}`);
    assert.match(named.title, /217\/USER/);
    const left = findingsOf(applyEdits(text, dynamic.edits()), "d.service", STRICT).map((it) => it.code);
    assert.ok(
      !left.includes("hardening/dynamic-user") && !left.some((it) => /^(?:sandbox|unit)\//.test(it)),
      `${left}`,
    );
  });

  it("sees the port of this machine alone", () => {
    const sees = (...lines: readonly string[]): boolean =>
      titles(lines, "hardening/dynamic-user").some((it) => it.includes("AmbientCapabilities="));
    for (const args of [
      "--listen=:80",
      "--bind 0.0.0.0:443",
      "-p 25",
      "--http-port=80",
      ":80",
      "--addr [::]:53",
      "udp:162",
      "tcp:80",
      "--urls http://0.0.0.0:80",
      "--urls=http://+:80",
      "-m http.server 80",
      "TCP4-LISTEN:80,fork TCP:10.0.0.2:8080",
      "--user tftp --port 69",
    ])
      assert.ok(sees(`ExecStart=/usr/sbin/d ${args}`), args);
    for (const args of [
      "--port 8080",
      "--server example.com:80",
      "--remote-port 80",
      "-p 3",
      "--upstream :80",
      "--port 80x",
    ])
      assert.ok(!sees(`ExecStart=/usr/sbin/d ${args}`), args);
    for (const line of ["User=d", "PrivateUsers=yes", "DynamicUser=yes"] as const)
      assert.ok(!sees("ExecStart=/usr/sbin/d --port 80", line), line);
    assert.ok(!sees("ExecStart=+/usr/sbin/d --port 80"));
  });

  it("sees the port in a line of a shell, and none that a client calls", () => {
    const at = (line: string): string | undefined => {
      const text = service(`ExecStart=${line}`);
      const it = findingsOf(text, "d.service", STRICT).find((it) => it.message.includes("listens on port"));
      return it && text.slice(it.start - 7, it.end);
    };
    assert.equal(at("/bin/sh -c 'sleep 1; exec /usr/sbin/d --port 80 -v'"), "--port 80");
    const variable = findingsOf(service("ExecStart=/usr/sbin/d", "Environment=A=b PORT=443"), "d.service", STRICT);
    assert.match(
      variable.find((it) => it.code === "hardening/dynamic-user")?.message ?? "",
      /^Environment= names port 443, which does not require root/,
    );
    assert.equal(at("/usr/bin/socat TCP-LISTEN:80,fork TCP:x:80")?.slice(-18), "TCP-LISTEN:80,fork");
    assert.equal(at("/usr/bin/php -S 0.0.0.0:80")?.slice(-10), "0.0.0.0:80");
    assert.equal(at("/usr/bin/rsync --daemon --port=873")?.slice(-3), undefined, "a file server stays with root");
    for (const line of ["/usr/bin/rsync -p 873 x", "/usr/bin/socat -p 25 x", "/bin/sh -c 'curl --port 80'"])
      assert.equal(at(line), undefined, line);
  });

  it("declares the same directories as the fix for a write-protected system", () => {
    const lines = ["--socket=/run/d/s", "--cache /var/cache/d", "--data /var/lib/d", "--log /var/log/d/x"];
    const text = service(`ExecStart=/usr/sbin/d --port 80 ${lines.join(" ")}`);
    const sets = (code: string, wanted: RegExp): readonly string[] =>
      findingsOf(text, "d.service", STRICT)
        .find((it) => it.code === code)
        ?.fixes.find((it) => wanted.test(it.title))?.sets ?? [];
    const rooms = ["StateDirectory=d", "CacheDirectory=d", "LogsDirectory=d", "RuntimeDirectory=d"];
    assert.deepEqual(sets("hardening/protect-system", /strict with/).slice(1), rooms);
    assert.deepEqual(sets("hardening/dynamic-user", /^Add DynamicUser=yes/).slice(3), rooms);
    assert.deepEqual(sets("hardening/dynamic-user", /^Add User=d/).slice(3), rooms);
  });

  it("is never left without the port, and never with a user that exists", () => {
    const all = (...lines: readonly string[]): string[] =>
      titles(["ExecStart=/usr/sbin/d --port 80", ...lines], "hardening/dynamic-user");
    const risk = "(files outside its *Directory= settings are read-only: EROFS or EACCES)";
    assert.deepEqual(
      all().filter((it) => /^Add DynamicUser=yes(?! with Ambient)/.test(it)),
      [],
    );
    assert.deepEqual(
      all("AmbientCapabilities=CAP_CHOWN").filter((it) => !it.startsWith("Add all")),
      [
        `Add DynamicUser=yes ${risk.replace(")", "; listening on port 80 needs AmbientCapabilities=CAP_NET_BIND_SERVICE, otherwise EACCES); not safe here: it runs with CAP_CHOWN")}`,
      ],
    );
    assert.match(
      titles(["ExecStart=/usr/sbin/nsd -d"], "hardening/dynamic-user")[0] ?? "",
      /listening on port 53 needs/,
    );
    const text = service("ExecStart=/usr/sbin/d --port 80", "User=root", "DynamicUser=no");
    const { after } = first(text, "hardening/dynamic-user");
    const rights = "AmbientCapabilities=CAP_NET_BIND_SERVICE\nCapabilityBoundingSet=CAP_NET_BIND_SERVICE\n";
    assert.equal(after, `${service("ExecStart=/usr/sbin/d --port 80", "DynamicUser=yes")}${rights}`);
    const plain = first(service("ExecStart=/usr/sbin/d", "User=root"), "hardening/dynamic-user");
    assert.equal(plain.after, service("ExecStart=/usr/sbin/d", "DynamicUser=yes"));
    assert.equal(plain.finding.message, "DynamicUser= is not set: with User=root the service runs as root");
    assert.match(
      titles(["ExecStart=/usr/sbin/d --user=nobody"], "hardening/dynamic-user")[0] ?? "",
      /remove options that switch users, otherwise EPERM/,
    );
  });

  it("adds to a bounding set only what is missing there", () => {
    const add = (line: string): readonly string[] => {
      const text = service("ExecStart=/usr/sbin/d --port 80", line);
      const found = findingsOf(text, "d.service", STRICT).find((it) => it.code === "hardening/dynamic-user");
      return found?.fixes[0]?.sets ?? [];
    };
    assert.ok(add("CapabilityBoundingSet=CAP_CHOWN").includes("CapabilityBoundingSet=CAP_NET_BIND_SERVICE"));
    assert.ok(!add("CapabilityBoundingSet=CAP_CHOWN CAP_NET_BIND_SERVICE").join().includes("Bounding"));
    assert.ok(!add("CapabilityBoundingSet=~CAP_CHOWN").join().includes("Bounding"));
  });
});

describe("a program in a home", () => {
  it("keeps its home readable, or gets its folder back", () => {
    const all = titles(["User=x", "ExecStart=/home/x/app/bin/run"], "hardening/protect-home", "basic");
    assert.match(all[0] ?? "", /^Add ProtectHome=read-only \(\/home\/x\/app\/bin\/run can still run; .*EROFS\)$/);
    assert.match(all[1] ?? "", /^Add ProtectHome=tmpfs with BindReadOnlyPaths=\/home\/x\/app \(.*ENOENT\)$/);
    const venv = ["User=x", "WorkingDirectory=/home/x/app", "ExecStart=/home/x/app/.venv/bin/run"];
    assert.match(titles(venv, "hardening/protect-home", "basic")[1] ?? "", /BindReadOnlyPaths=\/home\/x\/app \(/);
    const apart = ["User=x", "WorkingDirectory=/home/x/data", "ExecStart=/home/x/app/bin/run"];
    assert.match(titles(apart, "hardening/protect-home", "basic")[1] ?? "", /=\/home\/x\/app \/home\/x\/data \(/);
    const single = titles(["ExecStart=/root/run"], "hardening/protect-home", "basic");
    assert.match(single[1] ?? "", /BindReadOnlyPaths=\/root\/run /);
  });

  it("is never asked to hide it as a safe step", () => {
    const text = service("User=x", "ExecStart=/home/x/app/run");
    const found = findingsOf(text, "d.service", { profile: "basic" });
    const fixes = found.find((it) => it.code === "hardening/protect-home")?.fixes ?? [];
    for (const fix of fixes.filter((it) => it.safe)) assert.ok(!fix.sets?.includes("ProtectHome=tmpfs"), fix.title);
    for (const fix of fixes.slice(0, 2)) {
      const after = applyEdits(text, fix.edits());
      const left = findingsOf(after, "d.service", { profile: "basic" });
      assert.deepEqual(
        left.filter((it) => it.code.startsWith("sandbox/") || it.code === "hardening/protect-home"),
        [],
        fix.title,
      );
    }
  });

  it("is left to the other advice where it is none, or where the unit has decided", () => {
    assert.ok(!titles(["ExecStart=/usr/bin/d"], "hardening/protect-home", "basic").join().includes("Bind"));
    assert.ok(
      !titles(["ExecStart=/home/x/run", "ProtectHome=no"], "hardening/protect-home", "basic").join().includes("Bind"),
    );
  });
});

describe("HARDENING.md rows 13, 14 and 17: values that suit the kind of program", () => {
  it("row 14: families by kind", () => {
    const family = (program: string): string | undefined =>
      titles([`ExecStart=/usr/sbin/${program}`], "hardening/restrict-address-families", "basic")[0]?.replace(
        / \(.*/,
        "",
      );
    const usual = "Add RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6";
    assert.equal(family("tcpdump"), `${usual} AF_NETLINK AF_PACKET`);
    assert.equal(family("bluetoothd"), `${usual} AF_NETLINK AF_ALG AF_BLUETOOTH`);
    assert.equal(family("charon"), `${usual} AF_NETLINK AF_KEY AF_PACKET AF_ALG`);
    assert.equal(family("d"), usual);
  });

  it("calls by kind, with what belongs to them", () => {
    const text = service("ExecStart=/usr/sbin/chronyd");
    const found = findingsOf(text, "d.service", STRICT).find((it) => it.code === "hardening/system-call-filter");
    assert.deepEqual(found?.fixes[0]?.sets, [
      "SystemCallFilter=@system-service chroot @clock",
      "SystemCallErrorNumber=EPERM",
      "SystemCallArchitectures=native",
    ]);
    const after = applyEdits(text, found.fixes[0]?.edits() ?? []);
    assert.ok(!findingsOf(after, "d.service", STRICT).some((it) => it.code === "hardening/system-call-filter"));
  });

  it("row 13: runtimes that compile are not offered MemoryDenyWriteExecute=", () => {
    for (const [program, offered] of [
      ["/usr/bin/node /srv/a.js", false],
      ["/usr/sbin/d", true],
    ] as const) {
      const all = findingsOf(service(`ExecStart=${program}`), "d.service", STRICT).map((it) => it.code);
      assert.equal(all.includes("hardening/memory-deny-write-execute"), offered, program);
    }
  });
});
