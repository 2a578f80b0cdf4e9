import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import Ajv from "ajv-draft-04";
import { describe, it } from "mocha";
import inspectSchema from "../../schemas/inspect.schema.json" with { type: "json" };
import type { Host } from "../../server/src/cli/host.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { skip } from "../kit/skip.ts";
import { compiled, hasCompiler } from "../program/compiled.ts";
import { memoryFiles } from "../program/kit.ts";

const UNIT = "/etc/systemd/system/zorb.service";
const ELF = readFileSync(process.execPath).subarray(0, 4096);
const SCRIPT = "#!/bin/sh\nsudo /usr/bin/true\nmodprobe zorb\n";

/** A machine with a service and its files. */
const machine = (unit: string, files: Parameters<typeof memoryFiles>[0]): Host => ({
  ...memoryHost({ [UNIT]: unit }),
  programFiles: () => memoryFiles(files),
});

const lines = (host: Host, ...argv: readonly string[]): readonly string[] => runOver(host, ...argv).stdout.split("\n");

describe("inspect", () => {
  it("says what a script of a service may do, by line, and shows nothing by its silence", () => {
    const host = machine("[Service]\nExecStart=/opt/zorb/run\n", { "/opt/zorb/run": SCRIPT });
    const printed = lines(host, "inspect", "zorb.service");
    assert.deepEqual(printed.slice(0, 3), [UNIT, "  /opt/zorb/run: shell, 6 signs", "  may"]);
    assert.ok(printed.includes("    loads kernel modules: run:3 starts modprobe"), printed.join("\n"));
    assert.ok(printed.includes("    runs programs that gain rights: run:2 starts sudo"), printed.join("\n"));
    assert.ok(!printed.some((it) => it.startsWith("  proven") || it.startsWith("  read")));
  });

  it("follows a script by the files of variables and the folder of its service", () => {
    const unit =
      "[Service]\nEnvironmentFile=-/etc/default/zorb\nWorkingDirectory=/srv/zorb\nExecStart=/usr/bin/node $OPTIONS src/main.js\nExecStart=/opt/zorb/run\n";
    const host = machine(unit, {
      "/usr/bin/node": "\x7fELF",
      "/etc/default/zorb": "# of zorb\nDAEMON='/opt/zorb/zorbd'\n",
      "/srv/zorb/src/main.js": "process.setuid('zorb')",
      "/opt/zorb/run": "#!/bin/sh\nexec $DAEMON\n",
      "/opt/zorb/zorbd": "#!/bin/sh\nhwclock -s\n",
    });
    const printed = lines(host, "inspect", "zorb.service");
    assert.ok(printed.includes("  /srv/zorb/src/main.js: JavaScript, 3 signs"), printed.join("\n"));
    assert.ok(
      printed.some((it) => /sets the clock: zorbd:2 starts hwclock/.test(it)),
      printed.join("\n"),
    );
  });

  it("says what options of a file of variables tell, with the place", () => {
    const unit = "[Service]\nEnvironmentFile=/etc/default/zorb\nExecStart=/opt/zorb/run $ARGS\n";
    const host = machine(unit, {
      "/opt/zorb/run": "#!/bin/sh\nexit\n",
      "/etc/default/zorb": "ARGS='--listen :9200 --data-dir=/srv/zorb'\n",
    });
    const printed = lines(host, "inspect", "zorb.service");
    const at = printed.indexOf("  told by its configuration");
    assert.deepEqual(printed.slice(at + 1, at + 3), [
      "    opens port 9200/tcp: /etc/default/zorb:1 (--listen)",
      "    keeps data in /srv/zorb: /etc/default/zorb:1 (--data-dir)",
    ]);
  });

  it("says what a daemon is told by its configuration, with the place", () => {
    const host = machine("[Service]\nExecStart=/usr/sbin/nginx\n", {
      "/usr/sbin/nginx": "\x7fELF",
      "/etc/nginx/nginx.conf": "user www;\nhttp { include sites/*; }\n",
      "/etc/nginx/sites/a": "server {\n  listen 80;\n  listen [::]:80;\n  root /home/a;\n}\n",
    });
    const printed = lines(host, "inspect", "zorb.service");
    const at = printed.indexOf("  told by its configuration");
    assert.deepEqual(printed.slice(at + 1, at + 4), [
      "    runs as www: /etc/nginx/nginx.conf:1 (user)",
      "    opens port 80/tcp: /etc/nginx/sites/a:2 (listen), /etc/nginx/sites/a:3 (listen)",
      "    works in /home/a: /etc/nginx/sites/a:4 (root)",
    ]);
  });

  it("says of a tool that is told what to do that the command starts it", () => {
    const unit = "[Service]\nExecStart=/sbin/start-stop-daemon --start --exec /opt/zorbd\n";
    const host = machine(unit, { "/sbin/start-stop-daemon": "\x7fELF", "/opt/zorbd": "#!/bin/sh\n" });
    const printed = lines(host, "inspect", "zorb.service");
    const line = "    looks at processes of others: its command starts start-stop-daemon";
    assert.ok(printed.includes(line), printed.join("\n"));
  });

  it("names what is not there", () => {
    const host = machine("[Service]\nExecStart=/opt/zorb/run\n", {});
    const { stderr, status } = runOver(host, "inspect", "zorb.service");
    assert.match(stderr, /none of its programs can be read: \/opt\/zorb\/run/);
    assert.equal(status, 2);
  });

  it("reads nothing of a repository, whose machine is not this one", () => {
    const host: Host = {
      ...memoryHost({ "units/zorb.service": "[Service]\nExecStart=/opt/zorb/run\n" }),
      programFiles: () => memoryFiles({ "/opt/zorb/run": SCRIPT }),
    };
    const { stderr } = runOver(host, "inspect", "units/zorb.service");
    assert.match(stderr, /no unit of this machine: --root says where its programs are/);
  });

  it("prints the same as JSON, with needs by their names", () => {
    const host = machine("[Service]\nExecStart=/opt/zorb/run\n", { "/opt/zorb/run": SCRIPT });
    const { reports } = JSON.parse(runOver(host, "inspect", "zorb.service", "--format", "json").stdout) as {
      readonly reports: readonly { readonly needs: readonly { readonly need: string; readonly says: string }[] }[];
    };
    const may = reports[0]?.needs.filter((it) => it.says === "may").map((it) => it.need);
    assert.deepEqual(may?.toSorted(), ["kernel-modules", "privileged-programs"]);
  });

  it("prints JSON of the shape that the schema describes", () => {
    const isValid = new Ajv().compile(inspectSchema);
    const files = { "/opt/zorb/run": SCRIPT, "/opt/zorb/other": '#!/bin/sh\nexec "$ZORB"\n', "/bin/zorb": ELF };
    for (const command of ["/opt/zorb/run", "/opt/zorb/other /etc/zorb.conf", "/bin/zorb"]) {
      const host = machine(`[Service]\nExecStart=${command}\n`, { ...files, "/etc/zorb.conf": "x = /dev/ttyS0\n" });
      const printed = JSON.parse(runOver(host, "inspect", "zorb.service", "--format", "json").stdout) as object;
      assert.ok(isValid(printed), `${command}: ${JSON.stringify(isValid.errors)}`);
    }
    assert.equal(isValid({ version: 1, reports: [{ path: "x" }] }), false);
  });
});

