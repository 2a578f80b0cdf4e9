import { isQuadletKind } from "../../facts/quadletKinds.ts";
import { UNIT_KINDS } from "../../facts/unitKinds.ts";
import { specifiersOf } from "../../syntax/specifiers.ts";
import { parseQuadletName, serviceOf } from "../../values/quadletName.ts";
import { resolveSpecifiers } from "../../values/resolve.ts";
import { parseUnitName, type UnitName } from "../../values/unitName.ts";

/** The template of an instance: `a@.service` for `a@b.service`; any other name stays as it is. */
export function templateOf(name: string): string {
  const at = name.indexOf("@");
  return at < 0 ? name : name.slice(0, at + 1) + name.slice(name.lastIndexOf("."));
}

/** A template with an instance filled in: `a@b.service` for `a@.service`; any other name stays as it is. */
export function instanceOf(name: string, instance: string | undefined): string {
  const parsed = instance === undefined ? undefined : (parseUnitName(name) ?? parseQuadletName(name));
  return parsed?.instance === "" && instance !== undefined ? `${parsed.prefix}@${instance}.${parsed.kind}` : name;
}

/** What stands between the `@` and the suffix of the name of a unit or quadlet. */
export const instanceIn = (name: string): string | undefined =>
  (parseUnitName(name) ?? parseQuadletName(name))?.instance;

/** What the specifiers give that the name of the unit alone decides. */
const OF_NAME = "nNpPiIjJf%";
const OF_PREFIX = "pPjJ%";

/**
 * The unit that a written name means in the files of `of`, a unit or the owner of a drop-in: the name itself, the template
 * where only the instance is open, undefined where more than that is open or it is no name.
 */
export function unitMeantBy(written: string, of: string): string | undefined {
  const quadlet = parseQuadletName(of);
  const owner = parseUnitName(quadlet ? serviceOf(quadlet) : of);
  if (quadlet && isQuadletKind(written.slice(written.lastIndexOf(".") + 1))) return quadletMeantBy(written, owner);
  if (!written.includes("%")) return parseUnitName(written) && filled(written, owner);
  const letters = specifiersOf(written).map((it) => it.letter);
  const known = owner && owner.instance !== "" && !owner.stem.endsWith("-");
  if (known && letters.every((it) => OF_NAME.includes(it))) return resolved(written, owner);
  const at = written.indexOf("@");
  const kind = written.slice(written.lastIndexOf(".") + 1);
  if (at < 0 || !UNIT_KINDS.some((it) => it === kind)) {
    return owner?.instance === "" && letters.every((it) => OF_PREFIX.includes(it))
      ? resolved(written, owner)
      : undefined;
  }
  const prefix = written.slice(0, at);
  const open = specifiersOf(prefix).map((it) => it.letter);
  if (open.length === 0) return parseUnitName(`${prefix}@.${kind}`)?.full;
  if (!owner || owner.stem.endsWith("-") || !open.every((it) => OF_PREFIX.includes(it))) return undefined;
  return resolved(`${prefix}@.${kind}`, owner);
}

/** The quadlet file that another one names; of a template with an open instance the template. */
function quadletMeantBy(written: string, owner: UnitName | undefined): string | undefined {
  if (!written.includes("%")) return parseQuadletName(written)?.full;
  const known = owner && owner.instance !== "" ? resolveSpecifiers(written, owner, "system") : undefined;
  return parseQuadletName(known ?? templateOf(written))?.full;
}

function resolved(written: string, owner: UnitName): string | undefined {
  const name = resolveSpecifiers(written, owner, "system");
  return name === undefined || !parseUnitName(name) ? undefined : filled(name, owner);
}

/** Follows unit_name_replace_instance() in config_parse_unit_deps(): in an instance a template means that one's own instance. */
const filled = (name: string, owner: UnitName | undefined): string => instanceOf(name, owner?.instance || undefined);
