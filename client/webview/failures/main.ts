import { saidPage } from "../dom.ts";
import { editorAround } from "../editor.ts";
import type { Said } from "../messages.ts";
import { failuresPage } from "./failuresPage.ts";
import type { FromFailures, ToFailures } from "./messages.ts";

const editor = editorAround<FromFailures>();
const { send } = editor;

function draw(shown: ToFailures | Said): void {
  const focus = document.activeElement?.id ?? "";
  const order = [...document.querySelectorAll("button, a[href], summary")].map((it) => it.id);
  document.body.replaceChildren("said" in shown ? saidPage(shown.said) : failuresPage(shown, send));
  if (focus === "") return;
  // What was pressed may be gone now: the next one takes the focus then.
  const next = order.slice(Math.max(0, order.indexOf(focus))).find((it) => document.getElementById(it));
  document.getElementById(next ?? "")?.focus();
}

window.addEventListener("message", ({ data }: MessageEvent<ToFailures | Said>) => {
  if ("state" in data) editor.keepView(data.state);
  draw(data);
});
send({ kind: "ready" });
