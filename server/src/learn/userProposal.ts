import type { DirectiveName } from "../catalog/catalog.ts";
import { textOf, words } from "../service/settings.ts";
import { append } from "../text/append.ts";
import { type DATA_DIRECTORY_SETTINGS, directorySettingOf } from "../units/directories.ts";
import { expandSpecifiers } from "../units/specifiers.ts";
import { isWithin } from "../values/path.ts";
import { groupsOf, type HostUser, hostUser, isDirectory, statusAt } from "./host.ts";
import type { LearntSetting } from "./learnt.ts";
import { type MayReach, userMayRead, userMayWrite } from "./permissions.ts";
import { type GivenPlace, type Objection, ownInRun } from "./runtimePlaces.ts";
import { callFilter } from "./settings/calls.ts";
import { givenInRun, keptCapabilities } from "./settings/capabilities.ts";
import { isUserOf, ownUsers } from "./settings/identity.ts";
import { type LearnContext, offered, refused, usedAs, WRITING } from "./settings/learnContext.ts";
import { listed } from "./settings/sentences.ts";
import { stableNames, stableText } from "./settings/stableNames.ts";
import { type WrittenPlace, writesTo, writtenPlaces } from "./settings/writtenPlaces.ts";

/**
 * What lets a daemon start as the user that it becomes anyway, instead of as root: that user, the capabilities that are left,
 * and its directories; or the one line that speaks against it. Holds together only, and has to be proven by a run.
 */
export function userProposal(context: LearnContext): readonly LearntSetting[] {
  const { asRoot, unit, settings } = context;
  if (!asRoot || unit.path.scope === "user" || settings.dynamicUser || settings.pamName !== "") return [];
  return proposal(context).map((it) => ({ ...it, part: "user" }));
}

function proposal(context: LearnContext): readonly LearntSetting[] {
  const { needs, host } = context;
  const others = Object.entries(needs.users).filter(([uid]) => uid !== "0");
  const [first, ...rest] = others;
  if (!first) return [refused("User", "", "all its processes stay root")];
  const sights = others.map(([, it]) => it);
  if (rest.length > 0)
    return [refused("User", "", `it becomes ${others.length} users: ${listed(others.map(([it]) => it))}`, sights)];
  const user = hostUser(host, Number(first[0]));
  if (!user) return [refused("User", "", `the bundle has no name for user ${first[0]}, which it becomes`, sights)];
  const more = groupsOf(host, user);
  const gids = new Set([user.gid, ...(more ?? []), ...Object.keys(needs.groups).map(Number)].filter((it) => it !== 0));
  const who: MayReach = { uid: user.uid, gids, moreGroups: more === undefined };
  const privileged = Object.entries(needs.programs).find(([, it]) => it.privileged);
  if (privileged)
    return [refused("User", user.name, `runs ${privileged[0]}, which gets rights of root`, [privileged[1].sight])];
  const { places, objection } = placesFor(context, who);
  const reason = objection ?? closedFile(context, who, places);
  if (reason) return [refused("User", user.name, reason.reason, reason.sights)];
  return [
    offered("User", user.name, `all that serves becomes ${user.name} (${user.uid})`, sights, INSISTS),
    ...groupLine(context, user),
    ...capabilityLines(context),
    ...places.map((it) => it.setting),
    ...directoryLines(context, places),
    ...rightsLines(context, user),
  ];
}

const INSISTS = "A daemon that insists on setting its groups fails when it starts; CAP_SETGID would let it.";

/** A file that only root can read, which the service reads while it is root; what lists users reads passwords only as root. */
function closedFile(
  { paths, host }: LearnContext,
  who: MayReach,
  places: readonly GivenPlace[],
): Objection | undefined {
  for (const [path, need] of paths) {
    if (/^\/(?:(?:proc|sys|dev)(?:\/|$)|etc\/g?shadow$)/.test(path) || places.some((it) => isWithin(path, it.place)))
      continue;
    const sights = usedAs(need, ["read", "execute", "list", "map"]);
    if (sights.length > 0 && userMayRead(host, path, who) === false)
      return { reason: `reads ${path}, which ${statusText(statusAt(host, path)?.mode)} keeps for root`, sights };
  }
  return undefined;
}

