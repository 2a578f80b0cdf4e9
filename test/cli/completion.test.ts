import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "mocha";
import { KNOWN_COMMANDS } from "../../server/src/cli/allCommands.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";
import { skip } from "../kit/skip.ts";

/** Lines that are completed at their end, with the lines or words that a shell may make of them. */
const CASES: readonly (readonly [line: string, words: readonly string[]])[] = [
  ["unit-warden ch", ["check"]],
  ["unit-warden check --form", ["--format"]],
  ["unit-warden check --format s", ["sarif"]],
  ["unit-warden check --format=s", ["--format=sarif"]],
  ["unit-warden check --profile is", ["isolated"]],
  ["unit-warden check --select value/bool", ["value/boolean"]],
  ["unit-warden check --ignore syntax,value/bool", ["syntax,value/boolean"]],
  ["unit-warden check --ignore=syntax,value/bool", ["--ignore=syntax,value/boolean"]],
  ["unit-warden security --systemd 26", ["260", "261", "262"]],
  ["unit-warden harden --format ni", ["nix"]],
  ["unit-warden explain ProtectHom", ["ProtectHome"]],
  ["unit-warden explain value/bool", ["value/boolean"]],
  ["unit-warden explain @system-", ["@system-service"]],
  ["unit-warden explain --section Ti", ["Timer"]],
  ["unit-warden new so", ["socket"]],
  ["unit-warden completion f", ["fish"]],
  ["unit-warden new --port ", []],
  ["unit-warden check --root fold", ["folder/"]],
  ["unit-warden harden ng", ["ngine.service"]],
  ["unit-warden try ng", ["ngine.service"]],
  ["unit-warden learn ng", ["ngine.service"]],
];

