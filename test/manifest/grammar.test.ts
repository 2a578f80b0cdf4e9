import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import fc from "fast-check";
import { createRegistry } from "vscode-tmgrammar-test/dist/common/index.js";
import { expectLinearSoon } from "../kit/growth.ts";

const path = "syntaxes/systemd.tmLanguage.json";

/** Tokenises the lines; `open` tells after each line whether a rule goes on in the next one. */
async function tokenise(lines: readonly string[]): Promise<{ readonly open: boolean[] }> {
  const grammar = await loading;
  assert(grammar);
  const open: boolean[] = [];
  let state: Parameters<typeof grammar.tokenizeLine>[1] = null;
  for (const line of lines) {
    const result = grammar.tokenizeLine(line, state);
    state = result.ruleStack;
    open.push(state.depth > 1);
  }
  return { open };
}

const scopeName = "source.unit-warden.systemd";
const placeholders = { path: "syntaxes/placeholders.tmLanguage.json", scopeName: "source.unit-warden.placeholders" };
const loading = createRegistry([
  { path, scopeName },
  { ...placeholders, injectTo: [scopeName] },
]).loadGrammar(scopeName);

/** After each line, whether the logical line goes on. Follows config_parse(), systemd 262. */
function continuations(lines: readonly string[]): boolean[] {
  let open = false;
  return lines.map((line) => {
    if (!/^[ \t]*[#;]/.test(line)) open = /^(?:[^\\]|\\.)*\\$/.test(line);
    return open;
  });
}

/** How lines begin: a key for each kind of value, and what is no assignment. */
const STARTS = [
  ..."ExecStart Environment PassEnvironment After Documentation ConditionPathExists ConditionVersion".split(" "),
  ..."CapabilityBoundingSet SystemCallFilter RestrictFileSystems RestrictAddressFamilies RestrictNamespaces".split(" "),
  ..."KillSignal SystemCallErrorNumber OnCalendar OnBootSec Description StateDirectory StandardInputText".split(" "),
  ..."SetCredential OpenFile LimitNOFILE IOReadBandwidthMax Type IPAddressDeny ReadWritePaths X-Own Other".split(" "),
  "Two words",
  "",
]
  .map((key) => `${key}=`)
  .concat("[Service]", "[", "");

const PIECES = [
  ...["\\", "\\\\", '"', "'", " ", "\t", "#", ";", " ; ", "\\;", "\\x41", "%n", "%9", "%", "$A", "${", "A}"],
  ...["~", "-", "|", "!", ":", "[", "]", "@", "=", "a", "a ", "/x", "AF_", "a.service", "5min", "1."],
];

/** Languages in whose texts units stand; in the place of their grammars are some of a few lines. */
const HOSTS = ["yaml", "shell", "dockerfile", "nix"];

/** What placeholders are made of. */
const TEMPLATE_PIECES = ["{{", "}}", "{%", "%}", "<%=", "%>", "{# a #}", "if"];

describe("grammar", () => {
  it("gives the scopes that test/grammar expects", () => {
    const program = join("node_modules", "vscode-tmgrammar-test", "dist", "unit.js");
    const grammars = HOSTS.flatMap((it) => ["-g", `test/kit/grammars/${it}.json`]);
    const run = spawnSync(process.execPath, [program, ...grammars, "test/grammar/*"], { encoding: "utf8" });
    assert.equal(run.status, 0, `${run.stdout}${run.stderr}`);
  });

  it("carries its state over a line end only where systemd continues the line", async () => {
    const line = fc
      .tuple(
        fc.oneof(fc.constantFrom(...STARTS), fc.constantFrom("", "  ", "#", " ;")),
        fc.array(fc.constantFrom(...PIECES, ...TEMPLATE_PIECES), { maxLength: 8 }),
        fc.constantFrom("", "", "\\"),
      )
      .map(([key, pieces, end]) => key + pieces.join("") + end);
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 6 }), async (lines) => {
        assert.deepEqual((await tokenise(lines)).open, continuations(lines));
      }),
      { numRuns: 2000 },
    );
  });

  it("takes time in proportion to the file", async () => {
    const block = [
      "[Service]",
      "# comment",
      `ExecStart=-/usr/bin/a --b=%n "c \${D}" $E \\`,
      "  # comment \\",
      "  'f g' \\; \\x41 ; /bin/h",
      "Environment=A=b 'C=d e' \\",
      "  F=g",
      "CapabilityBoundingSet=~CAP_SYS_ADMIN CAP_CHOWN",
      "TimeoutStartSec=5min 20s",
      "Wants=a.service b@%i.service \\",
    ];
    await expectLinearSoon(
      1000,
      (lines) => Array.from({ length: lines }, (_, at) => block[at % block.length] ?? ""),
      tokenise,
    );
  });

  it("takes time in proportion to a line, whatever it is made of", async () => {
    for (const start of STARTS)
      for (const piece of PIECES)
        await expectLinearSoon(300, (size) => [start + piece.repeat(size / piece.length)], tokenise);
    for (const piece of TEMPLATE_PIECES)
      await expectLinearSoon(300, (size) => [`Description=${piece.repeat(size / piece.length)}`], tokenise);
  });
});
