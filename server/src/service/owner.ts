import type { Unit } from "../units/unit.ts";
import type { Use } from "./pathUses.ts";
import { type Program, programsOf } from "./program.ts";
import { withoutVersion } from "./programNames.ts";
import { textOf } from "./settings.ts";

/** By which names a directory is known as a service's own. */
export interface DirectoryOwner {
  /** The name of the unit, with its kind. */
  readonly unit: string;
  /** That name, without signs. */
  readonly unitNames: ReadonlySet<string>;
  /** The same with those of the programs and of the user. */
  readonly names: ReadonlySet<string>;
  readonly template: boolean;
  /** Whether each instance has a user of its own. */
  readonly personal: boolean;
}

/** The same object as long as name, programs and user of the unit are the same. */
export const directoryOwnerOf = (unit: Unit): DirectoryOwner =>
  unit.memory.query("owner", [unit.path.name ?? "", programsOf(unit), textOf(unit, "User") ?? ""], ownerNamed);

function ownerNamed(unit: string, programs: readonly Program[], user: string): DirectoryOwner {
  const stem = stemOf(unit);
  const run = programs.filter((it) => it.setting === "ExecStart").flatMap((it) => it.names.map(withoutVersion));
  return {
    unit,
    unitNames: namesOf([stem]),
    names: namesOf([stem, ...run, user]),
    template: unit.includes("@."),
    personal: /%[iIjJ]/.test(user),
  };
}

/** The name of a unit without its kind and instance. */
export const stemOf = (unit: string): string => unit.replace(/\.\w+$/, "").replace(/@.*$/s, "");

const namesOf = (names: readonly string[]): ReadonlySet<string> =>
  new Set(
    names
      .filter((it) => !GENERAL.test(it))
      .flatMap(bare)
      .filter((it) => it !== ""),
  );

/**
 * The directory of a path that is the service's own, by its name: that of the unit, the program or the user, or one of
 * these inside a family such as `prometheus/node-exporter`. systemd gives a declared directory to the user of the
 * service, so that one of others must not be declared.
 */
export function ownDirectory(owner: DirectoryOwner, { parts, open, root }: Use): string | undefined {
  const runtime = root.setting === "RuntimeDirectory";
  // A user may have many services, and what one of them has made in /run goes when that one stops.
  const names = runtime ? owner.unitNames : owner.names;
  const directories = open ? parts : parts.slice(0, -1);
  const at = directories.slice(0, 2).findIndex((part, i) => {
    const both = i === 0 ? [part] : [part, `${directories[0]}-${part}`];
    return both.some((it) => bare(expandNames(owner, it)).some((form) => names.has(form)));
  });
  if (at < 0) return undefined;
  // What several instances share goes away when one of them stops, and goes to the user of each one that starts.
  const shared = owner.template && (runtime || owner.personal);
  const depth = shared ? directories.findIndex((part) => /%[iI]/.test(part)) : at;
  if (depth < at || depth > at + 1) return undefined;
  const chosen = directories.slice(0, depth + 1);
  return chosen.every(isName) ? chosen.join("/") : undefined;
}

/** A name as *Directory= takes it, whatever specifiers of names stand in it. */
const isName = (part: string): boolean =>
  /^[\w%][\w.%@+-]*$/.test(part) && part !== "private" && !/%(?![pNniIjJ])/.test(part) && part.length < 200;

/** A name or a path with the specifiers of the unit's name in place; instances stay open. */
export function expandNames({ unit }: DirectoryOwner, name: string): string {
  if (!name.includes("%")) return name;
  const whole = unit.replace(/\.\w+$/, "");
  return name.replace(/%([pNn])/g, (_, it: string) => (it === "n" ? unit : it === "N" ? whole : stemOf(unit)));
}

/** Names that say nothing about whose a directory is. */
const GENERAL =
  /^(?:root|nobody|daemon|env|(?:ba|da|z)?sh|python|perl|ruby|node|java|php|mkdir|mount|systemd|ssl|default|init\.d)$/;

/** A name without signs, and without what says that it serves: `ntpd` is `ntp`, `foo-server` is `foo`. */
function bare(name: string): readonly string[] {
  const letters = name
    .toLowerCase()
    .replace(/%[iIjJ]/g, "")
    .replace(/[^a-z0-9]/g, "");
  return [letters, letters.replace(/(?<=...)(?:server|daemon|service|d)$/, "")];
}
