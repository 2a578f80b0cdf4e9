import assert from "node:assert/strict";
import { describe, it } from "mocha";
import { NEWEST_VERSION } from "../../server/src/facts/version.ts";
import { unreadFindings } from "../../server/src/hosts/hostedFindings.ts";
import { hardenHosted } from "../../server/src/hosts/hostedHardening.ts";
import { type HostLanguage, hostLanguage } from "../../server/src/hosts/hosts.ts";

const hostOf = (name: string): HostLanguage => hostLanguage(name) ?? assert.fail(name);
const [NIX, YAML] = [hostOf("x.nix"), hostOf("user-data")];

const many = (size: number, one: (i: number) => string): string =>
  Array.from({ length: size }, (_, i) => one(i)).join("");

const cloudInit = (size: number): string =>
  `#cloud-config\nwrite_files:\n${many(
    size,
    (i) =>
      `- path: /etc/systemd/system/a${i}.service\n  content: |\n    [Service]\n    ExecStart=/bin/x\n    ProtectHoem=yes\n`,
  )}`;
const module = (size: number): string =>
  `{\n${many(size, (i) => `  systemd.services.a${i}.serviceConfig = { ExecStart = "/bin/x"; };\n`)}}\n`;

describe("hosts: more units than a person writes", () => {
  it("are judged up to a bound, and one finding says so", () => {
    const file = NIX.units(module(270));
    assert.equal(file.units.length, 250);
    const [only, ...others] = unreadFindings(file, { profile: "off" });
    assert.deepEqual(others, []);
    assert.match(only?.message ?? "", /^Unit not checked: only the first 250 of the 270 units of a file are$/);
    assert.equal(file.text.slice(only?.start, only?.end), "a250");
  });

  /** Longer than a person writes: 350 kB. */
  const long = cloudInit(3000);

  it("are judged up to a lower bound where the file is long, too", () => {
    const file = YAML.units(long);
    assert.equal(file.units.length, 100);
    const [only] = unreadFindings(file, { profile: "off" });
    assert.match(only?.message ?? "", /only the first 100 of the 3000 units of a file are$/);
  });

  /** What hardening makes of a text, and how many characters it reads for that. */
  const hardenedLong = (text: string) => {
    let cost = 0;
    const units = (it: string) => {
      cost += it.length;
      return YAML.units(it);
    };
    const services = hardenHosted({ ...YAML, units }, text, NEWEST_VERSION, { profile: "basic", sure: "safe" });
    return { services, cost };
  };

  it("are hardened without reading what stands behind them again, which stays as it is", () => {
    const { services, cost } = hardenedLong(long);
    const [first, last] = [services[0], services.at(-1)];
    assert.ok(services.every((it) => it.settings.length > 5));
    assert.equal(services.length, 100);
    assert.ok(first?.text.endsWith(long.slice(long.indexOf("- path: /etc/systemd/system/a100."))));
    assert.equal(
      YAML.units(first?.text ?? "")
        .units[99]?.raw?.map((it) => it.text)
        .join(""),
      last?.hardened.file.text,
    );
    assert.ok(cost < 1.5 * long.length, `${cost} of ${long.length}`);
  });

  it("have the drop-ins that stand behind them", () => {
    const dropIn = `- path: /etc/systemd/system/a0.service.d/x.conf\n  content: |\n    [Service]\n    PrivateTmp=yes\n`;
    const { services } = hardenedLong(`${long}${dropIn}`);
    assert.deepEqual(
      services.slice(0, 2).map((it) => it.unit.dropIns.length),
      [1, 0],
    );
  });
});
