import type { Group, Item, Readership, Remark, Report, ReportBlock, ReportOffer, Translate } from "../reports/model.ts";
import { formatExposure } from "../security/formatExposure.ts";
import { exposureTone } from "./exposureTone.ts";
import { learntGroup } from "./learntBlocks.ts";
import type { ExposureReport, ReportRow } from "./report.ts";
import type { SafeOffer, SafeStep } from "./safeOffers.ts";

/** The head of a report, with what is said of all of it and what was learnt. */
export function exposureHead(report: ExposureReport, name: string, to: Readership): Report {
  const { exposure, level, user, loaded, messages, learnt } = report;
  const { t } = to;
  const lines = loaded === undefined ? messages : [loaded, ...messages];
  return {
    title: user ? t("{0} (user service)", name) : name,
    tone: exposureTone(exposure),
    number: exposure === undefined ? "–" : formatExposure(exposure),
    level: exposure === undefined || !level ? t("systemd refuses this unit") : level.name,
    blocks: [...(lines.length === 0 ? [] : [{ kind: "notes" as const, lines }]), ...learntGroup(learnt, to)],
  };
}

/** What is open, in the order in which it is to be dealt with; the heading is that of what is safe to add. */
export function openGroups({ safe, all, rows }: ExposureReport, heading: string, to: Readership): readonly Group[] {
  const { t, isInteractive } = to;
  const decide = rows.filter((it) => it.fix);
  // What is known to be unsafe here is not the first thing to try.
  const ordered = [...decide.filter((it) => !it.fix?.against), ...decide.filter((it) => it.fix?.against)];
  const stuck = rows.filter((it) => it.stuck !== undefined);
  const advice = (text: string): readonly ReportBlock[] => (isInteractive ? [remarksBlock(text)] : []);
  const likely = t(
    "Nothing speaks against these, and nothing for them: unit-warden try --likely tests them on the machine.",
  );
  const offers = [
    ...advice(safe.length === 0 ? likely : t("Nothing in this unit conflicts with these.")),
    { kind: "steps" as const, steps: all.map(stepOffer) },
    ...(safe.length === 0 ? [] : [{ kind: "items" as const, items: safe.map((it) => safeItem(it, to)) }]),
  ];
  const caution = advice(t("These may break the service. First read what each one restricts."));
  return [
    ...(safe.length + all.length === 0 ? [] : [{ kind: "group" as const, id: "safe", title: heading, blocks: offers }]),
    ...checkGroup("decide", t("Needs a decision"), ordered, to, { before: caution }),
    ...checkGroup("stuck", t("No fix here"), stuck, to),
  ];
}

const remarksBlock = (text: string): ReportBlock => ({ kind: "remarks", remarks: [{ look: "sentence", text }] });

/** What needs nothing, and what is to be known of the number. */
export function closedGroups({ rows, notes }: ExposureReport, to: Readership): readonly Group[] {
  const { t } = to;
  const state = (wanted: ReportRow["state"]): readonly ReportRow[] => rows.filter((it) => it.state === wanted);
  return [
    ...checkGroup("passed", t("Passed"), state("passed"), to, { isFolded: true }),
    ...checkGroup("not-applicable", t("Not applicable"), state("not-applicable"), to, { isFolded: true }),
    ...notesGroup(notes, to),
  ];
}

/** Where the exposure level and what really protects differ. */
export const notesGroup = (lines: readonly string[], { t }: Readership): readonly Group[] =>
  lines.length === 0 ? [] : [{ kind: "group", id: "remarks", title: t("Notes"), blocks: [{ kind: "notes", lines }] }];

function checkGroup(
  id: string,
  title: string,
  rows: readonly ReportRow[],
  to: Readership,
  { before = [], isFolded = false }: { readonly before?: readonly ReportBlock[]; readonly isFolded?: boolean } = {},
): readonly Group[] {
  const blocks = [...before, checksBlock(rows, to)];
  return rows.length === 0 ? [] : [{ kind: "group", id, title, count: rows.length, isFolded, blocks }];
}

/** A table of checks. */
export const checksBlock = (rows: readonly ReportRow[], { t }: Readership): ReportBlock => ({
  kind: "checks",
  heads: { check: t("Check"), cost: t("Cost") },
  items: rows.map((it) => checkItem(it, t)),
});

const stepOffer = ({ profile, likely, title, gain }: SafeStep, at: number): ReportOffer => ({
  ...{ id: likely ? `likely-${profile}` : `all-${profile}`, title, gain },
  fix: { all: profile, ...(likely && { likely }) },
  ...(at === 0 && !likely ? { weight: "primary" } : {}),
});

function safeItem(offer: SafeOffer, { t, isInteractive }: Readership): Item {
  const { directive, title, lines, gain, protects, passes, beyond, grade, reason } = offer;
  const graded = isInteractive ? (grade === "measured" ? t("measured") : undefined) : grade;
  const also = isInteractive && passes.length > 1 ? ` ${t("Improves {0} checks.", passes.length)}` : "";
  const tags = [
    ...(graded === undefined ? [] : [{ text: graded, reason }]),
    ...(beyond === undefined ? [] : [{ text: t("{0} profile", beyond) }]),
  ];
  return {
    offer: { id: `fix-${directive}`, title, lines, gain, fix: { safe: directive }, tags },
    remarks: remarks("sentence", `${protects}${also}`),
  };
}

function checkItem(row: ReportRow, t: Translate): Item {
  const { id, title, cost, share, sentence, url, fix, safe, stuck } = row;
  const more = stuck ?? (safe === undefined ? undefined : t("{0} is safe to add, and improves it.", `${safe}=`));
  return {
    look: row.state !== "failed" ? "good" : share > 0.5 ? "bad" : "middling",
    title: { text: title, as: "code", url },
    check: { id, cost, share, label: t("{0} of the exposure", cost), ...stateCells(row.state, t) },
    remarks: [...remarks("sentence", sentence, more), ...(fix ? cautions(fix, t) : [])],
    offer: fix && { ...fix, id: `fix-${id}`, lines: [fix.line], fix: { id }, weight: "anyway" },
  };
}

function stateCells(state: ReportRow["state"], t: Translate): { readonly mark: string; readonly state: string } {
  if (state === "failed") return { mark: "✗", state: t("failed") };
  return state === "passed" ? { mark: "✓", state: t("passed") } : { mark: "–", state: t("not applicable") };
}

function cautions({ against, doubt, breaks, shows }: NonNullable<ReportRow["fix"]>, t: Translate): readonly Remark[] {
  const seen = shows === undefined ? "" : ` ${t("How it shows: {0}", shows)}`;
  const broken = breaks === "" ? undefined : `${t("May break: {0}", breaks)}${seen}`;
  return [...remarks("against", against), ...remarks("caution", doubt, broken)];
}

const remarks = (look: Remark["look"], ...texts: readonly (string | undefined)[]): readonly Remark[] =>
  texts.flatMap((text) => (text === undefined ? [] : [{ look, text }]));
