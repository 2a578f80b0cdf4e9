import { readFileSync } from "node:fs";
import { table } from "./markdown.ts";

interface Setting {
  readonly type: string | readonly string[];
  readonly enum?: readonly (string | number)[];
  readonly enumDescriptions?: readonly string[];
  readonly default: unknown;
  readonly markdownDescription: string;
}

const HEAD = `<!-- Made by \`npm run docs\` from package.json and package.nls.json; changes belong there. -->

# Settings

In VS Code they are settings of the user, the workspace or the folder. Other editors send them as the section \`unitWarden\`; see [Editors](editors.md#settings). On the command line, \`--profile\` and \`--systemd\` replace two of them. What a team agrees on for all of these stands in [a configuration](configuration.md), which takes precedence over the settings of a user.
`;

/** The page about the settings, from the manifest. */
export function settingsPage(): string {
  const texts = JSON.parse(readFileSync("package.nls.json", "utf8")) as Readonly<Record<string, string>>;
  const textOf = (key: string): string => texts[key.replaceAll("%", "")] ?? key;
  const { contributes } = JSON.parse(readFileSync("package.json", "utf8")) as {
    readonly contributes: { readonly configuration: { readonly properties: Readonly<Record<string, Setting>> } };
  };
  const parts = Object.entries(contributes.configuration.properties).map(([name, it]) => {
    const values = (it.enum ?? []).map((value) => `\`${value}\``);
    const described = (it.enumDescriptions ?? []).map((key, i) => [values[i] ?? "", textOf(key)]);
    const rest = described.length > 0 ? table(["value", "meaning"], described) : values.join(", ");
    return [
      `## ${name}`,
      `${textOf(it.markdownDescription)} The default is \`${JSON.stringify(it.default).replaceAll('"', "")}\`.`,
      ...(rest === "" ? [] : [rest]),
    ].join("\n\n");
  });
  return `${[HEAD.trimEnd(), ...parts].join("\n\n")}\n`;
}
