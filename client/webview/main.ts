import type { FromPage, ToPage } from "./messages.ts";
import { overviewPage } from "./overview.ts";
import { type Filter, reportPage } from "./report.ts";

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: unknown): void;
};

const editor = acquireVsCodeApi();
const send = (message: FromPage): void => editor.postMessage(message);
let filter: Filter = readFilter(editor.getState());
let shown: ToPage | undefined;

function readFilter(state: unknown): Filter {
  return state === "passed" || state === "not-applicable" || state === "all" ? state : "failed";
}

function draw(): void {
  if (!shown) return;
  const focus = document.activeElement?.id ?? "";
  const page =
    "report" in shown
      ? reportPage(shown.report, filter, send, (chosen) => {
          filter = chosen;
          editor.setState(chosen);
          draw();
        })
      : overviewPage(shown.overview, send);
  const order = [...document.querySelectorAll("button, a[href], input")].map((it) => it.id).filter((it) => it !== "");
  document.body.replaceChildren(page);
  // What was pressed may be gone now: the next one takes the focus then.
  const next = focus === "" ? undefined : order.slice(order.indexOf(focus)).find((it) => document.getElementById(it));
  if (next !== undefined) document.getElementById(next)?.focus();
}

window.addEventListener("message", ({ data }: MessageEvent<ToPage>) => {
  shown = data;
  draw();
});
send({ kind: "ready" });
