import { directive } from "../server/src/catalog/catalog.ts";
import { directiveUrl, pageUrl } from "../server/src/catalog/manualLink.ts";
import { describePodman } from "../server/src/facts/podmanVersions.ts";
import { NEWEST_VERSION } from "../server/src/facts/version.ts";
import { SEVERITY } from "../server/src/hardening/hardening.ts";
import { type AdviceRule, adviceRules } from "../server/src/hardening/suggestions/advice.ts";
import { SUMMARY_RULE } from "../server/src/hardening/summary.ts";
import { unreadFindings } from "../server/src/hosts/hostedFindings.ts";
import { shellUnits } from "../server/src/hosts/shell/heredocs.ts";
import { RULES } from "../server/src/rules/allRules.ts";
import { CODES, FAMILIES, familyOf } from "../server/src/rules/codes.ts";
import { NOT_READ_RULE, PLAIN_RULES, TOO_LONG_FINDING } from "../server/src/rules/notRead.ts";
import type { Example, RuleText } from "../server/src/rules/rule.ts";
import { type RuleFacts, ruleFacts, silencingOf } from "../server/src/rules/ruleFacts.ts";
import { lineIndex } from "../server/src/text/lineIndex.ts";
import { anchor, listing, sentence, table } from "./markdown.ts";

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
  return page([
    NOTE,
    "# Rules",
    `Everything that Unit Warden says about a unit file has a stable code. These are all ${count}. \`unit-warden explain CODE\` says the same on a terminal.`,
    "An **error** is something that systemd refuses or ignores, a **warning** something that it accepts but warns about, a certain mistake, or a missing protection of the basic tier; **info** and **hint** are advice. A **safe** fix does not change the meaning of the unit, or the line had no effect before; `unit-warden check --fix` applies these.",
    "## Suppress a rule",
    "A comment above a line suppresses findings of that line, above a section header also all hardening advice about the section, and at the top of a file, before any other line, those of the whole file:",
    listing(
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
        [link(SUMMARY_RULE.code), sentence(SUMMARY_RULE.title), "every", "that of what is missing"],
        ...adviceRules.map((it) => [link(it.code), sentence(it.title), it.tier, SEVERITY[it.tier]]),
      ],
    );
  const rows = rulesOf(family).map((rule) => {
    const { severity, fix } = ruleFacts(rule);
    return [link(rule.code), sentence(rule.title), severity, FIX[fix]];
  });
  const plain = plainRulesOf(family).map(({ code, title }) => [link(code), sentence(title), "info", ""]);
  return table(["code", "what it finds", "severity", "fix"], [...rows, ...plain]);
}

function familyPage(family: string): string {
  const parts =
    family === "hardening"
      ? [...summaryPart(), ...adviceRules.flatMap(advice)]
      : [...rulesOf(family).flatMap(section), ...plainRulesOf(family).flatMap(plainPart)];
  return page([NOTE, `# ${family}/…`, `${FAMILIES[family]}. [All rules](README.md)`, ...parts]);
}

function section(rule: RuleText): string[] {
  const { code, title, why, bad, good, silent = [] } = rule;
  const facts = ruleFacts(rule);
  const { positionAt } = lineIndex(bad.text);
  const found = facts.findings.map(
    ({ start, severity, message }) => `> line ${positionAt(start).line + 1}, ${severity}: ${sentence(message)}`,
  );
  const fix = { none: "", offered: ", with a fix", safe: ", with a safe fix" }[facts.fix];
  return [
    `## ${code}`,
    `**${sentence(title)}** (${facts.severity}${fix})`,
    sentence(why),
    `Found${nameOf(bad)}:`,
    listing(bad.text),
    ...besideOf(bad),
    found.join("\n>\n"),
    `Corrected${nameOf(good)}:`,
    listing(good.text),
    ...(JSON.stringify(good.otherFiles) === JSON.stringify(bad.otherFiles) ? [] : besideOf(good)),
    ...(silent.length > 0 ? ["Not reported:", ...silent.flatMap((it) => [listing(it.text), ...besideOf(it)])] : []),
    `${linkTo(rule.page)} · suppress it with \`${silencingOf(code).comment}\``,
  ];
}

