import { readOnlyBy } from "../../security/world/access.ts";
import { hasOwnRoot } from "../../service/effective.ts";
import { isWithin } from "../../values/path.ts";
import type { LearntSetting } from "../learnt.ts";
import { withServiceLines } from "../withServiceLines.ts";
import { declaredPlaces } from "./declaredPlaces.ts";
import { TEMPORARY, temporary } from "./homes.ts";
import { callSights, type LearnContext, type LearnRule, offered, refused, usedBelow, WRITING } from "./learnContext.ts";
import { listedWord, literalPath } from "./listedPaths.ts";
import { ownedPlaces } from "./ownedPlaces.ts";
import { listed } from "./sentences.ts";
import { stableNames } from "./stableNames.ts";
import { type WrittenPlace, writesTo, writtenPlaces } from "./writtenPlaces.ts";

/** A read-only system with room for what was written: the service's own directories declared, others opened. */
export const fileSystem: LearnRule = (context) => {
  const { unit } = context;
  const mounts = hostMounts(context);
  if (mounts) return [mounts];
  const places = writtenPlaces(context);
  const tooWide = places.find(({ place }) => TOO_WIDE.has(place));
  if (tooWide) {
    const reason = `writes straight below ${tooWide.place} (${listed(stableNames(context, tooWide.paths))})`;
    return [refused("ProtectSystem", "strict", reason, tooWide.sights)];
  }
  const locked = withServiceLines(unit, ["ProtectSystem=strict", ...WITHOUT_API]);
  const closed = places.filter(({ paths }) => paths.some((it) => readOnlyBy(locked, literalPath(it)) !== undefined));
  const own = declaredPlaces(context, closed);
  const rest = closed.filter((it) => !own.places.has(it.place));
  const evidence =
    places.length === 0
      ? "nothing was written outside of /tmp, /dev and the kernel's file systems"
      : `all that was written lies in ${listed(places.map((it) => it.place))}`;
  return [
    offered(
      "ProtectSystem",
      "strict",
      evidence,
      places.flatMap((it) => it.sights),
      MAY_BREAK,
    ),
    ...own.settings,
    ...rest.map((it) => opened(context, it)),
    ...sharedPlaces(context)
      .filter(({ place }) => readOnlyBy(locked, literalPath(place)) !== undefined)
      .map((it) => opened(context, it)),
    ...ownedPlaces(context)
      .filter(({ place }) => readOnlyBy(locked, literalPath(place)) !== undefined)
      .map(kept),
  ];
};

/** With MountAPIVFS=, which each of these brings, /run stays writable; nothing is to rest on that. */
const WITHOUT_API = [
  "MountAPIVFS=no",
  "ProtectControlGroups=no",
  "ProtectKernelTunables=no",
  "ProtectProc=default",
  "ProcSubset=all",
  "PrivateBPF=no",
  "PrivatePIDs=no",
];

const MAY_BREAK = "A path that is written only at times that the run did not see cannot be written.";

/** Whoever writes straight below these may write anywhere. */
const TOO_WIDE: ReadonlySet<string> = new Set(["/", "/usr", "/var"]);

/** One place in ReadWritePaths=; without the place systemd goes on. */
const opened = (context: LearnContext, it: WrittenPlace): LearntSetting =>
  offered("ReadWritePaths", listedWord(it.place), writesTo(context, it), it.sights);

/** What was written in /tmp and /var/tmp, where they stay those of the host; homes are writable with a strict system too. */
function sharedPlaces(context: LearnContext): readonly WrittenPlace[] {
  if (temporary(context).every((it) => it.grade !== "refused")) return [];
  const places = new Map<string, WrittenPlace>();
  for (const { path, sights } of usedBelow(context, TEMPORARY, WRITING)) {
    const place = TEMPORARY.find((it) => isWithin(path, it)) ?? "/tmp";
    const known = places.get(place);
    places.set(place, {
      place,
      paths: [...(known?.paths ?? []), path],
      count: (known?.count ?? 0) + 1,
      sights: [...(known?.sights ?? []), ...sights],
    });
  }
  return [...places.values()];
}

/** A directory of the service that it did not write yet. */
const kept = ({ place, sights }: WrittenPlace): LearntSetting =>
  offered("ReadWritePaths", listedWord(place), `the service's own, which it may write at other times`, sights);

/**
 * Why no setting may part the mounts of a service from those of the host: it mounts something there itself. A service
 * with its own root directory is parted already.
 */
export function hostMounts(context: LearnContext): LearntSetting | undefined {
  const { needs, unit } = context;
  const sights = callSights(context, ["mount", "umount2", "umount", "move_mount", "mount_setattr"]);
  if (sights.length === 0 || needs.marks["namespace:CLONE_NEWNS"] || hasOwnRoot(unit)) return undefined;
  return refused("ProtectSystem", "strict", "it mounts file systems, which the host would no longer see", sights);
}
