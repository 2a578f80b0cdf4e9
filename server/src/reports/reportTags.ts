import type { Group, Item, Remark, Report, ReportBlock, ReportOffer } from "./model.ts";
import { type Child, type PageTag, tableTag, tag } from "./tag.ts";

/** Where a report is shown. */
export interface ReportPlace {
  /** Its heading is of this level, those of its groups of the next. */
  readonly level: 1 | 2;
  /** Whether there are buttons, and names for what keeps its state while the report is drawn again. */
  readonly isInteractive: boolean;
}

/** The number of a report with its name and level. */
export function scoreTag({ title, tone, number, level }: Report, place: ReportPlace): PageTag {
  const text = tag("div", {}, tag(`h${place.level}`, {}, title), tag("div", { class: "level" }, level));
  const role = place.isInteractive ? "status" : undefined;
  return tag("header", { class: `score ${tone}`, role }, tag("div", { class: "number" }, number), text);
}

/** A part of a report as a part of a page. */
export function blockTags(block: ReportBlock, place: ReportPlace): Child {
  switch (block.kind) {
    case "notes":
      return tag("section", { class: "notes" }, ...block.lines.map((it) => tag("p", {}, it)));
    case "remarks":
      return block.remarks.map(({ text, look }) => tag("p", { class: look }, text));
    case "steps":
      return tag("div", { class: "steps" }, ...block.steps.map((it) => offerTag(it, place)));
    case "items":
      return tag("ul", { class: "offers" }, ...block.items.map((it) => itemTag(it, place)));
    case "checks":
      return tableTag(
        undefined,
        { mark: "", ...block.heads, bar: "" },
        block.items.map((it) => checkTag(it, place)),
      );
    case "group":
      return groupTag(block, place);
  }
}

function groupTag({ id, title, count, isFolded, blocks }: Group, place: ReportPlace): PageTag {
  const shown = count === undefined ? title : `${title} (${count})`;
  const content = blocks.map((it) => blockTags(it, place));
  const named = (name: string): string | undefined => (place.isInteractive ? name : undefined);
  if (isFolded) return tag("details", { id: named(id) }, tag("summary", {}, shown), ...content);
  const head = tag(`h${place.level + 1}`, { id: named(`head-${id}`) }, shown);
  return tag("section", { class: `group ${id}`, "aria-labelledby": named(`head-${id}`) }, head, ...content);
}

function itemTag({ look, title, offer, remarks = [], sample }: Item, place: ReportPlace): PageTag {
  const seen = sample === undefined ? undefined : tag("code", { class: "sample" }, sample);
  const head = title && (title.as === "text" ? title.text : tag(title.as, {}, title.text));
  return tag("li", { class: look }, head, offer && offerTag(offer, place), ...remarks.map(remarkTag), seen);
}

const remarkTag = ({ text, look }: Remark): PageTag => tag("div", { class: look }, text);

function offerTag({ id, title, lines, gain, fix, weight, tags = [] }: ReportOffer, place: ReportPlace): PageTag {
  const button = { ...tag("button", { class: `fix ${weight ?? ""}`, id }, title), fix };
  const settings = lines?.map((it) => tag("code", {}, it)) ?? [tag("span", {}, title)];
  return tag(
    "div",
    { class: "offer" },
    ...(place.isInteractive ? [button] : settings),
    gain === undefined ? undefined : tag("span", { class: "gain" }, gain),
    ...tags.map(({ text, reason }) => tag("span", { class: "tag", title: reason }, text)),
  );
}

function checkTag({ look, title, remarks = [], offer, check }: Item, place: ReportPlace): PageTag {
  const { id = "", mark, state, cost = "", share = 0, label } = check ?? {};
  const link = { href: title?.url, id: place.isInteractive ? `link-${id}` : undefined };
  const name = title?.url === undefined ? tag("strong", {}, title?.text) : tag("a", link, title.text);
  return tag(
    "tr",
    { class: look },
    tag("td", { class: "mark", "aria-label": state }, mark),
    tag("td", { class: "check" }, name, ...remarks.map(remarkTag), offer && offerTag(offer, place)),
    tag("td", { class: "cost" }, cost),
    tag("td", { class: "bar" }, cost === "" ? undefined : shareBar(share, label)),
  );
}

/** A bar that is filled from 0 to 1; without a label it only repeats a number. */
export function shareBar(share: number, label?: string): PageTag {
  const width = `${Math.round(Math.max(0, Math.min(1, share)) * 100)}%`;
  const role = label === undefined ? undefined : "img";
  return tag(
    "div",
    { class: "track", role, "aria-label": label },
    tag("div", { class: "fill", style: `width: ${width}` }),
  );
}
