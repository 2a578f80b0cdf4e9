import { UNIT_FAMILY } from "../families/unitFiles.ts";
import { type FilePlace, filePlaceOf } from "../units/index/filePlace.ts";
import { isLoadPath } from "../units/index/loadPlace.ts";
import { OVERRIDE } from "./newUnit/dropInText.ts";

/** A file that takes up what is changed about a unit, by its path in the index. */
export interface OverridePlace {
  readonly path: string;
  /** Where the administrator's drop-ins lie, with the folder of that tree in front; or in the folder of the unit file. */
  readonly kind: "administrator" | "beside";
  /** The part of the path that a reader needs: all of it on the machine, the part below the tree or the unit's folder else. */
  readonly shown: string;
}

/** Where administrators put drop-ins. */
const ADMINISTRATOR = { system: "etc/systemd/system", user: "etc/systemd/user" } as const;

/**
 * The places for an override of the unit `name` that a file belongs to, the usual one first: where the file is a vendor's,
 * that of the administrator. Nothing for a file that no manager reads.
 */
export function overridePlaces(path: string, name: string): readonly OverridePlace[] {
  const place = filePlaceOf(path);
  if (!place) return [];
  const file = `${name}.d/${OVERRIDE}`;
  const beside: OverridePlace = { path: `${place.folder}/${file}`, kind: "beside", shown: shownIn(place, file) };
  if (!isLoadPath(place)) {
    if (place.folder.includes("://")) return [beside];
    const machine = `/${ADMINISTRATOR[place.scope]}/${file}`;
    return [beside, { path: machine, kind: "administrator", shown: machine }];
  }
  const folder = ADMINISTRATOR[place.scope];
  if (UNIT_FAMILY.dropIns.loadPaths[place.scope].indexOf(folder) >= place.rank) return [beside];
  const shown = `${place.root === "" ? "/" : ""}${folder}/${file}`;
  const administrator: OverridePlace = { path: `${place.root}/${folder}/${file}`, kind: "administrator", shown };
  return [administrator, beside];
}

const shownIn = (place: FilePlace, file: string): string =>
  place.root === "" && isLoadPath(place) ? `${place.folder}/${file}` : file;

/** Whether a package owns the file, or systemd made it: the next update or start replaces what is changed there. */
export function isVendorFile(path: string): boolean {
  const place = filePlaceOf(path);
  if (!place || !isLoadPath(place)) return false;
  return UNIT_FAMILY.dropIns.loadPaths[place.scope].indexOf(ADMINISTRATOR[place.scope]) < place.rank;
}
