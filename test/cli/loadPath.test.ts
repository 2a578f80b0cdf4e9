import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { answerTool } from "../../server/src/cli/mcp/answer.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const UNIT = "[Service]\nExecStart=/usr/bin/web\n";
const MAIN = "/usr/lib/systemd/system/web.service";
const OWN = "/etc/systemd/system/web.service.d/override.conf";
const KIND = "/usr/lib/systemd/system/service.d/10-all.conf";
const FILES = {
  [MAIN]: UNIT,
  [OWN]: "[Service]\nPrivateTmp=yes\nReadWritePaths=/srv/gone\n",
  [KIND]: "[Service]\nNoNewPrivileges=yes\n",
};
const MERGED = `merged with ${KIND}, ${OWN}`;

/** What a command prints over files of a machine, or below a root. */
const printed = (files: Readonly<Record<string, string>>, ...argv: readonly string[]): string => {
  const { stdout, stderr } = runOver(memoryHost(files), ...argv);
  return stdout + stderr;
};

const below = (root: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [root + path, text]));

/** How each command is asked about a unit as JSON, and where its answer has what systemd loads. */
const COMMANDS = [
  ["check", "--format", "json"],
  ["security", "--format", "json"],
  ["harden", "--format", "json"],
  ["sandbox", "--format", "json"],
  ["explain", "--format", "json", "226/NAMESPACE"],
] as const;

interface Loaded {
  readonly name: string;
  readonly state: string;
  readonly files: readonly string[];
}

function loadedBy(files: Readonly<Record<string, string>>, ...argv: readonly string[]): Loaded | undefined {
  const { stdout } = runOver(memoryHost(files), ...argv);
  const all = JSON.parse(stdout) as { files?: { loaded?: Loaded }[]; units?: { loaded?: Loaded }[]; loaded?: Loaded };
  return (all.files ?? all.units ?? [all])[0]?.loaded;
}