/** The other files of an example. */
function besideOf({ otherFiles = {} }: Example): string[] {
  return Object.entries(otherFiles).flatMap(([path, text]) => [
    `with \`${path}\`:`,
    listing(text, path.endsWith(".json") ? "json" : undefined),
  ]);
}

/** What an example is called, where that matters. */
function nameOf({ path, version, podman }: Example): string {
  const readers = [
    version === undefined ? [] : `systemd ${version}`,
    podman === undefined ? [] : describePodman(podman),
  ];
  const reader = readers.flat().map((it) => `, read for ${it}`);
  return `${path === undefined ? "" : ` in \`${path}\``}${reader.join("")}`;
}

/** Those rules of a family for which no text of a unit can be an example. */
const plainRulesOf = (family: string): readonly PlainRule[] => PLAIN_RULES.filter((it) => familyOf(it.code) === family);

type PlainRule = (typeof PLAIN_RULES)[number];

function plainPart({ code, title, why, page: manual }: PlainRule): string[] {
  const { comment, setting } = silencingOf(code);
  return [
    `## ${code}`,
    `**${sentence(title)}** (info)`,
    sentence(why),
    ...(code === NOT_READ_RULE.code
      ? unreadExample()
      : [`> line 1, ${TOO_LONG_FINDING.severity}: ${sentence(TOO_LONG_FINDING.message)}`]),
    `${linkTo(manual)} · suppress it with \`${code === NOT_READ_RULE.code ? comment : setting}\``,
  ];
}

function unreadExample(): string[] {
  const example = 'install_unit() {\n  cat > "$1" <<EOF\n[Service]\nExecStart=/usr/bin/demo\nEOF\n}\n';
  const { positionAt } = lineIndex(example);
  return [
    "Found in a script:",
    ["```sh", example.trimEnd(), "```"].join("\n"),
    ...unreadFindings(shellUnits(example), { profile: "off" }).map(
      (it) => `> line ${positionAt(it.start).line + 1}, ${it.severity}: ${sentence(it.message)}`,
    ),
  ];
}

function summaryPart(): string[] {
  const { code, title, why, page: manual } = SUMMARY_RULE;
  return [
    `## ${code}`,
    `**${sentence(title)}** (editors only)`,
    sentence(why),
    `${linkTo(manual)} · suppress it above \`[Service]\` with \`${silencingOf("hardening").comment}\``,
  ];
}

function advice({ code, title, why, tier, directive: name, value, breaks, shows, page: manual }: AdviceRule): string[] {
  const known = directive("Service", name);
  const url = known && directiveUrl(known, NEWEST_VERSION);
  const entry = url === undefined ? linkTo(manual) : `[${name}= in ${manual}](${url})`;
  return [
    `## ${code}`,
    `**${sentence(title)}** (${tier} profile, ${SEVERITY[tier]})`,
    sentence(why),
    "The strict value, which a fix adds if it is safe for the service, otherwise a weaker one:",
    listing(`[Service]\n${name}=${value}`),
    `What may break: ${sentence(breaks)}`,
    `How it shows: ${sentence(shows)}`,
    `${entry} · suppress it above \`[Service]\` with \`${silencingOf(code).comment}\``,
  ];
}

function linkTo(manual: string): string {
  const url = pageUrl(manual, NEWEST_VERSION);
  return url === undefined ? manual : `[${manual}](${url})`;
}

/** A page of paragraphs; bytes of examples that are not UTF-8 are shown as the character for such. */
const page = (parts: readonly string[]): string =>
  `${parts
    .filter(Boolean)
    .join("\n\n")
    .replace(/\p{Surrogate}/gu, "\ufffd")}\n`;
