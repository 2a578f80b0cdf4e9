import { configPath, isOfNetwork } from "../families/configs/configPath.ts";
import { withoutLastSlashes } from "../families/pathParts.ts";
import { quadletPath } from "../families/quadletFiles/quadletPath.ts";
import { searchFolderOf } from "../families/quadletFiles/searchFolder.ts";
import { UNIT_FAMILY } from "../families/unitFiles.ts";
import type { UnitContext } from "../findings/rule.ts";
import { shortText } from "../syntax/longFile.ts";
import { parse } from "../syntax/parse.ts";
import { TextTable } from "../syntax/textTable.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import type { CommonTexts } from "../units/index/commonTexts.ts";
import { filePlaceOf } from "../units/index/filePlace.ts";
import { EMPTY_INDEX, type SeenFile, type UnitIndex, withChanges, withSayings } from "../units/index/unitIndex.ts";
import { besideOver } from "./gathering.ts";
import { type Host, kindOfEntry } from "./host.ts";

/** The units among which a file is judged, of its path and of its text where that is not what is on disk. */
export type NeighboursOf = (path: string, changed?: string) => UnitContext;

/** A folder that holds drop-ins or dependencies of a unit. */
const INNER = /\.(?:d|wants|requires|upholds)$/;

/** Whether a folder of quadlets is looked into; repositories of them have others. */
const isShown = (name: string): boolean => !name.startsWith(".");

/**
 * The units among which the files of a command line are judged: those in the folders that are named, those next to the files
 * that are named, and those of another system below `root`. What cannot be read is skipped.
 */
export function readNeighbours(
  host: Host,
  paths: readonly string[],
  root: string | undefined,
  texts: Omit<CommonTexts, "contents">,
): NeighboursOf {
  const seen = new SeenUnits({ ...texts, contents: new TextTable(MOST_CONTENTS, (it) => texts.repeated.has(it)) });
  const whole: string[] = [];
  for (const path of paths) {
    if (kindOf(host, path) === "folder") {
      whole.push(keyOf(path));
      look(host, path, () => true, seen);
      const above = searchFolderOf(`${keyOf(path)}/x`);
      if (above.deep && above.folder !== keyOf(path)) look(host, above.folder, isShown, seen);
    } else {
      const beside = homeOf(path);
      const { folder, deep } = searchFolderOf(`${beside}/${path.replace(/^.*[\\/]/, "")}`);
      // Quadlets of all folders below one are among each other.
      if (deep && quadletPath(path)) look(host, folder, isShown, seen);
      else look(host, beside, (name) => INNER.test(name), seen);
    }
  }
  if (root !== undefined) {
    whole.push(keyOf(root));
    for (const folder of Object.values(UNIT_FAMILY.dropIns.loadPaths).flat())
      if (!folder.includes("*")) look(host, `${withoutLastSlashes(root)}/${folder}`, (name) => INNER.test(name), seen);
    for (const file of scripts(host, withoutLastSlashes(root))) seen.add(file);
  }
  const index = seen.index();
  const looked: LookedBeside = new Map();
  return (path, changed) => {
    const key = keyOf(path);
    const top = filePlaceOf(key)?.root;
    const now = changed === undefined ? index : withSayings(index, key, parse(changed, undefined, texts.lines));
    const complete = whole.some((it) => top !== undefined && (top === it || top.startsWith(`${it}/`) || it === ""));
    return { index: now, path: key, complete, beside: besideOf(host, key, looked) };
  };
}

/** What lies next to the files of a folder of networkd, once somebody asked. */
type LookedBeside = Map<string, UnitContext["beside"]>;

function besideOf(host: Host, key: string, looked: LookedBeside): UnitContext["beside"] {
  const config = configPath(key);
  if (!config || !isOfNetwork(config)) return undefined;
  const folder = key.slice(0, key.lastIndexOf("/"));
  if (!looked.has(folder)) looked.set(folder, besideOver(host, key));
  return looked.get(folder);
}

