import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import type { Finding } from "../../server/src/findings/finding.ts";
import { fixHosted, hostedFindings, inHost } from "../../server/src/hosts/hostedFindings.ts";
import { hardenHosted } from "../../server/src/hosts/hostedHardening.ts";
import { hostedText } from "../../server/src/hosts/hostedText.ts";
import { type HostLanguage, hostLanguage } from "../../server/src/hosts/hosts.ts";
import { Rereads } from "../../server/src/hosts/proven.ts";
import { applyEdits } from "../../server/src/text/span.ts";
import { expectLinear } from "../kit/growth.ts";

const hostOf = (name: string): HostLanguage => hostLanguage(name) ?? assert.fail(name);
const [NIX, SHELL, YAML] = [hostOf("x.nix"), hostOf("x.sh"), hostOf("user-data")];

const many = (size: number, one: (i: number) => string): string =>
  Array.from({ length: size }, (_, i) => one(i)).join("");

const script = (size: number): string =>
  many(
    size,
    (i) => `cat > /etc/systemd/system/a${i}.service <<'EOF'\n[Service]\nExecStart=/bin/x\nProtectHoem=yes\nEOF\n`,
  );
const cloudInit = (size: number): string =>
  `#cloud-config\nwrite_files:\n${many(
    size,
    (i) =>
      `- path: /etc/systemd/system/a${i}.service\n  content: |\n    [Service]\n    ExecStart=/bin/x\n    ProtectHoem=yes\n`,
  )}`;
const module = (size: number, settings: string): string =>
  `{\n${many(size, (i) => `  systemd.services.a${i}.serviceConfig = { ${settings} };\n`)}}\n`;

const typos = (host: HostLanguage, text: string): number =>
  hostedFindings(host.units(text), NEWEST_VERSION, { profile: "off" }).length;

describe("hosts: files with many units", () => {
  const cases: readonly (readonly [string, HostLanguage, string])[] = [
    ["a script", SHELL, script(25)],
    ["a file of cloud-init", YAML, cloudInit(25)],
    ["a module", NIX, module(25, 'ProtectHoem = "yes";')],
  ];
  for (const [what, host, text] of cases)
    it(`are fixed to the last one: ${what}`, () => {
      assert.ok(typos(host, text) >= 25);
      const fixed = fixHosted(host, host.units(text), NEWEST_VERSION, { profile: "off" }, "all").text;
      assert.equal(typos(host, fixed), 0);
    });

  const written = (size: number): string =>
    `{\n${many(size, (i) => `  systemd.units."a${i}.service".text = ''\n    [Service]\n    ExecStart=/bin/x\n    ProtectHoem=yes\n  '';\n`)}}\n`;
  const growing: readonly (readonly [string, HostLanguage, (size: number) => string])[] = [
    ["a script", SHELL, script],
    ["a file of cloud-init", YAML, cloudInit],
    ["a module", NIX, (size) => module(size, 'ExecStart = "/bin/x"; ProtectHoem = "yes";')],
    ["a module of texts", NIX, written],
  ];
  for (const [what, host, make] of growing) {
    const withFixes = (text: string): readonly Finding[] => {
      const file = host.units(text);
      return inHost(host, file, hostedFindings(file, NEWEST_VERSION, { profile: "off" }));
    };
    const hardened = (text: string) => hardenHosted(host, text, NEWEST_VERSION, { profile: "basic", sure: "safe" });

    it(`have their fixes in a time that grows with the file: ${what}`, () => {
      expectLinear(40, make, withFixes);
      assert.deepEqual(
        withFixes(make(40)).filter((it) => it.fixes.length === 0),
        [],
      );
    }).timeout(300_000);

    it(`are fixed and hardened in a time that grows with the file: ${what}`, () => {
      expectLinear(
        40,
        make,
        (text) => fixHosted(host, host.units(text), NEWEST_VERSION, { profile: "off" }, "all").text,
      );
      expectLinear(20, make, hardened);
      const services = hardened(make(20));
      assert.equal(services.length, 20);
      assert.ok(services.every((it) => it.settings.length > 5));
    }).timeout(300_000);
  }

  it("have all their fixes in a huge file", () => {
    const text = cloudInit(250);
    const file = YAML.units(text);
    const found = inHost(YAML, file, hostedFindings(file, NEWEST_VERSION, { profile: "off" }));
    assert.equal(found.length, 250);
    assert.ok(found.every((it) => it.fixes.length > 0));
    assert.equal(typos(YAML, fixHosted(YAML, YAML.units(text), NEWEST_VERSION, { profile: "off" }, "all").text), 0);
  });

  const lacking: readonly (readonly [string, HostLanguage, string])[] = [
    ["a file of cloud-init", YAML, cloudInit(10)],
    ["a module", NIX, module(10, 'ExecStart = "/bin/x";')],
  ];
  for (const [what, host, text] of lacking)
    it(`prove with a few readings all that their services lack, and each fix is right alone: ${what}`, () => {
      const file = host.units(text);
      const found = hostedFindings(file, NEWEST_VERSION, { profile: "strict", beyond: true });
      let readings = 0;
      const units = (it: string) => {
        readings++;
        return host.units(it);
      };
      const proven = inHost({ ...host, units }, file, found);
      const fixes = proven.flatMap((it, at) => it.fixes.map((fix) => ({ fix, of: found[at]?.of ?? assert.fail() })));
      assert.ok(fixes.length > 200 && readings < 10, `${fixes.length} fixes, ${readings} readings`);
      const namesIn = (unit: string): readonly string[] => [...unit.matchAll(/^\w+(?==)/gm)].map(String).sort();
      for (const { fix, of } of fixes.filter((it) => it.of.hosted === file.units[0])) {
        const again = host.units(applyEdits(text, fix.edits()));
        const [first = assert.fail()] = again.units;
        const original = of.found.flatMap((it) => it.fixes).find((it) => it.title === fix.title);
        assert.deepEqual(
          namesIn(hostedText(again, first, NEWEST_VERSION).text),
          namesIn(applyEdits(of.written.text, original?.edits() ?? [])),
          fix.title,
        );
      }
    });

  it("tell where too much would have to be read again", () => {
    const rereads = new Rereads(0);
    const text = cloudInit(3);
    assert.equal(fixHosted(YAML, YAML.units(text), NEWEST_VERSION, { profile: "off" }, "all", rereads).text, text);
    assert.equal(rereads.isCut, true);
    const enough = new Rereads();
    fixHosted(YAML, YAML.units(text), NEWEST_VERSION, { profile: "off" }, "all", enough);
    assert.equal(enough.isCut, false);
  });

  it("are judged in a time that grows with their settings", () => {
    const settings = (size: number): string =>
      module(
        1,
        many(size, (i) => `Own${i} = "x";\n`),
      );
    expectLinear(1500, settings, (text) => typos(NIX, text));
  }).timeout(300_000);
});

