import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { COMMANDS } from "../../server/src/cli/allCommands.ts";
import type { Outcome } from "../../server/src/cli/outcome.ts";
import { mangledUnit } from "../kit/mangled.ts";
import { memoryHost, runOn } from "../kit/memoryHost.ts";

/** What acts on a terminal, on the log of a workflow, or begins a line that nobody wrote. */
const ATTACKS = [
  ...["\u001b[2J", "\u001b]0;title\u0007", "\u009b31m", "\r", "\b", "\0", "\u202e", "\u2028", "\u007f", "\u000b"],
  ...["\n::error::forged", "\n##[error]forged", "##vso[task.setvariable]x", "::add-mask::x", "\nforged", "\ud80031m"],
];

const attack = fc.constantFrom(...ATTACKS);

/** Values, sections and names with an attack in them, among plain ones. */
const LINES: readonly ((it: string) => string)[] = [
  (it) => `Description=${it}`,
  (it) => `ProtectHome=${it}`,
  (it) => `${it}=yes`,
  (it) => `[${it}]`,
  (it) => `ExecStart=/bin/${it} ${it}`,
  (it) => `StateDirectory=${it} %n`,
  (it) => `BindPaths=/srv/${it}:/srv`,
  (it) => `Environment="A=${it}" B=%p`,
  (it) => `User=${it}`,
  (it) => `# ${it}`,
  (it) => `::error file=a::${it}`,
];

const hostileUnit = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constantFrom(...LINES), attack).map(([line, it]) => `${line(it)}\n`),
      mangledUnit,
      fc.constantFrom("[Service]\n", "ExecStart=/bin/true\n", "ProtectSystem=strict\n", "[Unit]\n"),
    ),
    { maxLength: 8 },
  )
  .map((lines) => `[Service]\nExecStart=/bin/true\n${lines.join("")}`);

const hostilePath = fc
  .tuple(fc.constantFrom("/u", "u", "::error::u", "u\n::warning::forged", "##[group]u"), attack, fc.boolean())
  .map(([folder, it, inName]) => (inName ? `${folder}/x${it}.service` : `${folder}${it}/x.service`));

const PLAIN = "[Service]\nExecStart=/bin/true\n";

/** All commands that read files, in all their formats. */
const CALLS: readonly (readonly string[])[] = [
  ...["text", "json", "sarif", "github", "gitlab", "junit"].map((it) => [
    "check",
    "--profile",
    "strict",
    "--format",
    it,
  ]),
  ["check", "--unsafe-fixes"],
  ...["table", "json"].map((it) => ["security", "--format", it]),
  ...["text", "json"].flatMap((it) => [
    ["show", "--format", it],
    ["sandbox", "--all", "--format", it],
    ["explain", "226/NAMESPACE: /srv: Permission denied", "--format", it],
  ]),
  ["harden", "--write", "--profile", "strict"],
  ["harden", "--drop-in"],
  ["format", "--check"],
  ["format", "--write"],
];

/** Those whose output is a file or a change of one, byte by byte where nobody looks at it. */
const EXACT: readonly (readonly string[])[] = [["harden"], ["harden", "--format", "nix"], ["format"]];

const HARMFUL = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\p{Surrogate}]/u;
const COMMAND = /^\s*::|##\w*\[/m;

function harmless({ stdout, stderr }: Outcome, argv: readonly string[]): void {
  const isGithub = argv.includes("github");
  for (const text of [stdout, stderr]) assert.doesNotMatch(text, HARMFUL, argv.join(" "));
  for (const text of isGithub ? [stderr] : [stdout, stderr]) {
    assert.doesNotMatch(text, COMMAND, argv.join(" "));
    // Lines of a configuration are shown as they are.
    if (argv[0] !== "show") assert.doesNotMatch(text, /^forged/m, argv.join(" "));
  }
  if (isGithub) assert.match(stdout, /^(?:::(?:error|warning|notice) file=.*,title=.*::.*\n)*$/);
  if (argv.includes("json") || argv.includes("sarif")) assert.doesNotThrow(() => stdout === "" || JSON.parse(stdout));
}

