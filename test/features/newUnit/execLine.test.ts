import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { execLine } from "../../../server/src/features/newUnit/execLine.ts";
import { parseExec } from "../../../server/src/syntax/commandLine.ts";

/** The value of ExecStart= for a typed command, or what is said against it. */
const written = (typed: string, template = false): string => {
  const line = execLine(typed, { template });
  return line.kind === "refused" ? `refused: ${line.message}` : line.value;
};

/** A word as POSIX shells take it, whatever is in it. */
const shellQuoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** The words that the program gets: systemd splits, then replaces specifiers and variables. */
function argvOf(value: string): string[] {
  const { commands, error } = parseExec(value);
  assert.equal(error, undefined, value);
  assert.equal(commands.length, 1, value);
  const [command] = commands;
  assert.ok(command && command.prefixes === "", value);
  const specifiers = (word: string): string => word.replaceAll("%%", "%");
  return [
    specifiers(command.path.value),
    ...command.args.map((it) => {
      assert.deepEqual(it.unknownEscapes, [], value);
      assert.ok(!/(?<!%)(?:%%)*%(?!%)/.test(it.value), `a specifier in ${value}`);
      return specifiers(it.value).replaceAll("$$", "$");
    }),
  ];
}

const refusalOf = (typed: string): string => {
  const line = execLine(typed);
  return line.kind === "refused" ? line.message : "";
};

describe("features: the command of a new unit", () => {
  it("keeps words that need no quotes as they are", () => {
    assert.equal(written("/usr/bin/python3 -m http.server 8080"), "/usr/bin/python3 -m http.server 8080");
    assert.equal(written("  /bin/x\t--a=b,c:[::]:80  "), "/bin/x --a=b,c:[::]:80");
  });

  it("writes percent signs, dollars, blanks, quotes and semicolons as systemd reads them back", () => {
    assert.equal(written("/bin/date '+%s %d'"), '/bin/date "+%%s %%d"');
    assert.equal(written(String.raw`/bin/x 'a $b' \$c "d\"e" ';' ''`), String.raw`/bin/x "a $$b" $$c "d\"e" ";" ""`);
    assert.equal(written(String.raw`/bin/x 'a\b'`), String.raw`/bin/x "a\\b"`);
  });

  it("gives the program the very words that a shell would give it", () => {
    const word = fc.string({
      unit: fc.constantFrom(..."abz09 \t\n$%\"'\\;&|<>(){}[]*?~#!=-:@+,./ü€😀"),
      maxLength: 12,
    });
    const program = fc.string({ unit: fc.constantFrom(..."ab1 %\"'\\;-./ü"), maxLength: 8 }).map((it) => `/${it}x`);
    fc.assert(
      fc.property(program, fc.array(word, { maxLength: 6 }), (path, args) => {
        const argv = [path, ...args];
        assert.deepEqual(argvOf(written(argv.map(shellQuoted).join(" "))), argv);
      }),
      { numRuns: 2000 },
    );
  });

  it("answers any text, and what it makes is one line", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        const line = execLine(`/bin/x ${text}`);
        assert.ok(line.kind === "refused" ? line.message !== "" : !/[\0-\x1f]/.test(line.value), text);
      }),
    );
  });

  it("leaves variables to systemd, split where a shell would split them", () => {
    const typed = `/bin/x $A \${A} "$A" --p=$PORT "a b $C"`;
    assert.equal(written(typed), `/bin/x $A $A \${A} --p=\${PORT} "a b \${C}"`);
    const line = execLine("/bin/x $PORT");
    assert.ok(line.kind === "exec");
    assert.deepEqual(line.notes, ["systemd expands $PORT: set it with Environment= or EnvironmentFile=."]);
  });

  it("tells of a program that would go into the background", () => {
    const cases: Readonly<Record<string, RegExp | undefined>> = {
      "/usr/sbin/x --daemonize": /^--daemonize puts the program into the background: /,
      "/usr/bin/docker run --rm -itd nginx": /^-itd puts the program into the background: /,
      "/usr/bin/docker compose up -d": /^-d puts the program into the background: /,
      "/usr/bin/docker run --rm nginx -d": undefined,
      "/usr/bin/x -d": undefined,
      "/usr/bin/redis-server --daemonize yes": /^--daemonize puts the program into the background: /,
      "/usr/bin/redis-server --daemonize no": undefined,
    };
    for (const [typed, message] of Object.entries(cases)) {
      if (message) assert.match(refusalOf(typed), message);
      else assert.equal(refusalOf(typed), "", typed);
    }
  });

  it("refuses a script by a relative path, which no working directory has", () => {
    for (const typed of ["/usr/bin/node server.js", "/usr/bin/python3 -u app/main.py", "/usr/bin/java -jar app.jar"])
      assert.match(refusalOf(typed), /is a relative path/, typed);
    for (const typed of ["/usr/bin/node /srv/server.js", "/usr/bin/python3 -m http.server", "/usr/bin/x a.js"])
      assert.equal(refusalOf(typed), "", typed);
  });

  it("takes assignments in front of the command as its environment", () => {
    const line = execLine("PORT=3000 NAME='a b' /bin/x $PORT");
    assert.deepEqual(line, {
      kind: "exec",
      value: "/bin/x $PORT",
      environment: ["PORT=3000", '"NAME=a b"'],
      notes: [],
    });
  });

  it("gives what needs a shell to one, and says so", () => {
    assert.equal(written("/bin/a | b > /c && d"), '/bin/sh -c "/bin/a | b > /c && d"');
    assert.equal(written("echo $(date +%s)"), '/bin/sh -c "echo $$(date +%%s)"');
    for (const typed of [
      "/bin/a; b",
      "/bin/a <f",
      "/bin/a `b`",
      '/bin/a "$(b)"',
      `/bin/a \${B:-c}`,
      "/bin/a\n/bin/b",
    ]) {
      const line = execLine(typed);
      assert.ok(line.kind === "exec" && line.value.startsWith("/bin/sh -c "), typed);
      assert.match(line.notes.join(), / needs a shell: \/bin\/sh runs the command\.$/);
    }
  });

  it("refuses what no unit can have, with a sentence that says why", () => {
    const cases: Readonly<Record<string, RegExp>> = {
      "node server.js":
        /^refused: "node" is not an absolute path: systemd needs the absolute path of the program, such as \/usr\/bin\/node$/,
      "./run.sh": /"\.\/run\.sh" is not an absolute path/,
      "": /The command is empty/,
      "A=b": /The command has no program/,
      "~/bin/x": /~ is not expanded/,
      "/bin/x ~/data": /~ is not expanded/,
      "/bin/x 'a": /The quote ' is not closed/,
      '/bin/x "a': /The quote " is not closed/,
      "/bin/x &": /& puts the command into the background/,
      "$DIR/x": /The path of the program has a variable/,
      "/bin/x \x07": /control characters/,
    };
    for (const [typed, message] of Object.entries(cases)) assert.match(written(typed), message);
    assert.equal(written("/bin/x a~b"), "/bin/x a~b");
  });

  it("keeps the instance in the command of a template", () => {
    assert.equal(written("/bin/x %i 50% %%i", true), "/bin/x %i 50%% %%%i");
    assert.equal(written("/bin/x %i"), "/bin/x %%i");
  });
});
