import type { LearntOffer } from "../../server/src/features/learntOffers.ts";
import type { RefusedSetting, ShownLearnt } from "../../server/src/features/shownLearnt.ts";
import { element } from "./dom.ts";
import type { FromPage } from "./messages.ts";
import { t } from "./texts.ts";

type Send = (message: FromPage) => void;

/** What runs of a service have shown: what can be added with its evidence, what they speak against, what they cannot show. */
export function learntSection(learnt: ShownLearnt, uri: string, send: Send): HTMLElement {
  const { summary, outdated, contradictions, several, single, refused, held, unknown } = learnt;
  const lines = (texts: readonly string[], kind: string): HTMLElement | undefined =>
    texts.length === 0 ? undefined : element("div", {}, ...texts.map((it) => element("div", { class: kind }, it)));
  return element(
    "section",
    { class: "group learnt", "aria-labelledby": "head-learnt" },
    element("h2", { id: "head-learnt" }, t("Learnt from a run")),
    element("p", { class: "sentence" }, summary),
    outdated
      ? element("p", { class: "against" }, t("The unit now runs something else than what was observed."))
      : undefined,
    lines(contradictions, "against"),
    element("div", { class: "steps" }, ...several.map((it, i) => button(it, i === 0 ? "primary" : "", uri, send))),
    folded(
      "learnt-single",
      t("Each setting with its evidence ({0})", single.length),
      single.map((it) => offer(it, uri, send)),
    ),
    folded("learnt-refused", t("Refused by the run ({0})", refused.length), refused.map(refusal)),
    folded(
      "learnt-held",
      t("Learnt settings that the unit has ({0})", held.length),
      held.map((it) => element("li", {}, element("code", {}, it))),
    ),
    folded(
      "learnt-unknown",
      t("What a run cannot show ({0})", unknown.length),
      unknown.map((it) => element("li", { class: "sentence" }, it)),
    ),
  );
}

function folded(id: string, title: string, items: readonly HTMLElement[]): HTMLElement | undefined {
  if (items.length === 0) return undefined;
  // What the reader opened stays open as the page is drawn again.
  const before = document.getElementById(id);
  const open = before instanceof HTMLDetailsElement && before.open ? { open: "" } : {};
  return element(
    "details",
    { id, ...open },
    element("summary", {}, title),
    element("ul", { class: "offers" }, ...items),
  );
}

function button({ id, title, gain }: LearntOffer, kind: string, uri: string, send: Send): HTMLElement {
  const press = element("button", { class: `fix ${kind}`, id: `learnt-${id}` }, title);
  press.addEventListener("click", () => send({ kind: "fix", fix: { uri, learnt: id } }));
  return element("div", { class: "offer" }, press, element("span", { class: "gain" }, gain));
}

function offer(it: LearntOffer, uri: string, send: Send): HTMLElement {
  return element(
    "li",
    { class: it.grade },
    button(it, "", uri, send),
    ...it.evidence.map((line) => element("div", { class: "sentence" }, line)),
    ...it.breaks.map((line) => element("div", { class: "caution" }, t("May break: {0}", line))),
  );
}

function refusal({ line, evidence, sample }: RefusedSetting): HTMLElement {
  return element(
    "li",
    { class: "refused" },
    element("code", {}, line),
    element("div", { class: "against" }, evidence),
    sample === undefined ? undefined : element("code", { class: "sample" }, sample),
  );
}
