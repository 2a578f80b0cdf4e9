import type { ConfigurationFact } from "../../../program/daemons/fact.ts";
import { type Cover, hiddenBy, mayClose, mayHide, privateBy, readOnlyBy } from "../../../security/world/access.ts";
import { type Cause, causeText } from "../../../security/world/cause.ts";
import {
  configuredReads,
  configuredWrites,
  daemonConfiguration,
  pathsOf,
} from "../../../service/daemonConfiguration.ts";
import { isOwn, ownLast } from "../../../service/linePlaces.ts";
import { pidFileOf } from "../../../service/paths.ts";
import type { Assignment } from "../../../syntax/tree.ts";
import type { Unit } from "../../../units/unit.ts";

/** Something that a daemon is told to use, and that the sandbox takes from it. */
export interface LostPath {
  readonly fact: ConfigurationFact;
  readonly path: string;
  readonly by: Cause;
  /** The same as a message names it. */
  readonly setting: string;
}

/** What the sandbox hides of what the configuration of daemons names, those with one cause together. */
export function hiddenPaths(unit: Unit): readonly (readonly LostPath[])[] {
  if (!mayHide(unit)) return [];
  const facts = daemonConfiguration(unit);
  const used = [...configuredWrites(facts), ...configuredReads(facts)];
  return byCause(
    used.flatMap((fact): LostPath[] => {
      const [path = ""] = pathsOf([fact]);
      const cover = coverOf(unit, path);
      return cover && isMissed(fact, cover) ? [{ fact, path, by: cover.by, setting: cover.setting }] : [];
    }),
  );
}

/** What hides a path; a home that is only empty is there, but nobody's files are. */
function coverOf(unit: Unit, path: string): Cover | undefined {
  const cover = hiddenBy(unit, path) ?? privateBy(unit, path);
  return cover && (hiddenBy(unit, path) || (cover.isItself && cover.by.directive === "ProtectHome"))
    ? cover
    : undefined;
}

/** Where files are only made, an empty place serves as well, and a private /tmp has what its own service puts there. */
const isMissed = ({ kind }: ConfigurationFact, { mode }: Cover): boolean =>
  mode === "inaccessible" ||
  (mode !== "private-tmp" && (kind === "root" || kind === "share" || kind === "data" || kind === "read"));

/** What of it is to be written and can only be read. */
export function readOnlyPaths(unit: Unit): readonly (readonly LostPath[])[] {
  if (!mayClose(unit)) return [];
  const pidFile = pidFileOf(unit);
  return byCause(
    configuredWrites(daemonConfiguration(unit)).flatMap((fact): LostPath[] => {
      const [path = ""] = pathsOf([fact]);
      const by = PLACE.test(path) && path !== pidFile ? readOnlyBy(unit, path) : undefined;
      return by ? [{ fact, path, by, setting: causeText(by) }] : [];
    }),
  );
}

/** Elsewhere what is written may be there already, such as zones below /etc. */
const PLACE = /^\/(?!(?:usr|etc|bin|sbin|lib\w*|boot|efi|proc|sys|dev)(?:\/|$))[^/]+\/[^/]/;

function byCause(all: readonly LostPath[]): readonly (readonly LostPath[])[] {
  const groups = new Map<string, LostPath[]>();
  for (const it of all) {
    const known = groups.get(it.setting) ?? [];
    groups.set(it.setting, known);
    known.push(it);
  }
  return [...groups.values()].map((it) => [...new Map(it.map((lost) => [lost.path, lost])).values()]);
}

/** The line to point at, in the file that is looked at: that of the cause, or where it has none that of the daemon. */
export function placeOfLoss(unit: Unit, { by }: LostPath): Assignment | undefined {
  if (by.node) return isOwn(unit, by.node) ? by.node : undefined;
  return ownLast(unit, "ExecStart");
}

/** `/home/alice/site, which /etc/nginx/sites-enabled/shop:4 names`, with how many more and what becomes of them. */
export function lossText([first, ...others]: readonly LostPath[], does: string, becomes = ""): string {
  if (!first) return "";
  const { path, fact } = first;
  const more = others.length > 0 ? ` (and ${others.length} more)` : "";
  const by = fact.line === undefined ? fact.key : `${fact.path}:${fact.line}`;
  return `${path}${more}${becomes}, which ${by} ${does}`;
}
