import { type DirectiveName, directive } from "../catalog/catalog.ts";
import { directiveUrl } from "../catalog/manualLink.ts";
import { heldSettings } from "../hardening/hardening.ts";
import type { Unwanted } from "../hardening/ownHardening.ts";
import type { Profile } from "../hardening/profiles.ts";
import { CHECKS } from "../security/checks.ts";
import { type AssessedCheck, assess, formatExposure, tableNameOf } from "../security/exposure.ts";
import { largest } from "../text/extremes.ts";
import { isTemplate } from "../units/template/isTemplate.ts";
import { mergedAssignments, type Unit } from "../units/unit.ts";
import { checkFix } from "./checkFix.ts";
import { costOf, exposureGain, gainText } from "./gain.ts";
import { type Caution, cautionOf, noLineReason } from "./mayBreak.ts";
import { type MissingIn, missingIn } from "./missingIn.ts";
import { reportedProfile, type SafeOffer, type SafeStep, safeOffers, safeSteps } from "./safeOffers.ts";
import { type ShownLearnt, shownLearnt } from "./shownLearnt.ts";
import { loadingSentence } from "./unitStatus.ts";

/** One check of the exposure level, for people. */
export interface ReportRow {
  /** systemd's name of the check. */
  readonly id: string;
  /** What the check looks at, such as `ProtectHome=`. */
  readonly title: string;
  readonly state: "failed" | "passed" | "not-applicable";
  /** What it adds to the exposure, as systemd shows it; empty where it adds nothing. */
  readonly cost: string;
  /** The same as a share of the dearest check, from 0 to 1. */
  readonly share: number;
  readonly sentence: string;
  /** The manual's entry. */
  readonly url?: string;
  /** The directive of the safe setting that makes it better. */
  readonly safe?: string;
  /** What would make it better, but needs a decision. */
  readonly fix?: ReportFix;
  /** Why there is nothing to press for a check that failed. */
  readonly stuck?: string;
}

/** A line that a reader may add after weighing what may break. */
export interface ReportFix extends Caution {
  readonly line: string;
  /** "Add PrivateNetwork=yes anyway". */
  readonly title: string;
  /** The exposure before and after, or what else is gained. */
  readonly gain: string;
}

/** The exposure of one unit, for people. */
export interface ExposureReport {
  readonly name: string;
  readonly user: boolean;
  /** Tenths, as systemd counts; missing where systemd refuses the unit. */
  readonly exposure?: number;
  readonly level?: { readonly name: string; readonly emoji: string };
  /** What is loaded besides its file, or instead of the one that was asked for. */
  readonly loaded?: string;
  /** Why systemd refuses the unit. */
  readonly messages: readonly string[];
  /** How much of the reader's profile it lacks. */
  readonly missing: MissingIn;
  /** What adds all safe settings at once, the reader's profile first. */
  readonly all: readonly SafeStep[];
  /** What is safe to add, each setting for itself. */
  readonly safe: readonly SafeOffer[];
  /** What runs of the service have shown; missing where no file next to the unit says it. */
  readonly learnt?: ShownLearnt;
  /** The dearest first. */
  readonly rows: readonly ReportRow[];
  /** Where the exposure level and what really protects differ. */
  readonly notes: readonly string[];
}

const DIRECTIVES = new Map<string, DirectiveName>(CHECKS.map((it) => [it.id, it.directive]));

/** Everything about a unit's exposure; what is safe is that of the reader's profile, without what is switched off. */
export function exposureReport(unit: Unit, profile: Profile = "basic", unwanted?: Unwanted): ExposureReport {
  const { exposure, level, messages, checks } = assess(unit);
  const dearest = largest(checks.map(costOf), 1);
  const safe = exposure === undefined ? [] : safeOffers(unit, profile, unwanted);
  const learnt = shownLearnt(unit);
  const loaded = loadingSentence(unit);
  const rows = checks
    .map((check) => ({ cost: costOf(check), row: rowOf(unit, check, dearest, safe) }))
    .sort((a, b) => b.cost - a.cost)
    .map((it) => it.row);
  return {
    name: unit.path.name ?? "unit.service",
    user: unit.path.scope === "user",
    ...(exposure === undefined ? {} : { exposure }),
    ...(level ? { level } : {}),
    ...(loaded === undefined ? {} : { loaded }),
    messages,
    missing: missingIn(unit, reportedProfile(profile), unwanted),
    all: exposure === undefined ? [] : safeSteps(unit, profile, unwanted),
    safe,
    ...(learnt ? { learnt } : {}),
    rows,
    notes: exposure === undefined ? [] : notesOf(unit, exposure, checks),
  };
}