describe("hardening of a service whose program is on the machine", () => {
  const ROOT = "[Service]\nExecStart=/opt/zorb/zorbd\n";
  const grades = (host: Host): ReadonlyMap<string, string> => {
    const { files } = JSON.parse(runOver(host, "harden", UNIT, "--format", "json").stdout) as {
      readonly files: readonly {
        readonly settings: readonly { readonly line: string; readonly grade: string; readonly reason: string }[];
      }[];
    };
    return new Map(files[0]?.settings.map((it) => [it.line.replace(/=.*/, ""), `${it.grade}: ${it.reason}`]));
  };

  it("adds what its code does not need, and not what it calls", function () {
    if (!hasCompiler("gcc")) return skip(this, "there is no gcc");
    const clock = 'int sethostname(const char *, unsigned long); int main(void) { return sethostname("a", 1); }';
    const found = grades(machine(ROOT, { "/opt/zorb/zorbd": compiled(clock, ["-w"]) }));
    assert.equal(found.get("ProtectClock"), "proven: nothing in zorbd sets the clock or opens hardware");
    assert.equal(found.get("ProtectHostname"), undefined);
    const without = grades(machine(ROOT, {}));
    assert.equal(without.get("ProtectClock"), undefined);
    assert.match(without.get("ProtectHostname") ?? "", /^usual: /);
  });

  it("takes nothing from the machine for a service with a root of its own", function () {
    if (!hasCompiler("gcc")) return skip(this, "there is no gcc");
    const silent = compiled("int main(void) { return 0; }");
    const unit = `${ROOT}RootDirectory=/srv/r\n`;
    const found = grades(machine(unit, { "/opt/zorb/zorbd": silent }));
    assert.deepEqual(
      [...found.values()].filter((it) => it.includes("in zorbd")),
      [],
    );
    assert.ok([...grades(machine(ROOT, { "/opt/zorb/zorbd": silent })).values()].some((it) => it.includes("in zorbd")));
  });

  it("counts only what daemons bear that are as open where a script does not tell what it starts", () => {
    const found = grades(machine(ROOT, { "/opt/zorb/zorbd": '#!/bin/sh\nexec "$ZORB"\n' }));
    assert.match(found.get("ProtectHostname") ?? "", /^usual: .* whose programs leave it open, too$/);
  });

  it("ranks the causes of a failure by what the program calls, and says it", function () {
    if (!hasCompiler("gcc")) skip(this, "there is no gcc");
    const source = "#include <unistd.h>\n#include <grp.h>\nint main(void) { return setgid(2) + setgroups(0, 0); }";
    const unit = "[Service]\nExecStart=/opt/zorb/zorbd\nProtectHostname=yes\nSystemCallFilter=~@setuid\n";
    const host = machine(unit, { "/opt/zorb/zorbd": compiled(source) });
    const explained = (line: string): string =>
      lines(host, "explain", line, "zorb.service").join(" ").replace(/ +/g, " ");
    assert.match(
      explained("code=dumped, status=31/SYS"),
      /at a denied call, perhaps set(?:gid|groups), set(?:gid|groups), which zorbd calls\./,
    );
    assert.match(
      explained("zorbd[1]: setresuid: Operation not permitted"),
      /SystemCallFilter= denies .*, used for changing user, and zorbd calls set(?:gid|groups)\(\)\./,
    );
    assert.match(
      explained("zorbd[1]: no host name: Operation not permitted"),
      /ProtectHostname=yes \(likely\) ProtectHostname= prevents changing the host name, though nothing in zorbd sets the host name\./,
    );
  });

  it("says at each setting that security counts whether hardening adds it, and why", function () {
    if (!hasCompiler("gcc")) skip(this, "there is no gcc");
    const source = "#include <time.h>\nint main(void) { struct timespec t = {0}; return clock_settime(0, &t); }";
    const host = machine("[Service]\nExecStart=/opt/zorb/zorbd\n", { "/opt/zorb/zorbd": compiled(source) });
    const printed = lines(host, "security", "zorb.service");
    const below = (name: string): string =>
      printed[printed.findIndex((it) => it.includes(` ${name}= `)) + 1]?.trim() ?? "";
    assert.equal(below("ProtectKernelModules"), "→ proven: nothing in zorbd loads kernel modules");
    assert.equal(below("ProtectClock"), "→ likely, if it works without clock_settime(), which zorbd calls");
    const elsewhere = lines({ ...host, programFiles: undefined } as unknown as Host, "security", "zorb.service");
    assert.ok(!elsewhere.some((it) => it.includes("→ proven")));
  });
});
