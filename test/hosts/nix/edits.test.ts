import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../../server/src/facts/version.ts";
import { hostedText } from "../../../server/src/hosts/hostedText.ts";
import { hostLanguage } from "../../../server/src/hosts/hosts.ts";
import { hostEdits } from "../../../server/src/hosts/proven.ts";
import { applyEdits, type TextEdit } from "../../../server/src/text/span.ts";
import { HAS_NIX, nixComplaint } from "../../kit/nix.ts";

/** What becomes of a module when the text of its first unit is edited; undefined where that cannot be written. */
function edited(module: string, edit: (text: string) => string): string | undefined {
  const nix = hostLanguage("x.nix") ?? assert.fail();
  const file = nix.units(module);
  const [unit] = file.units;
  assert.ok(unit);
  const written = hostedText(file, unit, NEWEST_VERSION);
  const wanted = [editOf(written.text, edit(written.text))];
  const edits = hostEdits(nix, file, { hosted: unit, written, edits: wanted, version: NEWEST_VERSION });
  const made = edits && applyEdits(module, edits);
  if (made !== undefined && HAS_NIX) assert.equal(nixComplaint(`{ lib, config, a, b, x }: ${made}`), undefined);
  return made;
}

/** The smallest edit that makes another text of one. */
function editOf(before: string, after: string): TextEdit {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { start, end: before.length - end, newText: after.slice(start, after.length - end) };
}

const service = (inner: string): string => `{ systemd.services.a.serviceConfig = ${inner}; }`;
const add =
  (...lines: readonly string[]) =>
  (text: string) =>
    text.replace("[Service]\n", `[Service]\n${lines.map((it) => `${it}\n`).join("")}`);
const change = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);