describe("cli: units of a load path", () => {
  for (const [command, ...options] of COMMANDS) {
    it(`${command} judges a file with the drop-ins of all places, on the machine and in a tree`, () => {
      const whole = { name: "web.service", state: "loaded", files: [MAIN, KIND, OWN] };
      const { name, state, files } = loadedBy(FILES, command, ...options, MAIN) ?? {};
      assert.deepEqual({ name, state, files }, whole);
      const tree = loadedBy(below("/r", FILES), command, ...options, `/r${MAIN}`);
      assert.deepEqual(
        tree?.files,
        whole.files.map((it) => `/r${it}`),
      );
    });

    it(`${command} takes the name of a unit, in the load path of a root`, () => {
      for (const name of ["web", "web.service"]) {
        assert.deepEqual(loadedBy(FILES, command, ...options, name)?.files, [MAIN, KIND, OWN]);
        const found = loadedBy(below("/r", FILES), command, "--root", "/r", ...options, name);
        assert.deepEqual(found?.files, [`/r${MAIN}`, `/r${KIND}`, `/r${OWN}`]);
      }
      assert.match(
        printed(FILES, command, ...options, "wep.service"),
        /no unit wep\.service .*did you mean web\.service\?/,
      );
    });

    it(`${command} says which mask keeps a unit from being loaded`, () => {
      const masked = { ...FILES, "/etc/systemd/system/web.service": "" };
      assert.match(
        printed(masked, command, ...options, "web"),
        /web(?:\.service)? ?(?:is|:)?.*masked by \/etc\/systemd\/system\/web\.service: systemd reads none of its files/,
      );
    });

    it(`${command} leaves a file of a repository with what lies next to it`, () => {
      const files = { ...FILES, "/u/web.service": UNIT };
      assert.equal(loadedBy(files, command, ...options, "/u/web.service"), undefined);
    });
  }

  it("says in one line what was merged", () => {
    assert.match(printed(FILES, "check", MAIN), new RegExp(`^${MAIN}: ${MERGED}$`, "m"));
    // Of a unit that is named with its drop-ins it is said once.
    assert.equal(printed(FILES, "check", "web").match(/merged with/g)?.length, 1);
    assert.match(printed(FILES, "security", MAIN), new RegExp(`^ {2}${MERGED}$`, "m"));
    assert.match(printed(FILES, "harden", MAIN), new RegExp(`^# ${MERGED}$`, "m"));
    assert.match(printed(FILES, "sandbox", MAIN), new RegExp(`^${MERGED}$`, "m"));
    assert.match(printed(FILES, "explain", "226/NAMESPACE", MAIN).replaceAll("\n", " "), new RegExp(MERGED));
  });

  it("names the setting of a drop-in that a failure comes from", () => {
    const said = printed(FILES, "explain", "226/NAMESPACE", MAIN);
    assert.match(said, /override\.conf:3: ReadWritePaths=\/srv\/gone/);
  });

  it("reads what overrides a file", () => {
    const other = "/etc/systemd/system/web.service";
    const files = { ...FILES, [other]: `${UNIT}ProtectHome=yes\n` };
    assert.match(printed(files, "security", MAIN), new RegExp(`overridden by ${other}; merged with`));
    assert.equal(printed(files, "security", other).split("\n")[1], printed(files, "security", MAIN).split("\n")[1]);
    assert.match(printed(files, "harden", MAIN), new RegExp(`${MAIN}: overridden by ${other}`));
    assert.match(printed(files, "check", MAIN), new RegExp(`${MAIN}: overridden by ${other}`));
    assert.doesNotMatch(printed(files, "check", MAIN), /hardening\//);
    // Of a folder what is not loaded is left out.
    const all = JSON.parse(runOver(memoryHost(files), "security", "--format", "json", "/usr", "/etc").stdout) as {
      units: { path: string }[];
    };
    assert.deepEqual(
      all.units.map((it) => it.path),
      [other],
    );
  });

  it("finds a unit by an alias, and an instance by its template", () => {
    const host = memoryHost(
      {
        ...FILES,
        "/usr/lib/systemd/system/get@.service": UNIT,
        "/etc/systemd/system/www.service.d/a.conf": "[Service]\nNice=1\n",
      },
      { links: { "/etc/systemd/system/www.service": MAIN } },
    );
    const read = (name: string): string => runOver(host, "security", name).stdout;
    assert.match(
      read("www"),
      /level for web\.service: .*\n {2}merged with .*www\.service\.d\/a\.conf.*; also called www\.service$/m,
    );
    assert.match(
      read("get@a"),
      /level for get@a\.service: .*\n {2}get@a\.service is read from \/usr\/lib\/systemd\/system\/get@\.service/,
    );
    assert.match(runOver(host, "show", "get@a").stdout, /get@a\.service/);
  });

  it("takes a file of the current folder before a unit of that name", () => {
    const here = { ...FILES, "web.service": "[Service]\nExecStart=/bin/here\n" };
    const { stdout } = runOver(memoryHost(here, { cwd: "/home/me" }), "show", "web.service");
    assert.match(stdout, /ExecStart=\/bin\/here/);
  });

  it("never takes a folder of a repository for the machine's", () => {
    const files = { ...FILES, "usr/lib/systemd/system/web.service": UNIT };
    const { stdout } = runOver(
      memoryHost(files, { cwd: "/home/me" }),
      "show",
      "--format",
      "json",
      "usr/lib/systemd/system/web.service",
    );
    assert.deepEqual((JSON.parse(stdout) as { units: { files: string[] }[] }).units[0]?.files, [
      "usr/lib/systemd/system/web.service",
    ]);
  });

  it("follows links of a root below that root", () => {
    const host = memoryHost(
      { "/r/opt/web.service": `${UNIT}PrivateTmp=yes\n`, "/opt/web.service": UNIT },
      { links: { "/r/etc/systemd/system/web.service": "/opt/web.service" } },
    );
    assert.match(runOver(host, "show", "--root", "/r", "web").stdout, /PrivateTmp=yes/);
  });

  it("checks a unit that is named with its drop-ins, and the current folder where none is", () => {
    const wrong = { ...FILES, [OWN]: "[Service]\nPrivateTmp=perhaps\n" };
    assert.match(printed(wrong, "check", "web"), new RegExp(`^${OWN}:2:12: error`, "m"));
    const here = memoryHost({ "/w/a.service": `${UNIT}PrivateTmp=perhaps\n` }, { cwd: "/w" });
    assert.match(runOver(here, "check").stdout, /a\.service:3:12: error/);
  });

  it("reads the units of a user with those of the home folder", () => {
    const files = {
      "/usr/lib/systemd/user/sync.service": UNIT,
      "/home/me/.config/systemd/user/sync.service.d/a.conf": "[Service]\nNice=1\n",
    };
    const host = { ...memoryHost(files), home: "/home/me" };
    assert.match(runOver(host, "show", "--user", "sync").stdout, /Nice=1/);
    const own = { ...files, "/home/me/.config/systemd/user/sync.service": UNIT };
    assert.match(runOver(memoryHost(own), "show", "/home/me/.config/systemd/user/sync.service").stdout, /Nice=1/);
  });

  it("answers tools of a model alike", () => {
    const host = memoryHost(FILES);
    for (const command of ["check", "security", "harden", "sandbox"])
      assert.match(answerTool({ argv: [command, "--", MAIN] }, host).text, /override\.conf/);
    // A text in place of the file's has the drop-ins all the same.
    const file = { path: MAIN, text: `${UNIT}ProtectHome=yes\n` };
    assert.match(answerTool({ argv: ["security", "--", MAIN], file }, host).text, /override\.conf/);
  });

  it("lists no folder of a load path again for the next file", () => {
    const units = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`/r/usr/lib/systemd/system/u${i}.service`, UNIT]),
    );
    const host = memoryHost(units);
    const listed: string[] = [];
    const counting = {
      ...host,
      entries(folder: string) {
        listed.push(folder);
        return host.entries(folder);
      },
    };
    runOver(counting, "check", "/r");
    assert.ok(listed.length < 20, `${listed.length} lists`);
  });

  it("reads standard input for a dash, which needs a path", () => {
    const host = memoryHost(FILES, { piped: `${UNIT}PrivateTmp=perhaps\n` });
    assert.match(runOver(host, "check", "-", "--stdin-path", MAIN).stdout, /web\.service:3:12: error/);
    const { stderr, status } = runOver(host, "check", "-");
    assert.match(stderr, /- is standard input: add --stdin-path/);
    assert.equal(status, 2);
  });

  it("has learn take the path of an installed unit, and refuse any other", () => {
    const script = (path: string) => runOver(memoryHost(FILES), "learn", "--script", path);
    assert.equal(script(MAIN).stdout, script("web.service").stdout);
    assert.equal(script(OWN).stdout, script("web").stdout);
    assert.match(script("/u/web.service").stderr, /web\.service is not the name of a unit/);
  });

  it("takes the drop-ins beside a file that only its text tells from a quadlet", () => {
    const text = "[Network]\nAddress=10.0.0.1/24\n";
    const files = { "/w/x.network": `[Match]\nName=eth0\n${text}`, "/w/x.network.d/a.conf": text };
    assert.match(printed(files, "check", "/w/x.network"), /"10\.0\.0\.1\/24" in Address= comes again below/);
  });
});
