import { directive } from "../catalog/catalog.ts";
import { directiveUrl, pageUrl } from "../catalog/manualLink.ts";
import { describePodman } from "../facts/podmanVersions.ts";
import { NEWEST_VERSION } from "../facts/version.ts";
import type { Example, RuleText } from "../findings/rule.ts";
import { SEVERITY } from "../hardening/hardening.ts";
import { type AdviceRule, adviceRules } from "../hardening/suggestions/advice.ts";
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
  if (rule) return section(rule);
  const plain = PLAIN_RULES.find((it) => it.code === code);
  if (plain) return plainPart(plain);
  if (code === SUMMARY_RULE.code) return summaryPart();
  const advised = adviceRules.find((it) => it.code === code);
  return advised && advice(advised);
}

function section(rule: RuleText): string[] {
  const { code, title, why, bad, good, silent = [] } = rule;
  const facts = ruleFacts(rule);
  const { positionAt } = lineIndex(bad.text);
  const found = facts.findings.map(
    ({ start, severity, message }) => `> line ${positionAt(start).line + 1}, ${severity}: ${markedSentence(message)}`,
  );
  const fix = { none: "", offered: ", with a fix", safe: ", with a safe fix" }[facts.fix];
  return [
    `**${markedSentence(title)}** (${facts.severity}${fix})`,
    markedSentence(why),
    `Found${exampleName(bad)}:`,
    cutListing(bad.text),
    ...besideOf(bad),
    found.join("\n>\n"),
    `Corrected${exampleName(good)}:`,
    cutListing(good.text),
    ...(JSON.stringify(good.otherFiles) === JSON.stringify(bad.otherFiles) ? [] : besideOf(good)),
    ...(silent.length > 0 ? ["Not reported:", ...silent.flatMap((it) => [cutListing(it.text), ...besideOf(it)])] : []),
    `${linkTo(rule.page)} · suppress it with \`${silencingOf(code).comment}\``,
  ];
}

/** The other files of an example. */
function besideOf({ otherFiles = {} }: Example): string[] {
  return Object.entries(otherFiles).flatMap(([path, text]) => [
    `with \`${path}\`:`,
    cutListing(text, path.endsWith(".json") ? "json" : undefined),
  ]);
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

function plainPart({ code, title, why, page: manual }: (typeof PLAIN_RULES)[number]): string[] {
  const { comment, setting } = silencingOf(code);
  const shown = code === UNREAD_DROP_IN_RULE.code ? UNREAD : TOO_LONG_FINDING;
  return [
    `**${markedSentence(title)}** (${shown.severity})`,
    markedSentence(why),
    ...(code === NOT_READ_RULE.code
      ? unreadExample()
      : [`> line 1, ${shown.severity}: ${markedSentence(shown.message)}`]),
    `${linkTo(manual)} · suppress it with \`${code === NOT_READ_RULE.code ? comment : setting}\``,
  ];
}

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
