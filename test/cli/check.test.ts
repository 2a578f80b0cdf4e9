import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { wantsColours } from "../../server/src/cli/terminal.ts";
import { NEWEST_VERSION, OLDEST_VERSION } from "../../server/src/facts/version.ts";
import { memoryHost, runOn, runOver } from "../kit/memoryHost.ts";

const GOOD = "[Service]\nExecStart=/bin/true\n";
const TYPO = `${GOOD}ProtectHoem=yes\n`;
const OLD = `${GOOD}StandardOutput=syslog\n`;
const UNIT = "/u/x.service";

interface JsonFinding {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  readonly directive?: string;
  readonly fixes: readonly { readonly title: string; readonly safe: boolean }[];
}

interface JsonReport {
  readonly version: number;
  readonly files: readonly {
    readonly path: string;
    readonly kind: string;
    readonly findings: readonly JsonFinding[];
  }[];
}

/** Checks files with the profile off, unless the arguments say more; the report in JSON. */
function report(files: Readonly<Record<string, string>>, ...argv: readonly string[]): JsonReport {
  const host = memoryHost(files);
  const { stdout } = runOver(host, "check", "--format", "json", "--profile", "off", ...argv, ...Object.keys(files));
  return JSON.parse(stdout) as JsonReport;
}

const codesOf = ({ files }: JsonReport): string[] => files.flatMap((it) => it.findings.map((finding) => finding.code));

