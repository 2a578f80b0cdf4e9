import { markdownPage, rulePage } from "../server/src/features/rulePage.ts";
import type { RuleText } from "../server/src/findings/rule.ts";
import { SEVERITY } from "../server/src/hardening/hardening.ts";
import { adviceRules } from "../server/src/hardening/suggestions/advice.ts";
import { SUMMARY_RULE } from "../server/src/hardening/summary.ts";
import { RULES } from "../server/src/rules/allRules.ts";
import { CODES, FAMILIES, familyOf } from "../server/src/rules/codes.ts";
import { PLAIN_RULES } from "../server/src/rules/notRead.ts";
import { type RuleFacts, ruleFacts } from "../server/src/rules/ruleFacts.ts";
import { cutListing, markedSentence } from "../server/src/text/ownMarkdown.ts";
import { anchor, table } from "./markdown.ts";

const NOTE = "<!-- Made from the rules by `npm run docs`; changes belong there. -->";

const FIX: Readonly<Record<RuleFacts["fix"], string>> = { none: "", offered: "yes", safe: "safe" };

/** The pages about all rules by their path: a table, and one page for each family of codes. */
export function rulePages(): ReadonlyMap<string, string> {
  const pages = new Map([["docs/rules/README.md", overview()]]);
  for (const family of families()) pages.set(`docs/rules/${family}.md`, familyPage(family));
  return pages;
}

/** The families that have codes. */
function families(): string[] {
  return Object.keys(FAMILIES).filter((it) => it === "hardening" || rulesOf(it).length > 0);
}

const rulesOf = (family: string): RuleText[] => RULES.filter((it) => familyOf(it.code) === family);

function overview(): string {
  const count = CODES.length;
  return markdownPage([
    NOTE,
    "# Rules",
    `Everything that Unit Warden says about a unit file has a stable code. These are all ${count}. \`unit-warden explain CODE\` says the same on a terminal.`,
    "An **error** is something that systemd refuses or ignores, a **warning** something that it accepts but warns about, a certain mistake, or a missing protection of the basic tier; **info** and **hint** are advice. A **safe** fix does not change the meaning of the unit, or the line had no effect before; `unit-warden check --fix` applies these.",
    "## Suppress a rule",
    "A comment above a line suppresses findings of that line, above a section header also all hardening advice about the section, and at the top of a file, before any other line, those of the whole file:",
    cutListing(
      [
        "# unit-warden: ignore-file style -- written by a generator",
        "[Service]",
        "# unit-warden: ignore value/path, value/user -- both are created by the package",
        "ExecStart=…",
      ].join("\n"),
    ),
    "Separate several codes with commas; a family such as `value` means all its codes, and a reason follows after `--`. Other comments and blank lines may come in between. A continued line is one line, and the comment stands above it. An unused suppression comment is found as [style/unused-suppression](style.md#styleunused-suppression). Editors insert the comment with “Ignore … for this line” among the fixes.",
    "In an editor's settings, for codes or families, as `off`, `error`, `warning`, `info` or `hint`; on the command line with `--ignore` and `--select`:",
    ["```json", '"unitWarden.rules": { "style": "off", "hardening/protect-home": "info" }', "```"].join("\n"),
    ...families().flatMap((family) => [`## [${family}/…](${family}.md)`, `${FAMILIES[family]}.`, summary(family)]),
  ]);
}

function summary(family: string): string {
  const link = (code: string): string => `[${code}](${family}.md#${anchor(code)})`;
  if (family === "hardening")
    return table(
      ["code", "what it finds", "profile", "severity"],
      [
        [link(SUMMARY_RULE.code), markedSentence(SUMMARY_RULE.title), "every", "that of what is missing"],
        ...adviceRules.map((it) => [link(it.code), markedSentence(it.title), it.tier, SEVERITY[it.tier]]),
      ],
    );
  const rows = rulesOf(family).map((rule) => {
    const { severity, fix } = ruleFacts(rule);
    return [link(rule.code), markedSentence(rule.title), severity, FIX[fix]];
  });
  const plain = PLAIN_RULES.filter((it) => familyOf(it.code) === family).map(({ code, title }) => [
    link(code),
    markedSentence(title),
    "info",
    "",
  ]);
  return table(["code", "what it finds", "severity", "fix"], [...rows, ...plain]);
}

function familyPage(family: string): string {
  const parts = CODES.filter((it) => familyOf(it) === family).map(
    (code) => `## ${code}\n\n${rulePage(code)?.trimEnd()}`,
  );
  return markdownPage([NOTE, `# ${family}/…`, `${FAMILIES[family]}. [All rules](README.md)`, ...parts]);
}
