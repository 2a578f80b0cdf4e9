import { existsSync, readFileSync } from "node:fs";
import { templateOf } from "../../server/src/units/index/target.ts";
import type { Report } from "./examine.ts";
import { median } from "./report.ts";

/** What a published collection ships for a daemon of Debian. */
interface Expert {
  /** The name of its unit without `.service`. */
  readonly daemon: string;
  readonly exposure: Readonly<Record<string, number>>;
}

const FILE = "../shared/experts.json";

const THEIRS = "shipped unit with the expert's settings";

/** The daemons for which experts publish settings; none where the file with them is not there. */
const experts = (): readonly Expert[] => (existsSync(FILE) ? (JSON.parse(readFileSync(FILE, "utf8")) as Expert[]) : []);

const isAbout = (unit: string, { daemon }: Expert): boolean => templateOf(unit) === `${daemon}.service`;

/** Whether experts publish settings for a unit. */
export const isOfExperts = (unit: string): boolean => experts().some((it) => isAbout(unit, it));

/** How the profile strict does compared with what experts publish; undefined where no such daemon was tried. */
export function besideExperts(reports: readonly Report[]): string | undefined {
  const all = experts();
  const pairs = reports.flatMap((report) => {
    const expert = all.find((it) => isAbout(report.daemon.unit, it));
    const strict = report.profiles.find((it) => it.profile === "strict");
    const level = expert?.exposure[THEIRS];
    return strict && level !== undefined ? [{ strict, level }] : [];
  });
  if (pairs.length === 0) return undefined;
  const works = pairs.filter((it) => it.strict.outcome.works).length;
  const [own, theirs] = [pairs.map((it) => it.strict.exposure), pairs.map((it) => it.level.toFixed(1))].map(median);
  return `of the ${all.length} daemons that experts publish settings for ${pairs.length} were tried; strict keeps ${works}, with a median of ${own}, where theirs have ${theirs}`;
}