describe("hosts: one unit of many", () => {
  /** The edits of the first fix in the last unit of a module, and how many characters were read for them. */
  const fixLast = (size: number): { readonly text: string; readonly cost: number } => {
    const text = `let s = { User = "x"; }; in\n${module(size, 'ExecStart = "/bin/x"; ProtectHoem = "yes";')}`;
    let cost = 0;
    const units = (it: string) => {
      cost += it.length;
      return NIX.units(it);
    };
    const file = NIX.units(text);
    const found = hostedFindings(file, NEWEST_VERSION, { profile: "off" }).slice(-1);
    const [finding] = inHost({ ...NIX, units }, file, found);
    return { text: applyEdits(text, finding?.fixes[0]?.edits() ?? []), cost };
  };

  it("is changed without reading the others", () => {
    const [few, many] = [fixLast(30), fixLast(240)];
    assert.equal(many.text.match(/ProtectHome/g)?.length, 1);
    assert.match(many.text, /a239\.serviceConfig = \{ ExecStart = "\/bin\/x"; ProtectHome = "yes"; \};/);
    assert.ok(many.cost - few.cost < (many.text.length - few.text.length) / 4, `${few.cost} → ${many.cost}`);
  });

  it("has edits at their places in a file whose units share a set", () => {
    const shared = "let s = { ProtectHoem = true; }; in\n{\n";
    const units = many(
      20,
      (i) => `  systemd.services.a${i} = { serviceConfig = s // { ExecStart = "/bin/a${i}"; }; };\n`,
    );
    const text = `${shared}${units}}\n`;
    const file = NIX.units(text);
    const found = hostedFindings(file, NEWEST_VERSION, { profile: "off" });
    const [finding] = inHost(NIX, file, found.slice(0, 1));
    const edits = finding?.fixes[0]?.edits() ?? [];
    assert.equal(applyEdits(text, edits), text.replace("ProtectHoem", "ProtectHome"));
  });
});
