import { folderBefore, withoutLastSlashes } from "../families/pathParts.ts";
import type { ProgramFiles } from "../program/files.ts";
import { Checkouts, MARKS_OF_CHECKOUTS, repositoryAt } from "../program/source/repository.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import type { Answer, Ask } from "../units/index/gatherAsk.ts";
import { gatherDefaults } from "../units/index/gatherDefaults.ts";
import { treeRootOf } from "../units/index/rival.ts";
import type { ManagerDefaults } from "../units/managerDefaults.ts";
import type { Host } from "./host.ts";

/** What the manager of a file sets for units that do not, where it is known which one that is; `root` is the folder of another system. */
export function defaultsFor(host: Host, path: string, root?: string): ManagerDefaults | undefined {
  // No manager loads what lies elsewhere, such as in the folders of a fleet, of which nothing need be kept.
  if (root === undefined && !path.includes("systemd") && !host.absolute(path).includes("systemd"))
    return sourceFor(host, path);
  const known = KNOWN.get(host) ?? new Map<string, ManagerDefaults | undefined>();
  KNOWN.set(host, known);
  const absolute = host.absolute(path).replaceAll("\\", "/");
  const key = `${folderBefore(absolute)}:${root}`;
  // Paths below the root of all begin with their own slash.
  const below = root === undefined || root === "/" ? root?.slice(1) : withoutLastSlashes(root);
  if (!known.has(key)) known.set(key, withFiles(read(host, absolute, below), host, absolute, root));
  return known.get(key);
}

/** The programs of the machine's own units are read, and those below a root that somebody names. */
function withFiles(
  defaults: ManagerDefaults | undefined,
  host: Host,
  path: string,
  root: string | undefined,
): ManagerDefaults | undefined {
  const isOfMachine = root === undefined && treeRootOf(path) === "";
  if (!host.programFiles) return defaults;
  if (root === undefined && !isOfMachine) return withTree(sourceFor(host, path, defaults), host, path);
  return {
    restrictSuidSgid: false,
    ...defaults,
    files: filesBelow(host, root === undefined ? "/" : host.absolute(root)),
  };
}

/** The same with the files of the tree whose load path the file lies in. */
function withTree(defaults: ManagerDefaults | undefined, host: Host, path: string): ManagerDefaults | undefined {
  const root = treeRootOf(path);
  return root ? { restrictSuidSgid: false, ...defaults, tree: filesBelow(host, root) } : defaults;
}

/** The same with the checkout that a unit lies in, whose source is read. */
function sourceFor(host: Host, path: string, defaults?: ManagerDefaults): ManagerDefaults | undefined {
  const files = filesBelow(host, "/");
  if (!files) return defaults;
  const known =
    CHECKOUTS.get(host) ??
    new Checkouts((folder) => MARKS_OF_CHECKOUTS.some((it) => host.kind(`${folder}/${it}`) !== undefined));
  CHECKOUTS.set(host, known);
  const root = known.rootOf(folderBefore(host.absolute(path).replaceAll("\\", "/")).replace(/\/$/, ""));
  if (root === undefined) return defaults;
  return { restrictSuidSgid: false, ...defaults, source: repositoryAt(root, files) };
}

const CHECKOUTS = new WeakMap<Host, Checkouts>();

/** The files below a root, the same for all who ask, so that a library is read once; undefined where the host has none. */
export function filesBelow(host: Host, root: string): ProgramFiles | undefined {
  const known = FILES.get(host) ?? new Map<string, ProgramFiles | undefined>();
  FILES.set(host, known);
  if (!known.has(root)) known.set(root, host.programFiles?.(root));
  return known.get(root);
}

const FILES = new WeakMap<Host, Map<string, ProgramFiles | undefined>>();

/** Read once for a host and a folder, as all files there have the same. */
const KNOWN = new WeakMap<Host, Map<string, ManagerDefaults | undefined>>();

function read(host: Host, path: string, root: string | undefined): ManagerDefaults | undefined {
  const asking = gatherDefaults(path, root);
  let step = asking.next();
  while (!step.done) step = asking.next(step.value.map((it) => answerTo(it, host)));
  return step.value;
}

/** What cannot be read says nothing. */
function answerTo(ask: Ask, host: Host): Answer {
  try {
    if (ask.kind !== "list") return host.kind(ask.path) === "file" ? { text: decodeUtf8(host.read(ask.path)) } : {};
    return host.kind(ask.folder) === "folder"
      ? { names: host.list(ask.folder).map((name) => ({ name, link: false })) }
      : {};
  } catch {
    return {};
  }
}
