import { checkedPath, isConfigPath } from "../../families/checkedPath.ts";
import { configFamilyOf } from "../../families/configFamilies.ts";
import type { ConfigPath } from "../../families/configs/configPath.ts";
import { folderBefore, splitPath } from "../../families/pathParts.ts";
import { orderDropIns } from "../../families/unitFiles/dropIns.ts";
import { type GatheredUnit, type GatherOptions, gather } from "./gather.ts";
import type { Answer, Gathering } from "./gatherAsk.ts";
import type { GatheredFile } from "./seenFiles.ts";

/** The folders that a configuration is read from, the strongest first, and where they begin. */
export interface ConfigPlace {
  /** What stands before `/etc` and the like; empty on the machine itself, undefined outside of all such folders. */
  readonly root: string | undefined;
  /** The folder of the main file. */
  readonly folder: string;
  /** The same below `/etc` or one of its like, such as `systemd`. */
  readonly below: string;
}

/** Where a file of a configuration, or a drop-in of one, lies. */
export function configPlaceOf(path: string, { config, role }: ConfigPath): ConfigPlace {
  const own = folderBefore(path).replace(/[\\/]$/, "");
  const folder = role === "drop-in" ? folderBefore(own).replace(/[\\/]$/, "") : own;
  const { folders } = configFamilyOf(config).description;
  const home = folders.find((it) => folder === it || folder.endsWith(`/${it}`));
  const below = BELOW.exec(folders.find((it) => !it.startsWith(".")) ?? "")?.[1] ?? "";
  return { root: home && folder.slice(0, -home.length).replace(/\/$/, ""), folder, below };
}

const BELOW = /^(?:etc|run|usr\/local\/lib|usr\/lib)\/(.*)$/;

/** Finds the files that belong together with one, of a unit or of a configuration; `its` is what its text says of the path. */
export function* gatherFiles(
  path: string,
  options: GatherOptions = {},
  checked = checkedPath(path),
): Gathering<GatheredUnit | undefined> {
  return checked && isConfigPath(checked) ? yield* gatherConfig(path, checked, options) : yield* gather(path, options);
}

/** Finds the main file of a configuration and its drop-ins, asking for folders and files as it needs them. */
function* gatherConfig(
  path: string,
  config: ConfigPath,
  { root, alone }: GatherOptions,
): Gathering<GatheredUnit | undefined> {
  const { name = splitPath(path).file } = config;
  const place = configPlaceOf(path, config);
  const { description, dropIns } = configFamilyOf(config.config);
  const base = root?.replace(/\/$/, "") ?? place.root;
  const all = alone || base === undefined ? [] : description.folders.map((it) => `${base}/${it}`);
  // A user's own files come first, wherever the others are.
  const folders = all.includes(place.folder) ? all : [place.folder, ...all];
  const mains = folders.map((it) => `${it}/${name}`);
  const inside = dropIns.foldersOf(name).flatMap((it) => folders.map((folder) => `${folder}/${it}`));
  const [listed, found] = [
    inside.length === 0 ? [] : yield inside.map((folder) => ({ kind: "list", folder }) as const),
    yield mains.map((at) => ({ kind: "file", path: at }) as const),
  ];
  const files = inside.map((folder, i) => ({ folder, files: (listed[i]?.names ?? []).map((it) => it.name) }));
  const read = orderDropIns(files).map((it) => `${it.folder}/${it.file}`);
  const texts = read.length === 0 ? [] : yield read.map((at) => ({ kind: "file", path: at }) as const);
  return {
    id: name,
    aliases: [],
    scope: config.scope,
    masked: false,
    fragment: mains.flatMap((at, i) => fileOf(at, found[i]))[0],
    dropIns: read.map((at, i) => fileOf(at, texts[i])[0] ?? { path: at, text: "" }),
  };
}

/** A file as it was answered, of a link to nowhere without a text; none where there is none. */
const fileOf = (path: string, { text, link }: Answer = {}): readonly GatheredFile[] =>
  text === undefined && link === undefined ? [] : [{ path, text: text ?? "" }];
