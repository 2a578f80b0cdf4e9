import { CONF_FOLDERS } from "../../families/configs/configFamily.ts";
import type { Gathering } from "./gather.ts";

/** More files of the network than anybody has; those after them are not looked at. */
const MOST = 500;

const DEVICE_FILE = /\.(?:network|netdev|link)$/;
const PLACE = /^(.*\/)(?:etc|run|usr\/local\/lib|usr\/lib)(\/systemd\/network)$/;

/**
 * The texts by path of the .network, .netdev and .link files that are read together with one: those of its folder and, where
 * it is one of networkd's, of the others below the same root.
 */
export function* gatherDevices(path: string): Gathering<ReadonlyMap<string, string>> {
  const own = path.slice(0, path.lastIndexOf("/"));
  const folder = own.replace(/\/[^/]+\.(?:network|netdev|link)\.d$/, "");
  const [, root, below] = PLACE.exec(folder) ?? [];
  const folders = root === undefined ? [folder] : CONF_FOLDERS.map((it) => `${root}${it}${below}`);
  const listed = yield folders.map((it) => ({ kind: "list" as const, folder: it }));
  const paths = folders
    .flatMap((it, i) => (listed[i]?.names ?? []).map(({ name }) => `${it}/${name}`))
    .filter((it) => DEVICE_FILE.test(it))
    .slice(0, MOST);
  const answers = paths.length === 0 ? [] : yield paths.map((it) => ({ kind: "file" as const, path: it }));
  return new Map(paths.flatMap((it, i) => (answers[i]?.text === undefined ? [] : [[it, answers[i].text] as const])));
}
