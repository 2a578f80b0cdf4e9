import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HardeningDirective } from "../../../server/src/hardening/profiles.ts";
import { settingRead, USUAL_OF } from "../../../server/src/hardening/settingRead.ts";
import { factsOf } from "../../../server/src/service/facts.ts";
import type { Unit } from "../../../server/src/units/unit.ts";
import { breaks, lacking, read } from "../../../test/hardening/services/judged.ts";
import { OTHERS, STRANGERS, type StrangeService } from "../../../test/hardening/services/lists.ts";
import { addedIn, median, table } from "../outcome.ts";
import { LANGUAGES, type LanguageName } from "./stubLanguages.ts";
import { type StubbedService, stubbed } from "./stubService.ts";

/** The first step of one service. */
export interface FirstStep {
  readonly added: number;
  /** Words of its list that it breaks. */
  readonly broken: readonly string[];
  readonly missing: readonly string[];
}

/** A service with its first step, and that with a stub where one stands for its program. */
export interface JudgedStub {
  readonly file: string;
  readonly language: LanguageName | undefined;
  readonly wanted: number;
  readonly without: FirstStep;
  readonly with: FirstStep;
  /** What the files of the stub say of each setting that is missing with it. */
  readonly reasons: readonly (readonly [setting: HardeningDirective, reason: Reason])[];
}

/** Why a setting is missing: there is no stub, or what its files say of the setting. */
type Reason = (typeof REASONS)[number];

const REASONS = ["no stub", "silent", "open", "against", "for", "not shown by programs"] as const;

/** The services of all lists, each with its number. */
export const ALL_STRANGERS: readonly StrangeService[] = [...STRANGERS, ...OTHERS].flatMap(([, services]) => services);

function firstStep(service: StrangeService, unit: Unit): FirstStep {
  const lines = addedIn(unit, "safe").map(({ line }) => line);
  return {
    added: lines.length,
    broken: service.never.filter((it) => breaks(it, lines)),
    missing: lacking(service, "safe", unit),
  };
}

/** Judges a service with and without a stub, whose language and ways follow from the number. */
export function judgedStub(service: StrangeService, number: number, languages: readonly LanguageName[]): JudgedStub {
  const root = mkdtempSync(join(tmpdir(), "unit-warden-stub-"));
  try {
    const stub = stubbed(service, root, number, languages);
    return judged(service, stub);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function judged(service: StrangeService, stub: StubbedService | undefined): JudgedStub {
  const without = firstStep(service, read(service));
  const withStub = stub ? firstStep(stub.service, stub.unit) : without;
  return {
    file: service.file,
    language: stub?.language,
    wanted: service.must.length,
    without,
    with: withStub,
    reasons: (withStub.missing as readonly HardeningDirective[]).map((it) => [it, reasonOf(it, stub)]),
  };
}

const reasonOf = (setting: HardeningDirective, stub: StubbedService | undefined): Reason =>
  stub
    ? (settingRead(setting, factsOf(stub.unit), USUAL_OF[setting] ?? "yes")?.says ?? "not shown by programs")
    : "no stub";

const HEAD = [
  ...["program", "services", "wanted", "missing without", "missing with", "broken without", "broken with"],
  ...["added without", "added with", "median without", "median with"],
];

/** The first step of all services of the lists with their programs as stubs and without, by language. */
export function stubsReport(seed: number): string {
  const names = Object.keys(LANGUAGES) as LanguageName[];
  const all = ALL_STRANGERS.map((it, i) => judgedStub(it, i + seed, names));
  const rows = [...names, undefined].flatMap((language) => {
    const own = all.filter((it) => it.language === language);
    return own.length > 0 ? [rowOf(language ?? "no stub", own)] : [];
  });
  const broken = all.filter((it) => it.with.broken.length > 0);
  return [
    "## Services with their programs as stubs\n",
    table(HEAD, [...rows, rowOf("all", all)]),
    "\n## What is missing with them, by what their files say of it\n",
    missingTable(all),
    ...broken.map((it) => `\n${it.file} (${it.language}): ${it.with.broken.join(" ")}`),
  ].join("\n");
}

/** How many settings are missing for which reason, the most first. */
function missingTable(all: readonly JudgedStub[]): string {
  const reasons = all.flatMap((it) => it.reasons);
  const settings = [...new Set(reasons.map(([setting]) => setting))];
  const rows = settings.map((setting) => {
    const own = reasons.filter((it) => it[0] === setting);
    return [setting, own.length, ...REASONS.map((reason) => own.filter((it) => it[1] === reason).length)] as const;
  });
  const sums = REASONS.map((reason) => reasons.filter((it) => it[1] === reason).length);
  const sorted = rows.toSorted((a, b) => b[1] - a[1]);
  return table(["setting", "missing", ...REASONS], [...sorted, ["all", reasons.length, ...sums]]);
}

function rowOf(name: string, all: readonly JudgedStub[]): readonly (string | number)[] {
  const sum = (of: (it: JudgedStub) => number): number => all.reduce((n, it) => n + of(it), 0);
  const each = (of: (it: FirstStep) => number): readonly number[] => [
    sum((it) => of(it.without)),
    sum((it) => of(it.with)),
  ];
  return [
    ...[name, all.length, sum((it) => it.wanted)],
    ...each((it) => it.missing.length),
    ...each((it) => it.broken.length),
    ...each((it) => it.added),
    ...[all.map((it) => it.without.added), all.map((it) => it.with.added)].map((it) =>
      Number(median(it.map((n) => n * 10))),
    ),
  ];
}
