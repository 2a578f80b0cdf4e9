import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { KNOWN_COMMANDS } from "../../server/src/cli/allCommands.ts";
import { TOOLS } from "../../server/src/cli/mcp/tools.ts";
import type { Outcome } from "../../server/src/cli/outcome.ts";
import { type Content, memoryHost, runOver } from "../kit/memoryHost.ts";
import { memoryFiles } from "../program/kit.ts";

const PLAIN = "[Service]\nExecStart=/bin/true\n";

const FILES: Readonly<Record<string, Content>> = {
  "/u/x.service": PLAIN,
  "/u/x.socket": "[Socket]\nListenStream=1\n",
  "/u/web.container": "[Container]\nImage=docker.io/library/nginx:1\n",
  "/empty/README.md": "Nothing of systemd's.\n",
  "/binfmt/binfmt.d/b.conf": ":x:M::x::y:\n",
  "/all/.unit-warden.json": '{ "exclude": ["*.service"] }',
  "/all/x.service": PLAIN,
  "/typo/.unit-warden.json": '{ "profil": "strict" }',
  "/typo/x.service": PLAIN,
  "/wrong/.unit-warden.json": '{ "security": { "threshold": "5.0" } }',
  "/wrong/x.service": PLAIN,
  "/policy.json": '{ "ProtectHom": { "weight": 0 } }',
  "/bundle.tar": "",
};

const call = (argv: readonly string[]): Outcome => {
  const host = memoryHost(FILES, { piped: "", cwd: "/" });
  return runOver({ ...host, programFiles: () => memoryFiles({ "/usr/bin/x": "#!/bin/sh\n" }) }, ...argv);
};

/** What follows the name of a command so that it has something to do. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  check: ["--profile", "off", "/u/x.service"],
  security: ["/u/x.service"],
  harden: ["/u/x.service"],
  format: ["/u/x.service"],
  show: ["/u/x.service"],
  sandbox: ["/u/x.service"],
  inspect: ["/usr/bin/x"],
  explain: ["ProtectHome="],
  new: ["service", "x", "--exec", "/bin/true"],
  completion: ["bash"],
  mcp: [],
  lsp: ["--stdio"],
  learn: ["--script", "x"],
  try: ["x"],
};

/** Calls that must not pass for an all-clear, and what has to be said of each. */
const REFUSED: readonly (readonly [call: string, message: RegExp])[] = [
  ["check --select valu /u", /unknown code or family valu in --select; did you mean value\?/],
  ["check --select value/bolean /u", /did you mean value\/boolean\?/],
  ["check --ignore hardning /u", /unknown code or family hardning in --ignore; did you mean hardening\?/],
  ["check --ignore style,nonsense /u", /unknown code or family nonsense in --ignore/],
  ["check --select= /u", /--select is empty/],
  ["check --select value --ignore value/ /u", /--ignore leaves out all codes/],
  ["check --select hardening --profile off /u", /--profile off leaves out all codes that --select names/],
  ["check --systemd 257 --also 252 /u", /--also takes newer targets than --systemd, not 252/],
  ["check --show-config --fix /u/x.service", /--fix has no effect with --show-config/],
  ["check --show-config --select value /u/x.service", /--select has no effect with --show-config/],
  ["check --root /nowhere /u", /\/nowhere: there is no such folder/],
  ["check --root /u /u", /\/u: this is no tree of a system/],
  ["check --baseline /none.json /u", /\/none\.json: there is no such file/],
  ["check --update-baseline /u", /name the baseline/],
  ["check --config /none.json /u", /\/none\.json: there is no such file/],
  ["check /empty", /\/empty: there is no file to check in this folder/],
  ["check /u /empty", /\/empty: there is no file to check in this folder/],
  ["check /binfmt", /no file was checked/],
  ["check /all", /the configuration excludes all 1/],
  ["check /none.service", /\/none\.service: there is no such file or folder/],
  ["check --profile off /typo", /typo\/\.unit-warden\.json: Unknown key profil; did you mean profile\?/],
  [
    "check --profile off --ignore configuration /typo",
    /\.unit-warden\.json:1:3: Unknown key profil; did you mean profile/,
  ],
  ["check --profile off --fail-on never /wrong", /"5\.0" is no value here/],
  ["check --systemd debain-12 /u", /--systemd takes/],
  ["check --user --system /u", /exclude each other/],
  ["inspect", /name a program or a service/],
  ["inspect /usr/bin/none", /\/usr\/bin\/none is no program of this machine/],
  ["inspect /u/x.socket", /only services have programs/],
  ["inspect /u/x.service", /no unit of this machine: --root says where its programs are/],
  ["security /empty", /\/empty: there is no service in this folder/],
  ["security /typo", /Unknown key profil; did you mean profile\?/],
  ["security /wrong/x.service", /\.unit-warden\.json:1:30: "5\.0" is no value here/],
  ["security --threshold 50.5 /u", /--threshold takes an exposure from 0\.0 to 10\.0, not 50\.5/],
  ["security --threshold 50 /u/web.container", /--threshold is about services, and none was assessed/],
  ["security --policy /policy.json /u/x.service", /Unknown check ProtectHom; did you mean ProtectHome\?/],
  ["security --policy /none.json /u/x.service", /\/none\.json: there is no such file/],
  ["security --before /none.json /u/x.service", /\/none\.json: there is no such file/],
  ["security --before /policy.json /u/x.service", /is not what security --format json prints/],
  ["harden /empty", /\/empty: there is no service to harden in this folder/],
  ["harden /typo", /Unknown key profil; did you mean profile\?/],
  ["harden --format nix --write /u/x.service", /--format nix only prints/],
  ["format /empty", /\/empty: there is no unit file or drop-in in this folder/],
  ["format --check /typo", /Unknown key profil; did you mean profile\?/],
  ["format --check --write /u", /exclude each other/],
  ["show /typo/x.service", /Unknown key profil; did you mean profile\?/],
  ["show --root /u /u/x.service", /\/u: this is no tree of a system/],
  ["show --also 5.0 /u/x.service", /--also compares what versions of podman make/],
  ["sandbox /empty", /\/empty: there is no service in this folder/],
  ["sandbox /typo", /Unknown key profil; did you mean profile\?/],
  ["learn --with usr x", /--with takes user, root, not usr/],
  ["mcp serve", /mcp takes no serve/],
  ["lsp --stdio serve", /lsp takes no serve/],
  ["lsp --stdio --pipe /x", /--stdio and --pipe exclude each other/],
  ["lsp --socket ten", /--socket takes a port from 0 to 65535, not ten/],
];

