import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import type { NixNode } from "../../../server/src/hosts/nix/nixTree.ts";
import { readNix } from "../../../server/src/hosts/nix/readNix.ts";
import { expectLinear } from "../../kit/growth.ts";
import { HAS_NIX, nixValueOf } from "../../kit/nix.ts";
import { skip } from "../../kit/skip.ts";

/** A tree in one line, so that tests can name what they expect. */
function shown(node: NixNode | undefined): string {
  if (!node) return "nothing";
  switch (node.kind) {
    case "string":
      return JSON.stringify(node.parts.map((it) => it.text ?? `\${${shown(it.node)}}`).join(""));
    case "name":
      return node.path.join(".");
    case "number":
    case "path":
      return node.text;
    case "set": {
      const its = node.bindings.map((it) => `${it.path.map(({ name = "?" }) => name).join(".")}=${shown(it.value)}`);
      const inherited = node.inherited.map((it) => `inherit ${it.name}`);
      return `{${[...its, ...inherited].join(" ")}${node.closed ? "}" : ""}`;
    }
    case "list":
      return `[${node.items.map(shown).join(" ")}]`;
    case "call":
      return `(${[node.callee, ...node.args].map(shown).join(" ")})`;
    case "operation":
      return `(${node.operands.map(shown).join(` ${node.operator ?? "…"} `)})`;
    case "function":
      return `${node.params.join(",")}: ${shown(node.body)}`;
    case "let":
      return `let ${node.bindings.map((it) => it.path[0]?.name).join(" ")} in ${shown(node.body)}`;
    case "scope":
      return `scope ${shown(node.body)}`;
    case "if":
      return `if ${node.branches.map(shown).join(" else ")}`;
    default:
      return node.kind;
  }
}

const read = (text: string): string => shown(readNix(text).root);

describe("hosts: reading Nix", () => {
  const cases: Readonly<Record<string, string>> = {
    "{ a.b = 1; c = [ x (f y) ./z ]; }": "{a.b=1 c=[x (f y) ./z]}",
    "{ inherit a; inherit (x) b c; }": "{inherit a inherit b inherit c}",
    '{ "a@" = x.y.z or 1; "b-${c}" = true; }': "{a@=other ?=true}",
    "{ config, lib ? null, ... }@args: with lib; let a = 1; in a": "config,lib,args: scope let a in a",
    "x: y: x // y // { }": "x: y: (x // y // {})",
    "a ++ b == c": "(a … b … c)",
    "if a then { b = 1; } else [ ]": "if {b=1} else []",
    "mkIf (a && b) (mkMerge [ { c = 1; } ])": "(mkIf (a && b) (mkMerge [{c=1}]))",
    "{ a = ''\n    x\n      y ${z}\n  ''; }": '{a="x\\n  y ${z}\\n"}',
    '"a\\n\\"b\\${c}$${d}$"': '"a\\n\\"b${c}$${d}$"',
    'a.b."c d".e': "a.b.c d.e",
    "http://a.b/c?d=e": "http://a.b/c?d=e",
    "<nixpkgs/nixos>": "<nixpkgs/nixos>",
    "-1 + !a": "(other + other)",
    "rec { a = let b = 1; in b; }": "{a=let b in b}",
    "assert a; b": "scope b",
    "{ a = b or c.d; e = { f = 1; }.f or 2; g = ({ }).h; i = 1; }": "{a=other e=other g=other i=1}",
    "# a\n/* b */ c # d": "c",
    "f (x: x) { }": "(f x: x {})",
    "a ? b.c": "(a ? b.c)",
  };
  for (const [text, tree] of Object.entries(cases)) it(text, () => assert.equal(read(text), tree));

  it("goes on at the next binding where a semicolon, a value or an equals sign is missing", () => {
    assert.equal(read("{ a = 1\n b = 2; }"), "{a=1 b=2}");
    assert.equal(read("{ a =\n b = 2; }"), "{a=missing b=2}");
    assert.equal(read("{ a = ; b = 2; }"), "{a=missing b=2}");
    assert.equal(read("{ Prot\n b.c = 2; }"), "{Prot=nothing b.c=2}");
    assert.equal(read('{ a = "x"\n "b c" = 2; }'), '{a="x" b c=2}');
    assert.equal(read("{ a = [ 1 2\n; b = 2; }"), "{a=[1 2]}");
  });

  it("says of a text whose string does not end that it is torn", () => {
    assert.equal(readNix('{ a = "x; b = 1; }').torn, true);
    assert.equal(readNix("{ a = ''x; b = 1; }").torn, true);
    assert.equal(readNix('{ a = "${ b; }').torn, true);
    assert.equal(readNix('{ a = "x"; }').torn, false);
  });

  it("takes the indentation from a text as Nix does", function () {
    if (!HAS_NIX) return skip(this, "there is no Nix");
    const texts = [
      "''\n    a\n      b\n    c\n  ''",
      "''a\n  b''",
      "''  a  ''",
      "''\n\n    a\n\n   b''",
      "''\n  \ta\n    b\n''",
      "''\n    ''\\n a\n    '''b\n    ''${c} $d $${e}\n  ''",
      "''\n    ${\"x\"} a\n      ${\"y\"}\n  ''",
      "''${\"x\"}\n  a''",
      "''\n   \n     a\n   \n''",
      "''''",
      '"a\\tb\\r\\n\\\\ \\" \\${x} \\q $$ $"',
      '"a\n  b"',
    ];
    const given = nixValueOf(`[ ${texts.map((it) => `(${it})`).join(" ")} ]`);
    assert.deepEqual(texts.map(textOf), given);
  });
});

