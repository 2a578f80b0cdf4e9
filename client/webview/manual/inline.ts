import type { Inline, ManualPage } from "../../../server/src/manual/model.ts";
import type { ManualPlace } from "../../../server/src/manual/place.ts";
import { element } from "../dom.ts";

/** Where the words of a page lead. */
export interface Links {
  readonly page: ManualPage;
  /** By `page(section)`: `here`, or an address. */
  readonly links: Readonly<Record<string, string>>;
  /** The ids of the directives of this page, by their names with the `=`. */
  readonly anchors: ReadonlyMap<string, string>;
  /** The names of the entry that the words stand in, which do not lead to themselves. */
  readonly own?: ReadonlySet<string>;
  readonly follow: (place: ManualPlace) => void;
}

/** Running text as elements. */
export function inline(content: readonly Inline[], links: Links): Node[] {
  return content.map((it) => piece(it, links));
}

function piece(it: Inline, links: Links): Node {
  switch (it.kind) {
    case "text":
      return document.createTextNode(it.text);
    case "literal":
      return element("code", {}, it.text);
    case "emphasis":
      return named(it.text, links) ?? (CODE.test(it.text) ? element("code", {}, it.text) : element("em", {}, it.text));
    case "strong":
      return /^[-/]|^\S*$/.test(it.text.trim()) ? element("code", {}, it.text) : element("strong", {}, it.text);
    case "link":
      return web(it.url, it.text);
    case "reference": {
      const title = `${it.page}(${it.section})`;
      const leads = links.links[title];
      if (leads === undefined) return element("code", {}, title);
      return leads === "here" ? inner({ page: it.page, section: it.section }, title, links) : web(leads, title);
    }
  }
}

/** A name of a setting, a variable or a path. */
const CODE = /^(?:[$[]?[\w.-]+[=$/[_]|[$/]|[A-Z]+$)/;

/** A directive of the same page. */
function named(text: string, links: Links): HTMLElement | undefined {
  const [, name = "", value = ""] = /^([A-Za-z][\w.-]*=)(.*)$/.exec(text) ?? [];
  const anchor = links.anchors.get(name);
  if (anchor === undefined || links.own?.has(name)) return undefined;
  const { page } = links;
  return inner({ page: page.name, section: page.section, anchor }, element("code", {}, `${name}${value}`), links);
}

function inner(place: ManualPlace, label: Node | string, { follow }: Links): HTMLElement {
  const link = element("a", { href: "#" }, label);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    follow(place);
  });
  return link;
}

/** The editor opens addresses outside; anything but the web is no link. */
function web(url: string, label: string): HTMLElement {
  return /^https?:\/\//.test(url) ? element("a", { href: url, title: url }, label) : element("span", {}, label);
}
