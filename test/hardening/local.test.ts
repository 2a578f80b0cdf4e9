import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { unitPath } from "../../server/src/families/unitFiles/unitPath.ts";
import { hardenUnit } from "../../server/src/hardening/profile.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { fits } from "./kit.ts";

describe("hardening of a program of a directory", () => {
  const filter = (...lines: readonly string[]) => fits("SystemCallFilter", "User=foo", ...lines).safeValue;

  it("is the same whether the script has a relative path or an absolute one", () => {
    for (const line of [
      "node server.js",
      "/usr/bin/node /opt/foo/server.js",
      "/usr/bin/env A=1 node --trace-warnings server.js",
      "/usr/bin/java -server -Xmx1g -jar foo.jar",
      "/usr/bin/java -jar /opt/foo/foo.jar",
      "/usr/bin/python3 -u foo.py",
      "/usr/bin/npm start",
      "/usr/bin/node -r dotenv/config server.js",
      "/usr/bin/java -cp lib/foo.jar:lib/bar.jar org.foo.Main",
      "/usr/bin/env ./foo",
      "/bin/sh -c ./foo",
      "/bin/sh -c 'cd /opt/foo && exec python3 foo.py'",
      "/bin/sh -c '/usr/bin/python3 /opt/foo/foo.py'",
    ]) {
      assert.equal(filter(`ExecStart=${line}`), undefined, line);
    }
  });

  it("is the same where the interpreter looks for a module there", () => {
    for (const line of ["python3 -m foo", "/usr/bin/python3 -um foo", "/usr/bin/python3 -c 'import foo'"]) {
      assert.equal(filter("WorkingDirectory=/opt/foo", `ExecStart=${line}`), undefined, line);
      const inPackage = filter("WorkingDirectory=/usr/share/foo", `ExecStart=${line}`);
      assert.equal(inPackage, "@system-service chroot", line);
      assert.equal(filter(`ExecStart=${line}`), inPackage, line);
    }
    for (const line of ["/usr/bin/python3 -m http.server", "/usr/bin/foo -m python3"])
      assert.equal(filter("WorkingDirectory=/srv/foo", `ExecStart=${line}`), "@system-service chroot", line);
  });

  it("is that of a package where the script or its directory belongs to one", () => {
    for (const line of [
      "/usr/bin/node /usr/share/foo/server.js",
      "/usr/bin/java -jar /usr/share/foo.jar",
      "/usr/bin/python3 -m foo",
      "/usr/bin/perl -e 1",
      "/usr/bin/foo node server.js",
      "/usr/bin/java -cp /usr/share/java/foo.jar org.foo.Main",
      "/bin/sh -c 'test -d /opt/foo && exec /usr/bin/foo --in /opt/foo'",
    ]) {
      assert.equal(filter(`ExecStart=${line}`), "@system-service chroot", line);
    }
    assert.equal(
      filter("WorkingDirectory=/usr/share/foo", "ExecStart=/usr/bin/node server.js"),
      "@system-service chroot",
    );
  });
});

describe("what a command writes to the system", () => {
  const against = (line: string) => fits("ProtectSystem", `ExecStartPre=${line}`).against;

  it("is not the program that asks before", () => {
    assert.equal(against("/bin/sh -c '/usr/bin/test -d /var/lib/foo || /bin/mkdir /var/lib/foo'"), undefined);
    assert.equal(against("/bin/sh -c 'if /usr/bin/test -e /var/a; then exec /usr/bin/touch /var/b; fi'"), undefined);
  });

  it("is not what is only copied from there", () => {
    assert.equal(against("/bin/cp -a /usr/share/foo /var/lib/foo"), undefined);
    assert.equal(against("/bin/sh -c 'cp /etc/a /var/b; ln -sf /usr/c /run/d 2>&1'"), undefined);
    for (const line of ["/bin/cp /usr/share/foo /etc/foo", "/bin/cp -t /etc/foo /var/a", "/bin/mv /etc/foo /var/a"])
      assert.equal(against(line), "not safe here: it writes /etc/foo", line);
  });

  it("stands behind the one that writes, or behind a redirection", () => {
    for (const line of [
      "/bin/sh -c 'test -d /etc/foo || mkdir /etc/foo'",
      `/bin/sh -c 'sed -i "s|a|b|" /etc/foo'`,
      "/bin/su foo -c 'date > /etc/foo'",
      "/bin/sh -c 'date >>/etc/foo 2>&1'",
      "/usr/bin/env A=1 mkdir /etc/foo",
    ]) {
      assert.equal(against(line), "not safe here: it writes /etc/foo", line);
    }
  });
});

describe("lines that come along with a setting", () => {
  it("say what they do themselves", () => {
    const path = unitPath("foo.service");
    assert.ok(path);
    const text = "[Service]\nExecStart=/usr/bin/gotosocial\nUser=foo\nStateDirectory=foo\n";
    const { settings } = hardenUnit(readUnit(path, text, 262), "isolated");
    const says = (line: string) => settings.find((it) => it.line === line)?.breaks;
    assert.match(says("BindReadOnlyPaths=/usr") ?? "", /keeps these paths read-only/);
    assert.match(says("ExecPaths=/usr") ?? "", /run as before/);
  });
});
