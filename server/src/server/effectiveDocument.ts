import type { PodmanVersion } from "../facts/podmanVersions.ts";
import type { SystemdVersion } from "../facts/version.ts";
import { isQuadletPath } from "../families/checkedPath.ts";
import { effectiveUnit, shortOrigin } from "../features/effective.ts";
import { effectiveQuadlet } from "../features/effectiveQuadlet.ts";
import { annotatedText, effectiveText, remarkOn } from "../features/effectiveText.ts";
import { unitOfGathered } from "../units/index/gather.ts";
import { underPodman } from "../units/podman.ts";
import type { UnitDocuments } from "./documents.ts";
import { quadletsFrom } from "./gathering.ts";
import type { EffectiveDocument, EffectiveRemark } from "./protocol.ts";
import { uriOfPath } from "./uris.ts";

/** The effective unit of a unit file or drop-in, with what is open in the editor; null where no unit file can be seen. */
export async function effectiveDocument(
  units: UnitDocuments,
  uri: string,
  version: SystemdVersion,
  podman: PodmanVersion,
): Promise<EffectiveDocument | null> {
  const gathered = await units.gathered(uri);
  const read = gathered && unitOfGathered(gathered, version);
  if (!read || !gathered.fragment) return null;
  const unit = units.forManager(uriOfPath(gathered.fragment.path), read);
  const files = [gathered.fragment, ...gathered.dropIns].map((it) => it.path);
  const merged = isQuadletPath(unit.path)
    ? effectiveQuadlet(underPodman(unit, podman), files, await quadletsFrom(units.files, gathered.fragment.path))
    : effectiveUnit(unit, files);
  if (!merged) return null;
  const { text, lines } = effectiveText(merged);
  const remarks = [...lines].map(([line, it]): EffectiveRemark => {
    const path = it.origin && files[it.origin.file];
    const origin = it.origin && path !== undefined ? { uri: uriOfPath(path), line: it.origin.line } : undefined;
    const place = it.origin ? shortOrigin(files, it.origin) : "";
    return { line, text: remarkOn(files, it), place, reason: it.reason ?? "", ...(origin ? { origin } : {}) };
  });
  return { text, annotated: annotatedText(merged), remarks };
}
