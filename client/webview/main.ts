import { documentPage, noticePage, replacePage } from "./dom.ts";
import { editorAround } from "./editor.ts";
import type { FromPage, Notice, ToPage } from "./messages.ts";
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
let shown: ToPage | Notice | undefined;

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

function pageOf(what: ToPage | Notice): HTMLElement {
  if ("notice" in what) return noticePage(what.notice);
  if ("report" in what) return reportPage(what.report, choice.filter, send, (filter) => choose({ filter }));
  if ("overview" in what) return overviewPage(what.overview, choice.order, send, (order) => choose({ order }));
  if ("document" in what) return documentPage(what.document);
  return progressPage(what.progress.percent, what.progress.text);
}

function draw(): void {
  if (shown) replacePage(pageOf(shown));
}

window.addEventListener("message", ({ data }: MessageEvent<ToPage | Notice>) => {
  // An overview that is there is better than the progress of the next one.
  if ("progress" in data && shown && "overview" in shown) return;
  shown = data;
  draw();
});
send({ kind: "ready" });
