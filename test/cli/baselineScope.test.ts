import assert from "node:assert/strict";
import Ajv from "ajv-draft-04";
import { describe, it } from "mocha";
import schema from "../../schemas/baseline.schema.json" with { type: "json" };
import type { Outcome } from "../../server/src/cli/outcome.ts";
import { type MemoryHost, memoryHost, runOver } from "../kit/memoryHost.ts";

const TYPO = "[Service]\nExecStart=/bin/true\nProtectHoem=yes\nPrivateTmp=maybe\nLogLevelMax=loud\n";
const BASELINE = "/repo/known.json";
const FILES = { "/repo/a/x.service": TYPO, "/repo/b/y.service": `${TYPO}ExtensionDirectories=/x\nNice=99\n` };

type Files = Readonly<Record<string, string>>;

const hostOf = (files: Files, today = "2026-11-30"): MemoryHost => memoryHost(files, { cwd: "/cwd", today });

const check = (host: MemoryHost, ...argv: readonly string[]): Outcome =>
  runOver(host, "check", "--fail-on", "advice", "--baseline", BASELINE, ...argv);

const baselineIn = (host: MemoryHost): string => String(host.files.get(BASELINE));

/** The files with a baseline of what a run finds in them. */
function known(files: Files, ...argv: readonly string[]): Files {
  const host = hostOf(files);
  check(host, "--update-baseline", ...argv, "/repo");
  return { ...files, [BASELINE]: baselineIn(host) };
}

/** Each way to ask for less than the usual run does. */
const LESS: readonly (readonly string[])[] = [
  ["--profile", "off", "/repo"],
  ["--select", "directive", "/repo"],
  ["--ignore", "value,hardening", "/repo"],
  ["--systemd", "239", "/repo"],
  ["--systemd", "debian-12,rhel-9", "/repo"],
  ["--user", "/repo"],
  ["/repo/a"],
  ["/repo/b/y.service"],
  ["--profile", "off", "--select", "value", "--systemd", "252", "/repo/a/x.service"],
];

