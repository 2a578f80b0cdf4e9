import { hasExposure } from "../features/exposure.ts";
import { assess } from "../security/exposure.ts";
import type { UnitIndex } from "../units/index/unitIndex.ts";
import type { UnitDocuments } from "./documents.ts";
import type { OverviewRow } from "./protocol.ts";
import { pathOfUri, uriOfPath } from "./uris.ts";

/** How many services are read at a time. */
const BATCH = 32;

/** The exposure of many services, the most exposed first; what cannot be read is left out, and what is named twice said once. */
export async function overview(units: UnitDocuments, uris: readonly string[]): Promise<OverviewRow[]> {
  const byPath = new Map([...uris].reverse().map((uri) => [pathOfUri(uri), uri]));
  const wanted = [...byPath.values()].reverse();
  const rows: OverviewRow[] = [];
  for (let i = 0; i < wanted.length; i += BATCH) {
    const read = await Promise.all(wanted.slice(i, i + BATCH).map((uri) => rowOf(units, uri)));
    rows.push(...read.filter((it) => it !== undefined));
  }
  return rows.sort((a, b) => (b.exposure ?? 101) - (a.exposure ?? 101) || (a.name < b.name ? -1 : 1));
}

async function rowOf(units: UnitDocuments, uri: string): Promise<OverviewRow | undefined> {
  const unit = await units.read(uri);
  if (!unit || !hasExposure(unit)) return undefined;
  const { exposure, level } = assess(unit);
  const name = unit.path.name ?? uri;
  return { uri, name, ...(exposure === undefined ? {} : { exposure }), ...(level ? { level } : {}) };
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
