import { directive } from "../catalog/catalog.ts";
import { directiveUrl, pageUrl } from "../catalog/manualLink.ts";
import { ADVICE_RULES } from "../dialects/dialects.ts";
import { describePodman } from "../facts/podmanVersions.ts";
import { NEWEST_VERSION } from "../facts/version.ts";
import type { Finding, Severity } from "../findings/finding.ts";
import type { Described } from "../findings/rule.ts";
import {
  type Example,
  type RuleCode,
  type RuleExamples,
  type RuleText,
  ruleExamples,
  ruleText,
} from "../findings/ruleTexts.ts";
import { SEVERITY } from "../hardening/hardening.ts";
import type { AdviceRule } from "../hardening/suggestions/advice.ts";
import { SUMMARY_RULE } from "../hardening/summary.ts";
import { unreadFindings } from "../hosts/hostedFindings.ts";
import { shellUnits } from "../hosts/shell/heredocs.ts";
import { RULES } from "../rules/allRules.ts";
import {
  NOT_READ_RULE,
  PLAIN_RULES,
  TOO_LONG_FINDING,
  UNREAD_DROP_IN_RULE,
  unreadDropInFinding,
} from "../rules/notRead.ts";
import { ruleFacts, silencingOf } from "../rules/ruleFacts.ts";
import { lineIndex } from "../text/lineIndex.ts";
import { cutListing, markedSentence } from "../text/ownMarkdown.ts";

/** What there is to read about one code, in Markdown, without a heading: what is found, why, examples and how to silence it; undefined where there is no such code. */
export function rulePage(code: string): string | undefined {
  const parts = partsOf(code);
  return parts && markdownPage(parts);
}

function partsOf(code: string): string[] | undefined {
  const rule = RULES.find((it) => it.code === code);
  if (rule) return section(rule.code);
  const plain = PLAIN_RULES.find((it) => it.code === code);
  if (plain) return plainPart(plain);
  if (code === SUMMARY_RULE.code) return summaryPart();
  const advised = ADVICE_RULES.find((it) => it.code === code);
  return advised && advice(advised);
}

/** The section of a rule by its texts: what is found in its bad example is asked anew. */
export function section(
  code: RuleCode,
  { title, why, page: manual }: RuleText = ruleText(code),
  examples: RuleExamples | undefined = ruleExamples(code),
): string[] {
  if (!examples) return [];
  const { bad, good, silent } = examples;
  const facts = ruleFacts(code, bad);
  const { positionAt } = lineIndex(bad.text);
  const found = facts.findings.map(
    ({ start, severity, message }) => `> line ${positionAt(start).line + 1}, ${severity}: ${markedSentence(message)}`,
  );
  const fix = { none: "", offered: ", with a fix", safe: ", with a safe fix" }[facts.fix];
  return [
    `**${markedSentence(title)}** (${facts.severity}${fix})`,
    markedSentence(why),
    `Found${exampleName(bad)}:`,
    listing(bad.text),
    ...filesAround(bad),
    found.join("\n>\n"),
    `Corrected${exampleName(good)}:`,
    listing(good.text),
    ...filesAround(good, bad),
    ...notReported(silent),
    `${linkTo(manual)} · suppress it with \`${silencingOf(code).comment}\``,
  ];
}

/** Everything else that an example has: other files, and those of its machine; nothing where it is as in another example. */
function filesAround({ otherFiles, machine }: Example, known: Partial<Example> = {}): string[] {
  const isKnown = JSON.stringify([otherFiles, machine]) === JSON.stringify([known.otherFiles, known.machine]);
  if (isKnown) return [];
  return [
    ...Object.entries(otherFiles ?? {}).flatMap(([path, text]) => [
      `with \`${path}\`:`,
      listing(text, path.endsWith(".json") ? "json" : "ini"),
    ]),
    ...Object.entries(machine ?? {}).flatMap(([path, text]) => [`on a machine with \`${path}\`:`, listing(text)]),
  ];
}

