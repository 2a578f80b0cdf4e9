import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "mocha";
import { parse } from "../../server/src/syntax/parse.ts";
import { reasonFor, writtenFor } from "../../server/src/units/scope.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { skip } from "../kit/skip.ts";

const RUN = "[Service]\nExecStart=/usr/bin/a\n";
const install = (target: string): string => `[Install]\nWantedBy=${target}\n`;

/** Whose manager a text is written for, with the lines that say so. */
function read(text: string): string {
  const { scope, because = [] } = writtenFor(parse(text)) ?? {};
  return [scope ?? "open", ...because].join(" | ");
}

describe("whose manager a unit is written for", () => {
  it("is a user's where it names what only that one has", () => {
    assert.equal(read(`[Unit]\nAfter=graphical-session.target\n${RUN}`), "user | After=graphical-session.target");
    assert.equal(read(`${RUN}${install("graphical-session.target")}`), "user | WantedBy=graphical-session.target");
    assert.equal(read(`[Unit]\nConditionUser=!root\n${RUN}`), "user | ConditionUser=!root");
    assert.equal(read(`[Unit]\nConditionUser=|!@system\n${RUN}`), "user | ConditionUser=|!@system");
    assert.equal(read(`${RUN}Slice=session.slice\n`), "user | Slice=session.slice");
  });

  it("is a user's where several signs agree and none speaks for the system", () => {
    assert.equal(read(`${RUN}${install("default.target")}`), "user | WantedBy=default.target | no User=");
    assert.equal(
      read(`[Service]\nExecStart=/usr/bin/a %t/a\n${install("default.target")}`),
      "user | WantedBy=default.target | %t in ExecStart=",
    );
    assert.equal(read("[Service]\nExecStart=%h/bin/a\n"), "user | %h in ExecStart=");
    assert.equal(
      read(`[Socket]\nListenStream=%t/a.socket\n${install("sockets.target")}`),
      "user | %t in ListenStream=",
    );
  });

  it("is the system's where a line needs it, whatever else is there", () => {
    const sign = "[Unit]\nAfter=graphical-session.target\n";
    for (const line of ["User=a", "Group=a", "DynamicUser=yes", "AmbientCapabilities=CAP_KILL", "PAMName=login"])
      assert.equal(read(`${sign}${RUN}${line}\n`), `system | ${line.slice(0, line.indexOf("=") + 1)}`);
    for (const target of ["multi-user.target", "graphical.target", "sysinit.target"])
      assert.equal(read(`[Service]\nExecStart=%h/a\n${install(target)}`), `system | WantedBy=${target}`);
    assert.equal(read(`[Socket]\nListenStream=%t/a\nSocketGroup=a\n`), "system | SocketGroup=");
  });

  it("is open where signs are weak or absent", () => {
    for (const text of [
      RUN,
      "",
      `${RUN}User=\nDynamicUser=no\n`,
      "[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n",
      `[Service]\nExecStart=/usr/bin/a %t/a\n`,
      `[Service]\nExecStart=/usr/bin/a %%h\n`,
      `[Unit]\nConditionUser=root\n${RUN}`,
      `[Unit]\nAfter=network.target\n${RUN}${install("default.target")}`,
      `[Service]\nExecStart=/usr/sbin/a\n${install("default.target")}`,
      `[Service]\nExecStart=/usr/bin/a /var/lib/a\n${install("default.target")}`,
      `${RUN}ProtectClock=yes\n${install("default.target")}`,
    ])
      assert.equal(read(text), "open", text);
  });

  it("is what is asked for, else what the lines say, else the system's", () => {
    const file = parse(`${RUN}${install("default.target")}`);
    assert.deepEqual(reasonFor(file, "system"), { scope: "system", from: "asked", because: [] });
    assert.equal(reasonFor(file, "auto").scope, "user");
    assert.deepEqual(reasonFor(parse(RUN), "auto"), { scope: "system", from: "default", because: [] });
  });
});

const CORPUS = "../shared/corpus/units";

describe("whose manager the units of a distribution are written for", () => {
  before(function () {
    if (!existsSync(CORPUS)) skip(this, "the corpus is not here");
  });

  it("is seldom a user's by their lines where their folder is the system's", () => {
    const taken = { system: [] as string[], user: [] as string[] };
    let users = 0;
    for (const name of readdirSync(CORPUS, { recursive: true, encoding: "utf8" })) {
      const [, folder] =
        /\/systemd\/(system|user)\/[^/]+\.(?:service|socket|timer|path|target|slice|mount)$/.exec(name) ?? [];
      if (!folder) continue;
      if (folder === "user") users++;
      const found = writtenFor(parse(readFileSync(join(CORPUS, name), "latin1")))?.scope;
      if (found === "user") taken[folder === "user" ? "user" : "system"].push(name);
    }
    console.log(
      `      ${taken.user.length} of ${users} units of users are known, and as such ${taken.system.length} of the system`,
    );
    // Podman installs the same units for both.
    const wrong = taken.system.filter((it) => !/^(?:podman|netavark)\//.test(it));
    assert.deepEqual(wrong, ["hfd-service/usr/lib/systemd/system/hfd-service.service"]);
    assert.ok(taken.user.length * 2 > users);
  });
});

describe("cli: whose manager a unit is judged for", () => {
  const HOME = "[Service]\nExecStart=%h/bin/a\n";
  const scopeOf = (path: string, text: string, ...argv: readonly string[]): string => {
    const { stdout } = runOver(memoryHost({ [path]: text }), "security", "--format", "json", path, ...argv);
    return (JSON.parse(stdout) as { units: readonly { scope: string }[] }).units[0]?.scope ?? "none";
  };

  it("is that of its lines where its folder says nothing, and flags count before both", () => {
    assert.equal(scopeOf("/src/a.service", HOME), "user");
    assert.equal(scopeOf("/src/a.service", `${HOME}User=a\n`), "system");
    assert.equal(scopeOf("/src/a.service.in", HOME), "user");
    assert.equal(scopeOf("/src/a.service", HOME, "--system"), "system");
    assert.equal(scopeOf("/src/a.service", RUN, "--user"), "user");
    assert.equal(scopeOf("/src/etc/systemd/system/a.service", HOME), "system");
    assert.equal(scopeOf("/src/debian/a.service", HOME), "system");
    assert.equal(scopeOf("/src/systemd/user/a.service", `${RUN}User=a\n`), "user");
  });

  it("decides what is found", () => {
    const found = (text: string): string =>
      runOver(memoryHost({ "/src/a.service": text }), "check", "/src/a.service").stdout;
    assert.match(found(RUN), /safe settings are missing/);
    assert.notEqual(found(HOME), found(HOME.replace("%h", "/opt/a")));
  });

  it("is that of the unit for its drop-ins", () => {
    const files = { "/src/a.service": HOME, "/src/a.service.d/x.conf": "[Unit]\nFailureAction=reboot\n" };
    const check = (main: string): string =>
      runOver(memoryHost({ ...files, "/src/a.service": main }), "check", "--profile", "off", "/src/a.service.d/x.conf")
        .stdout;
    assert.match(check(HOME), /"reboot" in FailureAction= is not available in a user unit/);
    assert.doesNotMatch(check(RUN), /user unit/);
  });
});
