import { ADVICE_RULES } from "../server/src/dialects/dialects.ts";
import { markdownPage, plainSeverity, rulePage } from "../server/src/features/rulePage.ts";
import type { Described } from "../server/src/findings/rule.ts";
import { describedCodes, type RuleCode, ruleText } from "../server/src/findings/ruleTexts.ts";
import { SEVERITY } from "../server/src/hardening/hardening.ts";
import { SUMMARY_RULE } from "../server/src/hardening/summary.ts";
import { RULES } from "../server/src/rules/allRules.ts";
import { CODES, FAMILIES, familyOf } from "../server/src/rules/codes.ts";
import { PLAIN_RULES } from "../server/src/rules/notRead.ts";
import { type RuleFacts, ruleFacts } from "../server/src/rules/ruleFacts.ts";
import { cutListing, markedSentence } from "../server/src/text/ownMarkdown.ts";
import { anchor, table } from "./markdown.ts";

const NOTE = "<!-- Made by `npm run docs`; changes belong where the rules are. -->";

/** What the pages of families begin with: they are the source of their rules, but for what is found in the examples. */
const WRITTEN_NOTE =
  "<!-- Titles, reasons, manual pages and examples are written here. `npm run docs` reads them, and writes severities, fixes and the quoted findings. -->";

const FIX: Readonly<Record<RuleFacts["fix"], string>> = { none: "", offered: "yes", safe: "safe" };

/** The pages about all rules by their path: a table, and one page for each family of codes. Throws an error where a rule has no section, or a section no rule. */
export function rulePages(): ReadonlyMap<string, string> {
  const rules = new Set([...RULES, ...PLAIN_RULES].map((it) => it.code));
  const described = describedCodes();
  const missing = [...rules].find((it) => !described.includes(it));
  if (missing) throw new Error(`docs/rules/${familyOf(missing)}.md has no section "## ${missing}" for that rule`);
  const stray = described.find((it) => !rules.has(it));
  if (stray) throw new Error(`docs/rules/${familyOf(stray)}.md: ${stray} is the code of no rule`);
  const pages = new Map([["docs/rules/README.md", overview()]]);
  for (const family of families()) pages.set(`docs/rules/${family}.md`, familyPage(family));
  return pages;
}

/** The families that have codes. */
function families(): string[] {
  return Object.keys(FAMILIES).filter((it) => it === "hardening" || rulesOf(it).length > 0);
}

const rulesOf = (family: string): readonly Described[] => RULES.filter((it) => familyOf(it.code) === family);

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
        ...ADVICE_RULES.map((it) => [link(it.code), markedSentence(it.title), it.tier, SEVERITY[it.tier]]),
      ],
    );
  const title = (code: RuleCode): string => markedSentence(ruleText(code).title);
  const rows = rulesOf(family).map(({ code }) => {
    const { severity, fix } = ruleFacts(code);
    return [link(code), title(code), severity, FIX[fix]];
  });
  const plain = PLAIN_RULES.filter((it) => familyOf(it.code) === family);
  return table(
    ["code", "what it finds", "severity", "fix"],
    [...rows, ...plain.map(({ code }) => [link(code), title(code), plainSeverity(code), ""])],
  );
}

function familyPage(family: string): string {
  const parts = CODES.filter((it) => familyOf(it) === family).map(
    (code) => `## ${code}\n\n${rulePage(code)?.trimEnd()}`,
  );
  return markdownPage([
    family === "hardening" ? NOTE : WRITTEN_NOTE,
    `# ${family}/…`,
    `${FAMILIES[family]}. [All rules](README.md)`,
    ...parts,
  ]);
}