function rowOf(unit: Unit, check: AssessedCheck, dearest: number, safe: readonly SafeOffer[]): ReportRow {
  const { id, badness, exposure, text: sentence } = check;
  const known = directive("Service", DIRECTIVES.get(id) ?? "");
  const url = known && directiveUrl(known, unit.version);
  return {
    id,
    title: tableNameOf(id),
    state: badness === undefined ? "not-applicable" : badness === 0 ? "passed" : "failed",
    cost: exposure ?? "",
    share: costOf(check) / dearest,
    sentence: `${sentence}.`,
    ...(url ? { url } : {}),
    ...(badness ? answerOf(unit, check, safe) : {}),
  };
}

/** What is offered for a check that failed: a safe setting, a line to decide on, or a reason why neither. */
function answerOf(
  unit: Unit,
  { id, fix }: AssessedCheck,
  safe: readonly SafeOffer[],
): Pick<ReportRow, "safe" | "fix" | "stuck"> {
  // A setting of that name comes before others that happen to bring the same along.
  const offers = safe.filter((it) => it.passes.includes(id));
  const offer = offers.find((it) => it.directive === DIRECTIVES.get(id)) ?? offers[0];
  if (offer) return { safe: offer.directive };
  const user = unit.path.scope === "user";
  const hasFix = CHECKS.some((it) => it.id === id && it.fixForSystemOnly);
  if (fix === undefined) return { stuck: noLineReason(id, user, hasFix) };
  const edits = checkFix(unit, id);
  const effect = edits.length > 0 ? exposureGain(unit, edits, [fix]) : undefined;
  if (!effect) return { stuck: `With ${fix} systemd would refuse the unit.` };
  if (effect.raises)
    return {
      stuck: `${fix} would raise the exposure here (${gainText(effect)}): it would merge with another list of the unit.`,
    };
  if (!effect.passes.includes(id))
    return {
      stuck:
        unit.dropIns.length > 0
          ? "A drop-in overrides this, so a line in this file has no effect."
          : noLineReason(id, user, false),
    };
  const verb = edits.some((it) => it.start < it.end) ? "Change to" : "Add";
  const name = DIRECTIVES.get(id);
  return {
    fix: {
      line: fix,
      title: `${verb} ${fix} anyway`,
      gain: gainText(effect),
      ...(name ? cautionOf(unit, name, fix) : { breaks: "" }),
    },
  };
}

/** What the number does not know, or shows differently elsewhere. */
function notesOf(unit: Unit, exposure: number, checks: readonly AssessedCheck[]): string[] {
  const notes: string[] = [];
  if (isTemplate(unit))
    notes.push("This is a template: the level and what is missing are told as far as it shows them.");
  const failed = new Set(checks.filter((it) => it.badness).map((it) => DIRECTIVES.get(it.id)));
  const covered = unit.path.scope === "system" ? heldSettings(unit).filter((name) => failed.has(name)) : [];
  const written = covered.filter((name) => mergedAssignments(unit, "Service", name).length > 0);
  const equalled = covered.filter((name) => !written.includes(name));
  const names = (of: readonly string[]): string => of.map((it) => `${it}=`).join(", ");
  if (equalled.length > 0) {
    notes.push(
      `The level counts ${names(equalled)} as missing, but other settings of this unit have the same effect, so there is no finding.`,
    );
  }
  if (written.length > 0) {
    notes.push(`The exposure level requires more than this unit sets with ${names(written)}, but there is no finding.`);
  }
  if (unit.path.scope === "user") {
    notes.push(
      "The exposure level is designed for system services: some of its checks have no effect in a user service.",
    );
  }
  // Of interest only to those who compare numbers.
  const running = assess(unit, { running: true }).exposure;
  if (running !== undefined && running !== exposure) {
    notes.push(
      `For the running service systemd-analyze security shows ${formatExposure(running)}: there an unset PrivateMounts= counts as off, here as on.`,
    );
  }
  return notes;
}
