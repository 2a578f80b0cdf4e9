import type { ManualPlace } from "../../../server/src/manual/place.ts";
import { element } from "../dom.ts";
import { editorAround } from "../editor.ts";
import { finder } from "./find.ts";
import { frame } from "./frame.ts";
import { history } from "./history.ts";
import { manualArticle } from "./manualPage.ts";
import type { FromManual, ShownPage, ToManual } from "./messages.ts";

const editor = editorAround<FromManual>();
const { send } = editor;
const visited = history(editor.kept());
/** The pages that were shown, by name: going back asks nothing. */
const pages = new Map<string, ShownPage>();
let shown: ShownPage | undefined;

const { root, content, contents, closeContents, title, web, back, forward, box } = frame({ step });
const find = finder(box, content);
document.body.append(root);

const keyOf = ({ page, section }: ManualPlace): string => `${page}(${section})`;

function remember(): void {
  visited.here.scroll = window.scrollY;
  editor.keep(visited.state());
}

/** Follows a link: on the same page by itself, elsewhere by the extension, which knows what there is. */
function follow(place: ManualPlace): void {
  const known = pages.get(keyOf(place));
  if (known) go(place, known);
  else send({ kind: "wanted", place, again: false });
}

function go(place: ManualPlace, answer: ShownPage): void {
  pages.set(keyOf(place), answer);
  remember();
  visited.go(place);
  show(answer);
  land(place);
}

function step(by: -1 | 1): void {
  remember();
  if (visited.step(by)) showHere();
}

/** Shows the place of the history where the reader is, as it was left. */
function showHere(): void {
  const { place, scroll } = visited.here;
  if (!place) return;
  const known = pages.get(keyOf(place));
  if (known) {
    show(known);
    mark(place);
    window.scrollTo(0, scroll);
  } else send({ kind: "wanted", place, again: true });
}

function show(answer: ShownPage): void {
  back.disabled = !visited.canStep(-1);
  forward.disabled = !visited.canStep(1);
  if (answer === shown) return;
  shown = answer;
  const { name, section } = answer.page;
  const { article, nav } = manualArticle(answer, follow);
  content.replaceChildren(article);
  contents.replaceChildren(nav);
  title.textContent = `${name}(${section})`;
  web.href = answer.url;
  find.refresh();
  closeContents();
  send({ kind: "shows", title: `${name}(${section})` });
}

/** Scrolls to a place and marks it; words that have no id are searched for. */
function land(place: ManualPlace): void {
  const target = mark(place);
  const words = place.find;
  if (target) {
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  } else window.scrollTo(0, 0);
  if (words) find.look(words);
  closeContents();
  remember();
}

/** Marks what a place is about. */
function mark({ anchor }: ManualPlace): HTMLElement | null {
  for (const it of content.querySelectorAll(".target")) it.classList.remove("target");
  const target = anchor ? document.getElementById(anchor) : null;
  target?.classList.add("target");
  return target;
}

window.addEventListener("message", ({ data }: MessageEvent<ToManual>) => {
  switch (data.kind) {
    case "go":
      return go(data.place, data.answer);
    case "page":
      pages.set(keyOf(data.place), data.answer);
      return showHere();
    case "step":
      return step(data.by);
    case "notice":
      shown = undefined;
      return content.replaceChildren(element("p", { class: "notice", role: "status" }, data.notice));
  }
});
window.addEventListener("scroll", remember, { passive: true });
window.addEventListener("keydown", (event) => {
  // The editor's own keys for these are commands of ours; the browser below must not go back as well.
  if (event.altKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) event.preventDefault();
});
showHere();
send({ kind: "ready" });
