import { saidPage } from "./dom.ts";
import { editorAround } from "./editor.ts";
import type { FromPage, Said, ToPage } from "./messages.ts";
import { overviewPage, progressPage } from "./overview.ts";
import { type Column, FIRST_ORDER, type OverviewOrder } from "./overviewOrder.ts";
import { type Filter, reportPage } from "./report.ts";

/** What the reader chose, kept while the view is hidden. */
interface Choice {
  readonly filter: Filter;
  readonly order: OverviewOrder;
}

const editor = editorAround<FromPage>();
const { send } = editor;
let choice = readChoice(editor.kept());
let shown: ToPage | Said | undefined;

function readChoice(state: unknown): Choice {
  const { filter, order } = (typeof state === "object" && state !== null ? state : {}) as Partial<Choice>;
  const filters: readonly Filter[] = ["failed", "passed", "not-applicable", "all"];
  const columns: readonly Column[] = ["name", "folder", "exposure", "level", "after"];
  return {
    filter: filters.find((it) => it === filter) ?? "failed",
    order: {
      by: columns.find((it) => it === order?.by) ?? FIRST_ORDER.by,
      down: typeof order?.down === "boolean" ? order.down : FIRST_ORDER.down,
      find: typeof order?.find === "string" ? order.find : FIRST_ORDER.find,
    },
  };
}

function choose(changed: Partial<Choice>): void {
  choice = { ...choice, ...changed };
  editor.keep(choice);
  draw();
}

function pageOf(what: ToPage | Said): HTMLElement {
  if ("said" in what) return saidPage(what.said);
  if ("report" in what) return reportPage(what.report, choice.filter, send, (filter) => choose({ filter }));
  if ("overview" in what) return overviewPage(what.overview, choice.order, send, (order) => choose({ order }));
  return progressPage(what.progress.percent, what.progress.text);
}

function draw(): void {
  if (!shown) return;
  const active = document.activeElement;
  const focus = active?.id ?? "";
  const caret = active instanceof HTMLInputElement ? active.selectionStart : null;
  const order = [...document.querySelectorAll("button, a[href], input")].map((it) => it.id).filter((it) => it !== "");
  document.body.replaceChildren(pageOf(shown));
  if (focus === "") return;
  // What was pressed may be gone now: the next one takes the focus then.
  const next = order.slice(Math.max(0, order.indexOf(focus))).find((it) => document.getElementById(it));
  const element = next === undefined ? null : document.getElementById(next);
  element?.focus();
  if (element instanceof HTMLInputElement && caret !== null) element.setSelectionRange(caret, caret);
}

window.addEventListener("message", ({ data }: MessageEvent<ToPage | Said>) => {
  // An overview that is there is better than the progress of the next one.
  if ("progress" in data && shown && "overview" in shown) return;
  shown = data;
  draw();
});
send({ kind: "ready" });
