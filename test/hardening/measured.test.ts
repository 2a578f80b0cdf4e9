import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "mocha";
import MEASURED from "../../data/measured/daemons.json";
import { safeSettings } from "../../server/src/hardening/hardening.ts";
import type { MeasuredDaemon } from "../../server/src/hardening/measuredDaemon.ts";
import type { Profile } from "../../server/src/hardening/profiles.ts";
import type { PackagedState } from "../../server/src/program/files.ts";
import { check } from "../../server/src/rules/check.ts";
import { withKnowledge } from "../../server/src/units/readUnit.ts";
import type { Unit } from "../../server/src/units/unit.ts";
import { skip } from "../kit/skip.ts";
import { memoryFiles } from "../program/kit.ts";
import { unitOf } from "./kit.ts";

const DAEMONS = MEASURED.rows as readonly MeasuredDaemon[];
const CORPUS = "../shared/corpus/units";
const SKIPPED = existsSync(CORPUS) ? undefined : "no corpus beside the repository";

/** The file of a unit as a package of the corpus ships it. */
const fileOf = (name: string): string | undefined =>
  readdirSync(CORPUS)
    .map((it) => join(CORPUS, it, "usr/lib/systemd/system", name))
    .find((it) => existsSync(it));

/** The unit of a daemon as a package of the corpus ships it, with a change to its text. */
function shipped(name: string, change = (text: string): string => text): Unit {
  const path = fileOf(name) ?? assert.fail(`no package ships ${name}`);
  return unitOf(change(readFileSync(path, "utf8")), `/usr/lib/systemd/system/${name}`);
}

function lines(unit: Unit, profile: Profile = "strict"): ReadonlyMap<string, string> {
  return new Map(safeSettings(unit, profile).map((it) => [it.line, it.grade]));
}

