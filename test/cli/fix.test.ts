import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { fixAllEdits } from "../../server/src/rules/fixAll.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import type { Content } from "../kit/memoryHost.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const UNIT = "/u/x.service";

/** The file after `check` with these options, and whether it was written. */
function fixed(text: Content, ...argv: readonly string[]): { text: Content | undefined; written: boolean } {
  const host = memoryHost({ [UNIT]: text });
  runOver(host, "check", ...argv, UNIT);
  return { text: host.files.get(UNIT), written: host.written.length > 0 };
}

const SAFE = "[Service]\nExecStart=!!/bin/echo 100\\d\n";
const MENDED = "[Service]\nExecStart=/bin/echo 100\\\\d\n";
const GUESS = "[Service]\nExecStart=/bin/true\nProtectHoem=yes\n";

describe("cli --fix", () => {
  it("applies safe fixes, and what is left is reported", () => {
    const host = memoryHost({ [UNIT]: SAFE.replace("\n", "\nProtectHoem=yes\n") });
    const { stdout, status } = runOver(host, "check", "--profile", "off", "--fix", UNIT);
    assert.equal(host.files.get(UNIT), MENDED.replace("\n", "\nProtectHoem=yes\n"));
    assert.match(
      stdout,
      /^(?:\/u\/x\.service:3:\d+: fixed: (?:Remove !!|Write \\\\d) \[value\/command\]\n){2}\/u\/x\.service:2:1: error: .*\n1 file: 2 fixed; 1 error\n$/,
    );
    assert.equal(status, 1);
  });

  it("leaves guesses alone, --unsafe-fixes takes the best one", () => {
    assert.deepEqual(fixed(GUESS, "--fix"), { text: GUESS, written: false });
    assert.equal(fixed(GUESS, "--unsafe-fixes").text, GUESS.replace("ProtectHoem", "ProtectHome"));
  });

  it("is not done unless it is asked for", () => {
    assert.deepEqual(fixed(SAFE), { text: SAFE, written: false });
  });

  it("does not write what needs no fix", () => {
    assert.deepEqual(fixed(MENDED, "--fix"), { text: MENDED, written: false });
    assert.deepEqual(fixed(MENDED, "--unsafe-fixes"), { text: MENDED, written: false });
  });

  it("never adds hardening settings", () => {
    const plain = "[Service]\nExecStart=/bin/true\n";
    for (const profile of ["basic", "strict", "isolated"])
      for (const how of ["--fix", "--unsafe-fixes"])
        assert.deepEqual(fixed(plain, "--profile", profile, how), { text: plain, written: false });
  });

  it("keeps to the codes that are selected", () => {
    assert.equal(fixed(SAFE, "--fix", "--ignore", "value").written, false);
    assert.equal(fixed(SAFE, "--fix", "--select", "directive").written, false);
    assert.equal(fixed(SAFE, "--fix", "--select", "value/command").text, MENDED);
  });

  it("keeps to the version", () => {
    assert.equal(fixed("[Service]\nExecStart=!!/bin/true\n", "--fix", "--systemd", "257").written, false);
  });

  it("does not rewrite a file that is not valid UTF-8", () => {
    const bytes = Buffer.concat([Buffer.from("# caf\xe9\n", "latin1"), Buffer.from(SAFE)]);
    const { text, written } = fixed(bytes, "--unsafe-fixes");
    assert.equal(written, false);
    assert.deepEqual(text, bytes);
  });

  it("keeps line ends, a byte order mark and a missing last line end", () => {
    const text = SAFE.replaceAll("\n", "\r\n").trimEnd();
    assert.equal(fixed(text, "--fix").text, MENDED.replaceAll("\n", "\r\n").trimEnd());
    const marked = `\ufeff# x\n${SAFE}`;
    assert.equal(fixed(marked, "--fix").text, `\ufeff# x\n${MENDED}`);
  });

  it("reaches a text that it no longer changes, where one fix brings up the next", () => {
    const { text: once } = fixed("[Servce]\nExecStart=/bin/true\nPrivateTm=ye\n", "--unsafe-fixes");
    assert.equal(once, "[Service]\nExecStart=/bin/true\nPrivateTmp=yes\n");
    assert.equal(fixed(once, "--unsafe-fixes").written, false);
  });

  it("ends where a text never comes to rest", () => {
    let rounds = 0;
    const restless = () => {
      rounds++;
      return readUnit({ kind: "service", role: "unit", name: "x.service", scope: "system" }, GUESS, 262);
    };
    const edits = fixAllEdits(restless, GUESS, { profile: "off" }, "all");
    assert.match(applyEdits(GUESS, edits), /ProtectHome/);
    assert.equal(rounds, 10);
  });

  it("writes through no link out of the folder that is named, and says so", () => {
    const host = memoryHost(
      { "/u/a.service": SAFE, "/etc/b.service": SAFE, "/u/in/c.txt": SAFE, "/u2/d.service": SAFE },
      {
        links: { "/u/b.service": "/etc/b.service", "/u/c.service": "/u/in/c.txt", "/u/d.service": "/u2/d.service" },
      },
    );
    const { stdout, stderr, status } = runOver(host, "check", "--profile", "off", "--fix", "/u");
    assert.deepEqual(host.written, ["/u/a.service", "/u/c.service"]);
    assert.equal(
      stderr,
      "unit-warden: note: /u/b.service is not fixed: this link leads out of /u, to /etc/b.service\n" +
        "unit-warden: note: /u/d.service is not fixed: this link leads out of /u, to /u2/d.service\n",
    );
    assert.match(stdout, /^\/u\/b\.service:2:11: /m, "what is left is reported");
    assert.equal(status, 1);
    assert.equal(
      runOver(host, "check", "--profile", "off", "--fix", "/u/b.service").stderr,
      "",
      "a link that is named is meant",
    );
    assert.equal(host.files.get("/etc/b.service"), MENDED);
  });

  it("has systemd refuse no unit by what is fixed in it and in its drop-in together", () => {
    const unit = "[Service]\nExecStart=/bin/true\nUser=x\nPAMName=5%x\n";
    const dropIn = "[Service\nKillMode=process\n";
    const host = memoryHost({ "/u/x.service": unit, "/u/x.service.d/a.conf": dropIn });
    const { stdout, status } = runOver(host, "check", "--profile", "off", "--fix", "/u");
    assert.equal(host.files.get("/u/x.service"), unit.replace("5%x", "5%%x"));
    assert.equal(host.files.get("/u/x.service.d/a.conf"), dropIn, "with both fixes the unit is refused");
    assert.match(stdout, /a\.conf:1:1: error: .* \[syntax\/section-header\]/);
    assert.equal(status, 1);
  });

  it("reports no fix as safe that would have systemd load a unit that it refuses", () => {
    const host = memoryHost({
      "/u/x.timer": "[Timer]\nOnCalendar=*:*/15\n[Install]\nWantedBy=timers.target\n",
      "/u/y.timer": "[Timer]\nOnBootSec=1\nOnCalendar=*:*/15\n[Install]\nWantedBy=timers.target\n",
    });
    const { stdout } = runOver(host, "check", "--format", "json", "/u/x.timer", "/u/y.timer");
    const safe = JSON.parse(stdout).files.map(({ findings }: { findings: { fixes: { safe: boolean }[] }[] }) =>
      findings.flatMap(({ fixes }) => fixes.map((it) => it.safe)),
    );
    assert.deepEqual(safe, [[false], [true]]);
  });

  it("names a file that it cannot write", () => {
    const host = memoryHost({ [UNIT]: SAFE });
    const readOnly = {
      ...host,
      write: () => {
        throw new Error("read-only file system");
      },
    };
    const { stderr, status } = runOver(readOnly, "check", "--profile", "off", "--fix", UNIT);
    assert.equal(stderr, `unit-warden: ${UNIT}: read-only file system\n`);
    assert.equal(status, 2);
  });
});
