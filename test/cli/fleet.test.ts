import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { FLEET } from "../../server/src/hardening/fleet.ts";
import { nodeHost } from "../../server/src/main/nodeHost.ts";
import { built } from "../kit/built.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { SHOWN_RULES } from "../kit/ruleExamples.ts";

const PROGRAMS = ["redis-server", "nginx", "sshd -D", "cron -f", "python3 /srv/app.py"];

/** Services in folders of their own; one is refused, some are hardened, and each names the next. */
function fleet(count: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, i) => {
      const start = i === 3 ? "ExecStop=/bin/true" : `ExecStart=/usr/bin/${PROGRAMS[i % PROGRAMS.length]}`;
      const more = i % 4 === 0 ? "NoNewPrivileges=yes\nProtectSystem=strict\nProtectHoem=yes\n" : "";
      return [`/f/host-${i}/app-${i}.service`, `[Unit]\nAfter=app-${i + 1}.service\n[Service]\n${start}\n${more}`];
    }),
  );
}

function write(path: string, text: string): void {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
}

describe("many services", () => {
  const last = (...argv: readonly string[]): string => runOver(memoryHost(fleet(FLEET)), ...argv).stdout;

  it("are summed up at the end of a report", () => {
    for (const stdout of [last("check", "/f"), last("security", "/f")]) {
      assert.match(stdout, new RegExp(`\n\nExposure of ${FLEET} services, 1 refused by systemd\n`));
      assert.match(stdout, /\n {2}UNSAFE {5,}\d+ {2}#+\n/);
      assert.match(stdout, /\nMost exposed\n(?: {3}\d\.\d \/f\/host-\d+\/app-\d+\.service\n){10}/);
      assert.match(stdout, /\nMost often missing of the basic profile\n {2} +\d+ {2}\w+=\n/);
      assert.match(
        stdout,
        /\nunit-warden harden would add what is safe to \d+ of them, and bring the median exposure from \d\.\d to \d\.\d\n$/,
      );
    }
  });

  it("are summed up in JSON, the same by both commands", () => {
    const summaries = ["check", "security"].map(
      (it) =>
        (JSON.parse(last(it, "--format", "json", "/f")) as { summary: Readonly<Record<string, unknown>> }).summary,
    );
    assert.deepEqual(summaries[0], summaries[1]);
    assert.deepEqual(Object.keys(summaries[0] ?? {}), ["services", "refused", "levels", "worst", "missing", "basic"]);
  });

  it("are not summed up where they are few, where no hardening is wanted, and for other programs", () => {
    const few = memoryHost(fleet(FLEET - 1));
    assert.doesNotMatch(runOver(few, "check", "/f").stdout, /Exposure of/);
    assert.doesNotMatch(runOver(few, "security", "/f").stdout, /Exposure of/);
    assert.doesNotMatch(last("check", "--profile", "off", "/f"), /Exposure of/);
    for (const format of ["sarif", "github", "gitlab", "junit"])
      assert.doesNotMatch(last("check", "--format", format, "/f"), /summary|Exposure of/);
  });
});

describe("the files of many services", () => {
  /** How often each file was opened, and about what else the host was asked, while a command ran. */
  function opened(...argv: readonly string[]): { readonly opens: readonly number[]; readonly kinds: number } {
    const counts = new Map<string, number>();
    const note = (path: string): unknown => counts.set(path, (counts.get(path) ?? 0) + 1);
    const host = memoryHost(fleet(FLEET));
    let kinds = 0;
    runOver(
      {
        ...host,
        read(path, is) {
          note(path);
          return host.read(path, is);
        },
        start(path, most) {
          note(path);
          return host.start(path, most);
        },
        entries: (folder) => host.entries(folder),
        kind(path) {
          if (path.startsWith("/f/")) kinds++;
          return host.kind(path);
        },
      },
      ...argv,
      "/f",
    );
    return { opens: [...counts.values()], kinds };
  }

  it("are opened once, and none is asked for that the folders do not have", () => {
    for (const argv of [["security"], ["check", "--profile", "off"]])
      assert.deepEqual(opened(...argv), { opens: Array.from({ length: FLEET }, () => 1), kinds: 0 });
  });
});

describe("services with one text on many machines", () => {
  /** The first comments of a file on one machine, some of which say something to somebody. */
  const HEADS = [
    "# Host 1234, made by a tool\n",
    "; a\n\n#\n",
    "\n",
    "# unit-warden: ignore-file value -- a reason\n",
    "# {{ managed }}\n",
    "# @HOST@\n",
    "# FileName=app\n",
    "# \u00e4\n",
    "# a\\\n",
    "# a\r\n",
  ];
  const files = Object.fromEntries(
    SHOWN_RULES.flatMap(({ bad: { path = "x.service", text, otherFiles = {} } }, i) =>
      Object.entries({ ...otherFiles, [path]: text }).map(([name, its]) => [`${i}/${name}`, its] as const),
    ),
  );
  /** What is said of the copies with a first comment, where others stand before them that end as `end` says. */
  function saidOfCopies(end: string, ...argv: readonly string[]): string {
    const folder = mkdtempSync(join(tmpdir(), "unit-warden-copies-"));
    for (const [i, [path, text]] of Object.entries(files).entries()) {
      write(join(folder, "a", path), text + end);
      write(join(folder, "b", path), text === "" ? "" : `${HEADS[i % HEADS.length]}${text}`);
    }
    const { stdout } = runOver(nodeHost, ...argv, folder);
    rmSync(folder, { recursive: true });
    const said = stdout.replaceAll(folder, "/f");
    const lines = said.split("\n").filter((it) => it.startsWith("/f/b/"));
    assert.ok(lines.length > SHOWN_RULES.length, `${lines.length} findings`);
    return lines.join("\n");
  }

  for (const argv of [
    ["check", "--profile", "off"],
    ["check", "--profile", "basic", "--systemd", "250,257"],
  ])
    it(`get the findings of their own text: ${argv.join(" ")}`, () => {
      assert.equal(saidOfCopies("", ...argv), saidOfCopies("\n# the end\n", ...argv));
    }).timeout(300_000);
});

describe("services with one text in the systems of many machines", () => {
  it("are judged under the manager of their own one", () => {
    const files = Array.from({ length: 4 }, (_, i) => {
      const strict = { [`/f/${i}/etc/systemd/system.conf`]: "[Manager]\nDefaultRestrictSUIDSGID=yes\n" };
      const unit = `# Host ${i}\n[Service]\nExecStart=/usr/bin/redis-server\nUser=redis\n`;
      return { [`/f/${i}/etc/systemd/system/x.service`]: unit, ...(i % 2 === 1 ? strict : {}) };
    });
    const host = memoryHost(Object.assign({}, ...files));
    const exposed = runOver(host, "security", "/f").stdout.match(/\S+(?= (?:UNSAFE|EXPOSED))/g) ?? [];
    const missing = runOver(host, "check", "--select", "hardening/restrict-suidsgid", "/f").stdout.match(/^\/f\/\d/gm);
    assert.deepEqual(missing, ["/f/0", "/f/2"]);
    assert.equal(exposed.length, 4);
    assert.equal(new Set(exposed).size, 2);
  });
});

/** When a page was made: another minute may have begun before the second one. */
const MINUTE = /(?<=<dt>Date<\/dt><dd>)[^<]*/;

describe("many services in several threads", () => {
  let folder = "";
  before(async () => {
    await built();
    folder = mkdtempSync(join(tmpdir(), "unit-warden-fleet-"));
    for (const [path, text] of Object.entries(fleet(150))) write(join(folder, path), text);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What the built program prints with a number of threads. */
  function printed(threads: number, ...argv: readonly string[]): unknown {
    const { stdout, stderr, status } = spawnSync(process.execPath, ["dist/cli.js", ...argv, folder], {
      encoding: "utf8",
      maxBuffer: Number.POSITIVE_INFINITY,
      env: { ...process.env, UNIT_WARDEN_THREADS: String(threads) },
    });
    assert.notEqual(stdout, "");
    return { stdout: stdout.replace(MINUTE, ""), stderr, status };
  }

  for (const argv of [
    ["check"],
    ["check", "--profile", "off", "--format", "sarif"],
    ["check", "--format", "json"],
    ["security"],
    ["security", "--format", "json"],
    ["security", "--format", "html"],
  ])
    it(`are the same byte for byte: ${argv.join(" ")}`, () => {
      assert.deepEqual(printed(2, ...argv), printed(1, ...argv));
    }).timeout(300_000);

  it("end quietly where nobody reads to the end", () => {
    const line = `"${process.execPath}" dist/cli.js security --format json "${folder}" | head -c 9`;
    const env = { ...process.env, UNIT_WARDEN_THREADS: "2" };
    const { stdout, stderr } = spawnSync("sh", ["-c", line], { encoding: "utf8", env });
    assert.deepEqual([stdout, stderr], ['{"version', ""]);
  }).timeout(300_000);
});
