import { gatherBeside, gatherDevices } from "../dialects/network/gatherDevices.ts";
import { checkedPath, isConfigPath } from "../families/checkedPath.ts";
import { isOfNetwork } from "../families/configs/configPath.ts";
import { folderBefore } from "../families/pathParts.ts";
import type { ProgramFiles } from "../program/files.ts";
import { Checkouts, MARKS_OF_CHECKOUTS, type Repository, repositoryAt } from "../program/source/repository.ts";
import type { GatheredUnit, GatherOptions } from "../units/index/gather.ts";
import type { Answer, Ask, Gathering } from "../units/index/gatherAsk.ts";
import { type ConfigPlace, configPlaceOf, gatherFiles } from "../units/index/gatherConfig.ts";
import { gatherDefaults } from "../units/index/gatherDefaults.ts";
import { gatherQuadlets, type QuadletsBeside } from "../units/index/gatherQuadlets.ts";
import { linkedPath } from "../units/index/loadPlace.ts";
import { treeRootOf } from "../units/index/rival.ts";
import type { ManagerDefaults } from "../units/managerDefaults.ts";
import { memoBy } from "../units/memo.ts";
import { isWithin } from "../values/path.ts";
import type { FileAccess } from "./fileAccess.ts";
import { uriOfPath } from "./uris.ts";

/** Finds the files of the unit that a file belongs to; undefined where it belongs to no single one. */
export async function gatherFrom(
  files: FileAccess,
  path: string,
  options: GatherOptions = {},
): Promise<GatheredUnit | undefined> {
  return answered(gatherFiles(path, { ...options, home: files.home }), files);
}

/** The files of a configuration; undefined where a path is of none. `isClosed` says of a place that its folders may not be looked into. */
export function configFrom(
  files: FileAccess,
  path: string,
  isClosed: (place: ConfigPlace) => boolean,
): Promise<GatheredUnit | undefined> | undefined {
  const checked = checkedPath(path);
  if (!checked || !isConfigPath(checked)) return undefined;
  const alone = isClosed(configPlaceOf(path, checked));
  const gathering = gatherFrom(files, path, { alone });
  if (alone || !isOfNetwork(checked)) return gathering;
  const asking = answered(gatherBeside(path), files);
  return gathering.then(async (found) => found && { ...found, beside: await asking });
}

/**
 * What the manager of a unit file sets for units that do not, where it is known which one that is, with the files of its machine
 * where that is the one of the server, else with the checkout below one of some trusted folders that it lies in.
 */
export async function defaultsFrom(
  files: FileAccess,
  path: string,
  trusted: readonly string[],
): Promise<ManagerDefaults | undefined> {
  const defaults = await answered(gatherDefaults(path), files);
  if (treeRootOf(path) === "" && files.programFiles)
    return { restrictSuidSgid: false, ...defaults, files: files.programFiles };
  const source = sourceFrom(files, path, trusted);
  const tree = treeFrom(files, path, trusted);
  return source || tree ? { restrictSuidSgid: false, ...defaults, source, tree } : defaults;
}

/** The files of the tree of folders that a unit lies in, below a trusted folder. */
function treeFrom(files: FileAccess, path: string, trusted: readonly string[]): ProgramFiles | undefined {
  const root = treeRootOf(path);
  const isTrusted = trusted.some((it) => it !== "" && root !== undefined && isWithin(root, it.replace(/\/$/, "")));
  return root && isTrusted && files.sourceFiles ? filesIn(files.sourceFiles, root) : undefined;
}

const filesIn = memoBy(
  (files: ProgramFiles, root: string): ProgramFiles => ({
    look: (path) => files.look(root + path),
    read: (path, start, end) => files.read(root + path, start, end),
    list: (folder) => files.list(root + folder),
    packageOf: () => undefined,
  }),
);

function sourceFrom(files: FileAccess, path: string, trusted: readonly string[]): Repository | undefined {
  const source = files.sourceFiles;
  const top = trusted.map((it) => it.replace(/\/$/, "")).find((it) => it !== "" && path.startsWith(`${it}/`));
  if (!source || top === undefined) return undefined;
  const isRoot = (it: string): boolean => it === top || MARKS_OF_CHECKOUTS.some((mark) => source.look(`${it}/${mark}`));
  const root = new Checkouts(isRoot).rootOf(folderBefore(path).replace(/\/$/, ""));
  return root === undefined ? undefined : repositoryAt(root, source);
}

/** The quadlets that podman reads together with one. */
export const quadletsFrom = (files: FileAccess, path: string): Promise<QuadletsBeside> =>
  answered(gatherQuadlets(path), files);

/** The texts of the files of the network that are read together with one, by their paths. */
export const devicesFrom = (files: FileAccess, path: string): Promise<ReadonlyMap<string, string>> =>
  answered(gatherDevices(path), files);

/** The same of the places where the files of the network lie in folders that are open. */
export async function devicesBelow(files: FileAccess, roots: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const tops = roots.map((it) => it.replace(/\/$/, ""));
  const folders = tops.flatMap((it) =>
    ["", "/network", "/systemd/network", "/etc/systemd/network"].map((at) => it + at),
  );
  const found = await Promise.all(folders.map((it) => devicesFrom(files, `${it}/x.netdev`)));
  return new Map(found.flatMap((it) => [...it]));
}

async function answered<T>(asking: Gathering<T>, files: FileAccess): Promise<T> {
  let step = asking.next();
  while (!step.done) step = asking.next(await Promise.all(step.value.map((it) => answerTo(it, files))));
  return step.value;
}

async function answerTo(ask: Ask, files: FileAccess): Promise<Answer> {
  if (ask.kind === "list") {
    const names = await files.list(uriOfPath(ask.folder));
    return { names: names.map(({ name, link = false }) => ({ name, link })) };
  }
  const uri = uriOfPath(ask.path);
  if (ask.kind === "link") return { link: await files.linkTarget(uri) };
  const [found, link] = await Promise.all([files.read(uri), files.linkTarget(uri)]);
  const target = link === undefined ? ask.path : linkedPath(ask.path, link);
  const text = target === ask.path ? found : await files.read(uriOfPath(target));
  // A folder that is called like a drop-in says nothing, and hides those of its name as an empty one does.
  const isFolder = text === undefined && ask.path.endsWith(".conf") && (await files.kind(uri)) === "folder";
  return { text: isFolder ? "" : text, link };
}