describe("hosts: edits of Nix modules", () => {
  it("change a value inside its quotes, whatever stands around it", () => {
    assert.equal(
      edited(service('{ Restart = lib.mkForce "alwys"; }'), change("alwys", "always")),
      service('{ Restart = lib.mkForce "always"; }'),
    );
    assert.equal(
      edited(service('{ ExecStart = "${x}/bin/a -p 80"; }'), change("-p 80", "-p 81")),
      service('{ ExecStart = "${x}/bin/a -p 81"; }'),
    );
    assert.equal(
      edited(service("{ ExecStart = ''${x}/bin/a''; }"), change("/bin/a", "/bin/${b}''")),
      service("{ ExecStart = ''${x}/bin/''${b}'''''; }"),
    );
    assert.equal(
      edited(service('{ Environment = "A=\\"b\\""; }'), change('b"', 'b\\"c"')),
      service('{ Environment = "A=\\"b\\\\\\"c\\""; }'),
    );
  });

  it("write switches and numbers without quotes, and texts with them", () => {
    assert.equal(
      edited(service("{ ProtectSystem = true; }"), change("=true", "=strict")),
      service('{ ProtectSystem = "strict"; }'),
    );
    assert.equal(edited(service("{ Nice = 5; }"), change("=5", "=10")), service("{ Nice = 10; }"));
    assert.equal(edited(service("{ Nice = 5; }"), change("=5", "=-5")), service('{ Nice = "-5"; }'));
    assert.equal(
      edited(service("{ Nice = 5; }"), add("PrivateTmp=yes", "UMask=0077", "TasksMax=7")),
      service('{ Nice = 5; PrivateTmp = true; UMask = "0077"; TasksMax = 7; }'),
    );
  });

  it("make a list of a value, or a list longer or shorter", () => {
    const first = service('{ SystemCallFilter = "@system-service"; }');
    const two = service('{ SystemCallFilter = [ "@system-service" "~@mount" ]; }');
    const append = change("=@system-service\n", "=@system-service\nSystemCallFilter=~@mount\n");
    assert.equal(edited(first, append), two);
    assert.equal(edited(service('{ SystemCallFilter = [ "@system-service" ]; }'), append), two);
    assert.equal(
      edited(two, change(/SystemCallFilter=~.*\n/, "")),
      service('{ SystemCallFilter = [ "@system-service" ]; }'),
    );
    assert.equal(
      edited(service("{ Nice = 5; }"), add("ReadWritePaths=/a", "ReadWritePaths=/b")),
      service('{ Nice = 5; ReadWritePaths = [ "/a" "/b" ]; }'),
    );
  });

  it("take a binding out with its line", () => {
    assert.equal(
      edited(
        service('{\n    Nice = 5;\n    KeepAlive = true;\n    UMask = "0077";\n  }'),
        change("KeepAlive=true\n", ""),
      ),
      service('{\n    Nice = 5;\n    UMask = "0077";\n  }'),
    );
    assert.equal(
      edited(service("{ Nice = 5; KeepAlive = true; }"), change("KeepAlive=true\n", "")),
      service("{ Nice = 5; }"),
    );
  });

  it("put a binding with its comments after the last one", () => {
    assert.equal(
      edited(service("{\n    Nice = 5; # why\n  }"), change("Nice=5\n", "Nice=5\n\n# Files\nPrivateTmp=yes\n")),
      service("{\n    Nice = 5; # why\n    # Files\n    PrivateTmp = true;\n  }"),
    );
    assert.equal(
      edited(service("{ }"), (it) => `${it}[Service]\nPrivateTmp=yes\n`),
      service("{ PrivateTmp = true; }"),
    );
  });

  it("use the option of NixOS, the set of the section, or the way to it", () => {
    const unit = (inner: string): string => `{ systemd.services.a = { ${inner} }; }`;
    const wants = (text: string): string => `[Unit]\nWants=b.target\n${text}`;
    assert.equal(
      edited(unit("serviceConfig.Nice = 5;"), wants),
      unit('serviceConfig.Nice = 5; wants = [ "b.target" ];'),
    );
    assert.equal(
      edited(unit('wants = [ "c.target" ]; serviceConfig.Nice = 5;'), change("Wants=c", "Wants=b.target\nWants=c")),
      undefined,
      "a list of NixOS is one line",
    );
    assert.equal(
      edited(unit("serviceConfig.Nice = 5;"), (it) => `[Unit]\nRequiresMountsFor=/a\n${it}`),
      unit('serviceConfig.Nice = 5; unitConfig.RequiresMountsFor = "/a";'),
    );
    assert.equal(
      edited(unit("serviceConfig.Nice = 5;"), add("PrivateTmp=yes")),
      unit("serviceConfig.Nice = 5; serviceConfig.PrivateTmp = true;"),
    );
    assert.equal(
      edited(unit("Service.Nice = 5;"), wants),
      unit('Service.Nice = 5; Unit.Wants = "b.target";'),
      "Home Manager has sections",
    );
    assert.equal(
      edited("{ systemd.services.a.serviceConfig.Nice = 5; }", add("PrivateTmp=yes")),
      "{ systemd.services.a.serviceConfig.Nice = 5; systemd.services.a.serviceConfig.PrivateTmp = true; }",
    );
  });

  it("fill what is bound to nothing, and bind nothing twice", () => {
    assert.equal(
      edited(service("{ Nice = 5; ReadWritePaths = [ ]; }"), add("ReadWritePaths=/a")),
      service('{ Nice = 5; ReadWritePaths = "/a"; }'),
    );
    assert.equal(
      edited(
        "{ systemd.services.a = { wants = [ ]; serviceConfig.Nice = 5; }; }",
        (it) => `[Unit]\nWants=b.target\n${it}`,
      ),
      '{ systemd.services.a = { wants = [ "b.target" ]; serviceConfig.Nice = 5; }; }',
    );
    assert.equal(edited(service("{ Nice = 5; UMask = lib.mkMerge [ ]; }"), add("UMask=0077")), undefined);
  });

  it("move a setting to its section", () => {
    assert.equal(
      edited(
        '{ systemd.services.a = { serviceConfig = { Nice = 5; After = "b.target"; }; }; }',
        (it) => `[Unit]\nAfter=b.target\n${it.replace("After=b.target\n", "")}`,
      ),
      '{ systemd.services.a = { serviceConfig = { Nice = 5; }; after = [ "b.target" ]; }; }',
    );
  });

  it("of a unit that stands there as a text keep its indentation", () => {
    const text = (...lines: readonly string[]): string =>
      `{\n  systemd.units."a.service".text = ''\n${lines.map((it) => `    ${it}\n`).join("")}  '';\n}\n`;
    const before = text("[Service]", "ExecStart=${x}/bin/a", "Nice=5");
    const cases: readonly (readonly [edit: (it: string) => string, after: string])[] = [
      [change("Nice=5", "Nice=6"), text("[Service]", "ExecStart=${x}/bin/a", "Nice=6")],
      [change("Nice=5\n", ""), text("[Service]", "ExecStart=${x}/bin/a")],
      [add("PrivateTmp=yes"), text("[Service]", "PrivateTmp=yes", "ExecStart=${x}/bin/a", "Nice=5")],
      [(it) => `${it}PrivateTmp=yes\n`, text("[Service]", "ExecStart=${x}/bin/a", "Nice=5", "PrivateTmp=yes")],
      [change("Nice=5", "Nice=5\nUser=${b}"), text("[Service]", "ExecStart=${x}/bin/a", "Nice=5", "User=''${b}")],
    ];
    for (const [edit, after] of cases) assert.equal(edited(before, edit), after);
    assert.equal(edited(before, change("/nix/store", "/opt")), undefined);
    assert.equal(
      edited('{ systemd.units."a.service".text = "[Service]\\nNice=5\\n"; }', change("Nice=5\n", "Nice=5\nA=b\n")),
      '{ systemd.units."a.service".text = "[Service]\\nNice=5\\nA=b\\n"; }',
    );
  });

  it("are none where the module does not show what they change", () => {
    assert.equal(
      edited(service("{ ExecStart = config.x; Nice = 5; }"), change(/ExecStart=.*/, "ExecStart=/bin/a")),
      undefined,
    );
    assert.equal(edited(service("lib.mkIf config.x { Nice = 5; }"), add("PrivateTmp=yes")), undefined);
    assert.equal(edited(service('{ ExecStart = "${a}/b"; }'), change("/nix/store", "/opt")), undefined);
    assert.equal(edited(service("{ Nice = 5; } // config.x"), change("[Service]", "nonsense")), undefined);
    const shared = "{ systemd.services = let x = { serviceConfig.Nice = 5; }; in { a = x; b = x; }; }";
    assert.ok(edited(shared, change("=5", "=6")), "both services have what both are given");
  });
});
