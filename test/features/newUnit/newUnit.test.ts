import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { SPECIAL_UNITS } from "../../../server/src/facts/specialUnits.ts";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { unitPath } from "../../../server/src/families/unitFiles/unitPath.ts";
import { nameFor, portIn, userFor } from "../../../server/src/features/newUnit/naming.ts";
import type { NewFile, WantedService } from "../../../server/src/features/newUnit/wanted.ts";
import { newUnits } from "../../../server/src/features/newUnit.ts";
import { safeSettings } from "../../../server/src/hardening/hardening.ts";
import type { Profile } from "../../../server/src/hardening/profiles.ts";
import { check } from "../../../server/src/rules/check.ts";
import { readUnit } from "../../../server/src/units/readUnit.ts";
import type { Unit } from "../../../server/src/units/unit.ts";
import { skip } from "../../kit/skip.ts";
import { MACHINE_VERSION, verify } from "../../kit/systemd.ts";

const PLAIN: WantedService = {
  name: "shop",
  exec: "/usr/bin/shop",
  runAs: { kind: "suited" },
  start: { kind: "boot" },
  profile: "basic",
  scope: "system",
  version: NEWEST_VERSION,
};

const PROFILES = ["off", "basic", "strict", "isolated"] as const;

/** The files of a service. */
function filesOf(wanted: Partial<WantedService>): readonly NewFile[] {
  const made = newUnits({ ...PLAIN, ...wanted });
  assert.ok(made.kind === "files", made.kind === "refused" ? made.message : "");
  return made.files;
}

const textOf = (wanted: Partial<WantedService>): string => filesOf(wanted)[0]?.text ?? "";

function refusal(wanted: Partial<WantedService>): string {
  const made = newUnits({ ...PLAIN, ...wanted });
  return made.kind === "refused" ? `${made.about}: ${made.message}` : "made";
}

function unitOf({ name, text }: NewFile, scope: "system" | "user" = "system"): Unit {
  const path = unitPath(`/etc/systemd/${scope}/${name}`);
  assert.ok(path);
  return readUnit(path, text, NEWEST_VERSION);
}

/** Services of all kinds that people write. */
const SERVICES: Readonly<Record<string, Partial<WantedService>>> = {
  web: { exec: "/usr/bin/python3 -m http.server 8080", port: 8080 },
  node: {
    name: "shop",
    exec: "/usr/bin/node /opt/shop/server.js --port 3000 --data /var/lib/shop --cache=/var/cache/shop/x",
    port: 3000,
  },
  named: {
    exec: "/usr/sbin/shopd --log /var/log/shop/shop.log --key-file /etc/ssl/private/shop.key",
    runAs: { kind: "user", name: "shop" },
  },
  root: { exec: "/usr/local/sbin/watch-things --all", runAs: { kind: "root" } },
  low: { exec: "/usr/bin/caddy run --config /etc/caddy/Caddyfile", port: 443 },
  piped: {
    exec: "/usr/bin/pg_dumpall | gzip > /var/backups/all.gz",
    runAs: { kind: "root" },
    start: { kind: "timer", calendar: "daily" },
  },
  job: { exec: "/usr/bin/rsync -a /srv/a /srv/b", start: { kind: "timer", calendar: "Mon..Fri 06:30" } },
  proxy: {
    exec: "/usr/lib/systemd/systemd-socket-proxyd 127.0.0.1:3000",
    start: { kind: "socket", listen: "/run/shop.sock" },
  },
  hand: { exec: "/opt/x/bin/x 'a b' 100%", start: { kind: "manual" } },
  variables: { exec: "PORT=3000 NAME='a b' /usr/bin/app --listen $PORT" },
  secret: { exec: "/usr/bin/app --api-token=abcdef0123456789abcdef" },
  java: { exec: "/usr/bin/java -Xmx1g -jar /srv/shop/shop-1.2.jar" },
  template: { name: "work@", exec: "/usr/bin/worker --queue %i" },
  mine: { exec: "/usr/bin/syncthing serve", scope: "user", runAs: { kind: "root" } },
};

