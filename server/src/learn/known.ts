import { HOMES } from "../needs/homeFolders.ts";
import { readOnlyBy } from "../security/world/access.ts";
import type { Unit } from "../units/unit.ts";
import { isWithin } from "../values/path.ts";
import { withKernelRefusals } from "./kernelRefusals.ts";
import type { LearntSetting } from "./learnt.ts";
import { unlessHeld } from "./settings/held.ts";
import { OWN_TEMPORARY, TEMPORARY } from "./settings/homes.ts";
import { OF_READ_ONLY } from "./settings/identity.ts";
import { offered, refused } from "./settings/learnContext.ts";
import { withoutAddressList } from "./settings/networkSettings.ts";
import { listed } from "./settings/sentences.ts";
import { withServiceLines } from "./withServiceLines.ts";

/** What is known against a value of a setting, however well a run went. */
export interface KnownObjection {
  /** As hardening says it, the end of a sentence: `not safe for a file server: its shares may be anywhere`. */
  readonly reason: string;
  /** Whether that is only what has to hold, "if" and a clause, or a guess by words: a run counts then, and proves nothing. */
  readonly isDoubt?: true;
  /** Whether only the kind of program speaks against it. */
  readonly isOfKind?: true;
  /** A gentler value that the service bears, and what may break under that one. */
  readonly instead?: { readonly value: string; readonly mayBreak: string | undefined };
  /** Words that the list has to let through for the service to bear it. */
  readonly keeps?: readonly string[];
}

/** Answers what is known of a service without a run of it, for the value of one setting. */
export type KnownObjections = (key: string, value: string) => KnownObjection | undefined;

/**
 * What was learnt, held to what is known: what the service must not get is refused, a list lets through what such services
 * need, a gentler value stands for a stricter one, and what has to hold besides is said and never proven.
 */
export function withKnown(
  settings: readonly LearntSetting[],
  unit: Unit,
  known: KnownObjections,
): readonly LearntSetting[] {
  const all = settings.filter((it) => it.part === "settings").flatMap((it) => judged(it, known));
  const isOfKind = ({ key, value }: LearntSetting): boolean => known(key, value)?.isOfKind === true;
  const plain = withKernelRefusals(eachOnce(all), unit, isOfKind);
  const others = (["user", "root"] as const).flatMap((part) => proposalOf(settings, part, known));
  const held = withoutAddressList([...plain, ...temporaryRoom(settings, plain)]);
  return [...unlessHeld({ unit }, withoutRoom(held, unit)), ...others];
}

/** Lines of a list that the same gentler value stands for are one. */
const eachOnce = (settings: readonly LearntSetting[]): readonly LearntSetting[] =>
  settings.filter(
    ({ key, value, grade }, i) =>
      settings.findIndex((it) => it.key === key && it.value === value && it.grade === grade) === i,
  );

/** What a service makes in /tmp stays possible where it does not get one of its own after all. */
function temporaryRoom(settings: readonly LearntSetting[], plain: readonly LearntSetting[]): readonly LearntSetting[] {
  const own = settings.find((it) => it.key === "PrivateTmp" && it.evidence === OWN_TEMPORARY);
  const isGiven = plain.some((it) => it.key === "PrivateTmp" && it.grade !== "refused" && !it.known);
  if (!own || isGiven) return [];
  return TEMPORARY.map((it) => offered("ReadWritePaths", `-${it}`, "makes files in /tmp or /var/tmp", own.sights));
}

/** One setting held to it, without what it means for others. */
export function judged(it: LearntSetting, known: KnownObjections): readonly LearntSetting[] {
  const found = it.grade === "refused" || it.known ? undefined : known(it.key, it.value);
  if (!found) return [it];
  const { reason, instead, keeps, isDoubt } = found;
  if (isDoubt) return [{ ...it, grade: "seen", known: true, mayBreak: joined(it.mayBreak, doubtText(reason)) }];
  if (instead) {
    const gentler = changed(it, instead.value, `${it.key}=${it.value} is ${reason}`);
    return judged({ ...gentler, mayBreak: instead.mayBreak }, known);
  }
  if (!keeps) return [{ ...it, grade: "refused", known: true, evidence: reason, sights: [], mayBreak: undefined }];
  if (!it.value.startsWith("~")) {
    const all = [...new Set([...words(it.value), ...keeps])].sort();
    return judged(changed(it, all.join(" "), `fewer are ${reason}`), known);
  }
  const rest = words(it.value.slice(1)).filter((word) => !keeps.includes(word));
  if (rest.length === 0) return [];
  return judged(changed(it, `~${rest.join(" ")}`, `to take ${listed(keeps)} is ${reason}`), known);
}

const doubtText = (reason: string): string =>
  reason.startsWith("if ") ? `Known to hold only ${reason}.` : `It may be ${reason}.`;

/** The same with another value, and why. */
const changed = (it: LearntSetting, value: string, why: string): LearntSetting => ({
  ...it,
  value,
  evidence: `${it.evidence}; ${why}`,
});

const words = (value: string): readonly string[] => value.split(/\s+/).filter((it) => it !== "");

const joined = (...sentences: readonly (string | undefined)[]): string =>
  sentences.filter((it) => it !== undefined).join(" ");

/** Settings by which a proposal stands or falls: it takes as much as they do. */
const AS_MUCH_AS = {
  user: {
    key: "User",
    of: [
      ["DynamicUser", "yes"],
      ["NoNewPrivileges", "yes"],
    ],
  },
  root: {
    key: "RootDirectory",
    of: [
      ["TemporaryFileSystem", "/:ro"],
      ["ProtectSystem", "strict"],
    ],
  },
} as const;

/** A proposal as it is, or the one line that says what is known against it. */
function proposalOf(
  settings: readonly LearntSetting[],
  part: keyof typeof AS_MUCH_AS,
  known: KnownObjections,
): readonly LearntSetting[] {
  const own = settings.filter((it) => it.part === part);
  if (own.length === 0 || own.some((it) => it.grade === "refused")) return own;
  const { key, of } = AS_MUCH_AS[part];
  const against = of.map(([name, value]) => known(name, value)).find((it) => it && !it.isDoubt);
  const value = own.find((it) => it.key === key)?.value ?? "";
  return against ? [{ ...refused(key, value, against.reason), known: true, part }] : own;
}

/** Lines that make room in a system that is read-only. */
const ROOM = /^(?:ReadWritePaths|(?:State|Cache|Logs|Runtime)Directory(?:Mode|Preserve)?)$/;

/** The same without lines that open what nothing closes any more, and without what rests on its being closed. */
function withoutRoom(settings: readonly LearntSetting[], unit: Unit): readonly LearntSetting[] {
  const held = settings.filter((it) => it.grade !== "refused");
  const system = held.find((it) => it.key === "ProtectSystem")?.value;
  if (system === "strict" || !settings.some((it) => it.key === "ProtectSystem")) return settings;
  const closing = withServiceLines(unit, system === undefined ? [] : [`ProtectSystem=${system}`]);
  const isHomeClosed = held.some((it) => it.key === "ProtectHome");
  return settings.filter((it) => {
    if (OF_READ_ONLY.has(it.evidence)) return false;
    if (!ROOM.test(it.key) || it.grade === "refused") return true;
    if (it.key !== "ReadWritePaths") return false;
    const path = it.value.replace(/^"?-/, "").replace(/"$/, "");
    if (HOMES.some((home) => isWithin(path, home))) return isHomeClosed;
    return readOnlyBy(closing, path) !== undefined;
  });
}
