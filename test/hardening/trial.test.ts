import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { findings, fits, safe } from "./kit.ts";

/** The lines that a fix of a setting sets, the first one whose title fits. */
const sets = (lines: readonly string[], directive: string, title: RegExp): readonly string[] =>
  findings(lines, "isolated")
    .get(directive)
    ?.fixes.find((it) => title.test(it.title))?.sets ?? [];

/** Services as administrators write them, read as someone would who knows their programs. */
describe("hardening: services of every day", () => {
  it("a backup with the date in the name of its file sets no clock", () => {
    const backup = ["Type=oneshot", "User=postgres", `ExecStart=/bin/sh -c 'pg_dumpall > /srv/$(date +%%F).sql'`];
    assert.ok(safe(backup).includes("ProtectClock=yes"));
    assert.equal(fits("NoNewPrivileges", ...backup).against, undefined);
    assert.match(fits("ProtectClock", "User=x", "ExecStart=/bin/date -s 12:00").against ?? "", /sets the clock/);
  });

  it("an option that names the configuration writes none", () => {
    assert.equal(
      fits("ProtectSystem", "ExecStart=/usr/bin/rsync --daemon --config=/etc/rsyncd.conf").safeValue,
      "full",
    );
    assert.equal(fits("ProtectSystem", "ExecStart=/usr/bin/rsync -a /srv/x/ /etc/x").safeValue, undefined);
  });

  it("a tunnel listens on no port of the other side, but on those that it forwards", () => {
    const tunnel = (...args: readonly string[]): string[] =>
      safe(["User=tunnel", `ExecStart=/usr/bin/autossh -M 0 -N ${args.join(" ")} db`], "strict");
    assert.ok(tunnel("-p 22", "-L 5432:localhost:5432").includes("NoNewPrivileges=yes"));
    assert.ok(!tunnel("-L 80:localhost:8080").includes("NoNewPrivileges=yes"));
    assert.ok(tunnel("-p 22").includes("ProtectHome=read-only"), "its known hosts lie in the home of its user");
    assert.ok(safe(["User=tunnel", "ExecStart=/usr/bin/ssh -N -L 5432:localhost:5432 db"]).includes("PrivateTmp=yes"));
    assert.deepEqual(safe(["ExecStart=/usr/sbin/sshd -D"]), []);
  });

  it("a script of an interpreter is no program of the distribution, whatever its name ends with", () => {
    const artisan = ["User=www-data", "WorkingDirectory=/var/www/x", "ExecStart=/usr/bin/php /var/www/x/artisan work"];
    assert.ok(!safe(artisan, "strict").some((it) => it.startsWith("SystemCallFilter=@")));
    assert.deepEqual(sets(artisan, "ProtectSystem", /strict with .*\/var/), [
      "ProtectSystem=strict",
      "ReadWritePaths=-/var/www/x -/etc/x",
    ]);
  });

  it("workers and servers of applications may send mail", () => {
    for (const name of ["uvicorn", "gunicorn"])
      assert.match(
        fits("NoNewPrivileges", "User=x", `ExecStart=/opt/x/bin/${name} x`).against ?? "",
        /send mail/,
        name,
      );
    const worker = safe(["User=x", "ExecStart=/opt/x/bin/celery worker"], "isolated");
    assert.ok(worker.includes("ProtectSystem=full"));
    for (const name of ["NoNewPrivileges", "RestrictSUIDSGID", "RestrictNamespaces", "CapabilityBoundingSet"])
      assert.ok(!worker.some((it) => it.startsWith(`${name}=`)), name);
  });

  it("what shows that it uses the network is not asked to leave it", () => {
    const asked = (...lines: readonly string[]): boolean => findings(lines, "isolated").has("PrivateNetwork");
    assert.ok(asked("ExecStart=/usr/bin/x"));
    for (const line of [
      "ExecStart=/usr/bin/x --port 8000",
      "ExecStart=/usr/bin/x -web.listen-address :9121",
      "ExecStart=/usr/bin/x redis://localhost",
      "Environment=A=b PORT=3000",
    ])
      assert.ok(!asked("ExecStart=/usr/bin/x", line), line);
    assert.ok(asked("ExecStart=/usr/bin/x --port 8000", "RestrictAddressFamilies=AF_UNIX"));
  });

  it("a program from elsewhere runs with its folder, and with interpreters that its first line may name", () => {
    const venv = ["User=x", "WorkingDirectory=/opt/site", "ExecStart=/opt/site/venv/bin/x serve"];
    assert.deepEqual(
      sets(venv, "NoExecPaths", /^Add NoExecPaths/)[1],
      "ExecPaths=/opt/site/venv /usr/bin /usr/sbin /usr/lib -/usr/lib64",
    );
    const jar = ["User=x", "ExecStart=/usr/bin/java -jar /opt/x/x.jar"];
    assert.deepEqual(
      sets(jar, "NoExecPaths", /^Add NoExecPaths/)[1],
      "ExecPaths=/usr/bin/java /opt/x /usr/lib -/usr/lib64",
    );
    const root = sets(venv, "TemporaryFileSystem", /^Add TemporaryFileSystem/);
    assert.ok(root.includes("BindPaths=-/opt/site"));
    assert.ok(!root.some((it) => it.startsWith("BindReadOnlyPaths=") && it.includes("/opt/site ")), root.join("\n"));
  });
});
