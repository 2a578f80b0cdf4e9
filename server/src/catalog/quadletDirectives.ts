import type { QuadletSectionName } from "../facts/quadletKinds.ts";
import { type QuadletKey, quadletKey, quadletKeysIn } from "../facts/quadlets/keys.ts";
import type { QuadletKind } from "../facts/quadlets/row.ts";
import type { QuadletTypeName } from "../values/valueTypes.ts";
import type { Directive, QuadletKeyName } from "./catalog.ts";
import { KEYS_BY_USE } from "./quadlets/order.ts";
import { QUADLET_PAGE } from "./sections.ts";

/** The ways of reading a key by which several lines add up. */
const MANY: readonly QuadletKind[] = ["lines", "words", "args", "keyvals"];

const known = new Map<string, Directive>();

/** What the catalog says about a key of a quadlet, in whichever version of podman. */
export function quadletDirective(section: QuadletSectionName, name: string): Directive | undefined {
  const key = quadletKey(section, name);
  if (!key) return undefined;
  const id = `${section}.${name}`;
  const made = known.get(id) ?? directiveOf(key, section);
  known.set(id, made);
  return made;
}

/** All keys of a section, those that people set most first. */
export function quadletDirectivesIn(section: QuadletSectionName): readonly Directive[] {
  const made = inOrder.get(section) ?? ordered(section);
  inOrder.set(section, made);
  return made;
}

const inOrder = new Map<QuadletSectionName, readonly Directive[]>();

function ordered(section: QuadletSectionName): readonly Directive[] {
  const names = new Set([...(KEYS_BY_USE[section]?.split(" ") ?? []), ...quadletKeysIn(section).map((it) => it.name)]);
  return [...names].flatMap((it) => quadletDirective(section, it) ?? []);
}

function directiveOf(key: QuadletKey, section: QuadletSectionName): Directive {
  return {
    name: key.name as QuadletKeyName,
    section,
    type: key.type as QuadletTypeName,
    summary: key.summary,
    page: QUADLET_PAGE,
    podman: key,
    ...(MANY.includes(key.kind) ? { many: true } : {}),
    ...(key.default === undefined ? {} : { default: key.default }),
  };
}
