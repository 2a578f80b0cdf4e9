import { unedited } from "../../families/pathParts.ts";
import { quadletPath } from "../../families/quadletFiles/quadletPath.ts";
import { scopeOfFolder, type UnitPath, unitPath } from "../../families/unitFiles/unitPath.ts";
import { UNIT_FAMILY } from "../../families/unitFiles.ts";
import { parseQuadletName } from "../../values/quadletName.ts";
import { parseUnitName } from "../../values/unitName.ts";

/** Which relation the folders `NAME.wants/`, `NAME.requires/` and `NAME.upholds/` stand for. */
export type LinkRelation = "Wants" | "Requires" | "Upholds";

/** What a file is to the manager that reads its folder. */
export type FileRole =
  | { readonly kind: "unit"; readonly name: string }
  /** `of` is the folder's name without `.d`: a unit, a template, a prefix such as `foo-.service`, or a mere kind. */
  | { readonly kind: "drop-in"; readonly of: string; readonly name: string }
  /** An entry of `NAME.wants/` and similar ones: `of` gets a dependency on `name`. */
  | { readonly kind: "dependency"; readonly of: string; readonly name: string; readonly relation: LinkRelation };

/** Where a file stands among those that one manager reads. */
export interface FilePlace {
  /** The path without what the load paths name: empty for a machine, the tree's folder for a packaging tree, else the folder itself. */
  readonly root: string;
  readonly scope: "system" | "user";
  /** The rank of the load path folder, 0 for the strongest; always 0 in a folder that is none. */
  readonly rank: number;
  /** The load path folder itself. */
  readonly folder: string;
  readonly role: FileRole;
  /** Whether it is a template that is filled in before systemd reads it: then it counts after all that is finished. */
  readonly template?: true;
}

const RANKS: ReadonlyMap<string, { readonly scope: FilePlace["scope"]; readonly rank: number }> = new Map(
  (["user", "system"] as const).flatMap((scope) =>
    UNIT_FAMILY.dropIns.loadPaths[scope].map((path, rank) => [path, { scope, rank }] as const),
  ),
);

/** The last parts of all load paths: most folders of a checkout are none. */
const LAST: ReadonlySet<string> = new Set([...RANKS.keys()].map((it) => it.slice(it.lastIndexOf("/") + 1)));

const HOME = /^\/(?:home\/[^/]+|root)$/;
const LONGEST = 5;

/** What the folder of unit files is to a manager, whatever is in it. */
export type FolderPlace = Pick<FilePlace, "root" | "scope" | "rank" | "folder">;

function folderPlace(folder: string): FolderPlace {
  const parts = folder.split("/");
  const longest = LAST.has(parts.at(-1) ?? "") ? Math.min(LONGEST, parts.length) : 0;
  for (let length = longest; length >= 3; length--) {
    const tail = parts.slice(-length).join("/");
    const known = RANKS.get(tail.startsWith("run/user/") ? tail.replace(/^run\/user\/\d+\//, "run/user/*/") : tail);
    if (!known) continue;
    const root = parts.slice(0, -length).join("/");
    // A folder of the machine's that lies in a home is a checkout's, and a user's own is the machine's.
    return { root: tail.startsWith(".") && HOME.test(root) ? "" : root, folder, ...known };
  }
  return { root: folder, scope: scopeOfFolder(folder), rank: 0, folder };
}

/**
 * What a folder is to podman's generator, which searches the sub-folders of its own. Its services stand among the units of the
 * same manager, so that both are one tree.
 */
function quadletPlace(folder: string): FolderPlace {
  const start = `${folder}/`.lastIndexOf(QUADLETS);
  if (start < 0) return folderPlace(folder);
  const before = folder.slice(0, start);
  const below = folder.slice(start + QUADLETS.length - 1);
  const at = QUADLET_TOPS.findIndex(([end]) => end.test(before));
  const top = QUADLET_TOPS[at];
  if (!top) return folderPlace(folder);
  const root = before.replace(top[0], "");
  const scope = /^\/users(?:\/|$)/.test(below) ? "user" : top[1];
  return { root: HOME.test(root) ? "" : root, scope, rank: at, folder };
}

const QUADLETS = "/containers/systemd/";

/** What stands before `containers/systemd`, the strongest first, and whose manager it is for. */
const QUADLET_TOPS: readonly (readonly [end: RegExp, scope: FilePlace["scope"]])[] = [
  [/\/run\/user\/\d+$/, "user"],
  [/\/\.config$/, "user"],
  [/\/run$/, "system"],
  [/\/etc$/, "system"],
  [/\/usr\/share$/, "system"],
];

/** Whether a file is a quadlet by its suffix and a name that others can be linked to. */
const isQuadletFile = (file: string): boolean => parseQuadletName(file) !== undefined;

const FOLDER = /^(.+)\.(d|wants|requires|upholds)$/;
const RELATIONS: Readonly<Record<string, LinkRelation>> = { wants: "Wants", requires: "Requires", upholds: "Upholds" };

let last: { readonly path: string; readonly place: FilePlace | undefined } | undefined;

/** What the path of a file says, with `/` between its parts; undefined for a file that no manager reads. */
export function filePlaceOf(path: string): FilePlace | undefined {
  // Many rules ask for the place of the one file that they judge.
  if (last?.path !== path) last = { path, place: readPlace(path) };
  return last.place;
}

function readPlace(path: string): FilePlace | undefined {
  const slash = path.lastIndexOf("/");
  const written = path.slice(slash + 1);
  const folder = path.slice(0, Math.max(0, slash));
  const inner = folder.slice(folder.lastIndexOf("/") + 1);
  const [, of = "", suffix = ""] = FOLDER.exec(inner) ?? [];
  const outer = folder.slice(0, Math.max(0, folder.lastIndexOf("/")));
  if (suffix === "d") {
    const file = unedited(written);
    const parts = file.startsWith(".") ? undefined : unitPath(path);
    if (!parts && quadletPath(path)) return { ...quadletPlace(outer), role: { kind: "drop-in", of, name: file } };
    if (parts?.role !== "drop-in") return undefined;
    const owner = parts.name ?? parts.kind;
    return placed(folderPlace(outer), { kind: "drop-in", of: owner, name: file }, parts);
  }
  const relation = RELATIONS[suffix];
  if (relation) {
    const name = parseUnitName(unedited(written))?.full;
    // A link of chezmoi's is a text until it is installed.
    if (name === undefined || unitPath(`${folder}/a.service`)?.by) return undefined;
    return { ...folderPlace(outer), role: { kind: "dependency", of, name, relation } };
  }
  const parts = unitPath(path);
  if (!parts && isQuadletFile(unedited(written)) && quadletPath(path))
    return { ...quadletPlace(folder), role: { kind: "unit", name: unedited(written) } };
  const name = parts?.name === undefined ? undefined : parseUnitName(parts.name)?.full;
  if (!parts || name === undefined) return undefined;
  return placed(folderPlace(folder), { kind: "unit", name }, parts);
}

/** The place of a file of units in its folder. Most are of one shape: where parts are spread into an object, each one has its own. */
function placed(at: FolderPlace, role: FileRole, { by, scope, template }: UnitPath): FilePlace {
  const { root, rank, folder } = at;
  const place = { root, scope: by && role.kind === "unit" ? scope : at.scope, rank, folder, role };
  return template ? { ...place, template: true } : place;
}

/** The key of the tree that a place belongs to: what one manager reads together. */
export const treeKey = ({ root, scope }: Pick<FilePlace, "root" | "scope">): string => `${scope}:${root}`;
