import { existsSync, readFileSync } from "node:fs";
import { exposureWith, formatExposure } from "../../server/src/security/exposure.ts";
import { templateOf } from "../../server/src/units/index/target.ts";
import type { ProfileReport, Report } from "./examine.ts";
import { readFiles } from "./hardened.ts";
import { median } from "./report.ts";

/** What a published collection ships for a daemon of Debian. */
interface Expert {
  /** The name of its unit without `.service`. */
  readonly daemon: string;
  readonly exposure: Readonly<Record<string, number>>;
  readonly settings: Readonly<Record<string, readonly string[]>>;
}

const FILE = "../shared/experts.json";

const THEIRS = "shipped unit with the expert's settings";

/** The daemons for which experts publish settings; none where the file with them is not there. */
const experts = (): readonly Expert[] => (existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as Expert[]) : []);

const isAbout = (unit: string, { daemon }: Expert): boolean => templateOf(unit) === `${daemon}.service`;

/** Whether experts publish settings for a unit. */
export const isOfExperts = (unit: string): boolean => experts().some((it) => isAbout(unit, it));

/** A daemon under the profile strict and under the settings of an expert. */
interface Pair {
  readonly report: Report;
  readonly expert: Expert;
  readonly strict: ProfileReport;
  readonly level: number;
}

function pairsOf(reports: readonly Report[]): readonly Pair[] {
  const all = experts();
  return reports.flatMap((report) => {
    const expert = all.find((it) => isAbout(report.daemon.unit, it));
    const strict = report.profiles.find((it) => it.profile === "strict");
    const level = expert?.exposure[THEIRS];
    return expert && strict && level !== undefined ? [{ report, expert, strict, level }] : [];
  });
}

/** What goes with another user than root: the user, and the rights that only a start as root needs. */
const OF_USER = ["User", "DynamicUser", "AmbientCapabilities", "PrivateUsers", "RemoveIPC"] as const;

/** The lines by which an expert starts a daemon as another user; none where it starts as root there as well. */
function userLines({ settings }: Expert): readonly { readonly directive: string; readonly value: string }[] {
  if (!settings.User) return [];
  const of = (directive: string, value: string) => ({ directive, value });
  const rights = settings.CapabilityBoundingSet?.map((it) => of("CapabilityBoundingSet", it)) ?? [];
  const denied = settings.SystemCallFilter?.filter((it) => /^~(?:.* )?@privileged/.test(it)) ?? [];
  return [
    ...OF_USER.flatMap((name) => (settings[name] ?? []).map((it) => of(name, it))),
    ...(rights.length > 0 ? [of("CapabilityBoundingSet", ""), ...rights] : []),
    ...denied.map(() => of("SystemCallFilter", "~@privileged")),
  ];
}

/** Whether strict is no weaker once the daemon starts as the user that the expert gives it. */
function isWeakerByUser({ report, expert, strict, level }: Pair): boolean {
  const lines = userLines(expert);
  if (!report.shipped?.path || lines.length === 0) return false;
  const exposure = exposureWith(readFiles(report.shipped, strict.text), lines);
  return exposure !== undefined && Number(formatExposure(exposure)) <= level;
}

/** How the profile strict does compared with what experts publish; undefined where no such daemon was tried. */
export function besideExperts(reports: readonly Report[]): string | undefined {
  const pairs = pairsOf(reports);
  if (pairs.length === 0) return undefined;
  const works = pairs.filter((it) => it.strict.outcome.works).length;
  const [own, theirs] = [pairs.map((it) => it.strict.exposure), pairs.map((it) => it.level.toFixed(1))].map(median);
  const weaker = pairs.filter((it) => Number(it.strict.exposure) > it.level);
  const others = weaker.filter((it) => !isWeakerByUser(it));
  const named = others.map(
    ({ expert, strict, level }) => `${expert.daemon} ${strict.exposure} for ${level.toFixed(1)}`,
  );
  return [
    `of the ${experts().length} daemons that experts publish settings for ${pairs.length} were tried; strict keeps ${works}, with a median of ${own}, where theirs have ${theirs}`,
    `it is weaker for ${weaker.length}, apart from User= and the rights of root for ${others.length}${named.length > 0 ? `: ${named.join(", ")}` : ""}`,
  ].join("; ");
}