describe("features: a new unit", () => {
  it("is a service as people write one, hardened for its command", () => {
    assert.equal(
      textOf({ profile: "off", exec: "/usr/bin/shop --port 3000", documentation: ["man:shop(8)"], port: 3000 }),
      `[Unit]
Description=shop
Documentation=man:shop(8)
After=network.target

[Service]
Type=exec
ExecStart=/usr/bin/shop --port 3000
Restart=on-failure
DynamicUser=yes
WorkingDirectory=%S/shop
StateDirectory=shop
Environment=HOME=%S/shop

[Install]
WantedBy=multi-user.target
`,
    );
    const text = textOf({ runAs: { kind: "user", name: "shop" } });
    for (const line of ["User=shop", "ProtectSystem=strict", "PrivateTmp=yes", "RestrictRealtime=yes"])
      assert.ok(text.includes(`\n${line}\n`), line);
    assert.doesNotMatch(text, /Documentation|DynamicUser/);
  });

  it("has no finding at its profile, and nothing safe that is missing", () => {
    for (const [name, wanted] of Object.entries(SERVICES))
      for (const profile of PROFILES) {
        const files = filesOf({ name, ...wanted, profile });
        for (const file of files) {
          const unit = unitOf(file, wanted.scope);
          assert.deepEqual(
            check(unit, { profile }).map((it) => `${it.code}: ${it.message}`),
            [],
            `${file.name} ${profile}\n${file.text}`,
          );
          assert.deepEqual(safeSettings(unit, profile), [], file.name);
        }
      }
  });

  it(`is accepted by systemd-analyze verify${MACHINE_VERSION ? "" : " (skipped: no systemd)"}`, function () {
    if (!MACHINE_VERSION) return skip(this, "there is no systemd-analyze of a known version");
    for (const [name, wanted] of Object.entries(SERVICES)) {
      if (wanted.scope === "user") continue;
      for (const profile of ["off", "isolated"] as const) {
        const files = filesOf({ name, ...wanted, profile, version: MACHINE_VERSION });
        const texts = Object.fromEntries(files.map((it) => [it.name, it.text]));
        for (const file of files) {
          const told = verify(file.name.replace("@.", "@one."), texts).filter(
            (it) =>
              it !== "" && !/is not executable: No such file|Failed to (?:prepare|add)|unit .*not found/i.test(it),
          );
          assert.deepEqual(told, [], `${file.name} ${profile}\n${file.text}`);
        }
      }
    }
  });

  it("puts state, cache, logs and secrets into their places, and names them as the program takes them", () => {
    const text = textOf({ ...SERVICES.node });
    assert.match(text, /--data %S\/shop --cache=%C\/shop\/x$/m);
    assert.match(text, /^StateDirectory=shop$/m);
    assert.match(text, /^CacheDirectory=shop$/m);
    const named = textOf({ ...SERVICES.named });
    assert.match(named, /^ExecStart=\/usr\/sbin\/shopd --log %L\/shop\/shop\.log --key-file %d\/shop\.key$/m);
    assert.match(named, /^LogsDirectory=shop$/m);
    assert.match(named, /^LoadCredential=shop\.key:\/etc\/ssl\/private\/shop\.key$/m);
  });

  it("takes a secret out of the command, and says where to write it", () => {
    const made = newUnits({ ...PLAIN, ...SERVICES.secret });
    assert.ok(made.kind === "files");
    assert.doesNotMatch(made.files[0]?.text ?? "", /abcdef/);
    assert.match(
      made.notes.join("\n"),
      /^Write the secret to \/etc\/credstore\/api-token: .* as --api-token-file=%d\/api-token\.$/m,
    );
  });

  it("starts at boot, on a timer, on the first connection or by hand", () => {
    const installs = (wanted: Partial<WantedService>): string[] =>
      filesOf(wanted).map(({ name, text }) => `${name} ${/^WantedBy=(.*)$/m.exec(text)?.[1] ?? "-"}`);
    assert.deepEqual(installs({}), ["shop.service multi-user.target"]);
    assert.deepEqual(installs({ scope: "user", runAs: { kind: "root" } }), ["shop.service default.target"]);
    assert.deepEqual(installs({ start: { kind: "manual" } }), ["shop.service -"]);
    assert.deepEqual(installs({ start: { kind: "timer", calendar: "daily" } }), [
      "shop.service -",
      "shop.timer timers.target",
    ]);
    assert.deepEqual(installs({ start: { kind: "socket", listen: "8080" } }), [
      "shop.service -",
      "shop.socket sockets.target",
    ]);
    assert.match(textOf({ start: { kind: "timer", calendar: "daily" } }), /^Type=oneshot$/m);
  });

  it("starts when a file changes, as a job that ends", () => {
    const start = { kind: "path", condition: "DirectoryNotEmpty", path: "/var/spool/%p" } as const;
    const [service, path] = filesOf({ start });
    assert.match(service?.text ?? "", /^Type=oneshot$/m);
    assert.equal(path?.name, "shop.path");
    assert.match(
      path?.text ?? "",
      /\n\[Path\]\nDirectoryNotEmpty=\/var\/spool\/%p\n\n\[Install\]\nWantedBy=paths\.target\n$/,
    );
  });

  it("names no target that only the system has in units of a user", () => {
    const ofSystem = new Set(SPECIAL_UNITS.system.map((it) => it.name));
    for (const it of SPECIAL_UNITS.user) ofSystem.delete(it.name);
    const starts = [
      { kind: "boot" },
      { kind: "timer", calendar: "daily" },
      { kind: "socket", listen: "%t/a.sock" },
      { kind: "path", condition: "PathChanged", path: "%h/in" },
    ] as const;
    for (const start of starts)
      for (const { text } of filesOf({
        exec: "/usr/bin/curl https://example.com",
        port: 8080,
        scope: "user",
        runAs: { kind: "root" },
        start,
      }))
        assert.deepEqual(
          text.split(/[\s=]+/).filter((it) => ofSystem.has(it)),
          [],
        );
  });

  it("lets a user that is not root open a low port", () => {
    assert.match(textOf({ port: 443 }), /^AmbientCapabilities=CAP_NET_BIND_SERVICE$/m);
    assert.doesNotMatch(textOf({ port: 443, runAs: { kind: "root" } }), /Ambient/);
    assert.doesNotMatch(textOf({ port: 8443 }), /Ambient/);
  });

  it("leads the reader to the description that was made up, else to the command", () => {
    const looked = (wanted: Partial<WantedService>): string[] =>
      filesOf(wanted).map(
        ({ text, look }) => `${text.slice(0, look.start).split("\n").at(-1)}|${text.slice(look.start, look.end)}`,
      );
    assert.deepEqual(looked({ start: { kind: "timer", calendar: "daily" } }), [
      "Description=|shop",
      "OnCalendar=|daily",
    ]);
    const path = { kind: "path", condition: "DirectoryNotEmpty", path: "/srv/in" } as const;
    assert.equal(looked({ start: path })[1], "DirectoryNotEmpty=|/srv/in");
    assert.deepEqual(looked({ description: "Web  shop\n100%" }), ["ExecStart=/usr/bin/shop|"]);
    assert.match(textOf({ description: "Web  shop\n100%" }), /^Description=Web shop 100%%$/m);
  });

  it("runs as who has the fewest rights that do for the command", () => {
    const lines = (wanted: Partial<WantedService>): readonly string[] =>
      textOf({ profile: "off", ...wanted })
        .split("\n")
        .filter((it) => /^(?:User|DynamicUser|AmbientCapabilities|SupplementaryGroups|Environment)=/.test(it));
    const own = ["DynamicUser=yes", "Environment=HOME=%S/shop"];
    assert.deepEqual(lines({}), own);
    assert.deepEqual(lines({ exec: "HOME=/srv/shop /usr/bin/shop" }), [
      "Environment=HOME=/srv/shop",
      "DynamicUser=yes",
    ]);
    const low = lines({ exec: "/usr/bin/python3 -m http.server 443" });
    assert.deepEqual(new Set(low), new Set([...own, "AmbientCapabilities=CAP_NET_BIND_SERVICE"]));
    assert.ok(lines({ exec: "/usr/bin/socat /dev/ttyUSB0 -" }).includes("SupplementaryGroups=dialout"));
    assert.deepEqual(lines({ exec: "/home/me/bot/bot.py" }), ["User=me"]);
    assert.deepEqual(lines({ exec: "/usr/bin/rsync -a /home/me/ /srv/copy/" }), []);
    assert.deepEqual(lines({ exec: "/usr/bin/cmp /home/me/a /home/you/a" }), []);
    assert.deepEqual(lines({ exec: "/usr/bin/redis-server /etc/redis/redis.conf" }), ["User=redis"]);
    for (const exec of ["/usr/bin/docker run x", "/usr/bin/systemctl restart x", "/usr/bin/x /dev/watchdog"])
      assert.deepEqual(lines({ exec }), [], exec);
    assert.deepEqual(lines({ exec: "/usr/bin/docker run x", runAs: { kind: "user", name: "me" } }), [
      "User=me",
      "SupplementaryGroups=docker",
    ]);
  });

  it("says of a user unit that its low port is closed", () => {
    const made = newUnits({ ...PLAIN, scope: "user", exec: "/usr/bin/python3 -m http.server 80" });
    assert.match(made.kind === "files" ? made.notes.join() : "", /^Port 80 is closed to users: /);
  });

  it("refuses what systemd would, and says which answer has to change", () => {
    assert.match(refusal({ exec: "shop" }), /^exec: "shop" is not an absolute path/);
    assert.match(refusal({ name: "a b" }), /^name: "a b" is not a valid service name/);
    assert.match(refusal({ name: "a.timer" }), /^name: /);
    assert.match(refusal({ name: "../a" }), /^name: /);
    assert.match(refusal({ runAs: { kind: "user", name: "a b" } }), /^user: /);
    assert.match(
      refusal({ scope: "user", runAs: { kind: "dynamic" } }),
      /^user: A user unit runs as the user of the manager/,
    );
    assert.match(refusal({ port: 70_000 }), /^port: /);
    assert.match(refusal({ start: { kind: "timer", calendar: "*-13-*" } }), /^calendar: The month "13" in OnCalendar=/);
    assert.match(refusal({ start: { kind: "timer", calendar: "daily\n[Service]" } }), /^calendar: /);
    assert.match(refusal({ start: { kind: "socket", listen: "run/x" } }), /^listen: /);
    assert.match(refusal({ start: { kind: "path", condition: "PathExists", path: "spool" } }), /^path: /);
    assert.match(refusal({ start: { kind: "path", condition: "PathExists", path: "/a\nExec=x" } }), /^path: /);
    assert.match(refusal({ start: { kind: "socket", listen: "80\nExec=x" } }), /^listen: /);
    assert.match(refusal({ documentation: ["the manual"] }), /^documentation: /);
    assert.match(refusal({ documentation: ["man:a(1)\nX=y"] }), /^documentation: /);
  });

  it("never says more than was asked for, whatever the answers hold", () => {
    const any = fc.string({ unit: fc.constantFrom(..."ab \n[]=%$\\\"';#/|"), maxLength: 12 });
    const profile = fc.constantFrom<Profile>(...PROFILES);
    fc.assert(
      fc.property(any, any, profile, (args, description, it) => {
        const made = newUnits({ ...PLAIN, exec: `/usr/bin/x ${args}`, description, profile: it });
        if (made.kind === "refused") return;
        const [file] = made.files;
        assert.ok(file);
        const { sections, nodes } = unitOf(file).file;
        assert.deepEqual(
          sections.map((section) => section.name),
          ["Unit", "Service", "Install"],
        );
        const starts = nodes.filter((node) => node.kind === "assignment" && node.key === "ExecStart");
        assert.equal(starts.length, 1, file.text);
      }),
      { numRuns: 300 },
    );
  });

  it("has no finding, whatever options the command has that are right in themselves", () => {
    const programs = [
      "/usr/bin/python3 -m http.server",
      "/usr/bin/node /opt/shop/server.js",
      "/usr/sbin/nginx -g 'daemon off;'",
      "/usr/local/bin/app",
      "/usr/bin/java -jar /srv/a/a.jar",
      "/home/me/run.sh",
      "/bin/sh -c 'a | b'",
      "/usr/sbin/smartd -n",
      "/usr/bin/certbot renew",
      "/usr/bin/mysqldump -psecret99x db",
      "/usr/sbin/openvpn --config /etc/openvpn/a.conf",
      "/usr/bin/sudo -u x /bin/y",
    ];
    const options =
      "--port 80,--listen 8080,--data /var/lib/shop,--data=/var/lib/shop/x,--log /var/log/shop/x.log,--config /etc/shop/x.conf,--key-file /etc/shop/api.key,--token abcdef0123456789,--password=hunter22xx,--cache /var/cache/shop,--dir /home/me/x,--tmp /tmp/x,--device /dev/ttyUSB0,--socket /run/other/x.sock,$FOO,'100%',> /var/log/shop/out.log,&& /bin/true";
    const runs = [{ kind: "suited" }, { kind: "root" }, { kind: "user", name: "shop" }] as const;
    const starts = [
      { kind: "boot" },
      { kind: "timer", calendar: "daily" },
      { kind: "socket", listen: "/run/a.sock" },
    ] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...programs),
        fc.array(fc.constantFrom(...options.split(",")), { maxLength: 4 }),
        fc.constantFrom(...runs),
        fc.constantFrom(...starts),
        fc.constantFrom(...PROFILES),
        (program, more, runAs, start, profile) => {
          // A server that a timer starts never ends, which is a finding.
          if (start.kind === "timer" && /nginx|smartd|openvpn|http\.server/.test(program)) return;
          // A program behind a socket opens no port of its own: one below 1024 stays closed, which is a finding.
          if (start.kind === "socket" && more.includes("--port 80")) return;
          // A user that may gain no privileges has no use for sudo, and is told so.
          const user = program.includes("sudo") ? ({ kind: "root" } as const) : runAs;
          const made = newUnits({ ...PLAIN, exec: [program, ...more].join(" "), runAs: user, start, profile });
          assert.ok(made.kind === "files");
          assert.deepEqual(
            made.notes.filter((it) => it.startsWith("shop.")),
            [],
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it("tells of what is wrong with the command itself", () => {
    const made = newUnits({ ...PLAIN, exec: "/usr/bin/app https://me:pass99word@db/x" });
    assert.match(made.kind === "files" ? made.notes.join("\n") : "", /^shop\.service: ExecStart= contains a password/m);
  });

  it("is named after the program, the script or the folder that it lies in", () => {
    const names: Readonly<Record<string, string | undefined>> = {
      "/usr/bin/python3 -m http.server 8080": "http-server",
      "/usr/bin/node /opt/shop/server.js": "shop",
      "/usr/bin/node /srv/shop/dist/index.js": "shop",
      "/usr/bin/java -jar /srv/x/shop-1.2.jar": "shop",
      "/usr/local/bin/gitea web": "gitea",
      "/usr/bin/env python3 /opt/tools/sync.py": "sync",
      "/usr/bin/pg_dumpall | gzip > /x": "pg_dumpall",
      "PORT=1 /usr/bin/foo": "foo",
      foo: undefined,
      "": undefined,
    };
    for (const [typed, name] of Object.entries(names)) assert.equal(nameFor(typed), name, typed);
    assert.deepEqual(["Shop.2", "9x", "--", "a".repeat(40)].map(userFor), ["shop-2", "x", "service", "a".repeat(31)]);
  });

  it("finds the port among the options", () => {
    assert.deepEqual(
      [
        "/x --port 3000",
        "/x --listen=[::]:8080",
        "/x -p 80",
        "PORT=5000 /x",
        "/x --timeout 3000",
        "/x --port 99999",
      ].map(portIn),
      [3000, 8080, 80, 5000, undefined, undefined],
    );
  });
});
