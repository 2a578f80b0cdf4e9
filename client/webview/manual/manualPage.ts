import type { Inline, ManualBlock, ManualEntry, ManualSection } from "../../../server/src/manual/model.ts";
import type { ManualPlace } from "../../../server/src/manual/place.ts";
import { element } from "../dom.ts";
import { t } from "../texts.ts";
import { inline, type Links } from "./inline.ts";
import type { ShownPage } from "./messages.ts";

/** A page as elements, and its table of contents; links call `follow`. */
export function manualArticle(
  answer: ShownPage,
  follow: (place: ManualPlace) => void,
): { readonly article: HTMLElement; readonly nav: HTMLElement } {
  const { page, origin } = answer;
  const links = linksOf(answer, follow);
  const source =
    origin === "installed"
      ? t("systemd {0}, from this machine", page.version)
      : t("systemd {0}, bundled with Unit Warden", page.version);
  const article = element(
    "article",
    { tabindex: "-1", lang: "en" },
    element("h1", {}, `${page.name}(${page.section})`),
    page.title === "" ? undefined : element("p", { class: "lead" }, capitalised(page.title)),
    element("p", { class: "source" }, source),
    ...page.sections.flatMap((it) => section(it, links)),
  );
  return { article, nav: contents(page.sections, links) };
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function linksOf({ page, links }: ShownPage, follow: (place: ManualPlace) => void): Links {
  const anchors = new Map<string, string>();
  for (const { names, anchor } of page.sections.flatMap((it) => entriesIn(it.blocks)))
    for (const name of names) if (!anchors.has(`${name}=`)) anchors.set(`${name}=`, anchor);
  return { page, links, anchors, follow };
}

function entriesIn(blocks: readonly ManualBlock[]): ManualEntry[] {
  return blocks.flatMap((it) => (it.kind === "entries" ? it.entries : it.kind === "note" ? entriesIn(it.blocks) : []));
}

function contents(sections: readonly ManualSection[], links: Links): HTMLElement {
  const items = sections.map(({ level, title, anchor, blocks }) => {
    const link = here(anchor, title, links);
    const names = entriesIn(blocks).filter((it) => it.names.length > 0);
    const inner = names.map((it) => element("li", {}, here(it.anchor, `${it.names[0] ?? ""}=`, links)));
    const below =
      inner.length > 0
        ? element("details", {}, element("summary", {}, link), element("ul", {}, ...inner))
        : element("div", { class: "plain" }, link);
    return element("li", { class: `level-${level}` }, below);
  });
  return element("ul", {}, ...items);
}

function here(anchor: string, label: string, { page, follow }: Links): HTMLElement {
  const link = element("a", { href: "#" }, label);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    follow({ page: page.name, section: page.section, anchor });
  });
  return link;
}

function section({ level, title, anchor, blocks }: ManualSection, links: Links): Node[] {
  return [element(level === 1 ? "h2" : "h3", { id: anchor, tabindex: "-1" }, title), ...all(blocks, links)];
}

const all = (blocks: readonly ManualBlock[], links: Links): Node[] => blocks.map((it) => block(it, links));
const run = (content: readonly Inline[], links: Links): Node[] => inline(content, links);

function block(it: ManualBlock, links: Links): HTMLElement {
  switch (it.kind) {
    case "paragraph":
      return element("p", {}, ...run(it.content, links));
    case "heading":
      return element("p", { class: "heading" }, ...run(it.content, links));
    case "code":
      return element("pre", { tabindex: "0" }, element("code", {}, it.text));
    case "list":
      return element(it.ordered ? "ol" : "ul", {}, ...it.items.map((item) => element("li", {}, ...all(item, links))));
    case "entries":
      return element("div", { class: "entries" }, ...it.entries.map((inner) => entry(inner, links)));
    case "note":
      return element(
        "div",
        { class: `note ${it.title.toLowerCase()}`, role: "note" },
        element("p", { class: "heading" }, it.title),
        ...all(it.blocks, links),
      );
    case "table": {
      const cells = (row: readonly (readonly Inline[])[], tag: "th" | "td"): HTMLElement =>
        element("tr", {}, ...row.map((cell) => element(tag, {}, ...run(cell, links))));
      const caption = it.title.length > 0 ? element("caption", {}, ...run(it.title, links)) : undefined;
      const body = element("tbody", {}, ...it.rows.map((row) => cells(row, "td")));
      const table = element("table", {}, caption, element("thead", {}, cells(it.header, "th")), body);
      return element("div", { class: "wide" }, table);
    }
  }
}

function entry({ terms, names, anchor, since, scope, blocks }: ManualEntry, links: Links): HTMLElement {
  const context = { ...links, own: new Set(names.map((it) => `${it}=`)) };
  const heads = terms.flatMap((it, i) => [...(i > 0 ? [", "] : []), element("code", {}, it.map(plain).join(""))]);
  const badges = [
    since === undefined ? undefined : element("span", { class: "badge" }, t("since {0}", since)),
    scope === undefined
      ? undefined
      : element(
          "span",
          { class: "badge" },
          scope === "system" ? t("system services only") : t("in user units with PrivateUsers="),
        ),
  ];
  return element(
    "section",
    { class: "entry", id: anchor, tabindex: "-1" },
    element("div", { class: "terms" }, ...heads, ...badges),
    element("div", { class: "said" }, ...all(blocks, context)),
  );
}

function plain(piece: Inline): string {
  return piece.kind === "reference" ? `${piece.page}(${piece.section})` : piece.text;
}
