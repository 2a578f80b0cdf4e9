import type { PodmanVersion } from "../facts/podmanVersions.ts";
import type { SystemdVersion } from "../facts/version.ts";
import { isQuadletPath } from "../families/checkedPath.ts";
import { quadletPath } from "../families/quadletFiles/quadletPath.ts";
import { type EffectiveUnit, effectiveUnit, shortOrigin } from "../features/effective.ts";
import { shownConfig } from "../features/effectiveConfig.ts";
import { effectiveParts, effectiveQuadlet } from "../features/effectiveQuadlet.ts";
import { annotatedText, effectiveText, remarkOn } from "../features/effectiveText.ts";
import { unitOfGathered } from "../units/index/gather.ts";
import { withKnowledge } from "../units/readUnit.ts";
import type { UnitDocuments } from "./documents.ts";
import { quadletsFrom } from "./gathering.ts";
import type { EffectiveDocument, EffectiveRemark } from "./protocol.ts";
import { pathOfUri, uriOfPath } from "./uris.ts";

/** The effective unit of a unit file or drop-in, with what is open in the editor; null where no unit file can be seen. */
export async function effectiveDocument(
  units: UnitDocuments,
  uri: string,
  version: SystemdVersion,
  podman: PodmanVersion,
): Promise<EffectiveDocument | null> {
  if (isOfParts(uri)) return partsDocument(units, uri, podman);
  const gathered = await units.gathered(uri);
  const config = gathered && shownConfig(pathOfUri(uri), gathered);
  if (config !== undefined) return { text: config, annotated: config, remarks: [] };
  const read = gathered && unitOfGathered(gathered, version);
  if (!read || !gathered.fragment) return null;
  const unit = units.forManager(uriOfPath(gathered.fragment.path), read);
  const files = [gathered.fragment, ...gathered.dropIns].map((it) => it.path);
  const merged = isQuadletPath(unit.path)
    ? effectiveQuadlet(withKnowledge(unit, { podman }), files, await quadletsFrom(units.files, gathered.fragment.path))
    : effectiveUnit(unit, files);
  return merged ? documentOf(merged, files) : null;
}

/** The services of all parts of a `.quadlets` file, one after the other. */
async function partsDocument(
  units: UnitDocuments,
  uri: string,
  podman: PodmanVersion,
): Promise<EffectiveDocument | null> {
  const unit = await units.read(uri);
  const path = pathOfUri(uri);
  const parts = unit && effectiveParts(withKnowledge(unit, { podman }), path, await quadletsFrom(units.files, path));
  if (!parts || parts.length === 0) return null;
  return parts.map((it) => documentOf(it, [path])).reduce(joined);
}

const isOfParts = (uri: string): boolean => quadletPath(pathOfUri(uri))?.kind === "quadlets";

function joined(first: EffectiveDocument, second: EffectiveDocument): EffectiveDocument {
  const before = first.text.split("\n").length;
  return {
    text: `${first.text}\n${second.text}`,
    annotated: `${first.annotated}\n${second.annotated}`,
    remarks: [...first.remarks, ...second.remarks.map((it) => ({ ...it, line: it.line + before }))],
  };
}

function documentOf(merged: EffectiveUnit, files: readonly string[]): EffectiveDocument {
  const { text, lines } = effectiveText(merged);
  const remarks = [...lines].map(([line, it]): EffectiveRemark => {
    const path = it.origin && files[it.origin.file];
    const origin = it.origin && path !== undefined ? { uri: uriOfPath(path), line: it.origin.line } : undefined;
    const place = it.origin ? shortOrigin(files, it.origin) : "";
    return { line, text: remarkOn(files, it), place, reason: it.reason ?? "", ...(origin ? { origin } : {}) };
  });
  return { text, annotated: annotatedText(merged), remarks };
}
