import { type UnitPath, unitPath } from "../../families/unitFiles/unitPath.ts";
import type { Span } from "../../text/span.ts";
import type { HostedUnit } from "../hostedUnit.ts";
import type { NixAttribute, NixBinding, NixNode } from "./nixTree.ts";
import { calledName, type NixPlace, type Patience } from "./scope.ts";
import { nixParts } from "./values.ts";

/** The unit that a binding has as a text: that of `systemd.units."x.service".text`, or of a file in /etc. */
export function textUnit(
  path: readonly NixAttribute[],
  place: NixPlace,
  { start, end }: Span,
  patience: Patience,
): HostedUnit | undefined {
  const [group, set, file, last] = path.slice(-4);
  if (last?.name !== "text" || file?.name === undefined) return undefined;
  const isUnits = set?.name === "units" && (group?.name === "systemd" || group?.name === "user");
  const isEtc = set?.name === "etc" && /^systemd\/(?:system|user)\//.test(file.name);
  if (!isUnits && !isEtc) return undefined;
  const found = unitPath(isEtc ? `/etc/${file.name}` : file.name);
  const scope = group?.name === "user" ? ("user" as const) : undefined;
  return found && made({ ...found, ...(scope && { scope }) }, file, { start, end }, place, patience);
}

/** The unit that a call writes to the store: `writeText "x.service" …`, or `writeTextFile` with a place of units. */
export function writtenUnit(place: NixPlace, patience: Patience): HostedUnit | undefined {
  const { node } = place;
  const name = calledName(node);
  if (node.kind !== "call") return undefined;
  const [first, second] = node.args;
  if (name === "writeText" && first && second) return ofParts(first, second, place, patience);
  if (name !== "writeTextFile" || first?.kind !== "set") return undefined;
  const of = (key: string): NixBinding | undefined =>
    first.bindings.find((it) => it.path.length === 1 && it.path[0]?.name === key);
  const [destination, text] = [(of("destination") ?? of("name"))?.value, of("text")?.value];
  return destination && text ? ofParts(destination, text, place, patience) : undefined;
}

function ofParts(name: NixNode, text: NixNode, place: NixPlace, patience: Patience): HostedUnit | undefined {
  const parts = name.kind === "string" ? name.parts : [];
  const path = parts.length === 1 && parts[0]?.text !== undefined ? unitPath(parts[0].text) : undefined;
  return path && made(path, name, { start: name.start, end: text.end }, { ...place, node: text }, patience);
}

function made(
  path: UnitPath,
  { start, end }: Span,
  extent: Span,
  place: NixPlace,
  patience: Patience,
): HostedUnit | undefined {
  // Only where the text stands as it is, and not in a function of it.
  if (place.node.kind !== "string") return undefined;
  const raw = nixParts(place, patience);
  return (
    raw && { path, name: { start, end }, extent, settings: [], open: false, sets: new Map(), sectionNames: false, raw }
  );
}
