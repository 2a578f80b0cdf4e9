import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { fixHosted, hostedFindings, inHost } from "../../server/src/hosts/hostedFindings.ts";
import { type HostLanguage, hostLanguage } from "../../server/src/hosts/hosts.ts";
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
      const fixed = fixHosted(host, text, NEWEST_VERSION, { profile: "off" }, "all");
      assert.equal(typos(host, fixed), 0);
    });

  it("have their fixes in a time that grows with the file", () => {
    const withFixes = (text: string): unknown => {
      const file = SHELL.units(text);
      return hostedFindings(file, NEWEST_VERSION, { profile: "off" }).map((it) => inHost(SHELL, file, it));
    };
    expectLinear(100, script, withFixes);
  }).timeout(60_000);

  it("have none where each would have a huge file be read again", () => {
    const text = cloudInit(1200);
    const file = YAML.units(text);
    const found = hostedFindings(file, NEWEST_VERSION, { profile: "off" }).map((it) => inHost(YAML, file, it));
    assert.equal(found.length, 1200);
    assert.deepEqual(
      found.flatMap((it) => it.fixes),
      [],
    );
  });

  it("are judged in a time that grows with their settings", () => {
    const settings = (size: number): string =>
      module(
        1,
        many(size, (i) => `Own${i} = "x";\n`),
      );
    expectLinear(1500, settings, (text) => typos(NIX, text));
  }).timeout(120_000);
});
