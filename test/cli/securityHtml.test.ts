import assert from "node:assert/strict";
import fc from "fast-check";
import { XMLValidator } from "fast-xml-parser";
import { describe, it } from "mocha";
import { listedReport } from "../../server/src/cli/html/listedReport.ts";
import { type ListedReport, securityPage } from "../../server/src/cli/html/securityPage.ts";
import { assess } from "../../server/src/security/exposure.ts";
import { readUnit } from "../../server/src/units/readUnit.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const PLAIN = "[Service]\nExecStart=/opt/shop/run\n";
const REFUSED = "[Service]\nExecStop=/usr/bin/shop\n";
const HARDENED = `${PLAIN}User=shop\nPrivateDevices=yes\nProtectSystem=strict\nProtectHome=yes\nPrivateTmp=yes\n`;

function pageOf(files: Readonly<Record<string, string>>, ...argv: readonly string[]): string {
  const { stdout, stderr } = runOver(memoryHost(files), "security", "--format", "html", ...argv, ...Object.keys(files));
  assert.equal(stderr, "");
  return stdout;
}

/** The page without its style and its first line is well-formed but for elements that have no end. */
function assertWellFormed(page: string): void {
  const body = page.replace("<!DOCTYPE html>\n", "").replace(/<style>.*?<\/style>/s, "");
  assert.equal(XMLValidator.validate(body, { unpairedTags: ["meta"] }), true);
}

/** Text as a reader sees it. */
const visible = (page: string): string =>
  page
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, " ");

