import type { Group, Item, Readership, ReportBlock, ReportOffer } from "../reports/model.ts";
import type { LearntOffer } from "./learntOffers.ts";
import type { RefusedSetting, ShownLearnt } from "./shownLearnt.ts";

/** What runs of a service have shown: what can be added with its evidence, what they speak against, what they cannot show. */
export function learntGroup(learnt: ShownLearnt | undefined, to: Readership): readonly Group[] {
  if (!learnt) return [];
  const { summary, outdated, contradictions, several, single, refused, held, unknown } = learnt;
  const { t } = to;
  const stale = outdated ? [t("The unit now runs something else than what was observed.")] : [];
  const against = [...stale, ...contradictions].map((text) => ({ look: "against" as const, text }));
  const blocks: readonly ReportBlock[] = [
    { kind: "remarks", remarks: [{ look: "sentence", text: summary }, ...against] },
    { kind: "steps", steps: several.map((it, i) => ({ ...offerOf(it), ...(i === 0 ? { weight: "primary" } : {}) })) },
    ...folded("learnt-single", t("Each setting with its evidence"), single, (it) => offerItem(it, to)),
    ...folded("learnt-refused", t("Refused by the run"), refused, refusedItem),
    ...folded("learnt-held", t("Learnt settings that the unit has"), held, (text) => ({ title: { text, as: "code" } })),
    ...folded("learnt-unknown", t("What a run cannot show"), unknown, (text) => ({
      look: "sentence",
      title: { text, as: "text" },
    })),
  ];
  return [{ kind: "group", id: "learnt", title: t("Learnt from a run"), blocks }];
}

function folded<T>(id: string, title: string, all: readonly T[], item: (it: T) => Item): readonly Group[] {
  const blocks: readonly ReportBlock[] = [{ kind: "items", items: all.map(item) }];
  return all.length === 0 ? [] : [{ kind: "group", id, title, count: all.length, isFolded: true, blocks }];
}

const offerOf = ({ id, title, lines, gain }: LearntOffer): ReportOffer => ({
  ...{ id: `learnt-${id}`, title, lines, gain, fix: { learnt: id } },
});

function offerItem(offer: LearntOffer, { t, isInteractive }: Readership): Item {
  const { grade, evidence, breaks } = offer;
  return {
    look: grade,
    // A button names the grade in its title.
    offer: { ...offerOf(offer), tags: isInteractive ? [] : [{ text: grade }] },
    remarks: [
      ...evidence.map((text) => ({ look: "sentence" as const, text })),
      ...breaks.map((it) => ({ look: "caution" as const, text: t("May break: {0}", it) })),
    ],
  };
}

const refusedItem = ({ line, evidence, sample }: RefusedSetting): Item => ({
  ...{ look: "refused", title: { text: line, as: "code" }, sample },
  remarks: [{ look: "against", text: evidence }],
});
