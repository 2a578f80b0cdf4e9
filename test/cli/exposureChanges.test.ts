import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

type Files = Parameters<typeof memoryHost>[0];

const PLAIN = "[Service]\nExecStart=/bin/true\n";
const HARDENED = `${PLAIN}NoNewPrivileges=yes\nPrivateTmp=yes\nProtectSystem=strict\n`;
const REFUSED = "[Service]\nExecStop=\n";

const security = (files: Files, ...argv: readonly string[]): ReturnType<typeof runOver> =>
  runOver(memoryHost(files), "security", ...argv);

/** What changed between two states of a folder. */
function changes(before: Files, after: Files): string {
  const json = security(before, "--format", "json", "/u").stdout;
  const { stdout, stderr } = security({ ...after, "/base.json": json }, "--before", "/base.json", "/u");
  assert.equal(stderr, "");
  return stdout;
}

describe("cli security: --before", () => {
  it("prints the services whose exposure changed, and counts the others", () => {
    assert.equal(
      changes(
        { "/u/a.service": PLAIN, "/u/b.service": PLAIN, "/u/gone.service": PLAIN },
        { "/u/a.service": HARDENED, "/u/b.service": `${PLAIN}Nice=5\n`, "/u/new.service": PLAIN },
      ),
      [
        "| service | exposure before | exposure after |",
        "| --- | --- | --- |",
        "| `/u/a.service` | 9.4 UNSAFE | 8.9 EXPOSED |",
        "| `/u/gone.service` | 9.4 UNSAFE | – |",
        "| `/u/new.service` | – | 9.4 UNSAFE |",
        "",
        "- `/u/a.service`: safer: `PrivateTmp=`, `ProtectSystem=`, `NoNewPrivileges=`",
        "",
        "1 service keeps its exposure.",
        "",
      ].join("\n"),
    );
  });

  it("knows a service of another folder or machine by its name, the one with the most alike path first", () => {
    const json = security(
      { "/a/etc/x.service": PLAIN, "/a/usr/x.service": HARDENED, "/a/only.service": PLAIN },
      "--format",
      "json",
      "/a",
    ).stdout;
    const after = {
      "/b/etc/x.service": HARDENED,
      "/b/usr/x.service": HARDENED,
      "/b/only.service": PLAIN,
      "/json": json,
    };
    const { stdout } = security(after, "--before", "/json", "/b");
    const rows = stdout.split("\n").filter((it) => it.startsWith("| `"));
    assert.deepEqual(rows, ["| `/b/etc/x.service` | 9.4 UNSAFE | 8.9 EXPOSED |"]);
    assert.match(stdout, /^2 services keep their exposure\.$/m);
  });

  it("prints text for a person, and a page, with the settings that changed", () => {
    const json = security({ "/u/a.service": HARDENED }, "--format", "json", "/u").stdout;
    const host = { "/u/a.service": `${PLAIN}PrivateDevices=yes\n`, "/json": json };
    const text = security(host, "--before", "/json", "--format", "table", "/u").stdout;
    assert.match(
      text,
      /^UNIT +BEFORE +AFTER\n\/u\/a\.service 8\.9 EXPOSED {4}8\.8 EXPOSED\n {4}safer: .*PrivateDevices=/,
    );
    assert.match(text, /^ {4}weaker: .*ProtectSystem=/m);
    const page = security(host, "--before", "/json", "--format", "html", "/u").stdout;
    assert.match(page, /<h2>What changed<\/h2>/);
    assert.match(page, /<td class="check">\/u\/a\.service<\/td><td>8\.9 EXPOSED<\/td>/);
    assert.match(page, /<div>weaker: [^<]*ProtectSystem=/);
  });

  it("has no table where nothing changed", () => {
    const files = { "/u/a.service": PLAIN, "/u/b.service": PLAIN };
    assert.equal(changes(files, files), "2 services keep their exposure.\n");
  });

  it("says which services systemd refuses", () => {
    const json = security({ "/u/a.service": PLAIN }, "--format", "json", "/u").stdout;
    const { stdout, status } = security({ "/u/a.service": REFUSED, "/b": json }, "--before", "/b", "/u");
    assert.match(stdout, /^\| `\/u\/a.service` \| 9.4 UNSAFE \| refused by systemd \|$/m);
    assert.equal(status, 1);
  });

  it("keeps names in their cells, whatever they contain", () => {
    for (const [name, shown] of [
      ["a|b.service", "`/u/a\\|b.service`"],
      ["`x`.service", "``/u/`x`.service``"],
      ["a\u001bb.service", "`/u/a\\x1bb.service`"],
    ] as const)
      assert.ok(changes({}, { [`/u/${name}`]: PLAIN }).includes(`| ${shown} | – | `), name);
  });

  it("takes nothing but such a report", () => {
    for (const text of ["", "{}", "[]", "null", '{"version":2,"units":[]}', '{"version":1,"units":[{"path":1}]}'])
      assert.match(
        security({ "/u/a.service": PLAIN, "/b": text }, "--before", "/b", "/u").stderr,
        /^\/b is not what security --format json prints$|\/b is not what/m,
        text,
      );
    assert.equal(security({ "/u/a.service": PLAIN }, "--before", "/none", "/u").status, 2);
    const both = security({ "/u/a.service": PLAIN, "/b": "{}" }, "--before", "/b", "--format", "json", "/u");
    assert.match(both.stderr, /--before prints a table, markdown or html, not json/);
  });
});
