import type { DirectiveName } from "../catalog/catalog.ts";
import { hasOwnFiles } from "../service/effective.ts";
import { emptyRootLines } from "../service/emptyRootLines.ts";
import { LOOKUPS, visible } from "../service/origin.ts";
import { isBelow, paths, words } from "../service/settings.ts";
import { DATA_DIRECTORY_SETTINGS, systemFolder } from "../units/directories.ts";
import { expandSpecifiers } from "../units/specifiers.ts";
import { isWithin } from "../values/path.ts";
import type { LearntSetting } from "./learnt.ts";
import type { PathUse, Sight } from "./needs.ts";
import { temporary } from "./settings/homes.ts";
import { type LearnContext, offered, refused, usedAs, WRITING } from "./settings/learnContext.ts";
import { canBeBound, listedWord } from "./settings/listedPaths.ts";
import { listed } from "./settings/sentences.ts";
import { stableNames } from "./settings/stableNames.ts";
import { ownPlace, writtenPlaces } from "./settings/writtenPlaces.ts";

const READING: readonly PathUse[] = ["read", "execute", "map", "list", "look"];

/** What every root has without a bind: the kernel's file systems, and /tmp where it is private. */
const GIVEN = ["/dev", "/proc", "/sys", "/tmp", "/var/tmp"];

/** Folders of links to /usr, and what leads to other folders alone. */
const OF_THE_SYSTEM = ["/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32"];

/** Above so many names below /etc the folder stands for them. */
const MAX_NAMES = 12;

/** What the C library reads on requests that a run may not have seen. */
const NAMES = ["passwd", "group", "nsswitch.conf", "hosts", "resolv.conf", "localtime", "ld.so.cache", "ssl"];

/**
 * An empty root with what the run used and the unit declares, in few lines; or what cannot be in one. Holds together only,
 * and has to be proven by a run.
 */
export function rootProposal(context: LearnContext): readonly LearntSetting[] {
  const { unit } = context;
  if (unit.path.scope === "user" || hasOwnFiles(unit)) return [];
  return lines(context).map((it) => ({ ...it, part: "root" }));
}

function lines(context: LearnContext): readonly LearntSetting[] {
  const { facts } = context;
  const shared = temporary(context).find((it) => it.grade === "refused");
  if (shared) return [refused("RootDirectory", "", shared.evidence, shared.sights)];
  const written = writtenPlaces(context);
  const wide = written.find(({ place }) => WHOLE.has(place));
  if (wide)
    return [
      refused(
        "RootDirectory",
        "",
        `writes ${listed(stableNames(context, wide.paths))} straight in ${wide.place}`,
        wide.sights,
      ),
    ];
  const unbound = written.find(({ place }) => !canBeBound(place));
  if (unbound)
    return [
      refused(
        "RootDirectory",
        "",
        `writes ${unbound.place}, which systemd cannot be told in BindPaths=`,
        unbound.sights,
      ),
    ];
  const declared = declaredBy(context);
  const room = written.filter(({ place }) => !isBelow(place, declared)).map((it) => it.place);
  const sockets = socketsOf(context).filter((it) => !isBelow(it, new Set([...room, ...declared])));
  const bound = [...new Set([...room, ...sockets])].sort();
  const read = readPlaces(context, new Set([...bound, ...declared]));
  const etc = read.filter((it) => it.place.startsWith("/etc/")).map((it) => it.place);
  // What the unit shows to need is part of it whatever the run did; /etc goes by the run.
  const shown = visible(facts, bound).filter((it) => it !== "/etc" && it !== LOOKUPS);
  const others = read.map((it) => it.place).filter((it) => !it.startsWith("/etc/") && !shown.includes(it));
  const names = [...new Set([...etc, ...NAMES.map((it) => `/etc/${it}`)])].sort().map(listedWord);
  const below = etc.length > MAX_NAMES || etc.includes("/etc") ? ["/etc"] : names;
  const sights = read.flatMap((it) => it.sights);
  const all = [...new Set([...shown, ...below, ...others.map(listedWord)]), LOOKUPS].join(" ");
  const binds = [
    `BindReadOnlyPaths=${all}`,
    ...(bound.length > 0 ? [`BindPaths=${bound.map(listedWord).join(" ")}`] : []),
  ];
  const evidence: Readonly<Record<string, readonly [string, readonly Sight[]]>> = {
    BindReadOnlyPaths: [
      read.length === 0
        ? "nothing was read outside of /usr"
        : `read outside of /usr: ${listed(read.map((it) => it.place))}`,
      sights,
    ],
    BindPaths: [`written or connected to: ${listed(bound)}`, written.flatMap((it) => it.sights)],
  };
  return emptyRootLines(binds).map((line) => {
    const [key = "", ...value] = line.split("=");
    const [text, seen] = evidence[key] ?? ["an empty root that shows nothing but what is bound", []];
    return offered(key as DirectiveName, value.join("="), text, seen, MISSING);
  });
}

/** The places that come into a root by themselves, because the unit declares or binds them. */
function declaredBy({ unit }: LearnContext): ReadonlySet<string> {
  const made = DATA_DIRECTORY_SETTINGS.flatMap((it) =>
    words(unit, it).map((word) => `${systemFolder(it)}/${word.replace(/:.*$/s, "")}`),
  );
  const all = [...made, ...paths(unit, "BindPaths", "BindReadOnlyPaths")];
  return new Set(all.map((it) => expandSpecifiers(unit, it) ?? it));
}

const MISSING = "Every file that is not bound into the root is missing: data, sockets, devices and other mounts.";

/** Places that cannot be bound without what they hold of others. */
const WHOLE: ReadonlySet<string> = new Set([
  "/",
  "/run",
  "/var",
  "/var/lib",
  "/var/log",
  "/var/cache",
  "/var/spool",
  "/etc",
  "/usr",
]);

/** Directories of sockets that it connects to, but for those that systemd brings along. */
const socketsOf = ({ paths: all }: LearnContext): readonly string[] => [
  ...new Set(
    all.flatMap(([path, need]) =>
      usedAs(need, ["connect"]).length > 0 &&
      !/^\/(?:dev|run\/systemd|tmp|run\/dbus)\//.test(path) &&
      /^\/[^/.][^/]*(?:\/[^/]+){2,}$/.test(path) &&
      canBeBound(path)
        ? [path.slice(0, path.lastIndexOf("/"))]
        : [],
    ),
  ),
];

interface ReadPlace {
  readonly place: string;
  readonly count: number;
  readonly sights: readonly Sight[];
}

/** The places outside of /usr from which something was read. */
function readPlaces({ paths: all }: LearnContext, bound: ReadonlySet<string>): readonly ReadPlace[] {
  const places = new Map<string, { count: number; sights: Sight[] }>();
  for (const [path, need] of all) {
    const sights = usedAs(need, READING);
    if (sights.length === 0 || usedAs(need, WRITING).length > 0) continue;
    if (/^\/etc\/g?shadow$/.test(path)) continue;
    if ([...GIVEN, ...OF_THE_SYSTEM].some((it) => isWithin(path, it)) || isBelow(path, bound)) continue;
    if (/^\/(?:run\/(?:systemd|dbus)(?:\/.*)?|[^/]*|var\/[^/]*|run\/[^/]*)$/s.test(path) && !need.used.read) continue;
    const place = ownPlace(path);
    if (!canBeBound(place)) continue;
    const known = places.get(place) ?? { count: 0, sights: [] };
    places.set(place, { count: known.count + 1, sights: [...known.sights, ...sights] });
  }
  return [...places].map(([place, it]) => ({ place, ...it }));
}