describe("cli check: text", () => {
  it("is a line for each finding and a count", () => {
    const host = memoryHost({ [UNIT]: TYPO, "/u/y.service": OLD });
    const { stdout, stderr, status } = runOver(host, "check", "--profile", "off", "/u");
    const lines = stdout.split("\n");
    assert.equal(lines.length, 4);
    assert.match(
      lines[0] ?? "",
      /^\/u\/x\.service:3:1: error: Unknown directive ProtectHoem=.* \[directive\/unknown\]$/,
    );
    assert.match(
      lines[1] ?? "",
      /^\/u\/y\.service:3:16: warning: "syslog" in StandardOutput= .* \[value\/deprecated\]$/,
    );
    assert.deepEqual(lines.slice(2), ["2 files: 1 error, 1 warning", ""]);
    assert.deepEqual([stderr, status], ["", 1]);
  });

  it("puts what a unit lacks together behind one line, with the number of each severity at the end", () => {
    const host = memoryHost({ [UNIT]: `${GOOD}PrivateTmp=no\n` });
    const brief = runOver(host, "check", UNIT).stdout.trimEnd().split("\n");
    const [weak = "", together = "", last = ""] = brief;
    assert.match(weak, /^\/u\/x\.service:3:12: warning: PrivateTmp=no .* \[hardening\/private-tmp\]$/);
    assert.match(together, /^\/u\/x\.service:1:1: warning: \d+ safe settings are missing \(\d\.\d → \d\.\d\); /);
    assert.match(together, /; unit-warden harden adds what is safe; .* \[hardening\]$/);
    assert.match(last, /^1 file: \d+ safe settings are missing; .* \(--each names them\)$/);
    assert.equal(brief.length, 3);
    const lines = runOver(host, "check", "--each", UNIT).stdout.trimEnd().split("\n");
    const missing = lines.filter((it) => it.startsWith("    "));
    for (const it of missing) assert.match(it, /^ {4}(warning|info): \w+= is not set: .* \[hardening\/[a-z-]+\]$/);
    const grades = (lines.at(-1) ?? "").replace(/^1 file: /, "");
    const sum = [...grades.matchAll(/\d+/g)].reduce((all, [it]) => all + Number(it), 0);
    // A setting may take two lines, or have a stricter value that is only likely.
    assert.ok(sum >= missing.length && missing.length > 10, grades);
    assert.deepEqual(lines.slice(0, 2), brief.slice(0, 2));
  });

  it("says that there is nothing to say", () => {
    const { stdout, stderr, status } = runOver(memoryHost({ [UNIT]: GOOD }), "check", "--profile", "off", UNIT);
    assert.deepEqual({ stdout, stderr, status }, { stdout: "1 file: nothing to report\n", stderr: "", status: 0 });
  });

  it("has colours only where they are asked for", () => {
    const host = memoryHost({ [UNIT]: TYPO });
    const argv = ["check", "--profile", "off", UNIT];
    const painted = runOn(argv, host, { colours: true, progress: () => undefined }).stdout;
    assert.match(painted, /\u001b\[31merror\u001b\[0m/);
    const plain = runOver(host, ...argv).stdout;
    assert.doesNotMatch(plain, /\u001b/);
    assert.equal(painted.replaceAll(/\u001b\[\d*m/g, ""), plain);
    assert.doesNotMatch(
      runOn([...argv, "--format", "json"], host, { colours: true, progress: () => undefined }).stdout,
      /\u001b/,
    );
  });

  it("wants colours on a terminal, unless the environment or --color says otherwise", () => {
    const on = (
      isTTY: boolean | undefined,
      env: Readonly<Record<string, string>>,
      ...argv: readonly string[]
    ): boolean => wantsColours({ argv, env, stream: isTTY === undefined ? {} : { isTTY } });
    assert.equal(on(true, {}), true);
    assert.equal(on(true, { NO_COLOR: "" }), true);
    assert.equal(on(true, { NO_COLOR: "1" }), false);
    assert.equal(on(true, { TERM: "dumb" }), false);
    assert.equal(on(false, {}), false);
    assert.equal(on(undefined, {}), false);
    assert.equal(on(false, { FORCE_COLOR: "1" }), true);
    assert.equal(on(false, { FORCE_COLOR: "" }), false);
    assert.equal(on(true, { FORCE_COLOR: "0" }), false);
    assert.equal(on(false, { FORCE_COLOR: "1", NO_COLOR: "1", TERM: "dumb" }), true);
    assert.equal(on(false, { NO_COLOR: "1" }, "check", "--color", "always", UNIT), true);
    assert.equal(on(true, { FORCE_COLOR: "1" }, "check", "--color=never"), false);
    assert.equal(on(false, {}, "check", "--color=never", "--color=always"), true);
    assert.equal(on(true, {}, "check", "--color=auto"), true);
    assert.equal(on(false, {}, "check", "--", "--color=always"), false);
  });

  it("reports its progress file by file", () => {
    const seen: string[] = [];
    const progress = (done: number, total: number): number => seen.push(`${done}/${total}`);
    runOn(["check", "/u"], memoryHost({ [UNIT]: GOOD, "/u/y.service": new Error("no") }), { colours: false, progress });
    assert.deepEqual(seen, ["1/2", "2/2"]);
  });
});

describe("cli check: JSON", () => {
  it("has the shape that is promised", () => {
    const { stdout } = runOver(memoryHost({ [UNIT]: TYPO }), "check", "--format", "json", "--profile", "off", UNIT);
    assert.match(stdout, /^\{.*\}\n$/, "one line");
    const { files, version } = JSON.parse(stdout) as JsonReport;
    const [finding] = files[0]?.findings ?? [];
    assert.ok(finding);
    assert.match(finding.message, /ProtectHoem=/);
    assert.deepEqual(
      { version, files },
      {
        version: 1,
        files: [
          {
            path: UNIT,
            kind: "service",
            checked: true,
            findings: [
              {
                code: "directive/unknown",
                severity: "error",
                message: finding.message,
                start: { line: 2, character: 0 },
                end: { line: 2, character: 11 },
                directive: "ProtectHoem",
                fixes: [{ title: "Change to ProtectHome=", safe: false }],
              },
            ],
          },
        ],
      },
    );
  });

  it("counts characters in UTF-16 units and lines from 0, with any line ends", () => {
    const found = report({ [UNIT]: `# é\r\n[Unit]\r\nDescription=🦊🦊 %j %\r\n${GOOD}ExecStop=/🦊/🦊 "x\n` });
    const places = found.files.flatMap((it) => it.findings).map((it) => [it.code, it.start.line, it.start.character]);
    assert.deepEqual(places.at(-1), ["value/command", 5, 16]);
  });

  it("names files without findings too", () => {
    assert.deepEqual(report({ [UNIT]: GOOD, "/u/x.target": "[Unit]\n" }), {
      version: 1,
      files: [
        { path: UNIT, kind: "service", checked: true, findings: [] },
        { path: "/u/x.target", kind: "target", checked: true, findings: [] },
      ],
    });
  });

  it("is there even where nothing could be read", () => {
    const { stdout, stderr, status } = runOver(memoryHost({}), "check", "--format", "json", UNIT);
    assert.equal(stdout, '{"version":1,"files":[]}\n');
    assert.equal(stderr, `unit-warden: ${UNIT}: there is no such file or folder\n`);
    assert.equal(status, 2);
  });
});

describe("cli check: what is asked for", () => {
  it("is hardening advice at the basic tier where nothing is said", () => {
    const codes = codesOf(
      JSON.parse(runOver(memoryHost({ [UNIT]: GOOD }), "check", "--format", "json", UNIT).stdout) as JsonReport,
    );
    assert.ok(codes.length > 0, "no hardening advice for a plain service");
    assert.deepEqual(
      codes.filter((it) => !it.startsWith("hardening/")),
      [],
    );
  });

  it("is no hardening with the profile off", () => {
    assert.deepEqual(codesOf(report({ [UNIT]: GOOD })), []);
  });

  it("is more with a stricter profile", () => {
    const count = (profile: string): number => codesOf(report({ [UNIT]: GOOD }, "--profile", profile)).length;
    assert.ok(count("basic") < count("strict") && count("strict") < count("isolated"));
  });

  it("is selected and left out by code and by family", () => {
    const text = { [UNIT]: `${TYPO}PrivateTmp=maybe\nNoNewPrivileges=maybe\n[Nope]\n` };
    const all = ["directive/unknown", "value/enumeration", "value/boolean", "section/unknown"];
    assert.deepEqual(codesOf(report(text)), all);
    assert.deepEqual(codesOf(report(text, "--select", "value")), all.slice(1, 3));
    assert.deepEqual(codesOf(report(text, "--select", "value/boolean,section/")), all.slice(2));
    assert.deepEqual(codesOf(report(text, "--ignore", "value")), [all[0], all[3]]);
    assert.deepEqual(codesOf(report(text, "--ignore", " value/boolean , section ")), all.slice(0, 2));
    assert.deepEqual(codesOf(report(text, "--select", "value", "--ignore", "value/boolean")), ["value/enumeration"]);
    assert.deepEqual(codesOf(report(text, "--select", "value/boolean", "--select", "section")), all.slice(2));
  });

  it("holds for the version", () => {
    const text = { [UNIT]: `${GOOD}MemoryLimit=1G\nCPUPressureWatch=auto\n` };
    assert.deepEqual(codesOf(report(text)), ["directive/ignored"]);
    assert.deepEqual(codesOf(report(text, "--systemd", "262")), ["directive/ignored"]);
    // Where nobody says which systemd it is, one that still warns may read the unit.
    const severities = (...argv: readonly string[]): string[] =>
      report({ [UNIT]: `${GOOD}CPUAccounting=yes\nMemoryLimit=1G\n` }, ...argv).files[0]?.findings.map(
        (it) => it.severity,
      ) ?? [];
    assert.deepEqual(severities(), ["info", "warning"]);
    assert.deepEqual(severities("--systemd", "262"), ["error", "error"]);
    assert.deepEqual(codesOf(report(text, "--systemd", "257")), ["directive/retiring", "directive/too-new"]);
  });

  it("holds for the scope, guessed from the path or said", () => {
    const advice = (path: string, ...argv: readonly string[]): string[] =>
      codesOf(report({ [path]: GOOD }, "--profile", "basic", ...argv));
    const system = advice("/etc/systemd/system/x.service");
    const user = advice("/etc/systemd/user/x.service");
    assert.notDeepEqual(user, system);
    assert.deepEqual(advice("/etc/systemd/system/x.service", "--user"), user);
    assert.deepEqual(advice("/etc/systemd/user/x.service", "--system"), system);
  });
});

describe("cli check: exit status", () => {
  const status = (text: string, ...argv: readonly string[]): number =>
    runOver(memoryHost({ [UNIT]: text }), "check", "--profile", "off", ...argv, UNIT).status;

  it("is 1 at or above --fail-on, which is warning where nothing is said", () => {
    assert.equal(status(GOOD), 0);
    assert.equal(status(TYPO), 1);
    assert.equal(status(OLD), 1);
    assert.equal(status(OLD, "--fail-on", "error"), 0);
    assert.equal(status(TYPO, "--fail-on", "error"), 1);
    assert.equal(status(OLD, "--fail-on", "info"), 1);
    assert.equal(status(TYPO, "--fail-on", "never"), 0);
    const hint = `${GOOD}ReadOnlyDirectories=/srv\n`;
    assert.equal(status(hint), 0);
    assert.equal(status(hint, "--fail-on", "info"), 0);
    assert.equal(status(hint, "--fail-on", "advice"), 1);
  });

  it("is 0 for what a service only lacks, which is shown and counted, and fails where it is asked for", () => {
    const lacking = (...argv: readonly string[]): number =>
      runOver(memoryHost({ [UNIT]: GOOD }), "check", ...argv, UNIT).status;
    const { stdout } = runOver(memoryHost({ [UNIT]: GOOD }), "check", UNIT);
    assert.match(stdout, /: ProtectSystem= is not set|\d+ safe settings are missing/);
    assert.match(stdout, /^1 file: \d+ safe settings are missing/m);
    for (const level of ["error", "warning", "info", "never"]) assert.equal(lacking("--fail-on", level), 0, level);
    assert.deepEqual([lacking(), lacking("--profile", "isolated"), lacking("--fail-on", "advice")], [0, 0, 1]);
  });

  it("counts only what is selected", () => {
    assert.equal(status(TYPO, "--ignore", "directive"), 0);
    assert.equal(status(TYPO, "--select", "value"), 0);
  });

  it("is 2 for an unreadable file, which is named, and the rest is checked", () => {
    const host = memoryHost({ "/u/a.service": new Error("permission denied"), [UNIT]: TYPO });
    const { stdout, stderr, status } = runOver(
      host,
      "check",
      "--profile",
      "off",
      "/u",
      "/nowhere.service",
      "/u/x.service",
    );
    assert.equal(
      stderr,
      "unit-warden: /nowhere.service: there is no such file or folder\nunit-warden: /u/a.service: permission denied\n",
    );
    assert.match(stdout, /^\/u\/x\.service:3:1: error/);
    assert.match(stdout, /1 file: 1 error\n$/);
    assert.equal(status, 2);
  });

  it("is 2 for a path that cannot even be looked at", () => {
    const host = memoryHost({ [UNIT]: GOOD, "/u/y.service": GOOD });
    const blind = {
      ...host,
      isLink: (path: string) => path === UNIT || host.isLink(path),
      kind: (path: string) => {
        if (path === UNIT) throw new Error("too many links");
        return host.kind(path);
      },
    };
    for (const path of [UNIT, "/u"]) {
      const { stderr, status } = runOver(blind, "check", "--profile", "off", path);
      assert.equal(stderr, `unit-warden: ${UNIT}: too many links\n`);
      assert.equal(status, 2);
    }
    assert.match(runOver(blind, "check", "--profile", "off", "/u").stdout, /1 file: nothing/);
  });

  it("is 2 for a file that is none of systemd's, which is left alone", () => {
    const host = memoryHost({ "/u/notes.txt": TYPO });
    const { stdout, stderr, status } = runOver(host, "check", "--fix", "/u/notes.txt");
    assert.match(stderr, /^unit-warden: \/u\/notes\.txt: this is no unit file/);
    assert.equal(stdout, "no file was checked\n");
    assert.equal(status, 2);
  });
});

describe("cli check: files", () => {
  it("are found in folders, at any depth, in the order of their names", () => {
    const host = memoryHost({
      "/u/README.md": "x",
      "/u/b.timer": "[Timer]\n",
      "/u/a.service": GOOD,
      "/u/a.service.d/10.conf": "[Service]\n",
      "/u/deep/er/c.socket": "[Socket]\n",
      "/u/app.conf": "x",
    });
    for (const folder of ["/u", "/u/"]) {
      const { stdout } = runOver(host, "check", "--format", "json", "--profile", "off", folder);
      const { files } = JSON.parse(stdout) as JsonReport;
      assert.deepEqual(
        files.map((it) => it.path),
        ["/u/a.service", "/u/a.service.d/10.conf", "/u/b.timer", "/u/deep/er/c.socket"],
      );
    }
  });

  it("have any name, which may be one that systemd refuses", () => {
    const { stdout } = runOver(memoryHost({ "/u/a\nb.service": GOOD }), "check", "--profile", "off", "/u");
    assert.match(stdout, /^\/u\/a\\nb\.service:1:1: error: Invalid unit file name: /);
  });

  it("are not looked for behind links to folders, which may lead in circles", () => {
    const host = memoryHost({ [UNIT]: GOOD }, { links: { "/u/again": "/u" } });
    assert.equal(runOver(host, "check", "--profile", "off", "/u").stdout, "1 file: nothing to report\n");
    assert.equal(runOver(host, "check", "--profile", "off", "/u/again").stdout, "1 file: nothing to report\n");
  });

  it("are taken once, whatever links lead to them", () => {
    const host = memoryHost(
      { "/u/a.service": GOOD, "/u/d.service": GOOD, "/v/e.service": GOOD },
      {
        links: {
          "/u/al.service": "/u/a.service",
          "/u/multi-user.target.wants/d.service": "/u/d.service",
          "/u/multi-user.target.wants/e.service": "/v/e.service",
          "/u/z.service": "/v/e.service",
        },
      },
    );
    const paths = (...named: readonly string[]): string[] => {
      const { stdout } = runOver(host, "check", "--format", "json", "--profile", "off", ...named);
      return (JSON.parse(stdout) as JsonReport).files.map((it) => it.path);
    };
    assert.deepEqual(paths("/u"), ["/u/a.service", "/u/d.service", "/u/z.service"]);
    assert.deepEqual(paths("/u", "/v"), ["/u/a.service", "/u/d.service", "/v/e.service"]);
    assert.deepEqual(paths("/u/multi-user.target.wants"), [
      "/u/multi-user.target.wants/d.service",
      "/u/multi-user.target.wants/e.service",
    ]);
    assert.deepEqual(paths("/u/al.service"), ["/u/al.service"]);
    assert.deepEqual(paths("/u/a.service", "/u", "/u/a.service"), ["/u/a.service", "/u/d.service", "/u/z.service"]);
    assert.deepEqual(paths("/u", "/u/d.service"), ["/u/a.service", "/u/z.service", "/u/d.service"]);
  });

  it("of other programs of systemd are judged beside units, as far as there are rules", () => {
    const found = report({
      "/etc/systemd/network/10-lan.network": "[Match]\nName=lan0\nNonsense\n",
      "/etc/systemd/journald.conf": "?",
      "/etc/tmpfiles.d/a.conf": "?",
    });
    assert.deepEqual(
      found.files.map((it) => [it.kind, it.findings?.length]),
      [
        ["network", 1],
        ["journald.conf", 1],
        ["tmpfiles.d", 0],
      ],
    );
  });

  it("of a drop-in are judged with the unit that it belongs to", () => {
    const files = { "/u/x.service.d/a.conf": "[Service]\nExecStart=/opt/x\n", [UNIT]: GOOD };
    const host = memoryHost(files);
    const args = ["check", "--format", "json", "--profile", "off", "/u/x.service.d/a.conf"];
    const alone = memoryHost({ "/u/x.service.d/a.conf": files["/u/x.service.d/a.conf"] });
    assert.deepEqual(codesOf(JSON.parse(runOver(host, ...args).stdout)), ["unit/several-commands"]);
    assert.deepEqual(codesOf(JSON.parse(runOver(alone, ...args).stdout)), []);
    runOver(host, ...args, "--unsafe-fixes");
    assert.equal(host.files.get("/u/x.service.d/a.conf"), "[Service]\nExecStart=\nExecStart=/opt/x\n");
  });

  it("of a unit with an escape in its name are read with its drop-ins, too", () => {
    const path = "u/a\\x2db.service";
    const files = { [path]: "[Service]\nUser=x\n", [`${path}.d/c.conf`]: "[Service]\nExecStart=/bin/true\n" };
    const { stdout } = runOver(memoryHost(files), "check", "--format", "json", "--profile", "off", path);
    assert.deepEqual(codesOf(JSON.parse(stdout) as JsonReport), []);
  });

  it("of a unit are read together with the drop-ins beside it", () => {
    const bare = "[Service]\nUser=x\n";
    const command = { "/u/x.service.d/command.conf": "[Service]\nExecStart=/bin/true\n" };
    const codes = (files: Readonly<Record<string, string>>): string[] => {
      const { stdout } = runOver(memoryHost(files), "check", "--format", "json", "--profile", "off", UNIT);
      return codesOf(JSON.parse(stdout) as JsonReport);
    };
    assert.deepEqual(codes({ [UNIT]: bare }), ["unit/no-command"]);
    assert.deepEqual(codes({ [UNIT]: bare, ...command }), []);
    assert.deepEqual(codes({ [UNIT]: bare, "/u/service.d/command.conf": "[Service]\nExecStart=/bin/true\n" }), []);
    assert.deepEqual(codes({ [UNIT]: bare, "/u/x.service.d/command.txt": "[Service]\nExecStart=/bin/true\n" }), [
      "unit/no-command",
    ]);
    assert.deepEqual(codes({ [UNIT]: bare, "/u/y.service.d/command.conf": "[Service]\nExecStart=/bin/true\n" }), [
      "unit/no-command",
    ]);
  });

  it("beside it that cannot be read are named", () => {
    const host = memoryHost({ [UNIT]: GOOD, "/u/x.service.d/a.conf": new Error("permission denied") });
    const { stderr, status } = runOver(host, "check", "--profile", "off", UNIT);
    assert.match(stderr, /permission denied/);
    assert.equal(status, 2);
  });

  it("may come from standard input, under the name that is said", () => {
    const host = memoryHost({ "/u/x.service.d/command.conf": GOOD }, { piped: "[Service]\nProtectHoem=yes\n" });
    const { stdout, status } = runOver(host, "check", "--profile", "off", "--stdin-path", UNIT);
    assert.match(stdout, /^\/u\/x\.service:2:1: error.*\n1 file: 1 error\n$/);
    assert.equal(status, 1);
    const other = memoryHost(
      { "/u/y.timer": "[Timer]\nOnCalendar=daily\n[Install]\nWantedBy=timers.target\n" },
      { piped: GOOD },
    );
    assert.match(runOver(other, "check", "--profile", "off", "--stdin-path", UNIT, "/u/y.timer").stdout, /^2 files/);
  });

  it("from standard input are never written", () => {
    const text = `${GOOD}ExecStop=!!/bin/true\n`;
    const host = memoryHost({ [UNIT]: text }, { piped: text });
    assert.equal(runOver(host, "check", "--profile", "off", "--fix", "--stdin-path", UNIT).status, 1);
    assert.deepEqual(host.written, []);
  });

  it("from standard input need the name of a unit", () => {
    const { stderr, status } = runOver(memoryHost({}, { piped: GOOD }), "check", "--stdin-path", "notes.txt");
    assert.equal(stderr, "unit-warden: notes.txt: this is no name of a unit file or drop-in\n");
    assert.equal(status, 2);
  });
});

describe("cli: wrong usage", () => {
  const cases: readonly (readonly [argv: readonly string[], message: RegExp])[] = [
    [["chekc", UNIT], /there is no command chekc; did you mean check\?/],
    [["help", "chekc"], /there is no command chekc; did you mean check\?/],
    [["--versoin"], /there is no command --versoin; did you mean --version\?/],
    [[UNIT], /there is no command \/u\/x\.service; did you mean check \/u\/x\.service\?/],
    [["check", "--format", "xml", UNIT], /--format takes text, json.*, not xml/],
    [["check", "--format", "jsn", UNIT], /not jsn; did you mean json\?/],
    [["check", "--systemd", "debain-12", UNIT], /not debain-12; did you mean debian-12\?/],
    [["check", "--profile", "extreme", UNIT], /--profile takes off, basic, strict, isolated, not extreme/],
    [["check", "--fail-on", "sometimes", UNIT], /--fail-on takes .*never, not sometimes/],
    [
      ["check", "--systemd", "12", UNIT],
      new RegExp(`--systemd takes a version from ${OLDEST_VERSION} to ${NEWEST_VERSION}, a distribution .*, not 12`),
    ],
    [["check", "--systemd", "257.x", UNIT], /--systemd takes a version/],
    [["check", "--systemd", "", UNIT], /--systemd takes a version/],
    [["check", "--user", "--system", UNIT], /--user and --system exclude each other/],
    [["check", "--nonsense", UNIT], /check has no option --nonsense$/],
    [["check", "--fromat=json", UNIT], /check has no option --fromat; did you mean --format\?/],
    [["check", "-format", "json", UNIT], /check has no option -format; did you mean --format\?/],
    [["check", UNIT, "--select"], /--select is followed by nothing: CODE,… is missing/],
    [["check", UNIT, "--select", "--fix"], /--select is followed by --fix: CODE,… is missing/],
    [["check", "--fix=yes", UNIT], /--fix takes no value, not yes/],
  ];
  for (const [argv, message] of cases)
    it(`is told on standard error: ${argv.join(" ")}`, () => {
      const host = memoryHost({ [UNIT]: TYPO });
      const { stdout, stderr, status } = runOver(host, ...argv);
      assert.deepEqual([stdout, status], ["", 2]);
      const [first = "", second = "", ...rest] = stderr.split("\n");
      assert.match(first, /^unit-warden: /);
      assert.match(first, message);
      assert.match(second, /^unit-warden (?:check --help lists its options|--help lists all commands)$/);
      assert.deepEqual(rest, [""]);
    });

  it("without any word names the commands, with status 2", () => {
    const { stdout, stderr, status } = runOver(memoryHost({}));
    assert.equal(stdout, "");
    assert.match(stderr, /^unit-warden: name a command: check, .*\nunit-warden --help lists all commands\n$/);
    assert.equal(status, 2);
  });

  it("does not meet a question for help", () => {
    for (const argv of [["--help"], ["-h"], ["help"], ["check", "--help"], ["check", "-h"]]) {
      const { stdout, stderr, status } = runOver(memoryHost({}), ...argv);
      assert.match(stdout, /^usage: /);
      assert.deepEqual([stderr, status], ["", 0]);
    }
  });
});
