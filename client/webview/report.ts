import { exposureTone } from "../../server/src/features/exposureTone.ts";
import type { ReportRow } from "../../server/src/features/report.ts";
import { openRows } from "../../server/src/features/reportOrder.ts";
import type { SafeOffer, SafeStep } from "../../server/src/features/safeOffers.ts";
import type { FixParams, ShownReport } from "../../server/src/server/protocol.ts";
import { bar, element, tenths } from "./dom.ts";
import { learntSection } from "./learnt.ts";
import type { FromPage } from "./messages.ts";
import { t } from "./texts.ts";

/** Which checks are listed; those that failed are grouped by what can be done about them. */
export type Filter = ReportRow["state"] | "all";

type Send = (message: FromPage) => void;

const FILTERS: readonly { readonly filter: Filter; readonly label: string }[] = [
  { filter: "failed", label: t("Failed") },
  { filter: "passed", label: t("Passed") },
  { filter: "not-applicable", label: t("Not applicable") },
  { filter: "all", label: t("All") },
];

const MARKS = { failed: "✗", passed: "✓", "not-applicable": "–" } as const;

/** The report of one unit. */
export function reportPage(
  report: ShownReport,
  filter: Filter,
  send: Send,
  choose: (filter: Filter) => void,
): HTMLElement {
  return element(
    "main",
    { class: "report" },
    heading(report),
    report.exposure === undefined ? undefined : scale(report.exposure),
    paragraphs([...(report.loaded === undefined ? [] : [report.loaded]), ...report.messages]),
    report.learnt && learntSection(report.learnt, report.uri, send),
    filters(report, filter, choose),
    ...(filter === "failed" ? open(report, send) : [list(report, filter, send)]),
    noteSection(report),
  );
}

function heading({ name, exposure, level, user }: ShownReport): HTMLElement {
  const number = element("div", { class: "number" }, exposure === undefined ? "–" : tenths(exposure));
  const levelName = exposure === undefined || !level ? t("systemd refuses this unit") : level.name;
  const title = element("h1", {}, user ? t("{0} (user service)", name) : name);
  const text = element("div", {}, title, element("div", { class: "level" }, levelName));
  return element("header", { class: `score ${exposureTone(exposure)}`, role: "status" }, number, text);
}

function scale(exposure: number): HTMLElement {
  const mark = element("div", { class: "mark" });
  mark.style.left = `${exposure}%`;
  return element("div", { class: "scale", role: "img", "aria-label": t("Exposure {0} of 10", tenths(exposure)) }, mark);
}

function paragraphs(lines: readonly string[]): HTMLElement | undefined {
  return lines.length === 0
    ? undefined
    : element("section", { class: "notes" }, ...lines.map((line) => element("p", {}, line)));
}

function noteSection({ notes }: ShownReport): HTMLElement | undefined {
  if (notes.length === 0) return undefined;
  return element("section", {}, element("h2", {}, t("Notes")), paragraphs(notes));
}

function filters({ rows }: ShownReport, filter: Filter, choose: (filter: Filter) => void): HTMLElement {
  const buttons = FILTERS.map((it) => {
    const count = it.filter === "all" ? rows.length : rows.filter((row) => row.state === it.filter).length;
    const pressed = String(it.filter === filter);
    const button = element("button", { id: `filter-${it.filter}`, "aria-pressed": pressed }, `${it.label} (${count})`);
    button.addEventListener("click", () => choose(it.filter));
    return button;
  });
  return element("nav", { class: "filters", "aria-label": t("Which checks to list") }, ...buttons);
}

/** What is open, in the order in which it is to be dealt with. */
function open(report: ShownReport, send: Send): (HTMLElement | undefined)[] {
  const { safe, all, uri, rows } = report;
  const { decide, stuck } = openRows(rows);
  const isLikely = safe.length === 0;
  const addable = safe.length + all.length;
  const nothing = addable + decide.length + stuck.length === 0;
  return [
    // The buttons have their own numbers: some settings pass several checks, and some none.
    group(
      "safe",
      missingTitle(report),
      isLikely
        ? t("Nothing speaks against these, and nothing for them: unit-warden try --likely tests them on the machine.")
        : t("Nothing in this unit conflicts with these."),
      addable,
      [
        steps(all, uri, send),
        ...(isLikely ? [] : [element("ul", { class: "offers" }, ...safe.map((it) => offer(it, uri, send)))]),
      ],
    ),
    group(
      "decide",
      t("Needs a decision"),
      t("These may break the service. First read what each one restricts."),
      decide.length,
      [table(decide, uri, send)],
    ),
    group("stuck", t("No fix here"), "", stuck.length, [table(stuck, uri, send)]),
    nothing ? element("p", { class: "empty" }, t("No check of this kind.")) : undefined,
  ];
}

/** What the unit lacks, in the words of the lens and of the finding. */
function missingTitle({ missing: { safe, likely, weak, gain: bought }, safe: offers }: ShownReport): string {
  if (safe + likely === 0) return offers.length > 0 ? t("Safe to add") : t("Likely to be safe");
  const more = likely === 1 ? t("1 more is likely to be safe") : t("{0} more are likely to be safe", likely);
  if (safe === 0)
    return likely === 1
      ? t("1 setting that is likely to be safe is missing")
      : t("{0} settings that are likely to be safe are missing", likely);
  const one = weak ? t("1 safe setting is missing or weak") : t("1 safe setting is missing");
  const several = weak ? t("{0} safe settings are missing or weak", safe) : t("{0} safe settings are missing", safe);
  const counted = `${safe === 1 ? one : several}${bought === undefined ? "" : ` (${bought})`}`;
  return likely === 0 ? counted : `${counted}; ${more}`;
}

