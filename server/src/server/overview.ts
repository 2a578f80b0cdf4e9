import type { CancellationToken } from "vscode-languageserver";
import { hasExposure } from "../features/exposure.ts";
import { afterEdits } from "../features/gain.ts";
import { reportedProfile } from "../features/safeOffers.ts";
import { hardenUnit } from "../hardening/profile.ts";
import { isOff } from "../rules/check.ts";
import { assess } from "../security/exposure.ts";
import type { UnitIndex } from "../units/index/unitIndex.ts";
import type { Unit } from "../units/unit.ts";
import type { UnitDocuments } from "./documents.ts";
import type { OverviewRow } from "./protocol.ts";
import type { Settings } from "./settings.ts";
import { pathOfUri, uriOfPath } from "./uris.ts";

/** How many services are read at a time. */
const BATCH = 16;

/** What an overview depends on besides the files. */
export interface OverviewContext {
  readonly units: UnitDocuments;
  readonly settings: () => Settings;
}

/** Hears how far an overview has come. */
export type OnProgress = (done: number, all: number) => void;

/** Makes overviews; what did not change since the last one is not worked out again. */
export function overviews({
  units,
  settings,
}: OverviewContext): (
  uris: readonly string[],
  progress: OnProgress,
  token: CancellationToken,
) => Promise<OverviewRow[]> {
  let known = new Map<string, Known>();
  return async (uris, progress, token) => {
    const byPath = new Map([...uris].reverse().map((uri) => [pathOfUri(uri), uri]));
    const wanted = [...byPath.values()].reverse();
    const found = new Map<string, Known>();
    for (let i = 0; i < wanted.length && !token.isCancellationRequested; i += BATCH) {
      progress(i, wanted.length);
      const batch = wanted.slice(i, i + BATCH);
      const read = await Promise.all(batch.map((uri) => units.read(uri)));
      for (const [at, unit] of read.entries()) {
        const uri = batch[at];
        if (uri === undefined || !unit || !hasExposure(unit)) continue;
        const key = keyOf(unit, settings());
        const before = known.get(uri);
        found.set(uri, before?.key === key ? before : { key, row: rowOf(uri, unit, settings()) });
      }
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

const keyOf = ({ file, dropIns, version }: Unit, { hardening, rules }: Settings): string =>
  JSON.stringify([version, hardening.profile, rules, file.text, ...dropIns.map((it) => it.text)]);

/** What systemd refuses comes first, as it does not run at all. */
const mostExposedFirst = (a: OverviewRow, b: OverviewRow): number =>
  (b.exposure ?? 101) - (a.exposure ?? 101) || (a.name < b.name ? -1 : 1);

function rowOf(uri: string, unit: Unit, { hardening, rules }: Settings): OverviewRow {
  const { exposure, level } = assess(unit);
  const name = unit.path.name ?? uri;
  const hardened = hardenUnit(unit, reportedProfile(hardening.profile), (code) => isOff(code, rules));
  const safe = hardened.settings.length;
  const after = safe === 0 ? exposure : assess(afterEdits(unit, hardened.edits)).exposure;
  return {
    uri,
    name,
    safe,
    ...(exposure === undefined ? {} : { exposure }),
    ...(level ? { level } : {}),
    ...(after === undefined ? {} : { after }),
  };
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
