import assert from "node:assert/strict";
import fc from "fast-check";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { fixHosted, hostedFindings, inHost } from "../../../server/src/hosts/hostedFindings.ts";
import { hostLanguage } from "../../../server/src/hosts/hosts.ts";
import { expectLinear } from "../../kit/growth.ts";

const NIX = hostLanguage("x.nix") ?? assert.fail();

/** What modules with units are made of, and what breaks them. */
const FRAGMENTS: readonly string[] = [
  ...["systemd.services.a", "systemd.services", "systemd", "services", "timers", "mounts", "user", '"b@"', "a", "${x}"],
  ...["serviceConfig", "unitConfig", "Service", "environment", "script", "startAt", "confinement", "enable", "after"],
  ...["ExecStart", "Restart", "ProtectHome", "SystemCallFilter", "KeepAlive", "Environment", "Type", "Own"],
  ...[
    " = ",
    " = ",
    " = ",
    ";",
    ";",
    ";\n",
    ".",
    " { ",
    " { ",
    " } ",
    " } ",
    " [ ",
    " ] ",
    " ( ",
    " ) ",
    " // ",
    " ++ ",
    " + ",
  ],
  ...[
    '"allways"',
    '"/bin/a"',
    '"%Q"',
    '"a\\"b"',
    "''\n  a\n  b\n''",
    '"${x}/a"',
    "true",
    "5",
    "null",
    "./a",
    "config.x",
  ],
  ...[
    "lib.mkIf x ",
    "lib.mkForce ",
    "mkMerge ",
    "let ",
    " in ",
    "x: ",
    "{ x, ... }: ",
    "with x; ",
    "if x then ",
    " else ",
  ],
  ...[
    "inherit (x) a;",
    "mapAttrs (n: v: ",
    "nameValuePair ",
    "listToAttrs ",
    "# unit-warden: ignore value\n",
    "/* */",
    "\n",
    "\r\n",
  ],
  ...['"', "''", "${", "\\", "\0", "é", "\ud83d"],
];

const mangled = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 60 }).map((it) => it.join(""));
const nested = mangled.map((it) => `{ systemd.services.a = { serviceConfig = { ExecStart = "/bin/a"; ${it}\n}; }; }`);

describe("hosts: texts that are no modules", () => {
  it("have findings inside the text, and fixes that do not throw", () => {
    fc.assert(
      fc.property(fc.oneof(mangled, nested), (text) => {
        const file = NIX.units(text);
        for (const it of inHost(NIX, file, hostedFindings(file, NEWEST_VERSION, { profile: "basic" }))) {
          assert.ok(it.start >= 0 && it.start <= it.end && it.end <= text.length);
          for (const { edits } of it.fixes)
            for (const edit of edits()) assert.ok(edit.start <= edit.end && edit.end <= text.length);
        }
      }),
      { numRuns: 150 },
    );
  });

  it("come to an end when they are fixed", () => {
    fc.assert(
      fc.property(nested, (text) => {
        const once = fixHosted(NIX, NIX.units(text), NEWEST_VERSION, { profile: "off" }, "safe").text;
        assert.equal(fixHosted(NIX, NIX.units(once), NEWEST_VERSION, { profile: "off" }, "safe").text, once);
      }),
      { numRuns: 60 },
    );
  });

  const inService = (inner: string): string => `{ systemd.services.a = { ${inner} }; }`;
  const long: Readonly<Record<string, (size: number) => string>> = {
    "names that stand for each other": (size) =>
      `let ${Array.from({ length: size }, (_, i) => `a${i} = a${i + 1} // a${i + 1};`).join(" ")} in ${inService("serviceConfig = a0;")}`,
    "a name that stands for itself": (size) => `let a = a // a; in { ${"systemd.services.a = a; ".repeat(size)} }`,
    "many units": (size) =>
      `{ ${Array.from({ length: size }, (_, i) => `systemd.services.a${i}.script = "x";`).join(" ")} }`,
    "many lists": (size) => inService(`serviceConfig.A = [ 1 ] ${"++ [ 1 2 3 ]".repeat(size)};`),
    "many merges": (size) => inService(`serviceConfig = { } ${"// { A = 1; }".repeat(size)};`),
    "many functions": (size) => `{ systemd.services = mapAttrs ${"(x: y: ".repeat(size)} { } ${")".repeat(size)}; }`,
    "many texts": (size) => inService(`serviceConfig.A = "" ${'+ "a${b}"'.repeat(size)};`),
    "many comments": (size) => inService(`serviceConfig = { ${"# unit-warden: ignore value\n".repeat(size)} A = 1; };`),
  };
  for (const [what, make] of Object.entries(long))
    it(`cost what they are long: ${what}`, () => expectLinear(300, make, (text) => NIX.units(text)));
});
