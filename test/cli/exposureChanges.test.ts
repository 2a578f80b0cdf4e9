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
        "1 service keeps its exposure.",
        "",
      ].join("\n"),
    );
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
      ["`x`.service", "`` /u/`x`.service ``"],
      ["a\u001bb.service", "`/u/a\ufffdb.service`"],
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
    assert.match(both.stderr, /--before has a form of its own/);
  });
});
