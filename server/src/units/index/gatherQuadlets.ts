import { isQuadletKind } from "../../facts/quadletKinds.ts";
import { quadletPath } from "../../families/quadletFiles/quadletPath.ts";
import { isQuadletText } from "../../families/quadletFiles/quadletText.ts";
import { searchFolderOf } from "../../families/quadletFiles/searchFolder.ts";
import { append } from "../../text/append.ts";
import type { Gathering } from "./gatherAsk.ts";

/** More quadlets than anybody has; those after them are not looked at. */
const MOST = 500;

/** More folders than anybody sorts them into. */
const MOST_FOLDERS = 200;

/** The quadlets that podman's generator reads together with one. */
export interface QuadletsBeside {
  /** Its own path, by which the generator completes others. */
  readonly path: string;
  /** The folder that is searched. */
  readonly folder: string;
  /** The texts of the others by their paths. */
  readonly texts: ReadonlyMap<string, string>;
}

/** The other quadlets that are read with one: those of the folder that is searched, and of the folders in it. */
export function* gatherQuadlets(path: string): Gathering<QuadletsBeside> {
  const { folder: root, deep } = searchFolderOf(path);
  const found: string[] = [];
  let folders = [root];
  let visited = 0;
  while (folders.length > 0 && visited < MOST_FOLDERS && found.length < MOST) {
    visited += folders.length;
    const listed = yield folders.map((folder) => ({ kind: "list" as const, folder }));
    const inside = folders.flatMap((folder, at) => (listed[at]?.names ?? []).map(({ name }) => `${folder}/${name}`));
    append(
      found,
      inside.filter((it) => it !== path && isQuadletName(it)),
    );
    folders = deep ? inside.filter((it) => mayBeFolder(it, root, path)).slice(0, MOST_FOLDERS - visited) : [];
  }
  const paths = found.slice(0, MOST);
  const answers = paths.length === 0 ? [] : yield paths.map((it) => ({ kind: "file" as const, path: it }));
  const texts = paths.flatMap((it, i) => {
    const text = answers[i]?.text ?? "";
    const quadlet = quadletPath(it);
    // Other programs have files of these names too.
    return quadlet && isQuadletText(quadlet, text) ? [[it, text] as const] : [];
  });
  return { path, folder: root, texts: new Map(texts) };
}

const isQuadletName = (path: string): boolean => isQuadletKind(path.slice(path.lastIndexOf(".") + 1));

/** Whether the generator looks into something, were it a folder. What is for users is not for the system, nor for each other. */
function mayBeFolder(path: string, root: string, own: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name.endsWith(".d") || isQuadletName(name) || /\.(?:ya?ml|env|conf|json)$/.test(name)) return false;
  if (name === "users" && path === `${root}/users`) return false;
  return !/^\d+$/.test(name) || !root.endsWith("/users") || own.startsWith(`${path}/`);
}
