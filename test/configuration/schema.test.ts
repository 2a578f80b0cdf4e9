import assert from "node:assert/strict";
import Ajv from "ajv-draft-04";
import { describe, it } from "mocha";
import { contributes } from "../../package.json" with { type: "json" };
import schema from "../../schemas/configuration.schema.json" with { type: "json" };
import { readConfiguration } from "../../server/src/configuration/configuration.ts";

const fits = new Ajv({ allErrors: true }).compile(schema);

const isFound = (text: string): boolean => (readConfiguration(".unit-warden.json", text)?.findings.length ?? 0) > 0;

const RIGHT = [
  "{}",
  '{ "$schema": "x", "profile": "strict", "scope": "auto", "podman": "5.10", "baseline": "b.json" }',
  '{ "systemd": 252 }',
  '{ "systemd": "Rocky-9" }',
  '{ "systemd": [247, "debian-12", "257.3"] }',
  '{ "rules": { "style": "off", "value/": "info", "hardening/*": "hint", "value/path": "error" } }',
  '{ "exclude": ["vendor/", "**/{a,b}.service"], "templates": "off", "placeholders": ["<<*>>", "%(*)"] }',
  '{ "overrides": [{ "files": ["user/**"], "scope": "user", "profile": "off", "rules": { "unit": "off" } }] }',
  '{ "rules": { "style": { "reason": "x", "until": "2027-01-31" }, "value": { "severity": "hint" } } }',
  '{ "security": { "units": { "a.service": { "threshold": 9, "reason": "x", "until": "2027-01-31" } } } }',
  '{ "security": { "threshold": 5, "units": { "nginx.service": 4.2, "backup-*.service": 9.0 } } }',
];

const WRONG = [
  "[]",
  '{ "profil": "off" }',
  '{ "profile": "none" }',
  '{ "systemd": 200 }',
  '{ "systemd": [] }',
  '{ "podman": 5.2 }',
  '{ "podman": "3.4" }',
  '{ "rules": { "hardning": "off" } }',
  '{ "rules": { "style": "silent" } }',
  '{ "rules": { "style": { "until": "soon" } } }',
  '{ "rules": { "style": { "untill": "2027-01-31" } } }',
  '{ "security": { "units": { "a.service": { "reason": "x" } } } }',
  '{ "exclude": "vendor" }',
  '{ "placeholders": ["x"] }',
  '{ "overrides": [{ "profile": "off" }] }',
  '{ "overrides": [{ "files": ["x"], "exclude": [] }] }',
  '{ "security": { "threshold": 11 } }',
  '{ "security": { "units": { "a.service": -1 } } }',
  '{ "security": { "limit": 1 } }',
  '{ "baseline": "" }',
];

describe("the schema of a configuration", () => {
  it("takes what is read without a finding", () => {
    for (const it of RIGHT) assert.deepEqual([fits(JSON.parse(it)), isFound(it)], [true, false], it);
  });

  it("refuses what is found", () => {
    for (const it of WRONG) assert.deepEqual([fits(JSON.parse(it)), isFound(it)], [false, true], it);
  });

  it("says of each key what it is for", () => {
    for (const [name, { description }] of Object.entries<{ readonly description?: string }>(schema.properties))
      assert.match(description ?? "", /^[A-Z].*\.$/, name);
  });

  it("is offered to editors for the file, where comments are allowed, and for the key of a manifest", () => {
    const urls = contributes.jsonValidation.map((it) => [it.url, it.fileMatch] as const);
    assert.deepEqual(Object.fromEntries(urls)["./schemas/configuration.schema.json"], [
      ".unit-warden.json",
      ".unit-warden.jsonc",
    ]);
    assert.deepEqual(Object.fromEntries(urls)["./schemas/package.schema.json"], ["package.json"]);
    assert.ok(contributes.languages.some((it) => it.id === "jsonc" && it.filenames?.includes(".unit-warden.json")));
  });
});
