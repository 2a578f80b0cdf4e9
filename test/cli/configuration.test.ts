import assert from "node:assert/strict";
import { describe, it } from "mocha";
import type { Outcome } from "../../server/src/cli/outcome.ts";
import { type Content, memoryHost, runOver } from "../kit/memoryHost.ts";

const TYPO = "[Service]\nExecStart=/bin/true\nProtectHoem=yes\n";
const OFF = '{ "profile": "off" }';

type Files = Readonly<Record<string, Content>>;

function check(files: Files, ...argv: readonly string[]): Outcome {
  return runOver(memoryHost(files, { cwd: "/cwd" }), "check", ...argv);
}

/** The lines of findings, each as path, place, severity and code. */
function found(files: Files, ...argv: readonly string[]): string[] {
  const lines = check(files, ...argv).stdout.split("\n");
  return lines.flatMap((it) => {
    const [, place = "", severity = "", code = ""] = /^(\S+:\d+:\d+): (\w+): .*\[(.*)\]$/.exec(it) ?? [];
    return place === "" ? [] : [`${place} ${severity} ${code}`];
  });
}

describe("cli check: configuration", () => {
  const files = {
    "/repo/.git/config": "",
    "/.unit-warden.json": '{ "profile": "off", "rules": { "directive": "off" } }',
    "/repo/units/x.service": TYPO,
  };
  const at = "/repo/units/x.service";

  it("is the nearest one above a file, alone, and none above the repository", () => {
    const inRepo = { ...files, "/repo/.unit-warden.json": '{ "profile": "off", "rules": { "directive": "info" } }' };
    const near = { ...inRepo, "/repo/units/.unit-warden.jsonc": OFF };
    assert.deepEqual(found(files, at, "--profile", "off"), [`${at}:3:1 error directive/unknown`]);
    assert.deepEqual(found(inRepo, at), [`${at}:3:1 info directive/unknown`]);
    assert.deepEqual(found(near, "/repo/units"), [`${at}:3:1 error directive/unknown`]);
    const { "/repo/.git/config": _, ...plain } = files;
    assert.deepEqual(found(plain, at), []);
  });

  it("stands in package.json, where that has the key, and .unit-warden.json goes before it", () => {
    const key = '{ "name": "x", "unitWarden": { "profile": "off" } }';
    assert.deepEqual(found({ ...files, "/repo/units/package.json": key }, at), [`${at}:3:1 error directive/unknown`]);
    const both = {
      "/repo/units/package.json": key,
      "/repo/units/.unit-warden.json": '{ "profile": "off", "rules": { "directive": "hint" } }',
    };
    assert.deepEqual(found({ ...files, ...both }, at), [`${at}:3:1 hint directive/unknown`]);
    const without = '{ "name": "unit-warden", "bin": { "unit-warden": "x" } }';
    const above = { "/repo/units/package.json": without, "/repo/package.json": key };
    assert.deepEqual(found({ ...files, ...above }, at), [`${at}:3:1 error directive/unknown`]);
  });

  it("names more ways to write a placeholder", () => {
    const unit = "[Service]\nExecStart=/bin/a\nWorkingDirectory=<<DIR>>/\nRestart=alwais\n";
    const own = {
      "/repo/.git/config": "",
      "/repo/.unit-warden.json": '{ "profile": "off", "placeholders": ["<<*>>"] }',
    };
    assert.deepEqual(found({ ...own, [at]: unit }, at), [`${at}:4:9 error value/enumeration`]);
  });

  it("gives way to options", () => {
    const strict = {
      ...files,
      "/repo/.unit-warden.json": '{ "profile": "strict", "systemd": 239, "rules": { "value": "off" } }',
    };
    assert.match(check(strict, at).stdout, /safe settings are missing/);
    assert.deepEqual(found(strict, at, "--profile", "off"), [`${at}:3:1 error directive/unknown`]);
    const newer = { ...strict, "/repo/units/x.service": "[Service]\nExecStart=/bin/true\nExtensionDirectories=/x\n" };
    assert.deepEqual(found(newer, at, "--profile", "off"), [`${at}:3:1 error directive/too-new`]);
    assert.deepEqual(found(newer, at, "--profile", "off", "--systemd", "257"), []);
    assert.deepEqual(found(strict, at, "--no-config", "--profile", "off", "--ignore", "directive"), []);
  });

  it("may be named, and has to be one then", () => {
    const named = {
      ...files,
      "/repo/ci/strict.json": '{ "profile": "off", "rules": { "directive": "hint" }, "exclude": ["/y.service"] }',
    };
    assert.deepEqual(found(named, at, "--config", "/repo/ci/strict.json"), [`${at}:3:1 hint directive/unknown`]);
    for (const [config, reason] of [
      ["/repo/no.json", /no\.json: there is no such file/],
      ["/repo/ci", /ci: there is no such file/],
      ["/repo/package.json", /package\.json: it has no key "unitWarden"/],
    ] as const) {
      const { stderr, status } = check({ ...named, "/repo/package.json": "{}" }, at, "--config", config);
      assert.match(stderr, reason);
      assert.equal(status, 2);
    }
    assert.match(check(named, at, "--config", "x", "--no-config").stderr, /exclude each other/);
  });

  it("leaves out what it excludes, and says so of a file that is named", () => {
    const excluding = {
      ...files,
      "/repo/.unit-warden.json": '{ "profile": "off", "exclude": ["vendor"] }',
      "/repo/vendor/y.service": TYPO,
    };
    assert.deepEqual(found(excluding, "/repo"), [`${at}:3:1 error directive/unknown`]);
    const { stdout, stderr, status } = check(excluding, "/repo/vendor/y.service");
    assert.equal(stdout, "no file was checked\n");
    assert.match(stderr, /note: \/repo\/vendor\/y\.service: not checked: \/repo\/\.unit-warden\.json excludes it/);
    assert.equal(status, 0);
  });

  it("says whose manager reads a file", () => {
    const user = {
      ...files,
      "/repo/units/x.service": "[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n",
    };
    const set = '{ "profile": "off", "overrides": [{ "files": ["units/**"], "scope": "user" }] }';
    assert.notDeepEqual(found({ ...user, "/repo/.unit-warden.json": set }, at), []);
    assert.deepEqual(found({ ...user, "/repo/.unit-warden.json": set }, at, "--system"), []);
  });

  it("says whether files are templates", () => {
    const unit = {
      ...files,
      "/repo/units/x.service": "[Service]\nExecStart=@BINDIR@/x\nWorkingDirectory=__HOME__/x\n",
    };
    const said = (set: string): string[] => found({ ...unit, "/repo/.unit-warden.json": set }, at);
    assert.deepEqual(said('{ "profile": "off" }'), []);
    assert.notDeepEqual(said('{ "profile": "off", "templates": "off" }'), []);
  });

  it("has findings of its own in every report, which options may leave out", () => {
    const wrong = {
      ...files,
      "/repo/.unit-warden.json": '{\n  "profile": "off",\n  "profil": 1\n}\n',
      "/repo/units/x.service": "[Service]\nExecStart=/bin/true\n",
    };
    assert.deepEqual(found(wrong, "/repo/units"), ["/repo/.unit-warden.json:3:3 error configuration/unknown-key"]);
    assert.match(
      check(wrong, "/repo/units").stderr,
      /^unit-warden: .*\.json: Unknown key profil; did you mean profile\?$/m,
    );
    for (const argv of [[], ["--ignore", "configuration"], ["--fail-on", "never"]])
      assert.equal(check(wrong, "/repo/units", ...argv).status, 2, argv.join(" "));
    for (const format of ["json", "sarif", "github", "gitlab", "junit"])
      assert.match(check(wrong, "/repo/units", "--format", format).stdout, /configuration\/unknown-key/, format);
    const { runs } = JSON.parse(check(wrong, "/repo/units", "--format", "sarif").stdout);
    assert.equal(runs[0].tool.driver.rules[0].id, "configuration/unknown-key");
  });

  it("counts for nothing where it is no JSON, too large or unreadable, and the rest is checked all the same", () => {
    for (const [text, reason] of [
      ["{ broken", /\.unit-warden\.json: it is no JSON; what it sets does not count/],
      [`${" ".repeat(1 << 20)}{}`, /it is larger than 1048576 bytes/],
      [new Error("permission denied"), /permission denied/],
    ] as const) {
      const broken = { ...files, "/repo/.unit-warden.json": text };
      const { stderr, status } = check(broken, at, "--profile", "off", "--fail-on", "never");
      assert.match(stderr, reason);
      assert.equal(status, 2);
      assert.ok(found(broken, at, "--profile", "off").includes(`${at}:3:1 error directive/unknown`));
    }
    const folder = { ...files, "/repo/.unit-warden.json/y": "", "/repo/package.json": `${" ".repeat(1 << 20)}{}` };
    assert.equal(check(folder, at, "--profile", "off").stderr, "");
  });

  it("says whether what a service lacks fails: by failOn, by a severity of a code, or by a threshold of its exposure", () => {
    const plain = { "/repo/.git/config": "", "/repo/x.service": "[Service]\nExecStart=/bin/true\n" };
    const run = (configuration: object, ...argv: readonly string[]): ReturnType<typeof check> =>
      check({ ...plain, "/repo/.unit-warden.json": JSON.stringify(configuration) }, "/repo/x.service", ...argv);
    assert.equal(run({}).status, 0);
    assert.equal(run({ failOn: "advice" }).status, 1);
    assert.equal(run({ failOn: "advice" }, "--fail-on", "warning").status, 0);
    assert.equal(run({ overrides: [{ files: ["x.*"], failOn: "advice" }] }).status, 1);
    assert.equal(run({ rules: { "hardening/protect-home": "warning" } }).status, 1);
    assert.equal(run({ rules: { "hardening/protect-home": "info" } }).status, 0);
    assert.equal(run({ rules: { style: "warning" } }).status, 0);
    const exposed = run({ security: { threshold: 5 } });
    assert.equal(exposed.status, 1);
    const sentence =
      "exposure 9.4 is above 5.0, the threshold in /repo/.unit-warden.json: the settings that it lacks fail";
    assert.match(exposed.stderr, new RegExp(`^unit-warden: note: /repo/x\\.service: ${sentence}\n$`));
    assert.deepEqual(
      [run({ security: { threshold: 9.5 } }).status, run({ security: { threshold: 9.5 } }).stderr],
      [0, ""],
    );
    assert.equal(run({ security: { threshold: 5 } }, "--fail-on", "never").status, 0);
    assert.equal(run({ security: { threshold: 5 } }, "--profile", "off").status, 0);
  });

  it("is shown for a path, with what the options change", () => {
    const set =
      '{ "profile": "strict", "systemd": "debian-12", "exclude": ["x.*"], "baseline": "b.json", "rules": { "unit": "off" } }';
    const host = { ...files, "/repo/.unit-warden.json": set };
    const shown = (...argv: readonly string[]): unknown =>
      JSON.parse(check(host, "--show-config", at, ...argv).stdout).files[0];
    const known = { path: at, configuration: "/repo/.unit-warden.json", excluded: true, profile: "strict" };
    const rest = { systemd: ["debian-12"], failOn: "warning", rules: { unit: "off" }, baseline: "/repo/b.json" };
    assert.deepEqual(shown(), { ...known, ...rest });
    assert.deepEqual(shown("--profile", "off"), { ...known, ...rest, profile: "off" });
    assert.deepEqual(shown("--no-config"), {
      path: at,
      configuration: null,
      excluded: false,
      profile: "basic",
      failOn: "warning",
    });
  });

  it("counts for standard input by the path that it stands for", () => {
    const host = memoryHost({ ...files, "/repo/.unit-warden.json": OFF }, { cwd: "/cwd", piped: TYPO });
    const { stdout } = runOver(host, "check", "--stdin-path", "/repo/units/new.service");
    assert.match(stdout, /^\/repo\/units\/new\.service:3:1: error/);
    assert.equal(stdout.split("\n").length, 3);
  });
});