/** Files that are no units, with an attack in values, names, comments and sections. */
const OTHERS: Readonly<Record<string, (it: string) => string>> = {
  "x.container": (it) =>
    `[Container]\nImage=${it}\n${it}=1\n[${it}]\nA=b\n# ${it}\nVolume=${it}.volume:/a\nUser=${it}\n`,
  "x.quadlets": (it) => `# FileName=${it}\n[Container]\nImage=${it}\n---\n# FileName=${it}/x\n[Volume]\n${it}=\n`,
  "x.network": (it) =>
    `[Match]\nName=${it}\n[Network]\nVLAN=${it}\nDHCP=${it}\n${it}=1\n[Route]\nGateway=${it}\n[${it}]\n`,
  "x.netdev": (it) => `[NetDev]\nName=${it}\nKind=${it}\n[WireGuardPeer]\nPublicKey=${it}\n`,
  "x.nspawn": (it) => `[Exec]\nBoot=${it}\n[Files]\nBind=${it}\n${it}=x\n`,
  "systemd/journald.conf": (it) => `[Journal]\nStorage=${it}\n${it}=\n[${it}]\n`,
  "x.service.j2": (it) => `[Service]\nExecStart=/bin/x {{ ${it} }}\nUser=${it}\n{% if ${it} %}\n${it}=1\n{% endif %}\n`,
  "x.nix": (it) =>
    `{ systemd.services."${it}".serviceConfig = { ExecStart = "${it}"; "${it}" = "1"; User = "${it}"; }; }\n`,
  "x.sh": (it) => `cat > /etc/systemd/system/a.service <<'EOF'\n[Service]\nExecStart=${it}\n${it}=1\n[${it}]\nEOF\n`,
  "user-data": (it) =>
    `#cloud-config\nwrite_files:\n- path: /etc/systemd/system/a.service\n  content: |\n    [Service]\n    ${it}=1\n    Restart=${it}\n`,
  "x.ign": (it) =>
    JSON.stringify({
      ignition: { version: "3.4.0" },
      systemd: { units: [{ name: `${it}.service`, contents: `[Service]\n${it}=1\nExecStart=/x\n` }] },
    }),
  ".unit-warden.json": (it) =>
    JSON.stringify({
      [it]: 1,
      profile: it,
      rules: { [it]: it },
      exclude: [it, "["],
      baseline: it,
      systemd: it,
      overrides: [{ files: [it], [it]: 1 }],
    }),
};

describe("what is printed of hostile units and names", () => {
  const quiet = { colours: false, progress: () => undefined };

  it("acts on no terminal where it stands in configurations, quadlets, templates and files of other languages", () => {
    const kind = fc.constantFrom(...Object.keys(OTHERS));
    const call = fc.constantFrom(...CALLS, ["check", "--update-baseline"], ["check", "--baseline", "/u/known.json"]);
    fc.assert(
      fc.property(kind, attack, call, fc.boolean(), (name, it, argv, isFolder) => {
        const path = `/u/${name}`;
        const known = JSON.stringify({ version: 1, files: { [it]: [{ code: it, text: it, count: 1 }] } });
        const host = memoryHost({ [path]: OTHERS[name]?.(it) ?? "", "/u/x.service": PLAIN, "/u/known.json": known });
        harmless(runOn([...argv, ...(isFolder || name.startsWith(".") ? ["/u"] : [path])], host, quiet), argv);
      }),
      { numRuns: 600 },
    );
  });

  it("acts on no terminal and no log, in any command", () => {
    fc.assert(
      fc.property(hostilePath, hostileUnit, fc.constantFrom(...CALLS), fc.boolean(), (path, text, argv, isMissing) => {
        const host = memoryHost({ [path]: text, [`${path}.d/a.conf`]: text });
        const folder = path.replace(/\/[^/]*$/, "");
        for (const operand of isMissing ? [`${path}x`] : [path, folder])
          harmless(runOn([...argv, operand], host, quiet), argv);
      }),
      { numRuns: 400 },
    );
  });

  it("acts on no terminal where it is a file, and on one that has colours", () => {
    fc.assert(
      fc.property(hostilePath, hostileUnit, fc.constantFrom(...CALLS, ...EXACT), (path, text, argv) => {
        const terminal = { ...quiet, colours: true, isTerminal: true };
        const { stdout, stderr } = runOn([...argv, path], memoryHost({ [path]: text }), terminal);
        for (const it of [stdout, stderr])
          assert.doesNotMatch(it.replace(/\u001b\[\d{1,2}m/g, ""), HARMFUL, argv.join(" "));
        for (const it of stdout.match(/\u001b\[.{3}/gs) ?? []) assert.match(it, /\[\d{1,2}m/);
      }),
      { numRuns: 300 },
    );
  });

  it("is said of wrong calls too", () => {
    for (const it of ATTACKS)
      for (const { name } of COMMANDS)
        for (const argv of [[`${name}${it}`], [name, `--${it}`], [name, `--format=${it}`], [name, it, it]]) {
          if (argv[0]?.includes("\0")) continue;
          harmless(runOn(argv, memoryHost({}, { piped: it }), quiet), argv);
        }
  });

  it("is byte by byte what patch and other programs need, where nobody looks", () => {
    const text = "[Service]\nExecStart=/bin/true\u001b[2J  \n";
    const path = "/u/x\u202e/y.service";
    const stdoutOf = (isTerminal: boolean, ...argv: readonly string[]): string =>
      runOn(argv, memoryHost({ [path]: argv[0] === "harden" ? PLAIN : text }, { piped: text }), {
        ...quiet,
        isTerminal,
      }).stdout;
    assert.match(stdoutOf(false, "format", path), /^-ExecStart=\/bin\/true\u001b\[2J {2}$/m);
    assert.match(stdoutOf(true, "format", path), /^-ExecStart=\/bin\/true\\x1b\[2J {2}$/m);
    assert.equal(stdoutOf(false, "format", "--stdin-path", "y.service"), text.replace("  ", ""));
    const [head = "", ...rest] = stdoutOf(false, "harden", path).split("\n--- ");
    assert.doesNotMatch(head, HARMFUL, "what stands above a diff is for people");
    assert.match(rest.join(), /^\/u\/x\u202e/);
  });
});