describe("cli check: a baseline and what a run was not asked", () => {
  for (const argv of LESS)
    it(`loses nothing by ${argv.join(" ")}`, () => {
      const before = known(FILES);
      const host = hostOf(before);
      const { stderr } = check(host, ...argv);
      assert.doesNotMatch(stderr, /found no longer/);
      check(host, "--update-baseline", ...argv);
      const { stdout, status } = check(host, "/repo");
      assert.deepEqual([stdout, status], ["2 files: nothing to report\n", 0]);
      for (const line of String(before[BASELINE]).split("\n")) assert.ok(baselineIn(host).includes(line), line);
    });

  it("stays as it is where the run without protections finds nothing new", () => {
    const before = known(FILES);
    const host = hostOf(before);
    const { stderr } = check(host, "--profile", "off", "--update-baseline", "/repo");
    assert.equal(baselineIn(host), before[BASELINE]);
    assert.match(
      stderr,
      /known\.json: \d+ findings known from now on; \d+ findings kept that this run could not have found\n$/,
    );
  });

  it("keeps what a higher profile found until one as high does not find it", () => {
    const before = known(FILES, "--profile", "strict");
    assert.match(String(before[BASELINE]), /"profile":"strict"/);
    const host = hostOf(before);
    check(host, "--update-baseline", "/repo");
    assert.equal(check(host, "--profile", "strict", "/repo").status, 0);
    const hardened = hostOf({
      ...before,
      "/repo/a/x.service": "[Unit]\nDescription=x\n[Service]\nExecStart=/bin/true\n",
    });
    assert.match(check(hardened, "/repo").stderr, /found no longer/);
  });

  it("keeps what was found for another systemd until a run for that one does not find it", () => {
    const files = known(FILES);
    const host = hostOf(files);
    check(host, "--systemd", "239", "--update-baseline", "/repo");
    assert.match(baselineIn(host), /"targets":\["239"\]/);
    const both = baselineIn(host);
    check(host, "--update-baseline", "/repo");
    assert.equal(baselineIn(host), both);
    assert.equal(check(host, "--systemd", "239", "/repo").status, 0);
    const mended = hostOf({ ...files, [BASELINE]: both, "/repo/b/y.service": TYPO });
    check(mended, "--systemd", "239", "--update-baseline", "/repo");
    assert.doesNotMatch(baselineIn(mended), /ExtensionDirectories/);
    assert.match(baselineIn(mended), /"Nice"/, "the usual run was not asked yet");
  });

  it("keeps what is about other units unless all were seen", () => {
    const unit = (other: string): string =>
      `[Unit]\nRequires=${other}.service\nAfter=${other}.service\nBefore=${other}.service\n[Service]\nExecStart=/bin/true\n`;
    const cycle = {
      "/repo/a.service":
        "[Unit]\nAfter=b.service\nWants=b.service\n[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n",
      "/repo/b.service":
        "[Unit]\nAfter=a.service\nWants=a.service\n[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n",
      "/repo/c/d.service": unit("e"),
    };
    const host = hostOf(known(cycle, "--profile", "off"));
    const before = baselineIn(host);
    assert.match(before, /reference\//);
    check(host, "--profile", "off", "--update-baseline", "/repo/a.service");
    assert.equal(baselineIn(host), before);
  });

  it("follows a file that was renamed, with its exceptions", () => {
    const before = known(FILES);
    const text = String(before[BASELINE]).replace(
      '"code":"directive/unknown",',
      '"code":"directive/unknown","reason":"legacy","until":"2027-01-31",',
    );
    const renamed = {
      "/repo/c/new.service": TYPO,
      "/repo/b/y.service": String(FILES["/repo/b/y.service"]),
      [BASELINE]: text,
    };
    const host = hostOf(renamed);
    const { stdout, stderr, status } = check(host, "/repo");
    assert.deepEqual([stdout, status], ["2 files: nothing to report\n", 0]);
    assert.doesNotMatch(stderr, /found no longer/);
    check(host, "--update-baseline", "/repo");
    assert.doesNotMatch(baselineIn(host), /a\/x\.service/);
    assert.match(baselineIn(host), /"c\/new\.service": \[[^\]]*"reason":"legacy","until":"2027-01-31"/s);
  });

  it("follows a file to one place alone", () => {
    const { "/repo/a/x.service": _, ...others } = known(FILES);
    const host = hostOf({ ...others, "/repo/c/one.service": TYPO, "/repo/c/two.service": TYPO });
    const { stdout, status } = check(host, "--profile", "off", "/repo");
    assert.doesNotMatch(stdout, /one\.service/);
    assert.match(stdout, /two\.service:3:1: error/);
    assert.equal(status, 1);
  });

  it("lets an exception pass until the end of its last day, and never renews it", () => {
    const text = String(known(FILES)[BASELINE]).replaceAll(
      '"directive/unknown",',
      '"directive/unknown","reason":"legacy","until":"2026-11-30",',
    );
    assert.equal(check(hostOf({ ...FILES, [BASELINE]: text }), "/repo").status, 0);
    const host = hostOf({ ...FILES, [BASELINE]: text }, "2026-12-01");
    const over = check(host, "/repo");
    assert.equal(over.stdout.match(/error: Unknown directive ProtectHoem/g)?.length, 2);
    assert.match(over.stderr, /2 findings of exceptions whose last day has passed/);
    assert.equal(check(host, "--update-baseline", "/repo").status, 1);
    assert.match(baselineIn(host), /"until":"2026-11-30"/);
    assert.equal(check(host, "/repo").status, 1);
  });

  it("fits its schema, whatever it has", () => {
    const fits = new Ajv().compile(schema);
    const host = hostOf(known(FILES, "--profile", "strict", "--systemd", "239"));
    const text = baselineIn(host).replaceAll(
      '"directive/unknown",',
      '"directive/unknown","reason":"legacy","until":"2026-11-30",',
    );
    assert.ok(fits(JSON.parse(text)), JSON.stringify(fits.errors));
    assert.match(text, /"profile".*"targets"/);
  });

  it("is refused with the place of a wrong entry", () => {
    for (const entry of ['{"cod":"x"}', '{"code":"x","until":"soon"}', '{"code":"x","profile":"high"}', "1"]) {
      const text = `{"version":1,"files":{"a/x.service":[${entry}]}}`;
      const { stderr, status } = check(hostOf({ ...FILES, [BASELINE]: text }), "/repo");
      assert.match(stderr, /known\.json: finding 1 of a\/x\.service is not what --update-baseline writes/, entry);
      assert.equal(status, 2);
    }
  });
});
