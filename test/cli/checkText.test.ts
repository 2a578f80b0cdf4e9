import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOn, runOver } from "../kit/memoryHost.ts";

const UNIT = "/u/x.service";
const GOOD = "[Service]\nExecStart=/bin/true\n";
/** An old value above a mistake. */
const MIXED = `${GOOD}StandardOutput=syslog\nProtectHoem=yes\n`;
/** Two safe fixes and a guess. */
const FIXABLE = "[Service]\nExecStart=!!/bin/echo 100\\d\nProtectHoem=yes\n";

/** What `check` with the profile off prints for a unit on standard output, in lines. */
function lines(text: string, ...argv: readonly string[]): string[] {
  return runOver(memoryHost({ [UNIT]: text }), "check", "--profile", "off", ...argv, UNIT)
    .stdout.split("\n")
    .slice(0, -1);
}

/** The same on a terminal. */
function onTerminal(text: string, width: number, ...argv: readonly string[]): string[] {
  const terminal = { colours: false, isTerminal: true, width, progress: () => undefined };
  return runOn(["check", ...argv, UNIT], memoryHost({ [UNIT]: text }), terminal)
    .stdout.split("\n")
    .slice(0, -1);
}

describe("cli check: the text for people", () => {
  it("has what is worse before what comes first", () => {
    const [error, warning, last] = lines(MIXED);
    assert.match(error ?? "", /^\/u\/x\.service:4:1: error: /);
    assert.match(warning ?? "", /^\/u\/x\.service:3:16: warning: /);
    assert.equal(last, "1 file: 1 error, 1 warning");
  });

  it("names the fix, and says how many there are", () => {
    const [guess, safe, other, last, ...rest] = lines(FIXABLE);
    assert.match(guess ?? "", /did you mean ProtectHome=\? .*; --unsafe-fixes changes it \[directive\/unknown\]$/);
    assert.match(safe ?? "", /; --fix: remove !! \[value\/command\]$/);
    assert.match(other ?? "", /; --fix: write \\\\d \[value\/command\]$/);
    assert.match(last ?? "", /^1 file: /);
    assert.deepEqual(rest, ["2 of 3 can be fixed with --fix, 1 more with --unsafe-fixes"]);
  });

  it("says once what many findings say, and each with --each", () => {
    const many = GOOD + "Nonsense\n".repeat(9);
    const brief = lines(many);
    assert.equal(brief.length, 5);
    assert.equal(brief[3], "    6 more of these between lines 6 and 11; --each names them [syntax/missing-equals]");
    assert.equal(brief[4], "1 file: 9 errors");
    assert.equal(lines(many, "--each").length, 10);
    assert.equal(lines(GOOD + "Nonsense\n".repeat(4)).length, 5, "four take no more lines than three and their number");
  });

  it("says once what a run proved of a daemon", () => {
    const path = "/usr/lib/systemd/system/nginx.service";
    const nginx = "/usr/sbin/nginx -g 'daemon on; master_process on;'";
    const text = [
      "[Service]\nType=forking\nPIDFile=/run/nginx.pid",
      "ExecStartPre=/usr/sbin/nginx -t -q -g 'daemon on; master_process on;'",
      `ExecStart=${nginx}\nExecReload=${nginx} -s reload`,
      "ExecStop=-/sbin/start-stop-daemon --quiet --stop --retry QUIT/5 --pidfile /run/nginx.pid\n",
    ].join("\n");
    const { stdout } = runOver(memoryHost({ [path]: text }), "check", "--each", path);
    assert.equal(stdout.match(/measured to be safe here, as it was proven/g)?.length, 1, stdout);
    assert.doesNotMatch(stdout, /permissions of its user/, "it runs as root, for which they are no limit");
    const { stdout: other } = runOver(memoryHost({ [path]: `${GOOD}User=www\n` }), "check", "--each", path);
    assert.match(other, /ProtectHome= is not set: .*, subject to the permissions of its user/);
  });

  it("shows nothing but findings with --quiet", () => {
    const host = memoryHost({ [UNIT]: MIXED, "/u/y.service": "<?xml version='1.0'?>\n" });
    const { stdout, stderr, status } = runOver(host, "check", "--profile", "off", "--quiet", UNIT, "/u/y.service");
    assert.match(stdout, /^\/u\/x\.service:4:1: error: .*\n\/u\/x\.service:3:16: warning: .*\n$/);
    assert.deepEqual([stderr, status], ["", 1]);
    assert.match(runOver(host, "check", "--quiet", "/nowhere.service").stderr, /there is no such file/);
    assert.equal(runOver(memoryHost({ [UNIT]: GOOD }), "check", "--profile", "off", "--quiet", UNIT).stdout, "");
  });

  it("shows what is severe enough, and ends as it would without that", () => {
    const host = memoryHost({ [UNIT]: MIXED });
    const run = (...argv: readonly string[]) => runOver(host, "check", "--profile", "off", ...argv, UNIT);
    assert.match(
      run("--severity", "error").stdout,
      /^.*:4:1: error: .*\n1 file: 1 error; 1 below --severity not shown\n$/,
    );
    const old = memoryHost({ [UNIT]: `${GOOD}StandardOutput=syslog\n` });
    const { stdout, status } = runOver(old, "check", "--profile", "off", "--severity", "error", UNIT);
    assert.deepEqual([stdout, status], ["1 file: 1 below --severity not shown\n", 1]);
    const json = JSON.parse(run("--severity", "error", "--format", "json").stdout);
    assert.deepEqual(
      json.files[0].findings.map((it: { severity: string }) => it.severity),
      ["error"],
    );
  });

  it("counts codes with --statistics, the worst and commonest first", () => {
    const files = { [UNIT]: `${MIXED}Nonsense\nNonsense\n`, "/u/y.service": MIXED };
    const { stdout, status } = runOver(memoryHost(files), "check", "--profile", "off", "--statistics", "/u");
    assert.deepEqual(stdout.split("\n"), [
      "2  error    directive/unknown",
      "2  error    syntax/missing-equals",
      "2  warning  value/deprecated",
      "2 files: 4 errors, 2 warnings",
      "",
    ]);
    assert.equal(status, 1);
    assert.equal(runOver(memoryHost(files), "check", "--statistics", "--format", "json", "/u").status, 2);
  });

  it("goes into a file that is written whole, and nothing else does", () => {
    const host = memoryHost({ [UNIT]: MIXED, "/u/report.txt": "old" });
    const printed = runOver(host, "check", "--profile", "off", UNIT).stdout;
    for (const path of ["/u/report.txt", "/u/new.txt"]) {
      const { stdout, stderr, status } = runOver(host, "check", "--profile", "off", "--output-file", path, UNIT);
      assert.deepEqual([stdout, stderr, status], ["", "", 1]);
      assert.equal(host.files.get(path), printed);
    }
    const { stderr, status } = runOver(host, "check", "--output-file", "/u", UNIT);
    assert.match(stderr, /--output-file takes a file, and \/u is none/);
    assert.equal(status, 2);
    const stubborn = {
      ...host,
      write: () => {
        throw new Error("not written: no space left");
      },
    };
    const failed = runOver(stubborn, "check", "--output-file", "/u/new.txt", UNIT);
    assert.deepEqual([failed.stderr, failed.status], ["unit-warden: /u/new.txt: not written: no space left\n", 2]);
  });

  it("goes into a file without the colours and the width of the terminal", () => {
    const host = memoryHost({ [UNIT]: MIXED });
    const terminal = { colours: true, isTerminal: true, width: 40, progress: () => undefined };
    runOn(["check", "--profile", "off", "--output-file", "/u/r.txt", UNIT], host, terminal);
    assert.equal(host.files.get("/u/r.txt"), runOver(host, "check", "--profile", "off", UNIT).stdout);
  });
});

