import { memo } from "../../units/memo.ts";
import type { Unit } from "../../units/unit.ts";
import { foldersAbove, simplifyPath } from "../../values/path.ts";
import { nearestEntry, type Shut } from "./arrange.ts";
import { planOf } from "./build.ts";
import { type Cause, causeText } from "./cause.ts";
import { isAccess, type MountEntry } from "./entry.ts";
import {
  type Content,
  carryOut,
  contentAt,
  followLinks,
  hostLink,
  isAbsent,
  type MissingPath,
  type Mount,
  type SeenFiles,
} from "./mounts.ts";
import type { OwnDirectory } from "./ownDirectories.ts";
import { DEVICE_NODES, MAY_BE_WITHOUT, WITHOUT_PROGRAMS } from "./tables.ts";
import { type UnknownPart, unknownCauses } from "./unknown.ts";

/**
 * What a path is for a service. `private`: something of its own instead of what others see; `bound`: files from
 * elsewhere; `empty`: a new file system without files; `hidden`: nothing can be read there, and nothing is below.
 */
export type PathState = "writable" | "read-only" | "private" | "bound" | "empty" | "hidden" | "absent" | "unknown";

/** What a service finds at a path, as far as the sandbox decides; whether files are there and to whom they belong is another matter. */
export interface Spot {
  readonly path: string;
  /** The path behind links. */
  readonly real: string;
  readonly state: PathState;
  /** Whether it is writable in the sandbox; undefined where that cannot be known. */
  readonly writable: boolean | undefined;
  /** Whether the sandbox allows programs to be executed from it, and the mounts that every host has; undefined where hosts differ. */
  readonly executable: boolean | undefined;
  /** Where the host has these files, if that is another path. */
  readonly from: string | undefined;
  /** The setting that decides; undefined where no setting touches the path. */
  readonly by: Cause | undefined;
  /** The setting that forbids programs, where another one decides the rest. */
  readonly noexecBy: Cause | undefined;
}

/** The file system of a service as its settings make it. */
export interface ServiceWorld {
  readonly files: SeenFiles;
  /** Links that systemd makes for the service. */
  readonly links: ReadonlyMap<string, string>;
  readonly directories: readonly OwnDirectory[];
  /** The paths that make the start fail, the first one first. */
  readonly missing: readonly MissingPath[];
  /** What is asked for below paths that are made inaccessible, and so has no effect. */
  readonly shut: readonly Shut[];
  /** What other files cover, which only the machine has. */
  readonly unknown: readonly UnknownPart[];
}

/** The world of a service, kept for the unit; undefined for other units and for drop-ins, which are no world of their own. */
export const serviceWorld: (unit: Unit) => ServiceWorld | undefined = memo((unit) => {
  if (unit.path.kind !== "service" || unit.path.role !== "unit") return undefined;
  const plan = planOf(unit);
  const { root, own } = plan;
  const { files, missing, shut } = carryOut(plan);
  const { links, directories } = own;
  return { files, missing, shut, links, directories, unknown: unknownCauses(unit, root) };
});

/** What lies at a path, and what was mounted or done there last. */
export interface Reached {
  readonly path: string;
  /** The path behind links. */
  readonly real: string;
  readonly content: Content;
  readonly mount: Mount | undefined;
  /** Who brings files that only the machine knows. */
  readonly unknownBy: Cause | undefined;
}

/** Goes to an absolute path, behind links. */
export function reach(world: ServiceWorld, wanted: string): Reached {
  const path = simplifyPath(wanted);
  const { files, links } = world;
  const real = followLinks(path, (at) => {
    const content = contentAt(files, at);
    return hostLink(content, links) ?? (isAbsent(files, content, at) ? links.get(at) : undefined);
  });
  const content = contentAt(files, real);
  const part = world.unknown.find((it) => covers(it, real, content));
  const image = content.kind === "mount" && content.mount.mode === "image" ? content.mount.by : undefined;
  return { path, real, content, mount: nearestEntry(files.mounts, upwards(real)), unknownBy: part?.by ?? image };
}