/** What a string with strings in it gives. */
function textOf(text: string): string {
  const inner = (node: NixNode | undefined): string =>
    node?.kind === "string" ? node.parts.map((it) => it.text ?? inner(it.node)).join("") : assert.fail(node?.kind);
  return inner(readNix(text).root);
}

/** What Nix files are made of, and what breaks them. */
const FRAGMENTS: readonly string[] = [
  ...[
    "systemd",
    "services",
    "serviceConfig",
    "a",
    "b'",
    "or",
    "let",
    "in",
    "with",
    "if",
    "then",
    "else",
    "rec",
    "inherit",
  ],
  ...["{", "}", "[", "]", "(", ")", "${", ";", "=", ":", ",", ".", "...", "@", "?", "//", "++", "==", "!", "-", "|"],
  ...['"', "''", "'''", "''$", "''\\n", "\\", "$", "$$", "x", " ", "\n", "\t", "\r\n", "\0", "é", "😀", "\ud83d"],
  ...["# c\n", "/*", "*/", "./a", "/etc", "<a>", "a:b", "1", "1.5", ".5"],
];

describe("hosts: reading what is no Nix", () => {
  const mangled = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 80 }).map((it) => it.join(""));

  it("never throws, and all nodes lie in the text", () => {
    fc.assert(
      fc.property(mangled, (text) => {
        const { root } = readNix(text);
        assert.ok(root.start >= 0 && root.start <= root.end && root.end <= text.length);
      }),
      { numRuns: 2000 },
    );
  });

  const long: Readonly<Record<string, (size: number) => string>> = {
    sets: (size) => `{ ${'a.b = { c = [ 1 "x${y}" ]; };\n'.repeat(size)} }`,
    "open braces": (size) => "{ a = ".repeat(size),
    "open lists": (size) => "[ ".repeat(size),
    "open parentheses": (size) => "( ".repeat(size),
    interpolations: (size) => '"${'.repeat(size),
    "strings in strings": (size) => `${'"${'.repeat(size)}a${'}"'.repeat(size)}`,
    "chains of names": (size) => `${"a.".repeat(size)}b`,
    words: (size) => "a ".repeat(size * 4),
    functions: (size) => "a: ".repeat(size),
    operators: (size) => "a // ".repeat(size),
    signs: (size) => "- ! ".repeat(size),
    alternatives: (size) => "a or ".repeat(size),
    quotes: (size) => "'' ".repeat(size),
    text: (size) => `''${"\n  a $ ' b".repeat(size)}''`,
    "dashes and dots": (size) => "a-b.c+".repeat(size),
    "lets and conditions": (size) => "let a = if b then c else ".repeat(size),
    patterns: (size) => "{ a ? ".repeat(size),
  };
  for (const [what, make] of Object.entries(long))
    it(`costs what it is long: ${what}`, () => expectLinear(1500, make, readNix));
});