describe("cli check: on a terminal", () => {
  it("has lines of its width, and the source with a mark below it", () => {
    assert.deepEqual(onTerminal(MIXED, 60, "--profile", "off").slice(0, 5), [
      "/u/x.service:4:1: error: Unknown directive ProtectHoem= in",
      "    [Service]; did you mean ProtectHome=? systemd ignores",
      "    this line; --unsafe-fixes changes it [directive/unknown]",
      "   4 | ProtectHoem=yes",
      "     | ^^^^^^^^^^^",
    ]);
  });

  it("cuts long lines around the mark, and counts blanks for tabs", () => {
    const long = `${GOOD}ExecStop=/bin/echo ${"a ".repeat(80)}100\\q\t%j ${"b ".repeat(80)}\n`;
    const shown = onTerminal(long, 80, "--profile", "off");
    for (const it of shown) assert.ok(it.length <= 80, it);
    const at = shown.findIndex((it) => it.includes("^"));
    const column = shown[at]?.indexOf("^") ?? 0;
    assert.equal(shown[at - 1]?.slice(column, column + 2), "\\q");
  });

  it("shows no line with a secret", () => {
    const text = `${GOOD}Environment=DB_PASSWORD=letmein\n`;
    assert.match(onTerminal(text, 80).join("\n"), /contains DB_PASSWORD/);
    assert.doesNotMatch(onTerminal(text, 80).join("\n"), /letmein/);
  });

  it("shows no character that acts, and marks what stands after one", () => {
    const shown = onTerminal(`${GOOD}\u001b[2JNope=1\n`, 80, "--profile", "off");
    assert.doesNotMatch(shown.join(""), /\u001b/);
    assert.ok(shown.some((it) => it.includes("| \\x1b[2JNope=1")));
  });
});