/** What a service finds at an absolute path. */
export function spotAt(world: ServiceWorld, wanted: string): Spot {
  const reached = reach(world, wanted);
  const { path, real, content, mount, unknownBy } = reached;
  if (unknownBy) return unknownSpot(path, real, unknownBy);
  const { state, by } = stateAt(world, content, mount, real);
  const gone = state === "absent" || state === "hidden";
  const noexecBy = noexecAt(content, mount);
  return {
    path,
    real,
    state,
    writable: !gone && isWritable(reached),
    executable: gone || noexecBy ? false : isExecutable(content, mount),
    from: content.kind === "host" && content.path !== real ? content.path : undefined,
    by,
    noexecBy: noexecBy && by && causeText(noexecBy) === causeText(by) ? undefined : noexecBy,
  };
}

const unknownSpot = (path: string, real: string, by: Cause): Spot => ({
  path,
  real,
  state: "unknown",
  writable: undefined,
  executable: undefined,
  from: undefined,
  by,
  noexecBy: undefined,
});

/** The host mounts some file systems without programs, which ExecPaths= can change for the service. */
function isExecutable(content: Content, mount: Mount | undefined): boolean | undefined {
  if (content.kind !== "host" || (mount?.applied && mount.exec)) return true;
  return WITHOUT_PROGRAMS.test(content.path) ? false : MAY_BE_WITHOUT.test(content.path) ? undefined : true;
}

/** What is bound out of a file system without programs has none either. */
export function noexecAt(content: Content, mount: Mount | undefined): Cause | undefined {
  if (mount?.mode === "private-dev" && content.kind === "host") return undefined;
  if (mount?.applied && mount.noexec) return mount.noexec;
  return content.kind === "mount" && !(mount?.applied && mount.exec) ? content.mount.born : undefined;
}

/** A path with the folders above it. */
function upwards(path: string): readonly string[] {
  return [path, ...foldersAbove(path)];
}

function covers({ paths }: UnknownPart, path: string, content: Content): boolean {
  if (content.kind === "mount" || content.bind) return false;
  return upwards(path).some((it) => paths.includes(it));
}

const OWN: readonly MountEntry["mode"][] = [
  "private-tmp",
  "private-dev",
  "procfs",
  "private-sysfs",
  "cgroup",
  "mqueue",
  "bpf",
];

function stateAt(
  world: ServiceWorld,
  content: Content,
  mount: Mount | undefined,
  path: string,
): { state: Exclude<PathState, "unknown">; by: Cause | undefined } {
  const { root } = world.files;
  const source = content.kind === "mount" ? content.mount : undefined;
  if (source?.mode === "inaccessible") return { state: "hidden", by: source.by };
  if (source && isAbsent(world.files, content, path)) return { state: "absent", by: source.by };
  const deeper = mount && isAccess(mount) && mount.applied ? mount : undefined;
  if (source && !deeper) return { state: OWN.includes(source.mode) ? "private" : "empty", by: source.by };
  const readOnly = mount?.applied ? mount.readOnly : undefined;
  if (content.kind === "host" && content.path !== path) {
    if (!deeper) return { state: "bound", by: content.bind?.by ?? (root.kind === "host" ? undefined : root.by) };
  }
  if (readOnly) return { state: "read-only", by: readOnly };
  if (source) return { state: OWN.includes(source.mode) ? "private" : "empty", by: deeper?.by ?? source.by };
  // What a /dev of its own has of the host's is as it was.
  return { state: "writable", by: mount?.mode === "private-dev" ? undefined : mount?.by };
}

/** A /dev of its own is read-only, but its nodes are written through, and the host's folders in it stay as they are. */
export function isWritable({ content, mount, real }: Reached): boolean {
  if (content.kind === "mount" && content.mount.mode === "private-dev" && mount === content.mount)
    return DEVICES.has(real);
  return !(mount?.applied && mount.readOnly);
}

const DEVICES: ReadonlySet<string> = new Set([...DEVICE_NODES, "ptmx"].map((it) => `/dev/${it}`));
