import { CONF_FOLDERS } from "../../families/configs/configFamily.ts";
import type { FileBeside } from "../../units/index/gather.ts";
import type { Gathering } from "../../units/index/gatherAsk.ts";

/** More files of the network than anybody has; those after them are not looked at. */
const MOST = 500;

const DEVICE_FILE = /\.(?:network|netdev|link)$/;
const DROP_INS = /\.(?:network|netdev|link)\.d$/;
const PLACE = /^(.*\/)(?:etc|run|usr\/local\/lib|usr\/lib)(\/systemd\/network)$/;

/**
 * The texts by path of the .network, .netdev and .link files that are read together with one: those of its folder and, where
 * it is one of networkd's, of the others below the same root.
 */
export function* gatherDevices(path: string): Gathering<ReadonlyMap<string, string>> {
  const folders = foldersAround(path);
  const listed = yield folders.map((it) => ({ kind: "list" as const, folder: it }));
  const paths = folders
    .flatMap((it, i) => (listed[i]?.names ?? []).map(({ name }) => `${it}/${name}`))
    .filter((it) => DEVICE_FILE.test(it))
    .slice(0, MOST);
  const answers = paths.length === 0 ? [] : yield paths.map((it) => ({ kind: "file" as const, path: it }));
  return new Map(paths.flatMap((it, i) => (answers[i]?.text === undefined ? [] : [[it, answers[i].text] as const])));
}

/** The folders that are read with the one of a file, the strongest first. */
function foldersAround(path: string): readonly string[] {
  const own = path.slice(0, path.lastIndexOf("/"));
  const folder = own.replace(/\/[^/]+\.(?:network|netdev|link)\.d$/, "");
  const [, root, below] = PLACE.exec(folder) ?? [];
  return root === undefined ? [folder] : CONF_FOLDERS.map((it) => `${root}${it}${below}`);
}

/** More files than are looked through for the sake of one. */
const MANY = 200;

/**
 * The same files with their drop-ins and the file itself, those of stronger folders first, for who needs to know them all;
 * undefined where there are too many.
 */
export function* gatherBeside(path: string): Gathering<readonly FileBeside[] | undefined> {
  const listed = yield foldersAround(path).map((folder) => ({ kind: "list" as const, folder }));
  const inside = foldersAround(path).flatMap((it, i) => (listed[i]?.names ?? []).map(({ name }) => `${it}/${name}`));
  const folders = inside.filter((it) => DROP_INS.test(it)).slice(0, MANY);
  const dropIns = folders.length === 0 ? [] : yield folders.map((folder) => ({ kind: "list" as const, folder }));
  const paths = [
    ...inside.filter((it) => DEVICE_FILE.test(it)),
    ...folders.flatMap((it, i) => (dropIns[i]?.names ?? []).map(({ name }) => `${it}/${name}`)),
  ];
  if (paths.length > MANY || folders.length === MANY) return undefined;
  const answers = paths.length === 0 ? [] : yield paths.map((it) => ({ kind: "file" as const, path: it }));
  return paths.map((it, i) => ({ path: it, text: answers[i]?.link === "/dev/null" ? "" : answers[i]?.text }));
}
