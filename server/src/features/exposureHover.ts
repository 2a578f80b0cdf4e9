import type { Profile } from "../hardening/hardening.ts";
import { byReason, type LeftOut, leftOut } from "../hardening/leftOut.ts";
import { missingText, someWeak } from "../hardening/missingText.ts";
import { advice } from "../hardening/suggestions/advice.ts";
import { bullets, code, join, literal, type Prose, plainProse, sentence, strong } from "../reports/markup.ts";
import { assess, formatExposure, tableNameOf } from "../security/exposure.ts";
import type { Unit } from "../units/unit.ts";
import { gainOf, inShort } from "./exposure.ts";
import { costOf } from "./gain.ts";
import { safeSingles } from "./hardeningActions.ts";

/** How many gains a hover names, and how many settings that are not added for one reason. */
const MOST = 5;

/** The exposure of a service, what would lower it most, and what is not added and why; about ten lines. */
export function describeExposure(unit: Unit, profile: Profile): Prose {
  const assessment = assess(unit);
  if (assessment.exposure === undefined) return plainProse(`${assessment.messages.join("; ")}.`);
  const level = join(
    [
      strong(inShort(assessment)),
      plainProse("is the exposure as systemd-analyze security computes it, from 0 (locked down) to 10."),
    ],
    " ",
  );
  const gains = gainsOf(unit, profile);
  return join([level, ...(gains.length > 0 ? gains : [dearestOf(unit)]), ...notAdded(unit, profile)], "\n\n");
}

/** The safe settings that buy most, each with the exposure that it leads to, and what all of them buy. */
function gainsOf(unit: Unit, profile: Profile): Prose[] {
  if (profile === "off") return [];
  const found = advice(unit, profile).filter((it) => it.advice !== undefined && it.withheld === undefined);
  const ranked = safeSingles(unit, found).filter((it) => it.gain > 0);
  const biggest = ranked.toSorted((a, b) => b.gain - a.gain).slice(0, MOST);
  if (biggest.length === 0) return [];
  const all = found.flatMap((it) => it.fixes).find((it) => it.many);
  const sum = all && gainOf(unit, all.sets ?? [], all.edits());
  const rows = biggest.map(({ fix: { sets = [] }, after }) =>
    sentence(code(sets[0] ?? ""), plainProse(`→ ${formatExposure(after)}`)),
  );
  const lines = all?.sets ?? biggest.flatMap(({ fix }) => fix.sets ?? []);
  const title = `${missingText({ safe: lines.length }, { weak: someWeak(found), gain: sum })}, above all:`;
  const named = new Set(biggest.flatMap(({ fix: { sets = [] } }) => sets.map(nameIn)));
  const others = [...new Set((all?.sets ?? []).map(nameIn))].filter((it) => !named.has(it));
  const more = others.length > 0 ? [join([plainProse("Then:"), join(others.map(code), ", ")], " ")] : [];
  return [join([plainProse(title), bullets(rows)], "\n"), ...more];
}

const nameIn = (line: string): string => line.slice(0, line.indexOf("=") + 1);

/** What most of the exposure comes from, where nothing more is known to be safe. */
function dearestOf(unit: Unit): Prose | undefined {
  const dearest = assess(unit)
    .checks.filter((it) => it.exposure !== undefined)
    .sort((a, b) => costOf(b) - costOf(a))
    .slice(0, MOST)
    .map((it) => join([code(tableNameOf(it.id)), plainProse(it.exposure ?? "")], " "));
  return dearest.length > 0 ? join([plainProse("Mostly from:"), join(dearest, ", ")], " ") : undefined;
}

/** What the profile asks for and does not add: what is likely to be safe, what is left to decide, and what the service cannot bear. */
function notAdded(unit: Unit, profile: Profile): (Prose | undefined)[] {
  const rest = profile === "off" ? [] : leftOut(unit, profile);
  const of = (kind: LeftOut["kind"]): readonly LeftOut[] => rest.filter((it) => it.kind === kind);
  const against = [...byReason(of("against"))].map(([reason, group]) =>
    join([namesOf(group), plainProse(`${reason}.`)], ": "),
  );
  return [
    titled("Likely to be safe, which `unit-warden try --likely` tests:", of("likely")),
    titled("Open decisions:", of("open")),
    against.length > 0 ? bullets(against.slice(0, MOST)) : undefined,
  ];
}

function titled(title: string, settings: readonly LeftOut[]): Prose | undefined {
  return settings.length === 0 ? undefined : join([literal(title), namesOf(settings)], " ");
}

function namesOf(settings: readonly LeftOut[]): Prose {
  const names = settings.slice(0, MOST).map(({ line }) => code(nameIn(line)));
  const more = settings.length > MOST ? plainProse(`and ${settings.length - MOST} more`) : undefined;
  return join([join(names, ", "), more], " ");
}
