import { element } from "../dom.ts";
import { t } from "../texts.ts";
import type { FindBox } from "./find.ts";

/** What is around a page and stays when the page changes. */
export interface Frame {
  readonly root: HTMLElement;
  /** Takes the page. */
  readonly content: HTMLElement;
  /** Takes the table of contents. */
  readonly contents: HTMLElement;
  /** Hides the table of contents where the view is too narrow for both. */
  readonly closeContents: () => void;
  readonly title: HTMLElement;
  /** Leads to the same page on the web. */
  readonly web: HTMLAnchorElement;
  readonly back: HTMLButtonElement;
  readonly forward: HTMLButtonElement;
  readonly box: FindBox;
}

/** Makes the toolbar with the buttons and the find box, the place of the contents and that of the page. */
export function frame({ step }: { readonly step: (by: -1 | 1) => void }): Frame {
  const back = button("back", "←", t("Back (Alt+Left)"), () => step(-1));
  const forward = button("forward", "→", t("Forward (Alt+Right)"), () => step(1));
  const title = element("strong", { class: "title" });
  const web = element("a", { class: "web", title: t("The same page on freedesktop.org") }, t("Web ↗"));
  const input = element("input", {
    ...{
      id: "find",
      type: "text",
      placeholder: t("Find in page"),
      "aria-label": t("Find in page"),
      spellcheck: "false",
    },
  });
  const count = element("span", { class: "count", role: "status" });
  const previous = button("previous", "↑", t("Previous match (Shift+Enter)"));
  const next = button("next", "↓", t("Next match (Enter)"));
  const search = element("search", {}, input, count, previous, next);
  const toggle = button("toggle", "☰", t("Contents"), () => open(root.classList.toggle("open")));
  const bar = element("header", { class: "toolbar" }, toggle, back, forward, title, web, search);
  const contents = element("nav", { class: "contents", "aria-label": t("Contents") });
  const content = element("main", {});
  const root = element("div", { class: "manual" }, bar, contents, content);
  const open = (shown: boolean): void => {
    root.classList.toggle("open", shown);
    toggle.setAttribute("aria-expanded", String(shown));
  };
  open(false);
  return {
    root,
    content,
    contents,
    closeContents: () => open(false),
    title,
    web,
    back,
    forward,
    box: { input, count, previous, next },
  };
}

function button(id: string, label: string, title: string, press?: () => void): HTMLButtonElement {
  const made = element("button", { id, title, "aria-label": title }, label);
  if (press) made.addEventListener("click", press);
  return made;
}
