import { writeFile } from "node:fs/promises";
import { CODES, FAMILIES, textOfCode } from "../server/src/rules/codes.ts";
import { SETTINGS } from "../server/src/server/settings.ts";
import { plainSentence } from "../server/src/text/ownMarkdown.ts";

/** A JSON schema of the names in `unitWarden.rules`, for completion in settings files; the manifest checks their form alone. */
export function ruleSchema(): object {
  const { values } = SETTINGS["unitWarden.rules"];
  const entry = (description: string) => ({ enum: values, description });
  const families = Object.entries(FAMILIES).map(
    ([name, about]) => [name, entry(`${about} (the whole family)`)] as const,
  );
  const codes = CODES.map((code) => [code, entry(plainSentence(textOfCode(code)?.title ?? ""))] as const);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    properties: { "unitWarden.rules": { properties: Object.fromEntries([...families, ...codes]) } },
  };
}

/** Writes the schema where the manifest names it. */
export async function bundleRuleSchema(): Promise<void> {
  await writeFile("dist/rules.schema.json", JSON.stringify(ruleSchema()));
}
