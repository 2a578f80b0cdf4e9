import type { Unwanted } from "../hardening/hardening.ts";
import type { Profile } from "../hardening/profiles.ts";
import type { Unit } from "../units/unit.ts";
import { inShort } from "./exposure.ts";
import {
  bullets,
  code,
  heading,
  join,
  link,
  type Prose,
  plainProse,
  proseParagraphs,
  sentence,
  strong,
} from "./markup.ts";
import { safeHeading } from "./missingIn.ts";
import { type ExposureReport, exposureReport, type ReportRow } from "./report.ts";
import { openRows } from "./reportOrder.ts";
import type { SafeOffer } from "./safeOffers.ts";
import type { ShownLearnt } from "./shownLearnt.ts";

/** The report as a document, for editors without a view of their own. */
export function reportMarkdown(unit: Unit, profile: Profile = "basic", unwanted?: Unwanted): string {
  const report = exposureReport(unit, profile, unwanted);
  const { name, rows, notes, loaded, messages, safe, all, learnt } = report;
  const title = join([strong(name), plainProse(inShort(reportLevel(report)))], ": ");
  const { decide, stuck } = openRows(rows);
  const state = (wanted: ReportRow["state"]): readonly ReportRow[] => rows.filter((it) => it.state === wanted);
  const steps = all.map((it) => `${it.title} (${it.gain})`);
  const { markdown } = proseParagraphs(
    heading(1, title),
    loaded === undefined ? undefined : plainProse(loaded),
    ...messages.map(plainProse),
    section(safeHeading(report.missing), safe.map(safeLine), steps.length > 0 ? `${steps.join(", or ")}.` : undefined),
    ...(learnt ? learntSections(learnt) : []),
    section("Needs a decision", decide.map(decisionLine)),
    section("No fix here", stuck.map(rowLine)),
    section("Passed", state("passed").map(rowLine)),
    section("Not applicable", state("not-applicable").map(rowLine)),
    section("Notes", notes.map(plainProse)),
  );
  return `${markdown}\n`;
}

function section(title: string, lines: readonly Prose[], first?: string): Prose | undefined {
  if (lines.length === 0) return undefined;
  const before = first === undefined ? undefined : plainProse(first);
  return proseParagraphs(heading(2, plainProse(title)), before, bullets(lines));
}

/** What was learnt, with what it speaks against. */
function learntSections({
  summary,
  outdated,
  several,
  single,
  refused,
  contradictions,
  unknown,
}: ShownLearnt): (Prose | undefined)[] {
  const steps = several.map((it) => `${it.title} (${it.gain})`);
  const stale = outdated ? " The unit now runs something else." : "";
  const first = `${summary}${stale}${steps.length > 0 ? ` ${steps.join(", or ")}.` : ""}`;
  const offers = single.map(({ lines, grade, gain, evidence }) =>
    join(
      [sentence(...lines.map(code), plainProse(`(${grade}, ${gain})`)), plainProse(`${evidence.join("; ")}.`)],
      ": ",
    ),
  );
  const against = refused.map((it) => join([code(it.line), plainProse(`${it.evidence}.`)], ": "));
  const broken = contradictions.map((it) => plainProse(`${it}.`));
  return [
    proseParagraphs(
      heading(2, plainProse("Learnt")),
      plainProse(first),
      offers.length > 0 ? bullets(offers) : undefined,
    ),
    section("Contradicts a run", broken),
    section("Refused by a run", against),
    section("Not known from a run", unknown.map(plainProse)),
  ];
}

function safeLine({ lines, gain, protects, beyond, grade, reason }: SafeOffer): Prose {
  const more = beyond === undefined ? "" : ` Part of the ${beyond} profile.`;
  const settings = sentence(...lines.map(code), plainProse(`(${grade}, as ${reason}; ${gain})`));
  return join([settings, plainProse(`${protects}${more}`)], ": ");
}

function decisionLine(row: ReportRow): Prose {
  const { fix } = row;
  if (!fix) return rowLine(row);
  return sentence(
    rowLine(row),
    code(fix.line),
    plainProse(`(${fix.gain}).`),
    fix.against === undefined ? undefined : plainProse(fix.against),
    fix.doubt === undefined ? undefined : plainProse(fix.doubt),
    fix.breaks === "" ? undefined : plainProse(`May break: ${fix.breaks}`),
    fix.shows === undefined ? undefined : plainProse(`How it shows: ${fix.shows}`),
  );
}

function rowLine({ title, cost, sentence: text, url, stuck }: ReportRow): Prose {
  const head = sentence(url ? link(title, url) : code(title), cost === "" ? undefined : plainProse(cost));
  return sentence(join([head, plainProse(text)], ": "), stuck === undefined ? undefined : plainProse(stuck));
}

function reportLevel({ exposure, level }: ExposureReport): Parameters<typeof inShort>[0] {
  return { exposure, level: level as Parameters<typeof inShort>[0]["level"] };
}
