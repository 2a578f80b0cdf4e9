import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { COMMANDS, KNOWN_COMMANDS } from "../../../server/src/cli/allCommands.ts";
import type { CommandOption } from "../../../server/src/cli/option.ts";
import { bytesOf } from "../../../test/kit/bytes.ts";
import { HOSTILE_PIECES } from "../../../test/kit/hostile.ts";
import { hostileTree, makeOutside, makeTree, type TreeEntry, treeSnapshot } from "../../../test/kit/hostileTree.ts";
import { mutatedUnit } from "../../../test/kit/mutate.ts";
import type { Random } from "../../../test/kit/random.ts";
import { madeBy } from "../../../test/kit/shrunk.ts";
import { fuzzFolder } from "../lsp/openUnit.ts";
import { fuzzTarget } from "../target.ts";

/** A call of the program in a folder of its own. */
type Call = {
  readonly tree: readonly TreeEntry[];
  readonly argv: readonly string[];
  readonly stdin: string;
  /** After how many blocks of 512 bytes the disk is full for a file. */
  readonly room: number | null;
};

/** Nobody waits longer for an end. */
const PATIENCE = 120_000;
/** What asks the program to write. */
const WRITES = /^--(?:write|fix|unsafe-fixes|drop-in|output|update-baseline)/;

const home = fuzzFolder();
const outside = fuzzFolder();

/** Whatever it is called with: it ends with 0, 1 or 2, says so without a stack or a control character, and writes whole files where it is told to. */
export const cli = fuzzTarget<Call>({
  name: "cli",
  input: madeBy((random) => {
    const tree = hostileTree(random, 8);
    return {
      tree,
      argv: commandLine(random, tree),
      stdin: random.chance(0.5) ? mutatedUnit(random).text : "",
      room: random.chance(0.2) ? random.below(3) : null,
    };
  }),
  run({ tree, argv, stdin, room }) {
    const folder = join(home, "work");
    for (const it of [folder, outside]) {
      rmSync(it, { recursive: true, force: true });
      mkdirSync(it);
    }
    makeOutside(outside);
    makeTree(folder, tree, outside);
    const before = [treeSnapshot(folder), treeSnapshot(outside)] as const;
    const limit = room === null ? "" : `ulimit -f ${room}; `;
    const program = join(process.cwd(), "dist/cli.js");
    const { status, signal, stdout, stderr } = spawnSync(
      "sh",
      ["-c", `${limit}exec "$0" "$@"`, process.execPath, program, ...argv.map((it) => it.replaceAll("\0", ""))],
      { cwd: folder, input: bytesOf(stdin), timeout: PATIENCE, maxBuffer: 1 << 28, encoding: "latin1" },
    );
    assert.ok(signal === null, `ends by ${signal}`);
    assert.ok(status === 0 || status === 1 || status === 2, `ends with ${status}: ${stderr.slice(0, 1000)}`);
    const shown = (text: string): string => (hasColours(argv) ? text.replace(COLOUR, "") : text);
    for (const text of [stderr, stdout])
      assert.doesNotMatch(text, /\n\s+at \S.*:\d+:\d+|node:internal/, "prints a stack");
    expectPrintable(shown(stderr));
    if (!printsFiles(argv)) expectPrintable(shown(stdout));
    const after = [treeSnapshot(folder), treeSnapshot(outside)] as const;
    // What a link leads to is written where the link itself is named.
    const namesLink = tree.some((it) => it.kind === "link" && argv.some((word) => word.includes(it.name)));
    if (!namesLink) assert.deepEqual(after[1], before[1], "writes outside of the folder");
    if (!argv.some((it) => WRITES.test(it))) assert.deepEqual(after[0], before[0], "writes without being told to");
    const named = new Set(argv.map((it) => it.replace(/^--output-file=/, "")));
    expectWhole(before[0], after[0], named);
  },
  end() {
    for (const it of [home, outside]) rmSync(it, { recursive: true, force: true });
  },
});

