import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { readScriptProgram, type ScriptRun } from "../../server/src/program/readScriptProgram.ts";
import { expectLinear } from "../kit/growth.ts";
import { memoryFiles } from "./kit.ts";

const PROGRAM = "/opt/x/main";
const read = (text: string, run: ScriptRun = {}, others: Readonly<Record<string, string>> = {}) =>
  readScriptProgram(PROGRAM, memoryFiles({ [PROGRAM]: text, ...others }), run);

const INTERPRETERS = ["sh", "python3", "node", "perl", "ruby", "php", "lua"];

/** Pieces of scripts that open something, or turn what follows into something else. */
const PIECES = [
  ..."\"'`$(){}[]<>;|&#/\\\n =.,%@!*?-".split(""),
  ...'$( ${x:- << <<EOF EOF case esac in ;; for do done function f() [[ ]] (( )) \\\n q{ m/ s{ %w[ =pod =cut __END__ <?php ?> [[ --[[ /* */ // """ f\' import require( from exec( system ${ #{ \uE000 \uE002'.split(
    " ",
  ),
  "x=1",
  "$x",
  "/opt/d",
  "subprocess.run(",
  "chown",
  "/dev/x",
  "é",
  "\0",
  "\ud800",
];

describe("hostile scripts", () => {
  it("are read without an error, whatever stands in them", () => {
    const script = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((it) => it.join(""));
    fc.assert(
      fc.property(fc.constantFrom(...INTERPRETERS), script, (interpreter, text) => {
        const { files } = read(text, { interpreter, args: [text.slice(0, 5)] });
        assert.equal(files[0]?.path, PROGRAM);
      }),
      { numRuns: 2000 },
    );
  });

  it("cost what their length says", () => {
    const texts = [
      "`",
      "$",
      "$(",
      "exec(",
      "q(",
      "'\"",
      "x=$x$x\n",
      "import a\n",
      "require('./main');",
      "f() { f $1$1; }\n",
      "x = 'a' + x\nsubprocess.run(x)\n",
    ];
    for (const interpreter of INTERPRETERS)
      for (const piece of texts)
        try {
          expectLinear(
            2_000,
            (size) => piece.repeat(Math.ceil(size / piece.length)),
            (text) => read(text, { interpreter }),
          );
        } catch (error) {
          throw new Error(`${interpreter} ${JSON.stringify(piece)}: ${String(error)}`);
        }
  }).timeout(300_000);

  it("are not followed in circles", () => {
    const shell = read(
      "#!/bin/sh\n. /opt/x/a\n",
      {},
      { "/opt/x/a": ". /opt/x/b\n", "/opt/x/b": ". /opt/x/a\n. /opt/x/main\n" },
    );
    assert.equal(shell.files.length, 3);
    const python = read(
      "#!/usr/bin/python3\nimport a\n",
      {},
      { "/opt/x/a.py": "import main, a", "/opt/x/main.py": "import a" },
    );
    assert.equal(python.files.length, 3);
  });

  it("that are too long or too many are said to be left out", () => {
    const long = read(`#!/bin/sh\n${"#".repeat(5 << 20)}`);
    assert.deepEqual(long.unread, [{ path: PROGRAM, why: "is larger than 4 MB" }]);
    const modules = Array.from({ length: 700 }, (_, i) => `m${i}`);
    const many = read(
      `#!/usr/bin/python3\nimport ${modules.join(",")}\n`,
      {},
      Object.fromEntries(modules.map((it) => [`/opt/x/${it}.py`, ""])),
    );
    assert.ok(many.files.length <= 600);
    assert.match(many.unread[0]?.why ?? "", /left out/);
  });
});
