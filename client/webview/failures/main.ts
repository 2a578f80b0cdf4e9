import { failuresPage } from "./failuresPage.ts";
import type { FromFailures, ToFailures } from "./messages.ts";

declare function acquireVsCodeApi(): {
  postMessage(message: FromFailures): void;
  setState(state: unknown): void;
};

const editor = acquireVsCodeApi();
const send = (message: FromFailures): void => editor.postMessage(message);

function draw(shown: ToFailures): void {
  const focus = document.activeElement?.id ?? "";
  const order = [...document.querySelectorAll("button, a[href], summary")].map((it) => it.id);
  document.body.replaceChildren(failuresPage(shown, send));
  if (focus === "") return;
  // What was pressed may be gone now: the next one takes the focus then.
  const next = order.slice(Math.max(0, order.indexOf(focus))).find((it) => document.getElementById(it));
  document.getElementById(next ?? "")?.focus();
}

window.addEventListener("message", ({ data }: MessageEvent<ToFailures>) => {
  editor.setState({ view: data.state });
  draw(data);
});
send({ kind: "ready" });