describe(`measured daemons${SKIPPED === undefined ? "" : ` (real units skipped: ${SKIPPED})`}`, () => {
  it("have settings that systemd reads as they are meant", () => {
    for (const { unit, programs, settings, user } of DAEMONS) {
      const own = [`ExecStart=${programs[0]}`, ...(user === undefined ? [] : [`User=${user}`])];
      const text = `[Service]\n${[...own, ...settings].join("\n")}\n`;
      const found = check(unitOf(text, `/etc/systemd/system/${unit}`), { profile: "off" });
      // That it runs as nobody is the package's choice, and the lines about its commands are not kept.
      const wrong = found.filter((it) => /^(?:value(?!\/nobody)|syntax|directive)\//.test(it.code));
      assert.deepEqual(
        wrong.map((it) => `${it.code}: ${it.message}`),
        [],
        unit,
      );
    }
  });

  it("stand there once, in the order of their names", () => {
    const names = DAEMONS.map((it) => `${it.unit} ${it.package}`);
    assert.deepEqual(names, [...new Set(names)].toSorted());
  });

  it("take less than 300 KB of the bundle", () => {
    const counted = DAEMONS.map((it) => ({ ...it, exercised: undefined, exposure: undefined }));
    assert.ok(JSON.stringify(counted).length < 300_000);
  });

  it("bear what rules about known programs speak against in none", function () {
    this.timeout(300_000);
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    const about =
      /^sandbox\/(?:denied-(?:capability|command|family|port|start)|program-writes|no-network|set-uid|jit)$/;
    const codesIn = (unit: Unit): readonly string[] =>
      check(unit, { profile: "off" }).flatMap(({ code, message }) => (about.test(code) ? `${code}: ${message}` : []));
    const real = DAEMONS.filter((it) => fileOf(it.unit) !== undefined);
    assert.ok(real.length > 100);
    for (const { unit, settings } of real) {
      const before = codesIn(shipped(unit));
      const after = shipped(unit, (text) => text.replace("[Service]\n", `[Service]\n${settings.join("\n")}\n`));
      assert.deepEqual(
        codesIn(after).filter((it) => !before.includes(it)),
        [],
        unit,
      );
    }
  });

  it("take out of the unit's own list of calls what no run made", function () {
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    const unit = shipped("mumble-server.service");
    assert.equal(lines(unit).get("SystemCallFilter=~@privileged @resources"), "measured");
    assert.equal(lines(unit, "basic").has("SystemCallFilter=~@privileged @resources"), false);
    const found = check(unit, { profile: "strict" }).find((it) => it.directive === "SystemCallFilter");
    assert.match(found?.message ?? "", /^SystemCallFilter= allows calls that no measured run of it made: /);
    const more = shipped("mumble-server.service", (text) =>
      `${text.trimEnd()}\n`.replace(/^SystemCallFilter=.*$/m, "$&\nSystemCallFilter=~@resources"),
    );
    assert.ok(![...lines(more).keys()].some((it) => it.startsWith("SystemCallFilter=")));
  });

  it("take out of the unit's own list of denied capabilities what no run used, though its command keeps the rights of root", function () {
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    const unit = shipped("chrony.service");
    const denied = [...lines(unit).keys()].find((it) => it.startsWith("CapabilityBoundingSet=")) ?? "";
    assert.match(denied, /^CapabilityBoundingSet=~CAP_CHOWN .*CAP_NET_ADMIN/);
    assert.doesNotMatch(denied, /CAP_SYS_TIME|CAP_SETUID|CAP_DAC_OVERRIDE/);
    const found = check(unit, { profile: "strict" }).find((it) => it.directive === "CapabilityBoundingSet");
    assert.match(found?.message ?? "", /^CapabilityBoundingSet= leaves capabilities that no measured run of it used: /);
    const more = shipped("chrony.service", (text) => text.replace("[Service]\n", `[Service]\n${denied}\n`));
    assert.ok(![...lines(more).keys()].some((it) => it.startsWith("CapabilityBoundingSet=")));
  });

  it("keep what a helper of root beside the service of a user was seen to need", function () {
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    const found = lines(shipped("mariadb.service"));
    assert.equal(found.get("CapabilityBoundingSet=CAP_DAC_OVERRIDE CAP_IPC_LOCK"), "measured");
  });

  it("go on top of what the kind of a program bears", function () {
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    const found = lines(shipped("nginx.service"));
    assert.equal(found.get("ProtectSystem=strict"), "measured");
    assert.equal(found.get("ReadWritePaths=-/run"), "measured");
    assert.equal(found.get("SystemCallErrorNumber=EPERM"), "measured");
    assert.ok([...found.keys()].some((it) => it.startsWith("CapabilityBoundingSet=CAP_")));
  });

  it("keep the gentler values of the profile basic, which hold as well", function () {
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    const found = lines(shipped("nginx.service"), "basic");
    assert.equal(found.get("ProtectSystem=full"), "measured");
    assert.equal(found.get("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK"), "measured");
  });

  it("count in any sandbox, and keep what the unit sets itself", function () {
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    const own = shipped("nginx.service", (it) => it.replace("[Service]", "[Service]\nMemoryDenyWriteExecute=no"));
    const found = lines(own);
    assert.equal(found.get("ProtectSystem=strict"), "measured");
    assert.equal(found.get("MemoryDenyWriteExecute=yes"), undefined);
  });

  it("count as well where only restarts, priorities and limits differ", function () {
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    const own = "[Service]\nRestart=always\nNice=-5\nLimitNOFILE=65536\nMemoryMax=1G";
    const found = lines(shipped("nginx.service", (it) => it.replace("[Service]", own)));
    assert.equal(found.get("ProtectSystem=strict"), "measured");
    const realtime = lines(shipped("nginx.service", (it) => it.replace("[Service]", "[Service]\nLimitRTPRIO=5")));
    assert.equal(realtime.get("ProtectSystem=strict"), undefined);
  });

  it("are only read with other arguments, and then without paths", function () {
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    const found = lines(
      shipped("nginx.service", (it) => it.replace("/usr/sbin/nginx -g", "/usr/sbin/nginx -c /srv/x -g")),
    );
    assert.equal(found.get("ProtectSystem=strict"), undefined);
    assert.ok([...found.keys()].every((it) => !it.startsWith("ReadWritePaths=")));
    assert.equal(found.get("PrivateDevices=yes"), "read");
    assert.ok(![...found.values()].includes("measured"));
  });

  it("leave open what people connect, share or run, which no run shows", function () {
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    const keys = (name: string): ReadonlySet<string> =>
      new Set([...lines(shipped(name)).keys()].map((it) => it.slice(0, it.indexOf("="))));
    const printing = keys("cups.service");
    assert.ok(printing.has("CapabilityBoundingSet"));
    assert.ok(!printing.has("PrivateDevices") && !printing.has("ProtectClock"));
    assert.ok(!keys("bacula-fd.service").has("CapabilityBoundingSet"));
    // No display for the blind was plugged in, by cable or Bluetooth.
    const families = "AF_ALG AF_BLUETOOTH AF_INET AF_INET6 AF_NETLINK AF_UNIX";
    assert.ok(lines(shipped("brltty.service")).has(`RestrictAddressFamilies=${families}`));
    assert.ok(!keys("php8.4-fpm.service").has("MemoryDenyWriteExecute"));
    // Applications write where they are, and a run knows only those that it had.
    for (const name of ["apache2.service", "php8.4-fpm.service"]) {
      const found = lines(shipped(name));
      assert.equal(found.get("ProtectSystem=full"), "measured", name);
      assert.ok(![...found.keys()].some((it) => it.startsWith("ReadWritePaths=-/var/")), name);
    }
    const sites = lines(shipped("nginx.service"));
    for (const path of ["/srv", "/var"]) assert.equal(sites.get(`ReadWritePaths=-${path}`), "measured");
  });

  it("are likely where only a configuration of somebody's own would need more, and say what was done", function () {
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    const likely = (name: string, profile: Profile = "strict") =>
      new Map(safeSettings(shipped(name), profile, undefined, "likely").map((it) => [it.line, it]));
    const uptime = likely("uptimed.service").get("ProtectProc=invisible");
    assert.equal(uptime?.grade, "likely");
    assert.match(
      uptime.reason,
      /^if its configuration is that of uptimed \S+, with which a run proved it; exercised: uprecords \| grep Linux, .*, restart$/,
    );
    assert.ok(!lines(shipped("uptimed.service")).has("ProtectProc=invisible"));
    assert.ok(!likely("uptimed.service", "basic").has("ProtectProc=invisible"));
    // Hardware that is plugged in, and what others ask for, is no matter of a configuration.
    for (const name of ["gpsd.service", "bacula-fd.service", "cups.service"])
      assert.ok(!likely(name).has("PrivateDevices=yes"), name);
  });

  it("bring what is idle for root along with what takes its rights, so that a second run adds nothing", function () {
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    const found = lines(shipped("ftp-proxy.service"));
    assert.ok([...found.keys()].some((it) => it.startsWith("CapabilityBoundingSet=")));
    assert.equal(found.get("ProtectProc=invisible"), "measured");
  });

  it("say nothing about another program or user", function () {
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    for (const [from, to] of [
      ["ExecStart=/usr/sbin/nginx", "ExecStart=/opt/other/nginx"],
      ["[Service]", "[Service]\nUser=web"],
    ] as const) {
      const found = lines(shipped("nginx.service", (it) => it.replace(from, to)));
      assert.ok(
        [...found.keys()].every((it) => !it.startsWith("ReadWritePaths=")),
        to,
      );
    }
  });

  it("add nothing to what the kind bears where only the start was seen", function () {
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    const started = DAEMONS.filter((it) => it.asked === "start");
    for (const { unit } of started) assert.ok(![...lines(shipped(unit)).values()].includes("measured"), unit);
    // What its applications call, and which rights they use, no start shows.
    const web = [...lines(shipped("mailman3-web.service")).keys()];
    assert.ok(!web.some((it) => /^(?:SystemCallFilter|CapabilityBoundingSet)=(?!~)/.test(it)), web.join());
  });

  it("hold as measured where the configuration is that of the package, and are likely where it differs", function () {
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    const gradesWith = (state: PackagedState | undefined): readonly string[] => {
      const files = {
        ...memoryFiles({ "/usr/sbin/nginx": "\x7fELF", "/etc/nginx/nginx.conf": "http {}\n" }),
        packagedState: (path: string) => (path === "/etc/nginx/nginx.conf" ? state : undefined),
      };
      const unit = withKnowledge(shipped("nginx.service"), { defaults: { restrictSuidSgid: false, files } });
      const rows = safeSettings(unit, "strict", () => false, "likely");
      return rows.flatMap(({ line, grade, reason }) => (line === "NoNewPrivileges=yes" ? [`${grade}: ${reason}`] : []));
    };
    assert.match(
      gradesWith(undefined).join(),
      /^measured: it was proven with nginx-\w+ \S+, its configuration untouched; exercised/,
    );
    assert.match(
      gradesWith("untouched").join(),
      /^measured: .*, its configuration untouched, as it is here; exercised/,
    );
    assert.match(
      gradesWith("changed").join(),
      /^likely: if nothing more is needed, as its configuration is changed: \/etc\/nginx\/nginx\.conf; a run proved it with that of nginx-\w+ \S+; exercised/,
    );
    assert.match(gradesWith("added").join(), /^likely: if nothing more is needed, as no package brought \/etc\/nginx/);
  });

  it("close homes to a server of pages whose configuration says that its sites lie elsewhere", function () {
    if (SKIPPED !== undefined) skip(this, SKIPPED);
    const homeWith = (served: string): readonly string[] => {
      const texts = { "/usr/sbin/nginx": "\x7fELF", "/etc/nginx/nginx.conf": `http { server { ${served} } }\n` };
      const files = { ...memoryFiles(texts), packagedState: () => "untouched" as const };
      const unit = withKnowledge(shipped("nginx.service"), { defaults: { restrictSuidSgid: false, files } });
      return [...lines(unit).keys()].filter((it) => it.startsWith("ProtectHome="));
    };
    assert.deepEqual(homeWith("root /var/www/html;"), ["ProtectHome=yes"]);
    for (const it of ["root /home/alice/site;", "root /home/$user/www;", "return 204;"])
      assert.deepEqual(homeWith(it), ["ProtectHome=read-only"], it);
  });
});
