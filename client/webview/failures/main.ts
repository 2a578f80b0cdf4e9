import { noticePage, replacePage } from "../dom.ts";
import { editorAround } from "../editor.ts";
import type { Notice } from "../messages.ts";
import { failuresPage } from "./failuresPage.ts";
import type { FromFailures, ToFailures } from "./messages.ts";

const editor = editorAround<FromFailures>();
const { send } = editor;

window.addEventListener("message", ({ data }: MessageEvent<ToFailures | Notice>) => {
  if ("state" in data) editor.keepView(data.state);
  replacePage("notice" in data ? noticePage(data.notice) : failuresPage(data, send));
});
send({ kind: "ready" });
