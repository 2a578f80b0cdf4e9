import type { ReportRow } from "../../server/src/features/report.ts";
import type { Report } from "../../server/src/server/protocol.ts";
import { bar, element, tenths, tone } from "./dom.ts";
import type { FromPage } from "./messages.ts";

/** Which checks are listed. */
export type Filter = ReportRow["state"] | "all";

const FILTERS: readonly { readonly filter: Filter; readonly label: string }[] = [
  { filter: "failed", label: "Failed" },
  { filter: "passed", label: "Passed" },
  { filter: "not-applicable", label: "Not applicable" },
  { filter: "all", label: "All" },
];

const MARKS = { failed: "✗", passed: "✓", "not-applicable": "–" } as const;

/** The report of one unit. */
export function reportPage(
  report: Report,
  filter: Filter,
  send: (message: FromPage) => void,
  choose: (filter: Filter) => void,
): HTMLElement {
  return element(
    "main",
    {},
    heading(report),
    report.exposure === undefined ? undefined : scale(report.exposure),
    notes(report),
    filters(report, filter, choose),
    table(report, filter, send),
  );
}

function heading({ name, exposure, level, user }: Report): HTMLElement {
  const number = element("div", { class: "number" }, exposure === undefined ? "–" : tenths(exposure));
  const said = exposure === undefined || !level ? "systemd refuses this unit" : `${level.name} ${level.emoji}`;
  const title = element("h1", {}, user ? `${name} (user service)` : name);
  const text = element("div", {}, title, element("div", { class: "level" }, said));
  return element("header", { class: `score ${tone(exposure)}`, role: "status" }, number, text);
}

function scale(exposure: number): HTMLElement {
  const mark = element("div", { class: "mark" });
  mark.style.left = `${exposure}%`;
  return element("div", { class: "scale", role: "img", "aria-label": `Exposure ${tenths(exposure)} of 10` }, mark);
}

function notes({ messages, notes: said }: Report): HTMLElement | undefined {
  const lines = [...messages, ...said];
  return lines.length === 0
    ? undefined
    : element("section", { class: "notes" }, ...lines.map((line) => element("p", {}, line)));
}

function filters({ rows }: Report, filter: Filter, choose: (filter: Filter) => void): HTMLElement {
  const buttons = FILTERS.map((it) => {
    const count = it.filter === "all" ? rows.length : rows.filter((row) => row.state === it.filter).length;
    const pressed = String(it.filter === filter);
    const button = element("button", { id: `filter-${it.filter}`, "aria-pressed": pressed }, `${it.label} (${count})`);
    button.addEventListener("click", () => choose(it.filter));
    return button;
  });
  return element("nav", { class: "filters", "aria-label": "Which checks to list" }, ...buttons);
}

function table({ rows, uri }: Report, filter: Filter, send: (message: FromPage) => void): HTMLElement {
  const listed = rows.filter((row) => filter === "all" || row.state === filter);
  if (listed.length === 0) return element("p", { class: "empty" }, "No check of this kind.");
  const head = ["", "Check", "Cost", ""].map((label) =>
    element("th", { scope: "col", class: label.toLowerCase() }, label),
  );
  const body = listed.map((row) => checkRow(row, uri, send));
  return element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body));
}

function checkRow(row: ReportRow, uri: string, send: (message: FromPage) => void): HTMLElement {
  const { id, title, state, cost, share, sentence, url, fix } = row;
  const name = url === undefined ? element("strong", {}, title) : element("a", { href: url, id: `link-${id}` }, title);
  const look = state === "failed" ? (share > 0.5 ? "bad" : "middling") : "good";
  return element(
    "tr",
    { class: look },
    element("td", { class: "mark", "aria-label": state }, MARKS[state]),
    element(
      "td",
      { class: "check" },
      name,
      element("div", { class: "sentence" }, sentence),
      fix && fixButton(fix, id, uri, send),
    ),
    element("td", { class: "cost" }, cost),
    element("td", { class: "bar" }, cost === "" ? undefined : bar(share, `${cost} of the exposure`)),
  );
}

function fixButton(
  fix: NonNullable<ReportRow["fix"]>,
  id: string,
  uri: string,
  send: (message: FromPage) => void,
): HTMLElement {
  const button = element("button", { class: "fix", id: `fix-${id}` }, fix.title);
  button.addEventListener("click", () => send({ kind: "fix", uri, id }));
  const caution = fix.caution === undefined ? undefined : element("span", { class: "caution" }, fix.caution);
  return element("div", { class: "offer" }, button, element("span", { class: "gain" }, fix.gain), caution);
}
