import { writeFile } from "node:fs/promises";
import { adviceRules } from "../server/src/hardening/suggestions/advice.ts";
import { SUMMARY_RULE } from "../server/src/hardening/summary.ts";
import { RULES } from "../server/src/rules/allRules.ts";
import { FAMILIES } from "../server/src/rules/codes.ts";
import { PLAIN_RULES } from "../server/src/rules/notRead.ts";
import { SETTINGS } from "../server/src/server/settings.ts";

/** A JSON schema of the names in `unitWarden.rules`, for completion in settings files; the manifest checks their form alone. */
export function ruleSchema(): object {
  const { values } = SETTINGS["unitWarden.rules"];
  const entry = (description: string) => ({ enum: values, description });
  const families = Object.entries(FAMILIES).map(
    ([name, about]) => [name, entry(`${about} (the whole family)`)] as const,
  );
  const codes = [...RULES, ...PLAIN_RULES, SUMMARY_RULE, ...adviceRules].map(
    ({ code, title }) => [code, entry(title)] as const,
  );
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    properties: { "unitWarden.rules": { properties: Object.fromEntries([...families, ...codes]) } },
  };
}

/** Writes the schema where the manifest names it. */
export async function bundleRuleSchema(): Promise<void> {
  await writeFile("dist/rules.schema.json", JSON.stringify(ruleSchema()));
}
