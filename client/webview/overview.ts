import type { OverviewRow } from "../../server/src/server/protocol.ts";
import { bar, element, tenths, tone } from "./dom.ts";
import type { FromPage } from "./messages.ts";

/** All services of the workspace, the most exposed first. */
export function overviewPage(rows: readonly OverviewRow[], send: (message: FromPage) => void): HTMLElement {
  const title = element("h1", {}, `Exposure of ${rows.length} ${rows.length === 1 ? "service" : "services"}`);
  if (rows.length === 0)
    return element("main", {}, title, element("p", { class: "empty" }, "There is no .service file in this workspace."));
  const head = ["Unit", "Exposure", "", "Level", ""].map((label) => element("th", { scope: "col" }, label));
  const body = rows.map((row) => unitRow(row, send));
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body));
  return element("main", { class: "overview" }, title, table);
}

function unitRow({ uri, name, exposure, level }: OverviewRow, send: (message: FromPage) => void): HTMLElement {
  const link = element("a", { href: "#", title: uri }, name);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    send({ kind: "open", uri });
  });
  const report = element("button", { "aria-label": `Report of ${name}` }, "Report");
  report.addEventListener("click", () => send({ kind: "report", uri }));
  return element(
    "tr",
    { class: tone(exposure) },
    element("td", { class: "unit" }, link),
    element("td", { class: "cost" }, exposure === undefined ? "–" : tenths(exposure)),
    element(
      "td",
      { class: "bar" },
      exposure === undefined ? undefined : bar(exposure / 100, `${tenths(exposure)} of 10`),
    ),
    element("td", { class: "level" }, level ? `${level.name} ${level.emoji}` : "refused by systemd"),
    element("td", { class: "action" }, report),
  );
}
