import type { Unwanted } from "../hardening/hardening.ts";
import type { Profile } from "../hardening/profiles.ts";
import type { Unit } from "../units/unit.ts";
import { inShort } from "./exposure.ts";
import { code, join, link, type Prose, plainProse, strong } from "./markup.ts";
import { type ExposureReport, exposureReport, type ReportRow } from "./report.ts";
import { openRows } from "./reportOrder.ts";
import type { SafeOffer } from "./safeOffers.ts";

/** The report as a document, for editors without a view of their own. */
export function reportMarkdown(unit: Unit, profile: Profile = "basic", unwanted?: Unwanted): string {
  const report = exposureReport(unit, profile, unwanted);
  const { name, rows, notes, messages, safe, all } = report;
  const heading: Prose = join([strong(name), plainProse(inShort(reportLevel(report)))], ": ");
  const { decide, stuck } = openRows(rows);
  const state = (wanted: ReportRow["state"]): readonly ReportRow[] => rows.filter((it) => it.state === wanted);
  const steps = all.map((it) => `${it.title} (${it.gain})`);
  return [
    `# ${heading.markdown}\n`,
    ...messages.map(paragraph),
    section("Safe to add", safe.map(safeLine), steps.length > 0 ? `${steps.join(", or ")}.` : undefined),
    section("Needs a decision", decide.map(decisionLine)),
    section("No fix here", stuck.map(rowLine)),
    section("Passed", state("passed").map(rowLine)),
    section("Not applicable", state("not-applicable").map(rowLine)),
    section(
      "Notes",
      notes.map((it) => `- ${plainProse(it).markdown}`),
    ),
  ].join("");
}

const paragraph = (words: string): string => `\n${plainProse(words).markdown}\n`;

function section(title: string, lines: readonly string[], first?: string): string {
  if (lines.length === 0) return "";
  return `\n## ${title}\n${first === undefined ? "" : paragraph(first)}\n${lines.join("\n")}\n`;
}

function safeLine({ lines, gain, protects, beyond }: SafeOffer): string {
  const settings = lines.map((it) => code(it).markdown).join(" ");
  const more = beyond === undefined ? "" : ` Part of the ${beyond} profile.`;
  return `- ${settings} (${gain}): ${plainProse(`${protects}${more}`).markdown}`;
}

function decisionLine(row: ReportRow): string {
  const { fix } = row;
  if (!fix) return rowLine(row);
  const against = fix.against === undefined ? "" : ` ${plainProse(fix.against).markdown}`;
  const breaks = fix.breaks === "" ? "" : ` ${plainProse(`May break: ${fix.breaks}`).markdown}`;
  const shows = fix.shows === undefined ? "" : ` ${plainProse(`How it shows: ${fix.shows}`).markdown}`;
  return `${rowLine(row)} ${code(fix.line).markdown} (${fix.gain}).${against}${breaks}${shows}`;
}

function rowLine({ title, cost, sentence, url, stuck }: ReportRow): string {
  const head = join([url ? link(title, url) : code(title), plainProse(cost)], " ").markdown.trim();
  return `- ${head}: ${plainProse(sentence).markdown}${stuck === undefined ? "" : ` ${plainProse(stuck).markdown}`}`;
}

function reportLevel({ exposure, level }: ExposureReport): Parameters<typeof inShort>[0] {
  return { exposure, level: level as Parameters<typeof inShort>[0]["level"] };
}
