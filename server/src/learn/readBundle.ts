import type { BundleHead, PathStatus } from "./bundle.ts";
import type { ConfiguredNeed } from "./needs.ts";
import { CONFIGURED_USES } from "./needsJson.ts";
import { anInteger, anObject, aText, listOf, type Parse, parsed } from "./shape.ts";

/** Reads `bundle.json`, or says in a sentence without a full stop why it cannot. */
export function bundleHead(source: string): { readonly head: BundleHead } | { readonly problem: string } {
  const read = parsed(source, readHead);
  return "problem" in read ? { problem: `bundle.json cannot be read: ${read.problem}` } : { head: read.value };
}

const readHead: Parse<BundleHead> = (value, where) => {
  const all = anObject(value, where);
  if (all.version !== 1) throw new TypeError(`version ${JSON.stringify(all.version) ?? "none"} is not 1`);
  return {
    version: 1,
    unit: aText(all.unit, "unit"),
    systemd: aText(all.systemd, "systemd"),
    strace: aText(all.strace, "strace"),
    kernel: aText(all.kernel, "kernel"),
    architecture: aText(all.architecture, "architecture"),
    users: listOf(aText)(all.users, "users"),
    ...(all.groups !== undefined && { groups: listOf(aText)(all.groups, "groups") }),
    exercised: listOf(aText)(all.exercised, "exercised"),
    ...(all.checked === true && { checked: true }),
    ...(all.under !== undefined && { under: listOf(aText)(all.under, "under") }),
    ...(all.problems !== undefined && { problems: listOf(aText)(all.problems, "problems") }),
  };
};

/** Numbers of a user. */
export interface UserNumbers {
  readonly uid: number;
  readonly gid: number;
}

/** The users of a bundle by name; a line that is none is left out. */
export function bundleUsers({ users }: BundleHead): ReadonlyMap<string, UserNumbers> {
  const found = new Map<string, UserNumbers>();
  for (const line of users) {
    const [, name = "", uid, gid] = /^([^:]+):(\d{1,10}):(\d{1,10})$/.exec(line) ?? [];
    if (name !== "") found.set(name, { uid: Number(uid), gid: Number(gid) });
  }
  return found;
}

const MOST_PATHS = 200_000;
const STATUS_LINE = /^([0-7]{1,7})\t(\d{1,10})\t(\d{1,10})\t([^\t]*)\t([^\t]+)\t([^\t]+)$/;

/** Reads `stat.tsv`: status by path. A line that is broken is left out. */
export function readStatus(source: string): ReadonlyMap<string, PathStatus> {
  const found = new Map<string, PathStatus>();
  for (const line of source.split("\n", MOST_PATHS)) {
    const [, mode, uid, gid, capabilities, path = "", real = ""] = STATUS_LINE.exec(line) ?? [];
    if (mode === undefined || !path.startsWith("/")) continue;
    found.set(unescaped(path), {
      mode: Number.parseInt(mode, 8),
      uid: Number(uid),
      gid: Number(gid),
      capabilities: capabilities !== "-" && capabilities !== "",
      real: unescaped(real),
    });
  }
  return found;
}

/** Reads `configured.tsv`. A line that is broken is left out. */
export function readConfigured(source: string): readonly ConfiguredNeed[] {
  return source.split("\n", MOST_PATHS).flatMap((line): ConfiguredNeed[] => {
    const [written = "", name = "", file = "", ...more] = line.split("\t");
    const use = CONFIGURED_USES.find((it) => it === written);
    return use === undefined || name === "" || !file.startsWith("/") || more.length > 0 ? [] : [{ use, name, file }];
  });
}

const CHARACTERS: ReadonlyMap<string, string> = new Map([
  ["t", "\t"],
  ["n", "\n"],
]);

const unescaped = (path: string): string =>
  path.includes("\\") ? path.replace(/\\(.)/gs, (_, letter: string) => CHARACTERS.get(letter) ?? letter) : path;

/** Reads the status of paths in the form of runs before there were bundles: JSON with `files`. */
export function readStatusJson(source: string): ReadonlyMap<string, PathStatus> {
  const read = parsed(source, (value, where) => Object.entries(anObject(anObject(value, where).files, "files")));
  const found = new Map<string, PathStatus>();
  for (const [path, entry] of "problem" in read ? [] : read.value) {
    const status = asStatus(path, entry);
    if (status !== undefined) found.set(path, status);
  }
  return found;
}

function asStatus(path: string, entry: unknown): PathStatus | undefined {
  try {
    const { mode, uid, gid, real, caps } = anObject(entry, path);
    return {
      mode: anInteger(mode, path),
      uid: anInteger(uid, path),
      gid: anInteger(gid, path),
      capabilities: caps !== undefined && caps !== null && caps !== "",
      real: real === undefined ? path : aText(real, path),
    };
  } catch {
    return undefined;
  }
}

/** A file of a unit. */
export interface UnitText {
  readonly path: string;
  readonly text: string;
}

const HEADER = /^# (\/\S.*)$/;
const SUFFIX = /\.(?:service|socket|timer|slice|target|conf)$/;

/** Also of the directories that systemd makes itself, as `/run/systemd/transient` and `/etc/systemd/system.control`. */
const isOfSystemd = (path: string): boolean => path.includes("/systemd/") && SUFFIX.test(path);

/** Takes the output of `systemctl cat` apart: the unit file first, then its drop-ins. */
export function unitTexts(source: string): readonly UnitText[] {
  const files: { path: string; lines: string[] }[] = [];
  let blank = true;
  for (const line of source.split("\n")) {
    const path = blank ? HEADER.exec(line)?.[1] : undefined;
    const last = files.at(-1);
    if (path !== undefined && isOfSystemd(path) && (last === undefined || path.endsWith(".conf"))) {
      if (last?.lines.at(-1) === "") last.lines.pop();
      files.push({ path, lines: [] });
    } else last?.lines.push(line);
    blank = line === "";
  }
  return files.map(({ path, lines }) => ({ path, text: ended(lines.join("\n")) }));
}

const ended = (content: string): string => (content === "" || content.endsWith("\n") ? content : `${content}\n`);