/** At least so many texts are read before their units go into the index. */
const AT_ONCE = 1000;

/** What so many texts say is known at a time. */
const MOST_CONTENTS = 2048;

/** An index that grows. Invariant: only a share of all texts waits, as the index keeps little of them. */
class SeenUnits {
  #index = EMPTY_INDEX;
  #waiting = new Map<string, SeenFile>();
  readonly #common: CommonTexts;

  constructor(common: CommonTexts) {
    this.#common = common;
  }

  has(path: string): boolean {
    return this.#waiting.has(path) || this.#index.files.has(path);
  }

  add(file: SeenFile): void {
    this.#waiting.set(file.path, file);
    // Each round copies the index; as it grows there are fewer of them.
    if (this.#waiting.size >= Math.max(AT_ONCE, this.#index.files.size / 4)) this.index();
  }

  index(): UnitIndex {
    const files = [...this.#waiting.values()];
    this.#waiting = new Map();
    this.#index = attempt(() => withChanges(this.#index, files, this.#common)) ?? this.#oneByOne(files);
    return this.#index;
  }

  /** Where one text ends in an error, the others are among each other without it. */
  #oneByOne(files: readonly SeenFile[]): UnitIndex {
    return files.reduce((index, it) => attempt(() => withChanges(index, [it], this.#common)) ?? index, this.#index);
  }
}

/** The folder of the unit files: that of a file, or of a drop-in the one above. */
function homeOf(path: string): string {
  const parts = path.split(/[\\/](?!x[0-9a-f]{2})/).slice(0, -1);
  const inner = INNER.test(parts.at(-1) ?? "") ? parts.slice(0, -1) : parts;
  return inner.length > 0 ? inner.join("/") || "/" : ".";
}

/** The path by which the index knows a file; a bare name must not be taken for one of the machine. */
function keyOf(path: string): string {
  const unified = /^(?:[A-Za-z]:[\\/]|\\\\)/.test(path) ? path.replaceAll("\\", "/") : path;
  const plain = withoutLastSlashes(unified.replace(/\/(?:\.?\/)+/g, "/"));
  if (plain === "/") return "";
  return /^(?:\/|\.\.?(?:\/|$)|[A-Za-z]:\/)/.test(plain) ? plain : `./${plain}`;
}

function look(host: Host, folder: string, enters: (name: string) => boolean, seen: SeenUnits): void {
  for (const entry of attempt(() => host.entries(folder)) ?? []) {
    const { name } = entry;
    const path = folder.endsWith("/") ? folder + name : `${folder}/${name}`;
    const key = keyOf(path);
    const isLink = entry.is === "link";
    const kind = attempt(() => kindOfEntry(host, path, entry));
    if (kind === "folder" && !isLink && enters(name)) look(host, path, enters, seen);
    const place = filePlaceOf(key);
    if (!place || seen.has(key) || (kind !== "file" && !isLink)) continue;
    const text =
      kind === "file" ? attempt(() => shortText(decodeUtf8(host.read(path, isLink ? undefined : "file")))) : undefined;
    const link = isLink ? attempt(() => host.linkTarget(path)) : undefined;
    if (text !== undefined || link !== undefined)
      seen.add({ path: key, place, ...(text === undefined ? {} : { text }), ...(link === undefined ? {} : { link }) });
  }
}

/** The services that systemd-sysv-generator makes of the scripts of another system. */
function scripts(host: Host, root: string): SeenFile[] {
  const names = attempt(() => host.list(`${root}/etc/init.d`)) ?? [];
  return names.map((name) => ({
    path: keyOf(`${root}/run/systemd/generator.late/${name.replace(/\.sh$/, "")}.service`),
    text: `[Unit]\nSourcePath=/etc/init.d/${name}\n`,
  }));
}

const kindOf = (host: Host, path: string): ReturnType<Host["kind"]> => attempt(() => host.kind(path));

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