function group(
  id: string,
  title: string,
  text: string,
  count: number,
  content: readonly HTMLElement[],
): HTMLElement | undefined {
  if (count === 0) return undefined;
  const heads = element("h2", { id: `head-${id}` }, id === "safe" ? title : `${title} (${count})`);
  const sentence = text === "" ? undefined : element("p", { class: "sentence" }, text);
  return element("section", { class: `group ${id}`, "aria-labelledby": `head-${id}` }, heads, sentence, ...content);
}

function press(id: string, title: string, kind: string, fix: FixParams, send: Send): HTMLElement {
  const button = element("button", { class: `fix ${kind}`, id }, title);
  button.addEventListener("click", () => send({ kind: "fix", fix }));
  return button;
}

const gain = (text: string): HTMLElement => element("span", { class: "gain" }, text);

function steps(all: readonly SafeStep[], uri: string, send: Send): HTMLElement {
  const buttons = all.map(({ profile, likely, title, gain: gainText }, i) =>
    element(
      "div",
      { class: "offer" },
      press(
        likely ? `likely-${profile}` : `all-${profile}`,
        title,
        i === 0 && !likely ? "primary" : "",
        { uri, all: profile, ...(likely && { likely }) },
        send,
      ),
      gain(gainText),
    ),
  );
  return element("div", { class: "steps" }, ...buttons);
}

function offer(
  { directive, title, gain: gainText, protects, passes, beyond, grade, reason }: SafeOffer,
  uri: string,
  send: Send,
): HTMLElement {
  const also = passes.length > 1 ? ` ${t("Improves {0} checks.", passes.length)}` : "";
  return element(
    "li",
    {},
    element(
      "div",
      { class: "offer" },
      press(`fix-${directive}`, title, "", { uri, safe: directive }, send),
      gain(gainText),
      grade === "measured" ? element("span", { class: "tag", title: reason }, t("measured")) : undefined,
      beyond === undefined ? undefined : element("span", { class: "tag" }, t("{0} profile", beyond)),
    ),
    element("div", { class: "sentence" }, `${protects}${also}`),
  );
}

function list({ rows, uri }: ShownReport, filter: Filter, send: Send): HTMLElement {
  const listed = rows.filter((row) => filter === "all" || row.state === filter);
  if (listed.length === 0) return element("p", { class: "empty" }, t("No check of this kind."));
  return table(listed, uri, send);
}

function table(rows: readonly ReportRow[], uri: string, send: Send): HTMLElement {
  const heads = { mark: "", check: t("Check"), cost: t("Cost"), bar: "" };
  const head = Object.entries(heads).map(([kind, label]) => element("th", { scope: "col", class: kind }, label));
  const body = rows.map((row) => checkRow(row, uri, send));
  return element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body));
}

function checkRow(row: ReportRow, uri: string, send: Send): HTMLElement {
  const { id, title, state, cost, share, sentence, url, fix, safe, stuck } = row;
  const name = url === undefined ? element("strong", {}, title) : element("a", { href: url, id: `link-${id}` }, title);
  const look = state === "failed" ? (share > 0.5 ? "bad" : "middling") : "good";
  const more = stuck ?? (safe === undefined ? undefined : t("{0} is safe to add, and improves it.", `${safe}=`));
  return element(
    "tr",
    { class: look },
    element("td", { class: "mark", "aria-label": stateText(state) }, MARKS[state]),
    element(
      "td",
      { class: "check" },
      name,
      element("div", { class: "sentence" }, sentence),
      more === undefined ? undefined : element("div", { class: "sentence" }, more),
      ...(fix ? decision(fix, id, uri, send) : []),
    ),
    element("td", { class: "cost" }, cost),
    element("td", { class: "bar" }, cost === "" ? undefined : bar(share, t("{0} of the exposure", cost))),
  );
}

function stateText(state: ReportRow["state"]): string {
  switch (state) {
    case "failed":
      return t("failed");
    case "passed":
      return t("passed");
    case "not-applicable":
      return t("not applicable");
  }
}

/** What may break stands before the button, as it is to be read first. */
function decision(
  fix: NonNullable<ReportRow["fix"]>,
  id: string,
  uri: string,
  send: Send,
): (HTMLElement | undefined)[] {
  const shows = fix.shows === undefined ? "" : ` ${t("How it shows: {0}", fix.shows)}`;
  const breaks =
    fix.breaks === "" ? undefined : element("div", { class: "caution" }, `${t("May break: {0}", fix.breaks)}${shows}`);
  return [
    fix.against === undefined ? undefined : element("div", { class: "against" }, fix.against),
    fix.doubt === undefined ? undefined : element("div", { class: "caution" }, fix.doubt),
    breaks,
    element("div", { class: "offer" }, press(`fix-${id}`, fix.title, "anyway", { uri, id }, send), gain(fix.gain)),
  ];
}
