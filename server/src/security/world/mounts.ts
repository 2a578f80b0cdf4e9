import { append } from "../../text/append.ts";
import { foldersAbove } from "../../values/path.ts";
import { arrange, type Shut } from "./arrange.ts";
import type { Plan, RootFiles } from "./build.ts";
import type { Cause } from "./cause.ts";
import { isAccess, type MountEntry } from "./entry.ts";
import { CARRIED, DEVICE_DIRECTORIES, DEVICE_LINKS, DEVICE_NODES, HOST_LINKS } from "./tables.ts";

/** An entry as systemd carries it out; one that is not `applied` only keeps what is above away from its path. */
export interface Mount extends MountEntry {
  readonly applied: boolean;
}

/** A path that has to be there and is not, so that the service fails with 226/NAMESPACE. */
export interface MissingPath {
  readonly path: string;
  readonly by: Cause;
}

/** The files of a service: its mounts by path, outer ones first, over the files of its root. */
export interface SeenFiles {
  readonly root: RootFiles;
  /** Whether there is nothing but processes in a /proc of its own (ProcSubset=pid). */
  readonly pidsOnly: boolean;
  /** Whether other units put files into its private /tmp (JoinsNamespaceOf=). */
  readonly sharesTmp: boolean;
  readonly mounts: ReadonlyMap<string, Mount>;
  /** The paths at or below which something is mounted. */
  readonly leading: ReadonlySet<string>;
}

/** What lies at a path: files that the host knows by a name of its own, or something that is only there for the service. */
export type Content =
  | { readonly kind: "host"; readonly path: string; readonly bind?: Mount }
  | { readonly kind: "mount"; readonly mount: Mount };

/** As often as mount points behind links are put in order again. */
const ROUNDS = 8;

/** Follows apply_mounts(), systemd 257 to 262: mount points are looked for behind links, which may change their order. */
export function carryOut({ entries, own: { links }, ...start }: Plan): {
  readonly files: SeenFiles;
  readonly missing: readonly MissingPath[];
  readonly shut: readonly Shut[];
} {
  const shut: Shut[] = [];
  let wanted = entries;
  for (let round = 0; ; round++) {
    const ordered = arrange(wanted);
    append(shut, ordered.shut);
    const { files, missing, followed } = applied(ordered.kept, start, links);
    if (!followed || round === ROUNDS) return { files, missing, shut };
    wanted = followed;
  }
}

function applied(
  ordered: readonly MountEntry[],
  start: Pick<SeenFiles, "root" | "pidsOnly" | "sharesTmp">,
  links: ReadonlyMap<string, string>,
): { files: SeenFiles; missing: readonly MissingPath[]; followed: readonly MountEntry[] | undefined } {
  const mounts = new Map<string, Mount>();
  const leading = new Set<string>();
  const { root, pidsOnly, sharesTmp } = start;
  const files: SeenFiles = { root, pidsOnly, sharesTmp, mounts, leading };
  const missing: MissingPath[] = [];
  let moved = false;
  const followed = ordered.map((it) => {
    const path = followLinks(it.path, (at) => hostLink(contentAt(files, at), links));
    if (path !== it.path) {
      moved = true;
      return { ...it, path };
    }
    if (isMissing(files, it)) {
      if (!it.optional) missing.push({ path: it.path, by: it.by });
      return it;
    }
    const mount = Object.assign({}, it, { applied: !isThere(files, it) });
    mounts.set(it.path, mount);
    if (mount.applied) for (const lead of [it.path, ...foldersAbove(it.path)]) leading.add(lead);
    return it;
  });
  return { files, missing, followed: moved ? followed : undefined };
}

/** A bind mount makes its mount point, and so does a new file system; anything else needs one. */
function isMissing(files: SeenFiles, entry: MountEntry): boolean {
  if (!isAccess(entry) && entry.mode !== "inaccessible") return false;
  return isAbsent(files, contentAt(files, entry.path), entry.path);
}

