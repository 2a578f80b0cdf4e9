import { type Assessment, formatExposure, levelOf, tableNameOf } from "../security/exposure.ts";
import { portablePath } from "./reportPath.ts";

/** The exposure of one service: in tenths, null where systemd refuses it. */
export interface KnownExposure {
  readonly path: string;
  readonly exposure: number | null;
  /** How bad each check is by its id, as far as the report says it. */
  readonly badness: ReadonlyMap<string, number>;
}

/** What a report says of one service. */
interface AssessedPath {
  readonly path: string;
  readonly assessment: Pick<Assessment, "exposure" | "checks">;
}

/** What became of one service; a state is undefined where the service is not in that report. */
export interface ChangedService {
  readonly path: string;
  readonly before: KnownExposure["exposure"] | undefined;
  readonly after: KnownExposure["exposure"] | undefined;
  /** The settings that the checks look at which came out better, and worse. */
  readonly safer: readonly string[];
  readonly weaker: readonly string[];
}

/** What two reports differ in, by path, and how many services are the same. */
export interface ExposureChanges {
  readonly changed: readonly ChangedService[];
  readonly same: number;
}

/** The exposures in what `security --format json` printed; undefined for another text. */
export function exposuresIn(json: string): readonly KnownExposure[] | undefined {
  let report: { readonly version?: unknown; readonly units?: unknown } | null;
  try {
    report = JSON.parse(json) as typeof report;
  } catch {
    return undefined;
  }
  if (report?.version !== 1 || !Array.isArray(report.units)) return undefined;
  const known = (report.units as readonly unknown[]).flatMap((it) => knownExposure(it) ?? []);
  return known.length === report.units.length ? known : undefined;
}

function knownExposure(value: unknown): KnownExposure | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { path, exposure, checks } = value as Readonly<Record<string, unknown>>;
  if (typeof path !== "string" || (exposure !== null && typeof exposure !== "number")) return undefined;
  const listed = (Array.isArray(checks) ? checks : []) as readonly ({
    readonly id?: unknown;
    readonly badness?: unknown;
  } | null)[];
  const rows = listed.flatMap((it) =>
    typeof it?.id === "string" && typeof it.badness === "number" ? [[it.id, it.badness] as const] : [],
  );
  return { path: portablePath(path), exposure, badness: new Map(rows) };
}

/** The same of what this run has found. */
const exposureIn = ({ path, assessment: { exposure, checks } }: AssessedPath): KnownExposure => ({
  path: portablePath(path),
  exposure: exposure ?? null,
  badness: new Map(checks.flatMap(({ id, badness }) => (badness === undefined ? [] : [[id, badness] as const]))),
});

/** Compares services by their paths, and those of other folders and machines by their names. */
export function changesBetween(before: readonly KnownExposure[], reports: readonly AssessedPath[]): ExposureChanges {
  const pairs = paired(before, reports.map(exposureIn));
  const changes = pairs.map(([old, now]) => changeOf(old, now));
  const changed = changes.filter((it) => it.before !== it.after || it.safer.length + it.weaker.length > 0);
  return { changed: changed.toSorted((a, b) => (a.path < b.path ? -1 : 1)), same: changes.length - changed.length };
}

type Pair = readonly [before: KnownExposure | undefined, after: KnownExposure | undefined];

function paired(before: readonly KnownExposure[], after: readonly KnownExposure[]): Pair[] {
  const byPath = new Map(before.map((it) => [it.path, it]));
  const exact = after.flatMap((it): Pair[] => (byPath.has(it.path) ? [[byPath.get(it.path), it]] : []));
  const taken = new Set(exact.flatMap(([, it]) => it?.path ?? []));
  const open = new Map<string, KnownExposure[]>();
  for (const it of byPath.values()) {
    if (!taken.has(it.path)) open.set(nameIn(it.path), [...(open.get(nameIn(it.path)) ?? []), it]);
  }
  const others = after
    .filter((it) => !taken.has(it.path))
    .map((it): Pair => {
      const candidates = open.get(nameIn(it.path)) ?? [];
      const old = candidates.toSorted((a, b) => sharedEnd(b.path, it.path) - sharedEnd(a.path, it.path))[0];
      if (old) candidates.splice(candidates.indexOf(old), 1);
      return [old, it];
    });
  return [...exact, ...others, ...[...open.values()].flat().map((it): Pair => [it, undefined])];
}

const nameIn = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** How many names at their ends two paths have in common. */
function sharedEnd(a: string, b: string): number {
  const [one, other] = [a.split("/").reverse(), b.split("/").reverse()];
  const first = one.findIndex((it, i) => it !== other[i]);
  return first < 0 ? one.length : first;
}

function changeOf(before: KnownExposure | undefined, after: KnownExposure | undefined): ChangedService {
  const worse = (from: KnownExposure | undefined, to: KnownExposure | undefined): readonly string[] =>
    [...(to?.badness ?? [])].flatMap(([id, badness]) => {
      const old = from?.badness.get(id);
      return old !== undefined && badness > old ? [tableNameOf(id)] : [];
    });
  return {
    path: after?.path ?? before?.path ?? "",
    before: before?.exposure,
    after: after?.exposure,
    safer: worse(after, before),
    weaker: worse(before, after),
  };
}

/** A state as reports name it. */
export function exposureState(exposure: number | null | undefined): string {
  if (exposure === undefined) return "–";
  return exposure === null ? "refused by systemd" : `${formatExposure(exposure)} ${levelOf(exposure).name}`;
}

/** How many services are the same. */
export const sameText = (same: number): string =>
  same === 1 ? "1 service keeps its exposure." : `${same} services keep their exposure.`;
