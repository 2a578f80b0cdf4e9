import { UNIT_KINDS, type UnitKind } from "../../facts/unitKinds.ts";
import { splitPath } from "../paths.ts";

/** What the path of a unit file or drop-in says about it. */
export interface UnitPath {
  readonly kind: UnitKind;
  readonly role: "unit" | "drop-in";
  /**
   * The name of the unit, or of the unit that a drop-in extends: `foo@.service`, `foo-.service` for a prefix drop-in;
   * undefined for a drop-in of all units of the kind (`service.d/`).
   */
  readonly name: string | undefined;
  /** Whether the file lies where only per-user managers look (`…/systemd/user/…`). */
  readonly scope: "system" | "user";
}

const KINDS = UNIT_KINDS.join("|");
const UNIT = new RegExp(`^(.+)\\.(${KINDS})$`);
const DROP_IN_FOLDER = new RegExp(`^(?:(.+)\\.)?(${KINDS})\\.d$`);

/** Reads a POSIX or Windows path, or the path of a URI; undefined where it is no unit file. The file need not exist. */
export function unitPath(path: string): UnitPath | undefined {
  const { folder, file, parents } = splitPath(path);
  const scope = parents.some((part, i) => /^user(?:\.control)?$/.test(part) && parents[i - 1] === "systemd")
    ? "user"
    : "system";
  const unit = UNIT.exec(file);
  if (unit) return { kind: unit[2] as UnitKind, role: "unit", name: file, scope };
  const dropIn = DROP_IN_FOLDER.exec(folder);
  if (!dropIn || !file.endsWith(".conf")) return undefined;
  const kind = dropIn[2] as UnitKind;
  return { kind, role: "drop-in", name: dropIn[1] === undefined ? undefined : `${dropIn[1]}.${kind}`, scope };
}

/** Guesses the kind of a text without a path, such as a new editor tab, from its section headers. */
export function kindFromSections(names: readonly string[]): UnitKind {
  return UNIT_KINDS.find((kind) => names.some((name) => name.toLowerCase() === kind)) ?? "service";
}
