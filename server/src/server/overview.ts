import { hasExposure } from "../features/exposure.ts";
import { assess } from "../security/exposure.ts";
import type { UnitDocuments } from "./documents.ts";
import type { OverviewRow } from "./protocol.ts";

/** The exposure of many services, the most exposed first; what cannot be read is left out. */
export async function overview(units: UnitDocuments, uris: readonly string[]): Promise<OverviewRow[]> {
  const rows: OverviewRow[] = [];
  for (const uri of uris) {
    const unit = await units.read(uri);
    if (!unit || !hasExposure(unit)) continue;
    const { exposure, level } = assess(unit);
    const name = unit.path.name ?? uri;
    rows.push({ uri, name, ...(exposure === undefined ? {} : { exposure }), ...(level ? { level } : {}) });
  }
  return rows.sort((a, b) => (b.exposure ?? 101) - (a.exposure ?? 101) || (a.name < b.name ? -1 : 1));
}