describe("cli security: a page", () => {
  it("lists the most exposed service first, with what all safe settings make of it", () => {
    const page = pageOf({ "u/calm.service": HARDENED, "u/plain.service": PLAIN, "v/broken.service": REFUSED });
    assertWellFormed(page);
    const rows = [...page.matchAll(/<tr class="\w+"><td class="unit">.*?<\/tr>/gs)].map(([it]) => visible(it).trim());
    assert.equal(rows.length, 3);
    assert.match(rows[0] ?? "", /^broken\.service v – refused by systemd$/);
    assert.match(rows[1] ?? "", /^plain\.service u 9\.\d UNSAFE \d\.\d \d+ safe, \d+ likely$/);
    assert.match(rows[2] ?? "", /^calm\.service u [5-8]\.\d \w+ \d\.\d \d+ safe, \d+ likely$/);
  });

  it("begins with what holds for all: when, where and how it was made, the levels and the median", () => {
    const said = visible(
      pageOf({ "u/a.service": PLAIN, "u/b.service": PLAIN, "v/c.service": HARDENED, "v/d.service": REFUSED }),
    );
    const start = said.slice(0, said.indexOf(" Services "));
    assert.match(
      start,
      /Date 2026-11-30 12:00 UTC Host box Target systemd \d+ Command unit-warden security --format html /,
    );
    assert.match(
      start,
      /The median exposure is 9\.\d, and \d\.\d with what is safe to add to 3 of 4 services\. UNSAFE 2 /,
    );
    assert.match(start, / refused by systemd 1$/);
  });

  it("has a drop-in to copy for each service that it can improve, which systemd reads as the page says", () => {
    const page = pageOf({ "u/a.service": PLAIN, "u/b.service": PLAIN });
    const [, text = ""] = /<pre>(.*?)<\/pre>/s.exec(page) ?? [];
    const after = /→ (\d\.\d)|(\d\.\d) \d+ safe/.exec(visible(page));
    const files = { "u/a.service": PLAIN, "u/a.service.d/hardening.conf": text };
    const { stdout } = runOver(memoryHost(files), "security", "u/a.service");
    assert.ok(stdout.includes(`level for a.service: ${after?.[1] ?? after?.[2]} `), stdout.slice(-80));
  });

  it("is small enough for a browser for thousands of services: only what can be improved has details", () => {
    const texts = [PLAIN, HARDENED, `${PLAIN}User=shop\n`, `${PLAIN}PrivateNetwork=yes\n`];
    const listed = texts.flatMap((text, i): ListedReport[] => {
      const unit = readUnit({ kind: "service", role: "unit", name: `${i}.service`, scope: "system" }, text, 262);
      const base = { path: `/u/${i}.service`, unit: unit.path, read: unit, total: 2000, isSampled: false };
      const one = listedReport({ ...base, assessment: assess(unit) });
      return Array.from({ length: 500 }, (_, at) => ({
        ...one,
        path: `/usr/lib/systemd/system/service-${i}-${at}.service`,
      }));
    });
    const origin = { target: "systemd 262", time: new Date(0), machine: "box", command: "x" };
    const page = securityPage(listed, origin, undefined);
    assert.equal([...page.matchAll(/<details/g)].length, listed.filter((it) => it.details).length);
    const size = Buffer.byteLength(page) / 2 ** 20;
    assert.ok(size < 10, `${size.toFixed(1)} MB`);
  });

  it("leads from the overview to the report of each service", () => {
    const page = pageOf({ "u/a.service": PLAIN, "u/b.service": HARDENED });
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map((it) => it[1]);
    assert.equal(targets.length, 2);
    for (const it of targets) assert.ok(page.includes(` id="${it}"`), it);
  });

  it("says of one service what the table and the editor say: level, safe settings, decisions and what passed", () => {
    const said = visible(pageOf({ "x.service": PLAIN }));
    const { stdout } = runOver(memoryHost({ "x.service": PLAIN }), "security", "x.service");
    const [, level = ""] = /level for x\.service: (.*) \S+\n/.exec(stdout) ?? [];
    assert.ok(said.includes(`${level.replace(" ", " x.service ")} `), said.slice(0, 200));
    for (const heading of ["safe settings are missing", "Needs a decision (", "Passed (", "Not applicable ("])
      assert.ok(said.includes(heading), heading);
    assert.ok(said.includes("ProtectSystem=") && said.includes("May break: "));
    assert.doesNotMatch(pageOf({ "x.service": PLAIN }), /<h1>/);
  });

  it("needs nothing from elsewhere and runs nothing", () => {
    const page = pageOf({ "u/a.service": PLAIN, "u/b.service": REFUSED });
    assert.doesNotMatch(page, /<(?:script|link|img|iframe|object|form|button)\b|\bon\w+=|\bsrc=|url\(|@import/);
    for (const [, target] of page.matchAll(/href="([^"]*)"/g))
      assert.match(target ?? "", /^(?:#|https:\/\/www\.freedesktop\.org\/)/);
    assert.match(page, /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;/);
  });

  it("shows names and settings as text whatever they hold", () => {
    const hostile = `<img src=x onerror=alert(1)>'"&amp;`;
    const page = pageOf({ [`u/${hostile}.service`]: PLAIN, "u/b.service": `${PLAIN}User=${hostile}\n` });
    assertWellFormed(page);
    assert.doesNotMatch(page, /<img/);
    assert.ok(visible(page).includes(`${hostile}.service`));
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        // Names with new lines are none of a unit.
        assertWellFormed(pageOf({ [`u/${name.replace(/[\\/\s]/g, "")}x.service`]: HARDENED }));
      }),
      { numRuns: 20 },
    );
  });

  it("keeps the exit status of the threshold, and refuses a policy, which the reports do not know", () => {
    const files = { "x.service": PLAIN, "policy.json": "{}" };
    const host = memoryHost(files);
    assert.equal(runOver(host, "security", "--format", "html", "--threshold", "50", "x.service").status, 1);
    const { stderr, status } = runOver(host, "security", "--format", "html", "--policy", "policy.json", "x.service");
    assert.deepEqual([status, stderr.split("\n")[0]], [2, "unit-warden: --policy does not go with --format html"]);
  });
});