const statusText = (mode: number | undefined): string =>
  mode === undefined ? "its folder" : `its mode ${(mode & 0o7777).toString(8)}`;

/** The directories that have to be the user's: declared where systemd can give them to it, none where they are already. */
function placesFor(context: LearnContext, who: MayReach): { places: readonly GivenPlace[]; objection?: Objection } {
  const places: GivenPlace[] = [];
  for (const it of writtenPlaces(context)) {
    if (isOwned(context, it, who)) {
      const { given, objection } = ownInRun(context, it, who);
      if (objection) return { places, objection };
      append(places, given);
      continue;
    }
    const found = directorySettingOf(it.place);
    const [name = ""] = found?.names ?? [];
    const plain =
      found && found.setting !== "ConfigurationDirectory" && found.names.length === 1 && /^[\w.+-]+$/.test(name);
    const status = statusAt(context.host, it.place);
    // systemd looks at the directory alone: where that is the user's, files in it stay as they are.
    if (!plain || (status && (!isDirectory(status) || status.uid === who.uid))) {
      const reason = `writes ${listed(stableNames(context, it.paths))}, which root owns${pidHint(context, it)}`;
      return { places, objection: { reason, sights: it.sights } };
    }
    if (words(context.unit, found.setting).some((word) => expandSpecifiers(context.unit, word) === name)) continue;
    const setting = offered(
      found.setting,
      name,
      `${writesTo(context, it)}; systemd gives it to User=`,
      it.sights,
      GIVEN,
    );
    places.push({ place: it.place, setting });
  }
  return { places };
}

/** What keeps those directories as others know them: their mode, and one in /run that was there before. */
function directoryLines({ unit, host }: LearnContext, places: readonly GivenPlace[]): readonly LearntSetting[] {
  const modes = new Map<string, { readonly mode: number; readonly place: string }>();
  for (const { place, setting } of places) {
    const status = statusAt(host, place);
    const known = modes.get(setting.key);
    // One mode holds for all directories of a setting.
    if (status) modes.set(setting.key, { mode: status.mode & 0o7777 & (known?.mode ?? 0o7777), place });
  }
  return [...modes].flatMap(([key, { mode, place }]) => {
    const directive = key as (typeof DATA_DIRECTORY_SETTINGS)[number];
    const isNew = words(unit, directive).length === 0 && textOf(unit, `${directive}Mode`) === undefined;
    const isPreserved = key !== "RuntimeDirectory" || textOf(unit, "RuntimeDirectoryPreserve") !== undefined;
    return [
      ...(isNew && mode !== 0o755 ? [offered(`${directive}Mode`, `0${mode.toString(8)}`, `the mode of ${place}`)] : []),
      ...(isPreserved
        ? []
        : [offered("RuntimeDirectoryPreserve", "yes", `${place} was there before the service started`)]),
    ];
  });
}

const GIVEN = "systemd gives all files in the directory to User=, which others may not expect.";

/** Whether the user may write all that was written as things are; of what is gone the folder decides. */
const isOwned = ({ host, needs }: LearnContext, { place, paths }: WrittenPlace, who: MayReach): boolean =>
  statusAt(host, place) !== undefined &&
  paths.every((path) => {
    const makes = usedAs(needs.paths[path] ?? NONE, MAKING).length > 0;
    return userMayWrite(host, makes || !statusAt(host, path) ? folderOf(path) : path, who) === true;

    /** The nearest folder that is known. */
    function folderOf(entry: string): string {
      const folder = entry.slice(0, entry.lastIndexOf("/"));
      return folder === "" || statusAt(host, folder) ? folder || "/" : folderOf(folder);
    }
  });

const MAKING = WRITING.filter((it) => it !== "write" && it !== "change");
const NONE = { used: {}, failed: {}, made: [], names: [] };

