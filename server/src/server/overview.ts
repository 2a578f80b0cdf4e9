import type { CancellationToken } from "vscode-languageserver";
import { hasExposure } from "../features/exposure.ts";
import { exposureSummary } from "../features/exposureSummary.ts";
import { isOff } from "../rules/check.ts";
import type { UnitIndex } from "../units/index/unitIndex.ts";
import { isLoaded } from "../units/loadedFiles.ts";
import type { Unit } from "../units/unit.ts";
import type { ReportProgress } from "./progress.ts";
import type { OverviewRow } from "./protocol.ts";
import type { Session } from "./session.ts";
import type { UserSettings } from "./settings.ts";
import { pathOfUri, uriOfPath } from "./uris.ts";
import { withPrograms } from "./withPrograms.ts";

/** How many services are read at a time. */
const BATCH = 16;

/** Makes overviews; what did not change since the last one is not worked out again. */
export function overviews(
  session: Session,
): (uris: readonly string[], progress: ReportProgress, token: CancellationToken) => Promise<OverviewRow[]> {
  let known = new Map<string, Known>();
  const knownOf = (uri = "", unit?: Unit): Known | undefined => {
    if (!unit || !hasExposure(unit) || !isLoaded(unit)) return undefined;
    const key = keyOf(unit, session.settingsFor(uri));
    const before = known.get(uri);
    return before?.key === key ? before : { key, row: rowOf(uri, unit, session.settingsFor(uri)) };
  };
  return async (uris, progress, token) => {
    const byPath = new Map([...uris].reverse().map((uri) => [pathOfUri(uri), uri]));
    const wanted = [...byPath.values()].reverse();
    const found = new Map<string, Known>();
    for (let i = 0; i < wanted.length && !token.isCancellationRequested; i += BATCH) {
      progress(i, wanted.length);
      const batch = wanted.slice(i, i + BATCH);
      const rows = await withPrograms(session.files, async () =>
        (await Promise.all(batch.map((uri) => session.units.read(uri)))).map((unit, at) => knownOf(batch[at], unit)),
      );
      for (const it of rows) if (it) found.set(it.row.uri, it);
      // Other requests come between.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    known = found;
    return [...found.values()].map((it) => it.row).sort(mostExposedFirst);
  };
}

interface Known {
  readonly key: string;
  readonly row: OverviewRow;
}

const keyOf = ({ file, dropIns, version }: Unit, { hardening, rules }: UserSettings): string =>
  JSON.stringify([version, hardening.profile, rules, file.text, ...dropIns.map((it) => it.text)]);

/** What systemd refuses comes first, as it does not run at all. */
const mostExposedFirst = (a: OverviewRow, b: OverviewRow): number =>
  (b.exposure ?? 101) - (a.exposure ?? 101) || (a.name < b.name ? -1 : 1);

function rowOf(uri: string, unit: Unit, { hardening, rules }: UserSettings): OverviewRow {
  const summary = exposureSummary(unit, hardening.profile, (code) => isOff(code, rules));
  return { uri, name: unit.path.name ?? uri, ...summary };
}

/** The addresses of the service files that an index knows below some folders. */
export function servicesBelow(index: UnitIndex, folders: readonly string[]): string[] {
  const tops = folders.map((it) => `${pathOfUri(it).replace(/\/$/, "")}/`);
  return [...index.files]
    .filter(
      ([path, { placed }]) =>
        placed.place.role.kind === "unit" && path.endsWith(".service") && tops.some((it) => path.startsWith(it)),
    )
    .map(([path]) => uriOfPath(path));
}