/** The host's /dev, /sys and /run stay as they are where they are mounted already. */
function isThere(files: SeenFiles, { mode, path }: MountEntry): boolean {
  if (mode !== "bind-dev" && mode !== "bind-sysfs" && mode !== "run") return false;
  const content = contentAt(files, path);
  return content.kind === "host" && content.path === path;
}

/** What lies at a path without links. */
export function contentAt({ mounts, root }: SeenFiles, path: string): Content {
  for (const at of [path, ...foldersAbove(path)]) {
    const mount = mounts.get(at);
    if (!mount?.applied || isAccess(mount)) continue;
    if (mount.mode === "bind" && mount.source !== undefined)
      return { kind: "host", path: joined(mount.source, at === "/" ? path : path.slice(at.length)), bind: mount };
    if (mount.mode === "bind-dev" || mount.mode === "bind-sysfs") return { kind: "host", path };
    if (SHARED.get(mount.mode)?.some((it) => path === it || path.startsWith(`${it}/`))) return { kind: "host", path };
    return { kind: "mount", mount };
  }
  return { kind: "host", path: root.kind === "directory" ? joined(root.path, path) : path };
}

/** What new file systems have of the host's. */
const SHARED: ReadonlyMap<MountEntry["mode"], readonly string[]> = new Map<MountEntry["mode"], readonly string[]>([
  ["private-dev", DEVICE_DIRECTORIES.map((it) => `/dev/${it}`)],
  ["procfs", CARRIED],
  ["private-sysfs", CARRIED],
]);

const joined = (base: string, rest: string): string =>
  rest === "" || rest === "/" ? base : base === "/" ? rest : base + rest;

/** New file systems that have nothing in them but what systemd puts there. */
const EMPTY: readonly MountEntry["mode"][] = ["tmpfs", "empty-dir", "run", "mqueue", "bpf"];

/** Whether there is surely nothing at a path. */
export function isAbsent({ leading, pidsOnly, sharesTmp }: SeenFiles, content: Content, path: string): boolean {
  if (content.kind === "host" || content.mount.path === path || leading.has(path)) return false;
  const { mode } = content.mount;
  if (mode === "private-tmp") return !sharesTmp;
  if (mode === "procfs") return pidsOnly && !PROCESSES.test(path);
  return mode === "inaccessible" || (mode === "private-dev" ? !isDevice(path) : EMPTY.includes(mode));
}

const PROCESSES = /^\/proc\/(?:\d|self(?:\/|$)|thread-self(?:\/|$)|mounts$|net(?:\/|$))/;

const NODES: ReadonlySet<string> = new Set([...DEVICE_NODES, ...DEVICE_LINKS].map((it) => `/dev/${it}`));

/** What there is in a /dev of its own. */
const isDevice = (path: string): boolean => NODES.has(path) || /^\/dev\/(?:fd|char|block)\//.test(path);

/** Where the host has a link: one that all have, or one that systemd makes for the service. */
export function hostLink(content: Content, links: ReadonlyMap<string, string>): string | undefined {
  return content.kind === "host" ? (HOST_LINKS.get(content.path) ?? links.get(content.path)) : undefined;
}

/** As many links as the kernel follows in one path, and as deep as links are looked for. */
const MOST = 40;
const DEEP = 32;

/** A path without links: `linkAt` says where a path without links leads, if it is one. */
export function followLinks(path: string, linkAt: (path: string) => string | undefined): string {
  let at = path.indexOf("/", 1);
  let real = path;
  for (let steps = MOST, depth = 0; steps > 0 && depth < DEEP; depth++) {
    const head = at < 0 ? real : real.slice(0, at);
    const target = linkAt(head);
    if (target !== undefined) {
      steps--;
      depth = 0;
      real = target + (at < 0 ? "" : real.slice(at));
      at = real.indexOf("/", 1);
    } else if (at < 0) return real;
    else at = real.indexOf("/", at + 1);
  }
  return real;
}