/** What would help where only the PID file is in the way. */
function pidHint({ unit }: LearnContext, { paths }: WrittenPlace): string {
  const file = textOf(unit, "PIDFile")?.replace(/^\/var\/run\//, "/run/");
  return file !== undefined && paths.every((it) => it === file)
    ? "; it would do with a PID file below RuntimeDirectory=, in its configuration and in PIDFile="
    : "";
}

/** The group, where it is not the user's own. */
function groupLine({ needs, host, settings }: LearnContext, user: HostUser): readonly LearntSetting[] {
  if (settings.group !== "") return [];
  const [gid, sight] = Object.entries(needs.groups).find(([it]) => it !== "0") ?? [];
  if (gid === undefined || !sight || Number(gid) === user.gid) return [];
  const name = host.users.find((it) => it.endsWith(`:${gid}`))?.split(":")[0] ?? gid;
  return [offered("Group", name, `it becomes group ${gid}`, [sight])];
}

/** What root needs for what a user does to its own files and processes, or not at all. */
const OF_ROOT: ReadonlySet<string> = new Set([
  "CAP_CHOWN",
  "CAP_DAC_OVERRIDE",
  "CAP_DAC_READ_SEARCH",
  "CAP_FOWNER",
  "CAP_FSETID",
  "CAP_KILL",
  "CAP_SETGID",
  "CAP_SETUID",
  "CAP_SETPCAP",
]);

function capabilityLines(context: LearnContext): readonly LearntSetting[] {
  const kept = keptCapabilities(context).filter((it) => !OF_ROOT.has(it.name) && it.sight);
  const names = kept.map((it) => it.name).join(" ");
  const evidence =
    kept.length > 0
      ? stableText(context, kept.map((it) => `${it.name}: ${it.reason}`).join("; "))
      : "a user needs none of those of root";
  const sights = kept.flatMap((it) => it.sight ?? []);
  const keys: readonly DirectiveName[] =
    kept.length > 0 ? ["CapabilityBoundingSet", "AmbientCapabilities"] : ["CapabilityBoundingSet"];
  return keys.map((key) => offered(key, names, evidence, sights));
}

/** Whether a call gives away rights of root or files, which a user has no need to do. */
export const isOfRoot = (call: string): boolean =>
  /^(?:f|l)?chown|^set(?:res|re|fs)?[ug]id|^setgroups|^capset$/.test(call);

/** What follows from having no rights of root: the calls and namespaces of other services with a user. */
function rightsLines(context: LearnContext, { name }: HostUser): readonly LearntSetting[] {
  const { needs } = context;
  const ordinary = Object.entries(needs.capabilities).filter(([name]) => !OF_ROOT.has(name));
  const calls = Object.entries(needs.syscalls).filter(([name]) => !isOfRoot(name));
  const user: LearnContext = {
    ...context,
    asRoot: false,
    needs: { ...needs, capabilities: Object.fromEntries(ordinary), syscalls: Object.fromEntries(calls) },
  };
  const given = givenInRun(context);
  const remove = offered("RemoveIPC", "yes", "no System V IPC or message queue was used");
  return [
    ...ownUsers(user).filter((it) => it.grade !== "refused"),
    ...(needs.marks.ipc || !isUserOf(context.unit, name) ? [] : [remove]),
    ...callFilter(user).filter((it) => it.key === "SystemCallFilter"),
    // Its owner may call chown() for a directory, though it changes nothing.
    ...(given === undefined ? [] : [offered("SystemCallFilter", "@chown", given)]),
  ];
}

/** The proposal for daemons that set their groups even as a user: the next to try where the first one failed. */
export function withSetgid(settings: readonly LearntSetting[]): readonly LearntSetting[] {
  const wider = settings.map((it): LearntSetting => {
    if (it.key === "CapabilityBoundingSet" || it.key === "AmbientCapabilities")
      return {
        ...it,
        value: `${it.value} CAP_SETGID`.trim(),
        evidence: `${it.evidence}; CAP_SETGID: it sets its groups`,
      };
    return it;
  });
  const ambient = wider.some((it) => it.key === "AmbientCapabilities");
  const added = { ...offered("AmbientCapabilities", "CAP_SETGID", "it sets its groups"), part: "user" as const };
  return (ambient ? wider : [...wider, added]).filter((it) => it.key !== "PrivateUsers");
}