/** Whether it prints what patch(1) or a file takes, which has every byte as it is. */
const printsFiles = ([command]: readonly string[]): boolean => command === "format" || command === "harden";

/** Whether colours were asked for. */
const hasColours = (argv: readonly string[]): boolean =>
  argv.some((it, i) => it === "--color=always" || (it === "always" && argv[i - 1] === "--color"));
const COLOUR = new RegExp(`${String.fromCharCode(0x1b)}\\[[\\d;]*m`, "g");

/** Demands that no terminal, annotation or log takes anything for more than text. The text is one character for each byte. */
function expectPrintable(text: string): void {
  const [found] = /[\0-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]/.exec(text) ?? [];
  const at = found === undefined ? 0 : text.indexOf(found);
  assert.equal(
    found,
    undefined,
    `prints ${JSON.stringify(found)} in ${JSON.stringify(text.slice(Math.max(0, at - 60), at + 20))}`,
  );
}

/** Demands that every file is as before or has a new text that is not cut, that links are still links, and that no other file is new than one that was named. */
function expectWhole(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
  named: ReadonlySet<string>,
): void {
  for (const [name, state] of Object.entries(before)) {
    const now = after[name];
    assert.ok(now !== undefined, `takes ${JSON.stringify(name)} away`);
    const [mode, text] = [state.slice(0, state.indexOf(" ")), state.slice(state.indexOf(" ") + 1)];
    assert.equal(now.slice(0, now.indexOf(" ")), mode, `changes the mode of ${JSON.stringify(name)}`);
    const written = now.slice(now.indexOf(" ") + 1);
    if (written === text) continue;
    assert.ok(!text.startsWith("-> "), `changes the link ${JSON.stringify(name)}`);
    // Nothing that it does shortens a text to less than its lines without blanks.
    assert.ok(
      written.length * 2 > text.trim().length,
      `leaves ${JSON.stringify(name)} cut: ${JSON.stringify(written)}`,
    );
    // Formatting ends the last line; nothing takes its end away.
    assert.ok(!/\n$/.test(text) || /\n$/.test(written), `changes the end of ${JSON.stringify(name)}`);
  }
  for (const name of Object.keys(after))
    assert.ok(
      name in before ||
        named.has(name) ||
        /\.\w+$/.test(name) ||
        Object.keys(after).some((it) => it.startsWith(`${name}/`)),
      `leaves ${JSON.stringify(name)} behind`,
    );
}

function commandLine(random: Random, tree: readonly TreeEntry[]): string[] {
  const anything = (): string =>
    random.pick([
      ...tree.map((it) => it.name),
      ".",
      "./",
      "..",
      "no/such",
      "-",
      "--",
      "",
      "a.service",
      ...HOSTILE_PIECES,
    ]);
  if (random.chance(0.05)) return Array.from({ length: random.below(4) }, anything);
  const { name, options } = random.pick(
    random.chance(0.9) ? COMMANDS : KNOWN_COMMANDS.filter((it) => it.name !== "lsp"),
  );
  const operands = Array.from({ length: random.below(4) }, () => (random.chance(0.4) ? "." : anything()));
  const written = Object.entries(options).filter(() => random.chance(0.2));
  return [
    ...[
      name,
      ...(name === "new" ? [random.pick(["service", "timer", "drop-in"]), "x.service", "--exec", "/bin/true"] : []),
    ],
    ...written.flatMap(([option, facts]) => optionWords(random, option, facts, anything)),
    ...operands,
  ];
}

function optionWords(
  random: Random,
  name: string,
  { argument, suggests }: CommandOption,
  anything: () => string,
): string[] {
  if (argument === undefined) return [`--${name}`];
  const words = typeof suggests === "object" ? suggests.words() : [];
  const value = words.length > 0 && random.chance(0.8) ? random.pick(words) : anything();
  // What it writes to stays in the folder.
  if (name === "output") return ["--output", random.pick(["out", "a/b", "."])];
  return random.chance(0.9) ? [`--${name}`, value] : [`--${name}=${value}`];
}
