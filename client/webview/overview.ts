import { exposureTone } from "../../server/src/features/exposureTone.ts";
import { serviceCells } from "../../server/src/features/serviceCells.ts";
import { breakable, drawn, element } from "./dom.ts";
import type { FromPage, ListedService } from "./messages.ts";
import { beginsDown, type Column, type OverviewOrder, ordered } from "./overviewOrder.ts";
import { t } from "./texts.ts";

type Send = (message: FromPage) => void;
type Choose = (order: OverviewOrder) => void;

const COLUMNS: readonly { readonly by?: Column; readonly label: string; readonly kind: string }[] = [
  { by: "name", label: t("Unit"), kind: "unit" },
  { by: "folder", label: t("Folder"), kind: "folder" },
  { by: "exposure", label: t("Exposure"), kind: "cost" },
  { label: "", kind: "bar" },
  { by: "level", label: t("Level"), kind: "level" },
  { by: "after", label: t("With safe settings"), kind: "after" },
  { label: "", kind: "action" },
];

/** All services of the workspace, in the order that the reader wants. */
export function overviewPage(
  rows: readonly ListedService[],
  order: OverviewOrder,
  send: Send,
  choose: Choose,
): HTMLElement {
  const title = element(
    "h1",
    {},
    rows.length === 1 ? t("Exposure of 1 service") : t("Exposure of {0} services", rows.length),
  );
  if (rows.length === 0)
    return element(
      "main",
      {},
      title,
      element("p", { class: "empty" }, t("There is no .service file in this workspace.")),
    );
  const listed = ordered(rows, order);
  const head = COLUMNS.map((it) => header(it, order, choose));
  const table = element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...listed.map((row) => unitRow(row, send))),
  );
  const none = element("p", { class: "empty" }, t("No service has this in its name, folder or level."));
  return element(
    "main",
    { class: "overview" },
    title,
    filterBox(rows.length, listed.length, order, choose),
    listed.length === 0 ? none : table,
  );
}

/** What is seen while the services are read. */
export function progressPage(percent: number | undefined, text: string | undefined): HTMLElement {
  const meter = element("progress", { max: "100", "aria-label": t("Services read") });
  if (percent !== undefined) meter.value = percent;
  return element(
    "main",
    { class: "overview" },
    element("h1", {}, t("Exposure of all services")),
    element("p", { class: "progress", role: "status" }, meter, element("span", {}, text ?? t("Looking for services"))),
  );
}

function filterBox(all: number, shown: number, order: OverviewOrder, choose: Choose): HTMLElement {
  const label = t("Filter by name, folder or level");
  const box = element("input", { type: "search", id: "find", placeholder: label, "aria-label": label });
  box.value = order.find;
  box.addEventListener("input", () => choose({ ...order, find: box.value }));
  const count = element("span", { class: "count", role: "status" }, shown === all ? "" : t("{0} of {1}", shown, all));
  return element("div", { class: "find" }, box, count);
}

function header({ by, label, kind }: (typeof COLUMNS)[number], order: OverviewOrder, choose: Choose): HTMLElement {
  if (by === undefined) return element("th", { scope: "col", class: kind });
  const sorted = order.by === by;
  const mark = sorted ? (order.down ? "\u00a0▾" : "\u00a0▴") : "";
  const button = element(
    "button",
    { class: "sort", id: `sort-${by}` },
    label,
    element("span", { "aria-hidden": "true" }, mark),
  );
  button.addEventListener("click", () => choose({ ...order, by, down: sorted ? !order.down : beginsDown(by) }));
  const direction = sorted ? (order.down ? "descending" : "ascending") : "none";
  return element("th", { scope: "col", class: kind, "aria-sort": direction }, button);
}

function unitRow(row: ListedService, send: Send): HTMLElement {
  const { uri, name, folder, exposure } = row;
  const link = element("a", { href: "#", title: uri, id: `open-${uri}` }, ...breakable(name));
  link.addEventListener("click", (event) => {
    event.preventDefault();
    send({ kind: "open", uri });
  });
  const report = element("button", { "aria-label": t("Report of {0}", name), id: `report-${uri}` }, t("Report"));
  report.addEventListener("click", () => send({ kind: "report", uri }));
  return element(
    "tr",
    { class: exposureTone(exposure) },
    element("td", { class: "unit" }, link),
    element("td", { class: "folder" }, ...breakable(folder)),
    ...drawn(serviceCells(row, t)),
    element("td", { class: "action" }, report),
  );
}
