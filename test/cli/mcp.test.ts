import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { answerTool, LONGEST_ANSWER, type ToolAnswer } from "../../server/src/cli/mcp/answer.ts";
import { TOOLS } from "../../server/src/cli/mcp/tools.ts";
import { type Content, memoryHost, runOver } from "../kit/memoryHost.ts";

const UNIT = "/etc/systemd/system/shop.service";
const PLAIN = "[Service]\nExecStart=/usr/bin/gotosocial --listen 8080\n";
const BAD = `${PLAIN}ProtectHoem=yes\n`;

type Files = Readonly<Record<string, Content>>;

/** What a tool answers to arguments that its schema lets through. */
function ask(name: string, asked: object, files: Files = {}): ToolAnswer {
  const tool = TOOLS.find((it) => it.name === name);
  assert.ok(tool, name);
  const host = memoryHost(files);
  const answered = answerTool(tool.input(tool.schema.parse(asked)), host);
  assert.deepEqual([...host.files], Object.entries(files), "no file changes");
  return answered;
}

describe("cli mcp", () => {
  it("has tools that name a command each and describe every argument", () => {
    assert.deepEqual(
      TOOLS.map((it) => it.name),
      ["check", "security", "harden", "explain", "sandbox"],
    );
    for (const { name, description, schema } of TOOLS) {
      assert.match(description, /\.$/, name);
      for (const [argument, { description: said }] of Object.entries(schema.shape))
        assert.ok(said, `${name} ${argument}`);
    }
  });

  it("says what the command line says, and that findings are no error", () => {
    const { text, isError } = ask("check", { path: UNIT, profile: "off" }, { [UNIT]: BAD });
    assert.equal(text, runOver(memoryHost({ [UNIT]: BAD }), "check", "--profile", "off", UNIT).stdout);
    assert.match(text, /Unknown directive ProtectHoem=/);
    assert.equal(isError, false);
    assert.equal(ask("check", { path: UNIT, profile: "off" }, { [UNIT]: PLAIN }).isError, false);
  });

  it("judges a text in place of the file, or where there is no file, with the drop-ins of the path", () => {
    assert.match(ask("check", { path: UNIT, text: BAD, profile: "off" }, { [UNIT]: PLAIN }).text, /ProtectHoem/);
    assert.match(ask("security", { path: UNIT, text: PLAIN }).text, /level for shop\.service: 9\.\d UNSAFE/);
    const dropIn = { [`${UNIT}.d/10.conf`]: "[Service]\nPrivateDevices=yes\n" };
    const level = (files: Files): string =>
      /: (\d\.\d) /.exec(ask("security", { path: UNIT, text: PLAIN }, files).text)?.[1] ?? "";
    assert.ok(Number(level(dropIn)) < Number(level({})));
  });

  it("answers with the hardening as a diff, for a profile and a version", () => {
    const { text } = ask("harden", { path: UNIT, profile: "strict", systemd: 257 }, { [UNIT]: PLAIN });
    assert.match(text, /^\+ProtectSystem=/m);
    assert.match(text, /^--- /m);
  });

  it("takes the version as a number or as text, and says which there are", () => {
    const text = (systemd: unknown): string => ask("harden", { path: UNIT, systemd }, { [UNIT]: PLAIN }).text;
    assert.equal(text("257"), text(257));
    assert.throws(() => text("9999"), /expected a version from 239 to \d+ or one of debian-/);
  });

  it("explains names, and failures from a status or the journal", () => {
    assert.match(ask("explain", { names: ["%n", "CAP_KILL"] }).text, /CAP_KILL/);
    const files = { [UNIT]: `${PLAIN}ProtectSystem=strict\n` };
    assert.match(ask("explain", { path: UNIT, status: "226/NAMESPACE" }, files).text, /ProtectSystem=/);
    const journal = "shop[12]: cannot write /var/lib/shop/db: Read-only file system\n";
    assert.match(ask("explain", { path: UNIT, journal }, files).text, /ProtectSystem=strict/);
  });

  it("shows the sandbox, for single paths too", () => {
    const files = { [UNIT]: `${PLAIN}ProtectHome=yes\n` };
    assert.match(ask("sandbox", { path: UNIT }, files).text, /ProtectHome=yes/);
    const { text } = ask("sandbox", { path: UNIT, paths: ["/home/x"] }, files);
    assert.match(text, /^\/home\/x .*ProtectHome=yes/m);
    assert.doesNotMatch(text, /^\/usr/m);
  });

  it("says in a sentence what was wrong, without the usage of the command line", () => {
    const missing = ask("check", { path: "/nowhere/x.service" });
    assert.ok(missing.isError);
    assert.match(missing.text, /^unit-warden: \/nowhere\/x\.service: there is no such file or folder\n/);
    const { text, isError } = ask("explain", {});
    assert.ok(isError);
    assert.match(text, /^unit-warden: name a directive/);
    assert.doesNotMatch(text, /usage:|--help/);
  });

  it("takes no options in place of paths and names", () => {
    for (const name of ["check", "security", "harden", "sandbox"])
      assert.ok(ask(name, { path: "--write" }, { "x.service": PLAIN }).isError, name);
    assert.ok(ask("explain", { names: ["--user"] }).isError);
    for (const { schema } of TOOLS) assert.equal(schema.safeParse({ path: 1, names: 2 }).success, false);
  });

  it("cuts an answer that is too long for anyone, after a line, and says so", () => {
    const { text } = ask("check", { path: UNIT, text: `${PLAIN}${"Nonsense=1\n".repeat(5000)}`, profile: "off" });
    assert.ok(text.length < LONGEST_ANSWER + 200);
    assert.match(text, /\n\nThe rest is left out: the answer has \d+ characters\. Ask about fewer files\.\n$/);
  });
});
