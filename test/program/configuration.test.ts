import assert from "node:assert/strict";
import { configurationOfProgram } from "../../server/src/program/configuration.ts";
import { signOfPath } from "../../server/src/program/pathSigns.ts";
import { memoryFiles } from "./kit.ts";

describe("The configuration of a program", () => {
  const files = memoryFiles({
    "/etc/zorb/zorb.conf":
      "# logs to /dev/ttyS0\nlog = /var/log/zorb\nserial=/dev/ttyUSB0\n include /etc/zorb/more.d\n",
    "/etc/zorb/more.d/a.conf": 'helper "/usr/bin/ssh"\nhome: /home/zorb\n',
    "/etc/passwd": "root:x:0:0:root:/root:/bin/sh\n",
    "/etc/zorb/data.db": "\u0000/home/zorb",
  });
  const signs = (paths: readonly string[]): readonly string[] =>
    configurationOfProgram({ options: paths, named: [] }, files, () => false).files.flatMap((file) =>
      file.signs.map((it) => `${file.path}:${it.line} ${it.sign} ${it.what}`),
    );

  it("is read with the files that it names, and without comments", () => {
    assert.deepEqual(signs(["/etc/zorb/zorb.conf"]), [
      "/etc/zorb/zorb.conf:3 devices /dev/ttyUSB0",
      "/etc/zorb/more.d/a.conf:1 exec /usr/bin/ssh",
      "/etc/zorb/more.d/a.conf:2 homes /home/zorb",
    ]);
  });

  it("lies anywhere where an option names it, and elsewhere than in /etc where its name ends so", () => {
    const elsewhere = memoryFiles({
      "/opt/zorb/settings": "serial: /dev/ttyUSB0\n",
      "/opt/zorb/zorb.yml": "home: /home/zorb\n",
      "/opt/zorb/data": "/home/zorb\n",
    });
    const paths = (options: readonly string[], named: readonly string[]): readonly string[] =>
      configurationOfProgram({ options, named }, elsewhere, () => false).files.map((it) => it.path);
    assert.deepEqual(paths(["/opt/zorb/settings"], []), ["/opt/zorb/settings"]);
    assert.deepEqual(paths(["/opt/zorb"], ["/opt/zorb/zorb.yml", "/opt/zorb/data"]), ["/opt/zorb/zorb.yml"]);
  });

  it("leads to its own programs and scripts, which are read as programs", () => {
    const scripts = memoryFiles({ "/etc/zorb/hook": "#!/bin/sh\ndate\n", "/etc/zorb/a.conf": "run=/usr/sbin/zorbd\n" });
    const { files: read, starts } = configurationOfProgram(
      { options: ["/etc/zorb"], named: [] },
      scripts,
      (it) => it === "/usr/sbin/zorbd",
    );
    assert.deepEqual(starts, ["/usr/sbin/zorbd", "/etc/zorb/hook"]);
    assert.deepEqual(
      read.flatMap((it) => it.signs),
      [],
    );
  });

  it("is neither data nor a database of the whole machine", () => {
    assert.deepEqual(signs(["/etc/passwd", "/etc/zorb/data.db", "/var/lib/zorb", "/etc/nothing"]), []);
  });

  it("ends where it is more than a daemon is told", () => {
    const many = memoryFiles(
      Object.fromEntries(Array.from({ length: 400 }, (_, i) => [`/etc/zorb/${i}.conf`, "key = value\n"])),
    );
    const { files: read, unread } = configurationOfProgram({ options: ["/etc/zorb"], named: [] }, many, () => false);
    assert.equal(read.length, 300);
    assert.match(unread[0]?.why ?? "", /is more than is read/);
  });

  it("says what paths speak of", () => {
    const paths = [
      "/dev/null",
      "/dev/ttyS0",
      "/proc/self/exe",
      "/proc/%d/stat",
      "/proc/meminfo",
      "/tmp/x",
      "/usr/lib/x",
    ];
    assert.deepEqual(paths.map(signOfPath), [
      undefined,
      "devices",
      undefined,
      "processes",
      "procFiles",
      "temporary",
      undefined,
    ]);
  });
});
