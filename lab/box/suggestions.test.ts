import assert from "node:assert/strict";
import { after, before, describe, it } from "mocha";
import { confine } from "../../server/src/hardening/profile.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { unitOf } from "../../test/hardening/kit.ts";
import { type Box, NO_BOX, startBox } from "../../test/kit/box.ts";
import { findingsOf } from "../../test/kit/fixture.ts";
import { skip } from "../../test/kit/skip.ts";

/** What the suggestions say of directories, credentials and ports, in a running systemd. */
describe(`the suggestions in a running systemd${NO_BOX ? ` (skipped: ${NO_BOX})` : ""}`, () => {
  let box: Box | undefined;
  before(function () {
    if (NO_BOX) return skip(this, NO_BOX);
    box = startBox();
  });
  after(() => {
    box?.stop();
  });

  /** Runs a line of shell in the box. */
  const sh = (line: string): string => box?.run("sh", "-c", line).output.trim() ?? "";
  const put = (name: string, text: string): void => {
    box?.put(`/etc/systemd/system/${name}`, text);
    sh("systemctl daemon-reload");
  };
  /** Starts a service: whether it came up, and what the log says. */
  const start = (name: string): { readonly well: boolean; readonly log: string } => {
    const well = box?.run("systemctl", "start", name).status === 0;
    sh("journalctl --sync");
    return { well, log: sh(`journalctl -u ${name} -o cat --no-pager`) };
  };

  it("hardening/state-directory: an existing directory changes its owner and its mode", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    for (const [name, line, owner] of [
      ["own-root", "", "root"],
      ["own-user", "User=daemon", "daemon"],
    ] as const) {
      sh(
        `mkdir -p /var/lib/${name}/sub; touch /var/lib/${name}/sub/f; chown -R nobody /var/lib/${name}; chmod 700 /var/lib/${name}`,
      );
      put(
        `${name}.service`,
        suggested(`${name}.service`, `[Service]\nType=oneshot\n${line}\nExecStart=/bin/ls /var/lib/${name}/sub/\n`),
      );
      assert.ok(start(`${name}.service`).well, name);
      assert.equal(sh(`stat -c '%U %a' /var/lib/${name}`), `${owner} 755`);
      assert.equal(sh(`stat -c %U /var/lib/${name}/sub/f`), owner);
    }
  });

  it("hardening/configuration-directory: what exists stays as it is, and its mode is noted", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    sh("mkdir -p /etc/cfg; touch /etc/cfg/f; chown -R daemon /etc/cfg; chmod 700 /etc/cfg");
    put("cfg.service", suggested("cfg.service", "[Service]\nType=oneshot\nExecStart=/bin/ls /etc/cfg/f\n"));
    const { well } = start("cfg.service");
    // What was said by a process that is gone may stand under no unit.
    const log = sh("journalctl -o cat --no-pager");
    assert.ok(well && /\bcfg\b.*mode is different/.test(log), log);
    assert.equal(sh("stat -c '%U %a' /etc/cfg"), "daemon 700");
  });

  it("hardening/runtime-directory: it is removed at every stop, also where another instance runs", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    put("rt.service", suggested("rt.service", "[Service]\nExecStart=/bin/sh -c 'touch /run/rt/f; sleep 60'\n"));
    assert.ok(start("rt.service").well);
    assert.equal(sh("ls -d /run/rt"), "/run/rt");
    sh("systemctl stop rt.service");
    assert.equal(sh("ls -d /run/rt"), "");
    put("many@.service", "[Service]\nExecStart=/bin/sleep 60\nRuntimeDirectory=many\n");
    assert.ok(start("many@a.service").well && start("many@b.service").well);
    sh("systemctl stop many@a.service");
    assert.equal(sh("systemctl is-active many@b.service; ls -d /run/many"), "active");
  });

  it("hardening/runtime-directory: of a oneshot service it goes when the job is done", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    put("job.service", "[Service]\nType=oneshot\nExecStart=/bin/touch /run/job/f\nRuntimeDirectory=job\n");
    assert.ok(start("job.service").well);
    assert.equal(sh("ls -d /run/job"), "");
  });

  it("the specifiers stand for the same places in a system unit, and for those of the user in a user unit", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const text = "[Service]\nType=oneshot\nExecStart=/bin/echo =%S=%C=%L=%t=%E=\n";
    put("places.service", text);
    assert.match(start("places.service").log, /^=\/var\/lib=\/var\/cache=\/var\/log=\/run=\/etc=$/m);
    box.put("/etc/systemd/user/places.service", text);
    sh(
      "systemctl start dbus.socket dbus.service user@0.service; XDG_RUNTIME_DIR=/run/user/0 systemctl --user start places.service; journalctl --sync",
    );
    const places = ["/root/.local/state", "/root/.cache", "/root/.local/state/log", "/run/user/0", "/root/.config"];
    const log = sh("journalctl -o cat --no-pager | tail -n 20");
    assert.ok(log.includes(`\n=${places.join("=")}=`), log);
  });

  it("sandbox/secret-in-unit: every user reads the environment and the arguments", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const text =
      "[Service]\nExecStart=/bin/sh -c 'sleep 60; true' - --token=hush-argument\nEnvironment=DB_PASSWORD=hush-variable\n";
    assert.equal(codes(text, "off").filter((it) => it === "sandbox/secret-in-unit").length, 2);
    put("open.service", text);
    assert.ok(start("open.service").well);
    sh("systemctl start dbus.socket dbus.service");
    const shown = sh("su -s /bin/sh nobody -c 'systemctl show open.service -p Environment,ExecStart'");
    assert.match(shown, /hush-variable/);
    assert.match(shown, /hush-argument/);
    assert.match(
      sh("su -s /bin/sh nobody -c 'cat /proc/$(systemctl show -P MainPID open.service)/cmdline'"),
      /hush-argument/,
    );
  });

  it("sandbox/secret-in-unit: the fix ends with 243/CREDENTIALS until the secret is written, then hands it over", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const text =
      "[Service]\nType=oneshot\nUser=daemon\nExecStart=/bin/sh -c 'cat \"$$A_TOKEN_FILE\"'\nEnvironment=A_TOKEN=hush-fixed\n";
    put("fixed.service", suggested("fixed.service", text));
    assert.match(start("fixed.service").log, /243\/CREDENTIALS|Failed to set up credentials/);
    sh("mkdir -p -m 700 /etc/credstore; echo hush-file > /etc/credstore/a_token; chmod 600 /etc/credstore/a_token");
    const { well, log } = start("fixed.service");
    assert.ok(well && log.includes("hush-file"), log);
  });

  it("sandbox/secret-in-unit: curl takes its user and its header from credentials, also in a line of a shell", function () {
    if (!box || sh("command -v curl") === "") return skip(this, "nothing can be started in a box");
    const ask = `curl -sv -u me:hush-user -H "X-Token: hush-header" http://127.0.0.1:8099/nothing`;
    const server = "python3 -m http.server 8099 --bind 127.0.0.1 & sleep 2";
    const text = `[Service]\nType=oneshot\nUser=daemon\nExecStart=/bin/sh -c '${server}; ${ask} 2>&1'\n`;
    const changed = suggested("asks.service", text);
    assert.ok(changed.includes("-K %d/curl -H @%d/header") && !changed.includes("hush-"), changed);
    put("asks.service", changed);
    sh(
      `mkdir -p -m 700 /etc/credstore; echo 'user = "me:hush-user"' > /etc/credstore/curl; echo 'X-Token: hush-header' > /etc/credstore/header`,
    );
    const { well, log } = start("asks.service");
    assert.ok(well, log);
    assert.match(log, /> Authorization: Basic bWU6aHVzaC11c2Vy/);
    assert.match(log, /> X-Token: hush-header/);
  });

  it("hardening/dynamic-user: a user that exists is taken in place of one that systemd makes up, also root", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const text = "[Service]\nType=exec\nUser=root\nExecStart=/usr/bin/id -u\n";
    const logOf = (name: string): string =>
      sh(`systemctl start --wait ${name}; journalctl --sync; journalctl -u ${name} -o cat --no-pager`);
    put("stays.service", `${text}DynamicUser=yes\n`);
    assert.match(logOf("stays.service"), /^0$/m);
    const found = findingsOf(text, "leaves.service", { profile: "strict" }, 257);
    const fixes = found.find((it) => it.code === "hardening/dynamic-user")?.fixes ?? [];
    put("leaves.service", applyEdits(text, fixes[0]?.edits() ?? []));
    assert.match(logOf("leaves.service"), /^6\d{4}$/m);
  });

  it("hardening/protect-system: another's directory is opened and stays another's", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    sh("mkdir -p /run/others /var/lib/mine; chown daemon /run/others /var/lib/mine");
    const text = "[Service]\nType=oneshot\nUser=daemon\nExecStart=/usr/bin/touch /run/others/f /var/lib/mine/f\n";
    const found = findingsOf(text, "mine.service", { profile: "strict" }, 257);
    const fix = found
      .find((it) => it.code === "hardening/protect-system")
      ?.fixes.find((it) => it.title.includes("strict with"));
    assert.deepEqual(fix?.sets, ["ProtectSystem=strict", "StateDirectory=mine", "ReadWritePaths=-/run/others"]);
    put("mine.service", applyEdits(text, fix?.edits() ?? []));
    const { well, log } = start("mine.service");
    assert.ok(well, log);
    assert.equal(sh("stat -c %U /run/others/f /var/lib/mine/f"), "daemon\ndaemon");
  });

  it("hardening/load-credential: a service without rights reads its copy of root's key", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    sh("mkdir -p -m 700 /etc/keys; echo secret-key > /etc/keys/x.key; chmod 600 /etc/keys/x.key");
    const text = "[Service]\nType=oneshot\nUser=daemon\nExecStart=/bin/cat /etc/keys/x.key\n";
    put("key.service", text);
    assert.match(start("key.service").log, /Permission denied/);
    const changed = suggested("key.service", text);
    assert.match(changed, /ExecStart=\/bin\/cat %d\/x\.key\nLoadCredential=x\.key:\/etc\/keys\/x\.key\n/);
    put("key.service", changed);
    const { well, log } = start("key.service");
    assert.ok(well && log.includes("secret-key"), log);
    assert.equal(sh("ls -d /run/credentials/key.service"), "");
  });

  it("hardening/dynamic-user: CAP_NET_BIND_SERVICE is enough for a port below 1024", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    const bind =
      '/usr/bin/python3 -c \'import os, socket; socket.socket().bind(("127.0.0.1", 80)); print("bound by", os.getuid())\' --port 80';
    const text = `[Service]\nExecStart=${bind}\n`;
    const found = findingsOf(text, "low.service", { profile: "strict" }, 257);
    const fixes = found.find((it) => it.code === "hardening/dynamic-user")?.fixes ?? [];
    const changed = applyEdits(text, fixes[0]?.edits() ?? []).replace("\n", "\nType=oneshot\n");
    put("low.service", changed);
    assert.match(start("low.service").log, /bound by [1-9]\d+/);
    // Debian lets every user have low ports in a network namespace of its own; here it is the host's.
    put("none.service", changed.replace(/^AmbientCapabilities=.*\n/m, ""));
    const open = sh("sysctl -n net.ipv4.ip_unprivileged_port_start") === "0";
    if (!open) assert.match(start("none.service").log, /Permission denied/);
  });

  it("hardening/no-exec-paths and protect-home: a script runs with the interpreter beside it, where it works", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    for (const place of ["/opt/site", "/home/y/site"]) {
      const bin = `${place}/venv/bin`;
      sh(
        `mkdir -p ${bin}; ln -sf /usr/bin/python3 ${bin}/python3; echo 'word = "works"' > ${place}/mine.py;` +
          ` printf '#!${bin}/python3\\nimport sys; sys.path.insert(0, "."); import mine; print(mine.word)\\n' > ${bin}/run;` +
          ` chmod -R a+rX ${place} ${place}/..; chmod 755 ${bin}/run`,
      );
      const name = `venv-${place.split("/")[1]}.service`;
      const text = `[Service]\nType=oneshot\nUser=daemon\nWorkingDirectory=${place}\nExecStart=${bin}/run\n`;
      const found = findingsOf(text, name, { profile: "isolated" }, 257);
      const fixes = [
        found.find((it) => it.code === "hardening/no-exec-paths")?.fixes[0],
        found.find((it) => it.code === "hardening/protect-home")?.fixes.find((it) => it.title.includes("BindRead")),
      ].filter((it) => it !== undefined);
      assert.equal(fixes.length, place.startsWith("/home") ? 2 : 1);
      for (const fix of fixes) {
        put(name, applyEdits(text, fix.edits()));
        const { well, log } = start(name);
        assert.ok(well && log.includes("works"), `${fix.title}: ${log}`);
      }
    }
  });

  it("hardening/protect-home: the program in a home runs with both values, and not with the plain one", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    sh("mkdir -p /home/x/app/bin; printf '#!/bin/sh\\necho runs\\n' > /home/x/app/bin/run; chmod -R 755 /home/x");
    const text = "[Service]\nType=oneshot\nUser=daemon\nExecStart=/home/x/app/bin/run\n";
    const found = findingsOf(text, "home.service", { profile: "basic" }, 257);
    const fixes = found.find((it) => it.code === "hardening/protect-home")?.fixes ?? [];
    for (const [i, fix] of fixes.slice(0, 2).entries()) {
      put(`home${i}.service`, applyEdits(text, fix.edits()));
      assert.ok(start(`home${i}.service`).well, fix.title);
    }
    put("home.service", `${text}ProtectHome=tmpfs\n`);
    assert.match(start("home.service").log, /203\/EXEC/);
  });

  it("confine: the empty root holds what belongs to the service, and nothing else can be written", function () {
    if (!box) return skip(this, "nothing can be started in a box");
    sh("mkdir -p /var/lib/alone /var/lib/other /srv/seen /home/x; chown daemon /var/lib/alone /srv/seen");
    const script =
      "ls / /var/lib; touch /var/lib/alone/f /srv/seen/f /tmp/f && echo wrote; touch /f /usr/f || echo kept";
    const text = `[Service]\nType=oneshot\nUser=daemon\nWorkingDirectory=/srv/seen\nExecStart=/bin/sh -c '${script}'\n`;
    put("alone.service", applyEdits(text, confine(unitOf(text, "/etc/systemd/system/alone.service"))?.edits ?? []));
    const { well, log } = start("alone.service");
    assert.ok(well, log);
    assert.match(log, /^wrote$/m);
    assert.match(log, /^kept$/m);
    assert.doesNotMatch(log, /^(?:home|other)$/m);
    assert.equal(sh("ls /var/lib/alone /srv/seen | grep -c f"), "2");
  });
});

const codes = (text: string, profile: "off" | "strict", path = "x.service"): string[] =>
  findingsOf(text, path, { profile }, 257).map((it) => it.code);

/** A unit with the fixes for its directories and secrets. */
function suggested(path: string, text: string): string {
  const wanted = /^hardening\/(?:\w+-directory|load-credential)$|^sandbox\/secret-in-unit$/;
  for (let now = text; ; ) {
    const found = findingsOf(now, path, { profile: "strict" }, 257).find((it) => wanted.test(it.code) && it.fixes[0]);
    if (!found) {
      assert.notEqual(now, text);
      return now;
    }
    now = applyEdits(now, found.fixes[0]?.edits() ?? []);
  }
}
