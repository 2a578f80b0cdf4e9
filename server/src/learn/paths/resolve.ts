import { HOST_LINKS } from "../../security/world/tables.ts";
import type { PathStatus } from "../bundle.ts";

/** Follows links as the kernel does, as far as they are known. */
export interface Resolver {
  /** The real path of an absolute one; the last name is not followed where a call acts on the link itself. */
  readonly real: (path: string, follow: boolean) => string;
  /** What an opened path turned out to be. */
  readonly learnt: (path: string, real: string) => void;
  /** By any of the names of a file. */
  readonly status: (path: string) => PathStatus | undefined;
}

const MOST_LEARNT = 8192;
const DEEPEST = 40;

export function pathResolver(status: ReadonlyMap<string, PathStatus>): Resolver {
  const links = new Map<string, string>([...HOST_LINKS].filter(([path]) => !status.has(path)));
  const byReal = new Map<string, PathStatus>();
  for (const [path, entry] of status) {
    if (entry.real !== path && entry.real.startsWith("/") && !isProc(path) && !isProc(entry.real)) {
      links.set(path, entry.real);
      if (!byReal.has(entry.real)) byReal.set(entry.real, entry);
    } else byReal.set(path, entry);
  }
  let learnt = 0;
  const memo = new Map<string, string>();
  const real = (path: string, follow: boolean): string => {
    const key = follow ? path : `${path}\0`;
    let found = memo.get(key);
    if (found === undefined) {
      found = walk(links, path, follow);
      if (memo.size > MOST_LEARNT) memo.clear();
      memo.set(key, found);
    }
    return found;
  };
  return {
    real,
    learnt: (path, to) => {
      if (path === to || learnt >= MOST_LEARNT || isProc(path) || isProc(to) || links.get(path) === to) return;
      learnt++;
      links.set(path, to);
      memo.clear();
    },
    status: (path) => byReal.get(path) ?? status.get(path),
  };
}

/** Paths below /proc name processes, and lead elsewhere for each of them. */
const isProc = (path: string): boolean => path === "/proc" || path.startsWith("/proc/");

function walk(links: ReadonlyMap<string, string>, path: string, follow: boolean): string {
  const names = path.split("/").filter((name) => name !== "" && name !== ".");
  let at = "";
  let followed = 0;
  names.forEach((name, index) => {
    if (name === "..") {
      at = at.slice(0, Math.max(0, at.lastIndexOf("/")));
      return;
    }
    at += `/${name}`;
    const to = index < names.length - 1 || follow ? links.get(at) : undefined;
    if (to !== undefined && followed++ < DEEPEST) at = to === "/" ? "" : to;
  });
  return at === "" ? "/" : at;
}

/** A path without `.`, `..` and doubled slashes, as if none of its names were a link. */
export const plainPath = (path: string): string => (UNEVEN.test(path) ? walk(NO_LINKS, path, false) : path);

const UNEVEN = /\/(?:\/|\.\.?(?:\/|$)|$)/;
const NO_LINKS: ReadonlyMap<string, string> = new Map();

/** The directory that holds a path. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash <= 0 ? "/" : path.slice(0, slash);
}

const OF_A_PROCESS = /^\/proc\/(\d+|self|thread-self|\*)(?:\/(.*))?$/;

/** The process that a path below /proc is about: its number, or the one that asks; `undefined` for other paths. */
export function processOfPath(path: string): number | "self" | undefined {
  const match = OF_A_PROCESS.exec(path);
  if (match === null) return undefined;
  return match[1] === "self" || match[1] === "thread-self" ? "self" : Number(match[1]);
}

/** `/proc/self/…` or, of others, `/proc/*\/…`, so that the number of paths does not grow with that of processes. */
export function withoutProcess(path: string, own: boolean): string {
  const below = OF_A_PROCESS.exec(path)?.[2];
  const base = own ? "/proc/self" : "/proc/*";
  if (below === undefined || below === "") return base;
  return `${base}/${below.replace(/^(task)\/\d+/, "$1/*").replace(/^((?:task\/\*\/)?(?:fd|fdinfo|map_files))\/.*$/, "$1")}`;
}
