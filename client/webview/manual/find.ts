import { t } from "../texts.ts";

/** The parts of the find box. */
export interface FindBox {
  readonly input: HTMLInputElement;
  readonly count: HTMLElement;
  readonly previous: HTMLButtonElement;
  readonly next: HTMLButtonElement;
}

/** Searches a page as the reader types. */
export interface Finder {
  /** Searches for words as if they had been typed. */
  look(words: string): void;
  /** To be called when the page has changed. */
  refresh(): void;
}

/** More matches than these are not marked. */
const MAX_MATCHES = 5000;
const BLOCKS = new Set(["P", "LI", "PRE", "H1", "H2", "H3", "H4", "TD", "TH", "CAPTION", "DIV", "SECTION"]);

/** Lets a box search a page: matches are marked without a change to the page, which a strict policy allows. */
export function finder({ input, count, previous, next }: FindBox, content: HTMLElement): Finder {
  let matches: Range[] = [];
  let at = -1;
  const marks = "highlights" in CSS ? CSS.highlights : undefined;

  const mark = (): void => {
    const current = matches[at];
    marks?.set("found", new Highlight(...matches));
    marks?.set("current", new Highlight(...(current ? [current] : [])));
    count.textContent = input.value === "" ? "" : current ? t("{0} of {1}", at + 1, matches.length) : t("no match");
    for (const it of [previous, next]) it.disabled = matches.length === 0;
  };
  const jump = (to: number): void => {
    at = matches.length === 0 ? -1 : (to + matches.length) % matches.length;
    mark();
    const box = matches[at]?.getBoundingClientRect();
    if (box && (box.top < 80 || box.bottom > window.innerHeight - 40))
      window.scrollBy(0, box.top - window.innerHeight / 3);
  };
  const search = (): void => {
    matches = input.value === "" ? [] : rangesOf(content, input.value);
    const below = matches.findIndex((it) => it.getBoundingClientRect().top >= 0);
    jump(Math.max(0, below));
  };

  input.addEventListener("input", search);
  previous.addEventListener("click", () => jump(at - 1));
  next.addEventListener("click", () => jump(at + 1));
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") jump(at + (event.shiftKey ? -1 : 1));
    if (event.key !== "Escape") return;
    input.value = "";
    search();
    content.querySelector<HTMLElement>("article")?.focus({ preventScroll: true });
  });
  window.addEventListener("keydown", (event) => {
    if (event.key !== "f" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    input.select();
  });
  mark();
  return {
    look(words) {
      input.value = words;
      search();
    },
    refresh() {
      input.value = "";
      matches = [];
      at = -1;
      mark();
    },
  };
}

/** Where words stand in the text of an element, in whichever case, also across what is written differently. */
function rangesOf(root: HTMLElement, words: string): Range[] {
  const nodes: { readonly node: Node; readonly start: number }[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let text = "";
  let block: Element | null = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const context = blockOf(node);
    if (context !== block) text += "\n";
    block = context;
    nodes.push({ node, start: text.length });
    text += node.nodeValue ?? "";
  }
  const lower = text.toLowerCase();
  // A letter whose small one is longer would shift all places after it; systemd's manual has none.
  const wanted = words.toLowerCase();
  const found: Range[] = [];
  let from = 0;
  for (
    let i = lower.indexOf(wanted);
    i >= 0 && found.length < MAX_MATCHES;
    i = lower.indexOf(wanted, i + wanted.length)
  ) {
    const range = document.createRange();
    while ((nodes[from + 1]?.start ?? Number.POSITIVE_INFINITY) <= i) from++;
    let to = from;
    while ((nodes[to + 1]?.start ?? Number.POSITIVE_INFINITY) < i + wanted.length) to++;
    const [first, last] = [nodes[from], nodes[to]];
    if (!first || !last) break;
    range.setStart(first.node, i - first.start);
    range.setEnd(last.node, i + wanted.length - last.start);
    found.push(range);
  }
  return found;
}

function blockOf(node: Node): Element | null {
  let context = node.parentElement;
  while (context && !BLOCKS.has(context.tagName)) context = context.parentElement;
  return context;
}