describe("cli completion", () => {
  let folder = "";
  const scriptOf = (shell: string): string => {
    const { stdout, stderr, status } = runOver(memoryHost({}), "completion", shell);
    assert.deepEqual([stderr, status], ["", 0]);
    const path = join(folder, `completion.${shell}`);
    // The units of the machine are those of the test.
    writeFileSync(path, stdout.replaceAll(/(?<=[ {,(])\/(?=(?:etc|run|usr|lib)\/)/g, `${folder}/root/`));
    return path;
  };
  /** What a program prints that runs in the folder, in lines. */
  const linesOf = (command: string, ...args: readonly string[]): string[] => {
    const { stdout, stderr, status } = spawnSync(command, args, { cwd: folder, encoding: "utf8" });
    assert.deepEqual([stderr, status], ["", 0], command);
    return stdout.split("\n").slice(0, -1);
  };
  const isThere = (shell: string): boolean => spawnSync(shell, ["-c", "true"]).error === undefined;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "unit-warden-completion-"));
    mkdirSync(join(folder, "folder"));
    writeFileSync(join(folder, "file.service"), "");
    for (const place of ["etc", "usr/lib"]) {
      const units = join(folder, "root", place, "systemd/system");
      mkdirSync(units, { recursive: true });
      for (const name of ["ngine.service", "ngine.service.d", "notes.txt"]) writeFileSync(join(units, name), "");
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  describe("in bash", () => {
    /** What the function replies to each line; bash itself completes files where it replies nothing. */
    const replies = (lines: readonly string[]): string[][] => {
      const script = join(folder, "ask.bash");
      // The second argument is what readline takes for the word, which begins behind the last of its break characters.
      const asks = lines.map((line) => {
        const word = /@?[^\s=:@]*$/.exec(line)?.[0] ?? "";
        return `COMP_LINE=${JSON.stringify(line)} COMP_POINT=${line.length}; _unit_warden unit-warden ${JSON.stringify(word)} x; echo "\${COMPREPLY[*]}"\n`;
      });
      writeFileSync(script, `set -u\nsource ${scriptOf("bash")}\n${asks.join("")}`);
      return linesOf("bash", script).map((it) => it.split(" ").filter(Boolean));
    };

    it("replies with the words that fit, without what readline keeps", function () {
      if (!isThere("bash")) return skip(this, "there is no bash");
      const cases = CASES.filter(([line]) => !line.includes("--root"));
      assert.deepEqual(
        replies(cases.map(([line]) => line)),
        cases.map(([, words]) => words.map((it) => it.replace(/^--\w+=/, ""))),
      );
    });

    it("knows each command, each option and each choice, as the help does", function () {
      if (!isThere("bash")) return skip(this, "there is no bash");
      const asked = KNOWN_COMMANDS.flatMap(({ name, options }) => [
        [`unit-warden ${name} -`, Object.keys(options).map((it) => `--${it}`)] as const,
        ...Object.entries(options).flatMap(([option, { argument }]) =>
          argument?.includes("|") ? [[`unit-warden ${name} --${option} `, argument.split("|")] as const] : [],
        ),
      ]);
      assert.deepEqual(replies(["unit-warden "]), [[...KNOWN_COMMANDS.map((it) => it.name), "help"]]);
      assert.deepEqual(
        replies(asked.map(([line]) => line)),
        asked.map(([, words]) => words),
      );
    });

    it("leaves files to bash, and gives folders alone where a folder is meant", function () {
      if (!isThere("bash")) return skip(this, "there is no bash");
      const lines = ["unit-warden check fi", "unit-warden security --policy fi", "unit-warden explain folder"];
      assert.deepEqual(replies(lines), [[], [], []]);
      const mixed = replies(["unit-warden explain fi"])[0];
      assert.ok(mixed?.includes("final.target") && mixed.includes("file.service"), mixed?.join());
      assert.match(readFileSync(scriptOf("bash"), "utf8"), /"check --root"\) kind=folders ;;/);
    });
  });

  it("completes in fish", function () {
    if (!isThere("fish")) return skip(this, "there is no fish");
    const script = scriptOf("fish");
    assert.deepEqual(linesOf("fish", "--no-config", "--no-execute", script), []);
    const asks = CASES.map(([line]) => `complete -C '${line}'; echo ==`).join("\n");
    const answers = linesOf("fish", "--no-config", "-c", `source ${script}\n${asks}`).join("\n").split(/^==$/m);
    const words = answers.map((it) => it.match(/^[^\t\n]+/gm) ?? []);
    assert.deepEqual(
      words.slice(0, -1),
      CASES.map(([, expected]) => expected),
    );
    const files = linesOf("fish", "--no-config", "-c", `source ${script}\ncomplete -C 'unit-warden check fi'`);
    assert.deepEqual(files, ["file.service"]);
  });

  it("completes in zsh", function () {
    if (!isThere("zsh")) return skip(this, "there is no zsh");
    const script = scriptOf("zsh");
    assert.deepEqual(linesOf("zsh", "-n", script), []);
    const ask = join(folder, "ask.zsh");
    const cases = CASES.filter(([, words]) => words.length === 1);
    // A shell on a terminal of its own; each Tab completes and prints the line.
    writeFileSync(
      ask,
      `zmodload zsh/zpty
zpty shell zsh -f -i
ask() { zpty -w -n shell "$1"; zpty -r shell REPLY "*$2"; }
ask $'PS1=; print REA""DY\\n' '*READY*'
ask $'autoload -Uz compinit; compinit -u -D; source ${script}; shown() { zle complete-word; print -r -- "<\${BUFFER%%[ ,=]}>"; BUFFER=; zle redisplay }; zle -N shown; bindkey "^I" shown; print SE""T\\n' '*SET*'
${cases.map(([line]) => `ask $'${line}\\t' '<*>*'; print -r -- "\${\${REPLY##*<}%%>*}"`).join("\n")}
zpty -d shell
`,
    );
    assert.deepEqual(
      linesOf("zsh", "-f", ask),
      cases.map(([line, [word = ""]]) => line.replace(/\S*$/, "") + word),
    );
  });

  it("says which shells it knows", () => {
    for (const argv of [[], ["tcsh"], ["bash", "zsh"]]) {
      const { stdout, stderr, status } = runOver(memoryHost({}), "completion", ...argv);
      assert.deepEqual([stdout, status], ["", 2]);
      assert.match(stderr, /^unit-warden: completion takes bash, zsh, fish, not /);
    }
  });
});
