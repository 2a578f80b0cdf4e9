import { type Facts, factsOf } from "../service/facts.ts";
import { type FileUser, fileUserOf } from "../service/fileUser.ts";
import { textOf, words } from "../service/settings.ts";
import { decodeUtf8 } from "../text/utf8.ts";
import { treeRootOf } from "../units/index/rival.ts";
import type { Unit } from "../units/unit.ts";
import { isWithin } from "../values/path.ts";
import type { Host, HostOwner } from "./host.ts";

/**
 * The unit with what its user may write below /etc and /usr, where it is one of this machine and its user stands in
 * /etc/passwd: owners and modes decide that, whatever the program is.
 */
export function withOwnedPaths(host: Host, path: string, unit: Unit): Unit {
  if (unit.path.kind !== "service" || treeRootOf(host.absolute(path)) !== "") return unit;
  const facts = factsOf(unit);
  if (facts.user === undefined || facts.privileged || facts.dynamic || facts.personal) return unit;
  try {
    const ownedPaths = pathsOf(host, facts);
    return ownedPaths ? { ...unit, ownedPaths } : unit;
  } catch {
    return unit;
  }
}

/** So many paths a line has room for; who has more may have all. */
const MOST_PATHS = 8;

function pathsOf(host: Host, facts: Facts): readonly string[] | undefined {
  const { user = "", unit } = facts;
  const read = (path: string): string => decodeUtf8(host.read(path));
  const who = fileUserOf(read, { user, group: textOf(unit, "Group"), more: words(unit, "SupplementaryGroups") });
  const named = [...facts.paths, ...facts.programPaths].flatMap((it) => OF_PROGRAM.exec(it)?.[0] ?? []);
  const found = who && [openIn(host), ...new Set(named)].map((it) => (typeof it === "string" ? within(host, it) : it));
  if (!who || !found || found.includes(undefined)) return undefined;
  const rights = found.flatMap((them) => them ?? []).map((it) => ({ path: it.path, may: mayWrite(it, who) }));
  if (rights.some(({ may }) => may === undefined)) return undefined;
  const open = [...new Set(rights.filter(({ may }) => may).map((it) => it.path))];
  const top = open.filter((it) => !open.some((other) => other !== it && isWithin(it, other))).toSorted();
  return top.length <= MOST_PATHS ? top : undefined;
}

/** A directory of one program among those of all. */
const OF_PROGRAM = /^\/usr\/(?:share|lib|libexec|lib64)\/[^/]+(?=\/)/;

/** What others than root may write, or look into where we cannot. */
interface OpenPath extends HostOwner {
  readonly path: string;
  readonly isUnread: boolean;
}

/** Whether an account may write a path; undefined where a list of access may say so, or below it nobody looked. */
function mayWrite({ uid, gid, mode, isUnread }: OpenPath, who: FileUser): boolean | undefined {
  // An owner may give itself the right.
  if (uid === who.uid || (mode & 0o002) !== 0) return true;
  const isInGroup = who.gids.has(gid);
  if (isInGroup && (mode & 0o020) !== 0) return true;
  if (isUnread && (isInGroup || (mode & 0o001) !== 0)) return undefined;
  return (mode & 0o020) !== 0 && !isInGroup && gid === 0 ? undefined : false;
}

/** Looked at once for all units of a run. */
const KNOWN = new WeakMap<Host, readonly OpenPath[] | undefined>();

function openIn(host: Host): readonly OpenPath[] | undefined {
  if (!KNOWN.has(host)) {
    const found: OpenPath[] = [];
    const isWhole =
      ["/etc", "/usr/local"].every((it) => look(host, it, found, Number.POSITIVE_INFINITY)) &&
      ["/usr", "/usr/share", "/usr/lib", "/usr/libexec"].every((it) => look(host, it, found, 1));
    KNOWN.set(host, isWhole ? found : undefined);
  }
  return KNOWN.get(host);
}

function within(host: Host, folder: string): readonly OpenPath[] | undefined {
  const found: OpenPath[] = [];
  return look(host, folder, found, Number.POSITIVE_INFINITY) ? found : undefined;
}

/** So many entries are looked at: several times what a system has below /etc. */
const MOST_ENTRIES = 20_000;

/** Adds what others than root may write in a folder, so many folders deep; false where that is too much to look at. */
function look(host: Host, folder: string, found: OpenPath[], depth: number): boolean {
  const waiting: (readonly [folder: string, depth: number])[] = [[folder, depth]];
  let seen = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [at, levels] = next;
    const own = host.owner(at);
    const entries = own && entriesOf(host, at);
    if (own && (!entries || isOpen(own))) found.push({ ...own, path: at, isUnread: !entries });
    for (const { name, is } of entries ?? []) {
      const path = `${at}/${name}`;
      if (++seen > MOST_ENTRIES) return false;
      if (is === "folder" && levels > 1) waiting.push([path, levels - 1]);
      const owner = is === "link" || (is === "folder" && levels > 1) ? undefined : host.owner(path);
      if (owner && isOpen(owner)) found.push({ ...owner, path, isUnread: false });
    }
  }
  return true;
}

const isOpen = ({ uid, mode }: HostOwner): boolean => uid !== 0 || (mode & 0o022) !== 0;

/** What is in a folder; undefined where we may not look into it. */
function entriesOf(host: Host, folder: string): ReturnType<Host["entries"]> | undefined {
  try {
    return host.kind(folder) === "folder" ? host.entries(folder) : [];
  } catch {
    return undefined;
  }
}
