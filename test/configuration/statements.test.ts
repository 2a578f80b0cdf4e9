import assert from "node:assert/strict";
import { configurationFor, readConfiguration } from "../../server/src/configuration/configuration.ts";
import { memoryHost, runOver } from "../kit/memoryHost.ts";

const read = (statements: object) => {
  const found = readConfiguration(".unit-warden.json", JSON.stringify({ statements }));
  assert.ok(found);
  return found;
};

const textsFor = (statements: object, path: string) =>
  configurationFor(read(statements), path, "2026-12-01").stated?.map((it) => it.text);

describe("statements of a configuration", () => {
  it("hold for services by name, else by the longest pattern, and for their drop-ins", () => {
    const statements = {
      "*.service": { no: ["hardware"] },
      "web-*.service": { no: ["homes", "clock"], needs: ["writes=/srv/web"] },
      "web-a.service": { needs: ["hardware"] },
    };
    assert.deepEqual(textsFor(statements, "units/web-a.service"), ["needs hardware"]);
    assert.deepEqual(textsFor(statements, "web-b.service"), ["needs writes=/srv/web", "no homes clock"]);
    assert.deepEqual(textsFor(statements, "web-b.service.d/x.conf"), ["needs writes=/srv/web", "no homes clock"]);
    assert.deepEqual(textsFor(statements, "other.service"), ["no hardware"]);
    assert.equal(textsFor(statements, "other.socket"), undefined);
  });

  it("are complained of as those of units are", () => {
    const { findings, keys } = read({ "x.service": { no: ["hardwear", "homes"], needs: ["hardware=sda"] } });
    assert.deepEqual(
      findings.map((it) => it.message),
      [
        'Unknown need "hardwear" in a statement; did you mean hardware?',
        'Invalid detail "sda" in a statement; hardware= takes a device such as /dev/ttyUSB0 or char-input',
      ],
    );
    assert.deepEqual(keys.statements?.[0]?.value, { no: ["homes"], needs: [] });
  });

  it("decide what harden adds, with the file as the reason", () => {
    const host = memoryHost({
      "/u/.unit-warden.json": JSON.stringify({ statements: { "x*.service": { no: ["hardware"] } } }),
      "/u/x.service": "[Service]\nExecStart=/usr/local/bin/thing\n",
    });
    const { stdout } = runOver(host, "harden", "/u/x.service");
    assert.match(
      stdout,
      /^# stated: its owner says that it opens no hardware \(\.unit-warden\.json\)\n# {3}PrivateDevices=yes: /m,
    );
  });
});
