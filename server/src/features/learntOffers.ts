import type { DirectiveName } from "../catalog/catalog.ts";
import type { Fix } from "../findings/finding.ts";
import { hardenedSection } from "../hardening/hardenedSection.ts";
import { heldLearnt } from "../hardening/heldLearnt.ts";
import { learntEdits } from "../hardening/learntEdits.ts";
import type { Learnt, LearntSetting } from "../learn/learnt.ts";
import { chosenSettings, type LearntAddition, type LearntParts, learntAddition } from "../learn/learntUnit.ts";
import { unlessHeld } from "../learn/settings/held.ts";
import { words } from "../service/settings.ts";
import { isLoaded } from "../units/loadedFiles.ts";
import { memo } from "../units/memo.ts";
import type { Unit } from "../units/unit.ts";
import { exposureGain, gainText } from "./gain.ts";

/** Something that was learnt and that a unit lacks, to be added in one step. */
export interface LearntOffer {
  /** The directive of a single setting, else which of them: `proven`, `all`, or those with a proposal. */
  readonly id: string;
  /** `proven` where all of it is. */
  readonly grade: "proven" | "seen";
  readonly lines: readonly string[];
  /** What a button says: "Add ProtectHome=tmpfs (proven)". */
  readonly title: string;
  readonly gain: string;
  /** What was seen, a sentence for each setting. */
  readonly evidence: readonly string[];
  /** What may break all the same. */
  readonly breaks: readonly string[];
}

/** The same with its change. */
export interface LearntStep extends LearntOffer {
  /** The lines under their headings. */
  readonly blocks: LearntAddition["blocks"];
  readonly fix: Fix;
}

/** All that was learnt and a service lacks. */
export interface LearntSteps {
  /** Several at once: the proven ones, all, and the proposals as a whole. */
  readonly several: readonly LearntStep[];
  /** Each setting with what belongs to it, in the order of a unit. */
  readonly single: readonly LearntStep[];
}

const NONE: LearntSteps = { several: [], single: [] };

/** What a service file lacks of what was learnt; nothing of a drop-in, and nothing that systemd would refuse. */
export const learntSteps: (unit: Unit) => LearntSteps = memo((unit: Unit) => {
  const learnt = isLoaded(unit) && hardenedSection(unit) ? heldLearnt(unit) : undefined;
  if (!learnt || learnt.refused !== undefined) return NONE;
  const plain = lacking(unit, learnt).filter((it) => it.part === "settings");
  const groups = new Map<string, LearntSetting[]>();
  for (const it of plain) groups.set(groupOf(it.key), [...(groups.get(groupOf(it.key)) ?? []), it]);
  const single = [...groups].flatMap(([id, own]) => stepOf(unit, id, own, {}, (head) => `Add ${head}`));
  return { several: several(unit, learnt, plain), single };
});

function several(unit: Unit, learnt: Learnt, plain: readonly LearntSetting[]): readonly LearntStep[] {
  const proven = plain.filter((it) => it.grade === "proven");
  const isMixed = proven.length > 0 && proven.length < plain.length;
  const [user, root] = (["user", "root"] as const).map((part) => proposalOf(unit, learnt, part));
  const all = (count: number): string => `Add all ${count}`;
  return [
    ...(proven.length > 1 ? stepOf(unit, "proven", proven, {}, (_, n) => `${all(n)} proven settings`, false) : []),
    ...(plain.length > 1 && (isMixed || proven.length === 0)
      ? stepOf(unit, "all", plain, {}, (_, n) => `${all(n)} learnt settings`)
      : []),
    ...(user
      ? stepOf(unit, "user", [...plain, ...user], { user: true }, (_, n) => `${all(n)}, with User=${user[0]?.value}`)
      : []),
    // What is missing in an empty root shows in a run only.
    ...(root?.every((it) => it.grade === "proven")
      ? stepOf(unit, "root", [...plain, ...root], { root: true }, (_, n) => `${all(n)}, with an empty root`)
      : []),
  ];
}

/** The settings of a proposal that hold together, where the unit has not taken it up. */
function proposalOf(unit: Unit, { settings }: Learnt, part: "user" | "root"): readonly LearntSetting[] | undefined {
  const own = settings.filter((it) => it.part === part);
  const isTaken = own.length === 0 || own.every((it) => isSaid(unit, it));
  return isTaken || own.some((it) => it.grade === "refused") ? undefined : own;
}

function stepOf(
  unit: Unit,
  id: string,
  settings: readonly LearntSetting[],
  parts: LearntParts,
  titled: (head: string, count: number) => string,
  isGraded = true,
): readonly LearntStep[] {
  const { lines, blocks } = learntAddition(unit, settings, parts);
  const edits = lines.length > 0 ? learntEdits(unit, settings, parts) : [];
  const effect = edits.length > 0 ? exposureGain(unit, edits) : undefined;
  if (!effect || effect.raises) return [];
  const chosen = chosenSettings(settings, parts);
  const grade = chosen.every((it) => it.grade === "proven") ? "proven" : "seen";
  const head = lines.find((it) => it.startsWith(`${id}=`) && it !== `${id}=`) ?? lines[0] ?? "";
  const others = new Set(lines.map((it) => it.replace(/=.*/s, "=")).filter((it) => !head.startsWith(it)));
  const named = `${head}${others.size > 0 ? ` with ${[...others].join(" and ")}` : ""}`;
  const title = `${titled(named, lines.length)}${isGraded ? ` (${grade})` : ""}`;
  return [
    {
      id,
      grade,
      lines,
      title,
      gain: gainText(effect),
      evidence: chosen.map((it) => (chosen.length > 1 ? `${it.key}=${it.value}: ${it.evidence}` : it.evidence)),
      breaks: [...new Set(chosen.flatMap((it) => it.mayBreak ?? []))],
      blocks,
      fix: { title, safe: false, sets: lines, edits: () => edits },
    },
  ];
}

/** The settings that were not refused and that the unit does not hold already. */
function lacking(unit: Unit, { settings }: Learnt): readonly LearntSetting[] {
  const offered = settings.filter((it) => it.grade !== "refused");
  return unlessHeld({ unit }, offered).filter((it) => WHOLE.test(it.key) || !isSaid(unit, it));
}

/** Lists of which all lines count together. */
const WHOLE = /^(?:CapabilityBoundingSet|RestrictAddressFamilies|RestrictNamespaces|SystemCallFilter)$/;

/** Whether a unit has all words of a setting. */
function isSaid(unit: Unit, { key, value }: LearntSetting): boolean {
  const own = words(unit, key as DirectiveName);
  return value !== "" && value.split(" ").every((it) => own.includes(it));
}

/** Settings that make sense with another one only, by that one. */
const COMPANIONS: readonly (readonly [pattern: RegExp, of: string])[] = [
  [/^(?:ReadWritePaths|(?:State|Cache|Logs|Runtime|Configuration)Directory(?:Mode|Preserve)?)$/, "ProtectSystem"],
  [/^SystemCallErrorNumber$/, "SystemCallFilter"],
  [/^DeviceAllow$/, "DevicePolicy"],
  [/^IPAddressAllow$/, "IPAddressDeny"],
];

const groupOf = (key: string): string => COMPANIONS.find(([pattern]) => pattern.test(key))?.[1] ?? key;
