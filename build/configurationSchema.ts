import { CONFIGURATION_KEYS } from "../server/src/configuration/keys.ts";
import { objectWith } from "../server/src/configuration/objectReader.ts";
import { ADVICE_RULES } from "../server/src/dialects/dialects.ts";
import { SUMMARY_RULE } from "../server/src/hardening/summary.ts";
import { RULES } from "../server/src/rules/allRules.ts";
import { FAMILIES } from "../server/src/rules/codes.ts";
import { PLAIN_RULES } from "../server/src/rules/notRead.ts";

const DRAFT = "http://json-schema.org/draft-04/schema#";

/** The JSON schema of a configuration, with all codes and families by name. */
export function configurationSchema(): string {
  const { $schema, ...keys } = CONFIGURATION_KEYS;
  const described = JSON.stringify(objectWith({ $schema, ...keys }).schema);
  const { additionalProperties: severity } = keys.rules.schema as { readonly additionalProperties: object };
  const rules = JSON.stringify(keys.rules.schema);
  const codes = [
    ...Object.keys(FAMILIES),
    ...[...RULES, ...PLAIN_RULES, SUMMARY_RULE, ...ADVICE_RULES].map((it) => it.code),
  ];
  const named = {
    type: "object",
    properties: Object.fromEntries(codes.map((it) => [it, { $ref: "#/definitions/severity" }])),
    patternProperties: { [`^(${Object.keys(FAMILIES).join("|")})/\\*?$`]: { $ref: "#/definitions/severity" } },
    additionalProperties: false,
  };
  // It stands twice: for all files, and in overrides.
  const schema = JSON.parse(described.replaceAll(`${rules.slice(0, -1)},`, '{"$ref":"#/definitions/rules",'));
  const definitions = { severity, rules: named };
  return `${JSON.stringify({ $schema: DRAFT, title: "Configuration of Unit Warden", ...schema, definitions }, undefined, 2)}\n`;
}

/** The JSON schema of a manifest of a package that may hold one. */
export function packageSchema(): string {
  const its = { $ref: "./configuration.schema.json" };
  return `${JSON.stringify({ $schema: DRAFT, properties: { unitWarden: its, "unit-warden": its } }, undefined, 2)}\n`;
}