describe("cli security: configuration", () => {
  const files = {
    "/repo/.unit-warden.json":
      '{ "security": { "threshold": 5.0, "units": { "a-*.service": 9.9, "a-b.service": 9.2 } } }',
    "/repo/a-b.service": TYPO,
    "/repo/a-c.service": TYPO,
    "/repo/d.service": TYPO,
  };
  const security = (...argv: readonly string[]): Outcome =>
    runOver(memoryHost(files, { cwd: "/cwd" }), "security", ...argv);

  it("has a threshold for each service, and shows which one applied", () => {
    const { stdout, status } = security("/repo/a-b.service", "/repo/a-c.service", "/repo/d.service");
    assert.match(stdout, /a-b\.service .*above 9\.2, the threshold of a-b\.service in \/repo\/\.unit-warden\.json$/m);
    assert.match(stdout, /a-c\.service .*within 9\.9, the threshold of a-\*\.service in \/repo\/\.unit-warden\.json$/m);
    assert.match(stdout, /d\.service .*above 5\.0, the threshold in \/repo\/\.unit-warden\.json$/m);
    assert.equal(status, 1);
    assert.equal(security("/repo/a-c.service").status, 0);
    assert.equal(security("/repo/a-b.service").status, 1);
    const { units } = JSON.parse(security("/repo/a-b.service", "--format", "json").stdout);
    assert.deepEqual(units[0].threshold, { tenths: 92, unit: "a-b.service", from: "/repo/.unit-warden.json" });
  });

  it("gives way to the option", () => {
    assert.equal(security("/repo/a-b.service", "--threshold", "95").status, 0);
    assert.equal(security("/repo/a-c.service", "--threshold", "50").status, 1);
    assert.doesNotMatch(security("/repo/a-c.service", "--threshold", "50").stdout, /threshold/);
    assert.equal(security("/repo/d.service", "--no-config").status, 0);
  });
});

describe("cli harden, show and sandbox: configuration", () => {
  const UNIT = "/repo/x.service";
  const run = (set: string, ...argv: readonly string[]): string =>
    runOver(memoryHost({ [UNIT]: "[Service]\nExecStart=/bin/true\n", "/repo/.unit-warden.json": set }), ...argv, UNIT)
      .stdout;

  it("follow its profile and its systemd", () => {
    assert.equal(run('{ "profile": "strict" }', "harden"), run("{}", "harden", "--profile", "strict"));
    assert.equal(run('{ "profile": "strict" }', "harden", "--profile", "basic"), run("{}", "harden"));
    assert.equal(run('{ "systemd": 239 }', "harden"), run("{}", "harden", "--systemd", "239"));
    assert.notEqual(
      run('{ "systemd": 239, "profile": "strict" }', "harden"),
      run("{}", "harden", "--profile", "strict"),
    );
    assert.equal(run('{ "profile": "off" }', "harden"), run("{}", "harden"));
    for (const it of ["show", "sandbox"]) {
      assert.equal(run('{ "scope": "user" }', it), run("{}", it, "--user"), it);
      assert.equal(run('{ "systemd": 239 }', it), run("{}", it, "--systemd", "239"), it);
    }
  });
});