describe("cli: nothing wrong passes for an all-clear", () => {
  it("knows a call of each command", () => {
    assert.deepEqual(Object.keys(USUAL).sort(), KNOWN_COMMANDS.map((it) => it.name).sort());
  });

  for (const { name } of KNOWN_COMMANDS)
    it(`${name} refuses an option that it does not have`, () => {
      const { stdout, stderr, status } = call([name, ...(USUAL[name] ?? []), "--nonsens"]);
      assert.deepEqual([stdout, status], ["", 2]);
      assert.match(stderr, /--nonsens/);
    });

  for (const [line, message] of REFUSED)
    it(line, () => {
      const { stderr, status } = call(line.split(" "));
      assert.match(stderr, message);
      assert.equal(status, 2);
    });

  it("says of a refused unit what the page says: status 1", () => {
    const host = memoryHost({ "/u/bad.service": "[Service]\nType=simple\n", "/u/good.service": PLAIN });
    const { stdout, stderr, status } = runOver(host, "harden", "/u/bad.service", "/u/good.service");
    assert.match(stderr, /^unit-warden: \/u\/bad\.service: there is nothing to harden: .* systemd refuses the unit$/m);
    assert.match(stdout, /good\.service/);
    assert.equal(status, 1);
  });

  it("leaves out a named file that the configuration excludes, as hooks name what a commit changes", () => {
    const { stderr, status } = call(["check", "/all/x.service"]);
    assert.match(stderr, /note: \/all\/x\.service: not checked: .* excludes it/);
    assert.equal(status, 0);
  });

  for (const { name, schema } of TOOLS)
    it(`the tool ${name} refuses an argument that it does not have`, () => {
      const { error } = schema.safeParse({ path: "/u/x.service", profil: "strict", sytemd: 257 });
      assert.match(String(error?.message), /unknown argument profil/);
      if ("profile" in schema.shape) assert.match(String(error?.message), /did you mean profile\?/);
    });

  it("the tool explain refuses what says nothing without the rest", () => {
    const { schema } = TOOLS.find((it) => it.name === "explain") ?? {};
    assert.ok(schema);
    assert.match(String(schema.safeParse({ status: "226" }).error?.message), /path is missing/);
    assert.match(String(schema.safeParse({ names: ["%n"], path: "/x.service" }).error?.message), /two questions/);
  });
});
