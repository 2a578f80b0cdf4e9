import "../dialects/dialects.ts";
import { gatherBeside } from "../dialects/network/gatherDevices.ts";
import { checkedPath, isConfigPath } from "../families/checkedPath.ts";
import { type FolderPlace, filePlaceOf } from "../units/index/filePlace.ts";
import { type FileBeside, type GatheredUnit, type GatherOptions, gatherIn } from "../units/index/gather.ts";
import type { Answer, Ask, Gathering } from "../units/index/gatherAsk.ts";
import { gatherFiles } from "../units/index/gatherConfig.ts";
import { gatherQuadlets, type QuadletsBeside } from "../units/index/gatherQuadlets.ts";
import { type LoadPathFolders, listFolders, placesAround } from "../units/index/loadPathFolders.ts";
import { linkedPath } from "../units/index/loadPlace.ts";
import { LEARNT_SUFFIX, NEEDS_SUFFIX } from "../units/learntText.ts";
import { messageOf } from "./attempts.ts";
import type { Host, HostEntry } from "./host.ts";
import { unitText } from "./unitText.ts";

/** The folders that were listed for a run, which holds all of its files to be as they were then. */
const LISTED = new WeakMap<Host, Map<string, LoadPathFolders>>();

/** The drop-ins of a run that cannot be read, with whether that was said. */
const UNREAD = new WeakMap<Host, Map<string, { readonly sentence: string; isSaid: boolean }>>();

/** What is to be said of drop-ins that could not be read, each once: their units are judged without them. */
export function unreadDropIns(host: Host): string[] {
  const open = [...(UNREAD.get(host)?.values() ?? [])].filter((it) => !it.isSaid);
  for (const it of open) it.isSaid = true;
  return open.map((it) => it.sentence);
}

/** A drop-in counts as missing; for a file that is looked at itself the error stands. */
function withoutDropIn(host: Host, path: string, error: unknown): Answer {
  const known = UNREAD.get(host) ?? new Map();
  UNREAD.set(host, known);
  const sentence = `${path}: ${messageOf(error)}: its unit is judged without this drop-in`;
  if (!known.has(path)) known.set(path, { sentence, isSaid: false });
  return {};
}

/**
 * Finds the files of the unit that a file at an absolute path belongs to, `its` being what its text says of the path; throws
 * where one of them cannot be read.
 */
export function gatherOver(
  host: Host,
  path: string,
  options: GatherOptions,
  checked = checkedPath(path),
): GatheredUnit | undefined {
  const own = filePlaceOf(path);
  if (!own || (checked && isConfigPath(checked))) return answered(gatherFiles(path, options, checked), host, path);
  return answered(gatherIn(foldersOver(host, placesAround(own, options)), path, options), host, path);
}

/** What lies in some folders, of which no other is listed again for the next file. */
export function foldersOver(host: Host, places: readonly FolderPlace[]): LoadPathFolders {
  const known = LISTED.get(host) ?? new Map<string, LoadPathFolders>();
  LISTED.set(host, known);
  const key = JSON.stringify(places.map((it) => [it.root, it.folder]));
  const folders = known.get(key) ?? answered(listFolders(places), host, "");
  known.set(key, folders);
  return folders;
}

function answered<T>(asking: Gathering<T>, host: Host, path: string): T {
  let step = asking.next();
  while (!step.done) step = asking.next(step.value.map((it) => answerTo(it, host, path)));
  return step.value;
}

/** The quadlets that podman reads together with one. */
export function quadletsOver(host: Host, path: string): QuadletsBeside {
  return answered(gatherQuadlets(path), host, path);
}

/** The files that networkd and udev read together with one; undefined where they are too many. */
export function besideOver(host: Host, path: string): readonly FileBeside[] | undefined {
  const asking = gatherBeside(path);
  const answer = (ask: Ask): Answer => {
    try {
      return answerTo(ask, host, path);
    } catch {
      return {};
    }
  };
  let step = asking.next();
  while (!step.done) step = asking.next(step.value.map(answer));
  return step.value;
}

function answerTo(ask: Ask, host: Host, wanted: string): Answer {
  if (ask.kind === "link") return { link: host.linkTarget(ask.path) };
  if (ask.kind === "file") {
    const link = host.linkTarget(ask.path);
    // A link next to the unit may be another name of it; where it leads to something else, that need not be readable.
    const isBystander = link !== undefined && ask.path !== wanted && !ask.path.endsWith(".conf");
    const path = link === undefined ? ask.path : linkedPath(ask.path, link);
    try {
      const kind = host.kind(path);
      // A folder that is called like a drop-in says nothing, and hides those of its name as an empty one does.
      if (kind === "folder" && ask.path.endsWith(".conf")) return { text: "" };
      return { text: kind === "file" ? unitText(host, path) : undefined, link };
    } catch (error) {
      if (isBystander) return { link };
      if (ask.path.endsWith(LEARNT_SUFFIX) || ask.path.endsWith(NEEDS_SUFFIX)) return { text: "" };
      if (ask.path.endsWith(".conf") && ask.path !== wanted) return withoutDropIn(host, ask.path, error);
      throw error;
    }
  }
  return { names: entriesOf(host, ask.folder).map(({ name, is }) => ({ name, link: is === "link" })) };
}

/** What lies in a folder, nothing where there is none; most that are asked for are there. */
function entriesOf(host: Host, folder: string): readonly HostEntry[] {
  try {
    return host.entries(folder);
  } catch (error) {
    if (host.kind(folder) !== "folder") return [];
    throw error;
  }
}