/** What an example is called, where that matters. */
function exampleName({ path, version, podman }: Example): string {
  const readers = [
    version === undefined ? [] : `systemd ${version}`,
    podman === undefined ? [] : describePodman(podman),
  ];
  const reader = readers.flat().map((it) => `, read for ${it}`);
  return `${path === undefined ? "" : ` in \`${path}\``}${reader.join("")}`;
}

/** Examples that are right, those of one name under one line. */
function notReported(silent: readonly Example[]): string[] {
  let last: string | undefined;
  return silent.flatMap((it) => {
    const heading = `Not reported${exampleName(it)}:`;
    const isNew = heading !== last;
    last = heading;
    return [...(isNew ? [heading] : []), listing(it.text), ...filesAround(it)];
  });
}

/** The lines of a file. What Markdown does not keep stands as strings of JavaScript, which together are the text. */
function listing(text: string, language = "ini"): string {
  const isKept = /^(?:[\t\x20-\x7e\xa0-\ud7ff]{1,160}\n|\n)+$/.test(text) && !text.includes("```");
  const lines = isKept ? text.replace(/\n$/, "").split("\n") : quotedLines(text);
  return [`\`\`\`${isKept ? language : "js"}`, ...lines, "```"].join("\n");
}

/** A text as strings: one for each line, and one for each run of the same character, with how often it stands there. */
const quotedLines = (text: string): string[] =>
  (text.match(/(.)\1{49,}|(?:(?!(.)\2{49})[^\n])+\n?|\n/gs) ?? [""]).map((it) =>
    /^(.)\1{49,}$/s.test(it) ? `${JSON.stringify(it[0])}.repeat(${it.length})` : JSON.stringify(it),
  );

/** The section of a rule of which no text of a unit can be an example. */
export function plainPart({ code }: Described, { title, why, page: manual }: RuleText = ruleText(code)): string[] {
  const { comment, setting } = silencingOf(code);
  const shown = plainFinding(code);
  return [
    `**${markedSentence(title)}** (${shown.severity})`,
    markedSentence(why),
    ...(code === NOT_READ_RULE.code
      ? unreadExample()
      : [`> line 1, ${shown.severity}: ${markedSentence(shown.message)}`]),
    `${linkTo(manual)} · suppress it with \`${code === NOT_READ_RULE.code ? comment : setting}\``,
  ];
}

const plainFinding = (code: RuleCode): Finding => (code === UNREAD_DROP_IN_RULE.code ? UNREAD : TOO_LONG_FINDING);

/** The severity of a rule of which no text of a unit can be an example. */
export const plainSeverity = (code: RuleCode): Severity => plainFinding(code).severity;

/** What is said of the file app.service.d/override. */
const UNREAD = unreadDropInFinding(
  { why: "its name does not end in .conf", meant: "app.service.d/override.conf" },
  { start: 0, end: 0, key: "Environment" },
);

function unreadExample(): string[] {
  const example = 'install_unit() {\n  cat > "$1" <<EOF\n[Service]\nExecStart=/usr/bin/demo\nEOF\n}\n';
  const { positionAt } = lineIndex(example);
  return [
    "Found in a script:",
    ["```sh", example.trimEnd(), "```"].join("\n"),
    ...unreadFindings(shellUnits(example), { profile: "off" }).map(
      (it) => `> line ${positionAt(it.start).line + 1}, ${it.severity}: ${markedSentence(it.message)}`,
    ),
  ];
}

function summaryPart(): string[] {
  const { title, why, page: manual } = SUMMARY_RULE;
  return [
    `**${markedSentence(title)}** (editors only)`,
    markedSentence(why),
    `${linkTo(manual)} · suppress it above \`[Service]\` with \`${silencingOf("hardening").comment}\``,
  ];
}

function advice({ code, title, why, tier, directive: name, value, breaks, shows, page: manual }: AdviceRule): string[] {
  const known = directive("Service", name);
  const url = known && directiveUrl(known, NEWEST_VERSION);
  const entry = url === undefined ? linkTo(manual) : `[${name}= in ${manual}](${url})`;
  return [
    `**${markedSentence(title)}** (${tier} profile, ${SEVERITY[tier]})`,
    markedSentence(why),
    "The strict value, which a fix adds if it is safe for the service, otherwise a weaker one:",
    cutListing(`[Service]\n${name}=${value}`),
    `What may break: ${markedSentence(breaks)}`,
    `How it shows: ${markedSentence(shows)}`,
    `${entry} · suppress it above \`[Service]\` with \`${silencingOf(code).comment}\``,
  ];
}

function linkTo(manual: string): string {
  const url = pageUrl(manual, NEWEST_VERSION);
  return url === undefined ? manual : `[${manual}](${url})`;
}

/** A page of paragraphs; bytes of examples that are not UTF-8 are shown as the character for such. */
export const markdownPage = (parts: readonly string[]): string =>
  `${parts
    .filter(Boolean)
    .join("\n\n")
    .replace(/\p{Surrogate}/gu, "\ufffd")}\n`;