describe("cli check --fix: what it did", () => {
  it("is listed with the lines that the file had", () => {
    const host = memoryHost({ [UNIT]: FIXABLE });
    const { stdout } = runOver(host, "check", "--profile", "off", "--fix", UNIT);
    assert.deepEqual(stdout.split("\n").slice(0, 2), [
      "/u/x.service:2:11: fixed: Remove !! [value/command]",
      "/u/x.service:2:26: fixed: Write \\\\d [value/command]",
    ]);
  });

  it("is listed of fixes that others brought up, too", () => {
    const host = memoryHost({ [UNIT]: "[Servce]\nExecStart=/bin/true\n\nPrivateTm=ye\n" });
    const { stdout } = runOver(host, "check", "--profile", "off", "--unsafe-fixes", UNIT);
    assert.deepEqual(stdout.split("\n").slice(0, -2), [
      "/u/x.service:1:2: fixed: Change to [Service] [section/unknown]",
      "/u/x.service:4:1: fixed: Change to PrivateTmp= [directive/unknown]",
      "/u/x.service:4:11: fixed: Change to yes [value/enumeration]",
    ]);
  });

  it("is listed of units in other files", () => {
    const script = `cat > /etc/systemd/system/x.service <<'EOF'\n${FIXABLE}EOF\n`;
    const host = memoryHost({ "/u/install.sh": script });
    const { stdout } = runOver(host, "check", "--profile", "off", "--fix", "/u/install.sh");
    assert.match(stdout, /^\/u\/install\.sh:3:\d+: fixed: .* \[value\/command\]\n/);
    assert.notEqual(host.files.get("/u/install.sh"), script);
  });

  it("is a patch with --diff, which writes nothing", () => {
    const host = memoryHost({ [UNIT]: FIXABLE });
    const { stdout, status } = runOver(host, "check", "--profile", "off", "--diff", UNIT);
    assert.equal(
      stdout,
      `--- ${UNIT}\n+++ ${UNIT}\n@@ -1,3 +1,3 @@\n [Service]\n-ExecStart=!!/bin/echo 100\\d\n+ExecStart=/bin/echo 100\\\\d\n ProtectHoem=yes\n`,
    );
    assert.deepEqual([status, host.written], [1, []]);
    assert.match(
      runOver(host, "check", "--profile", "off", "--diff", "--unsafe-fixes", UNIT).stdout,
      /^\+ProtectHome=yes$/m,
    );
    const good = runOver(memoryHost({ [UNIT]: GOOD }), "check", "--profile", "off", "--diff", UNIT);
    assert.deepEqual([good.stdout, good.status], ["", 0]);
    assert.equal(runOver(host, "check", "--diff", "--format", "json", UNIT).status, 2);
  });
});

describe("cli check: a file that is no unit", () => {
  const said = (text: string | Uint8Array): string[] => {
    const { stdout, status } = runOver(memoryHost({ [UNIT]: text }), "check", UNIT);
    assert.equal(status, 1);
    return stdout.split("\n");
  };
  const many = (line: (i: number) => string): string => Array.from({ length: 5000 }, (_, i) => `${line(i)}\n`).join("");

  it("is one line, whatever it is", () => {
    const texts = [
      many((i) => `Nov 30 12:00:00 host app[${i}]: request=${i} done`),
      many((i) => `[2026-11-30 12:00:00] request ${i}`),
      many((i) => `${i},name,"2026-11-30"`),
      Uint8Array.from({ length: 9000 }, (_, i) => (i * 7919) % 256),
    ];
    for (const text of texts) {
      const [only = "", last, end] = said(text);
      assert.match(
        only,
        /^\/u\/x\.service:\d+:\d+: error: (?:This is no unit file: |Text after the \] |Line is not valid UTF-8: )/,
      );
      assert.deepEqual([last, end], ["1 file: 1 error", ""]);
    }
  });

  it("is not a unit whose header is lost or misspelt", () => {
    assert.match(
      said("Type=exec\nExecStart=/bin/true\n").join("\n"),
      /:2:1: error: Line before the first section header/,
    );
    const long = `[Servce]\n${many((i) => `Environment=A${i}=1`)}`;
    assert.match(said(long).join("\n"), /did you mean \[Service\]\?/);
  });
});
