import { NO_CAPABILITIES, sameSet } from "../../security/capabilitySet.ts";
import { textOf } from "../../service/settings.ts";
import type { Unit } from "../../units/unit.ts";
import { parseUnitName } from "../../values/unitName.ts";
import { callSights, type LearnContext, type LearnRule, offered, refused } from "./learnContext.ts";
import { shownOf } from "./needSigns.ts";
import { stableName } from "./stableNames.ts";
import { writtenPlaces } from "./writtenPlaces.ts";

/** A user namespace, in which only the service's own user and root have names. */
export const ownUsers: LearnRule = (context) => {
  const { needs, settings, asRoot } = context;
  if (asRoot) return [refused("PrivateUsers", "yes", "the service runs as root")];
  const [name, need] = Object.entries(needs.capabilities)[0] ?? [];
  if (need) return [refused("PrivateUsers", "yes", `needs ${name} to ${need.reason}`, [need.sight])];
  if (!sameSet(settings.ambientSet, NO_CAPABILITIES))
    return [refused("PrivateUsers", "yes", "AmbientCapabilities= would not count outside of the namespace")];
  const [others] = shownOf(context, "other-users");
  if (others) return [refused("PrivateUsers", "yes", others.reason, others.sights)];
  const programs = Object.values(needs.programs).filter((it) => it.privileged);
  if (programs.length > 0)
    return [
      refused(
        "PrivateUsers",
        "yes",
        "runs programs that get rights of their own",
        programs.map((it) => it.sight),
      ),
    ];
  return [offered("PrivateUsers", "yes", "has its own user, needed no capability, and asked nobody's identity")];
};

/** IPC objects that nobody else sees, and that go with the service. */
export const ownIpc: LearnRule = (context) => {
  const shown = shownOf(context, "shared-memory");
  const [reason] = shown.map((it) => it.reason);
  const all = shown.flatMap((it) => it.sights);
  const removal = context.asRoot || context.unit.path.scope === "user" ? [] : (["RemoveIPC"] as const);
  const { user } = context.settings;
  return [...removal, "PrivateIPC" as const].map((key) =>
    reason !== undefined
      ? refused(key, "yes", reason, all)
      : key === "RemoveIPC" && !isUserOf(context.unit, user)
        ? refused(key, "yes", sharedUser(user))
        : offered(key, "yes", NO_IPC, [], key === "RemoveIPC" ? OF_THE_USER : undefined),
  );
};

/** Whether a user is that of one service alone, by their names. */
export function isUserOf({ path }: Unit, user: string): boolean {
  const name = parseUnitName(path.name ?? "");
  // A dynamic user is the service's own.
  return user === "" || (name?.instance === undefined && plainName(user) === plainName(name?.prefix ?? ""));
}

const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^(?:_|debian-)/, "")
    .replace(/(?:-(?:server|daemon|service)|d)$/, "");

const sharedUser = (user: string): string =>
  `other services may run as ${user}, whose shared memory would go when this one stops`;

const NO_IPC = "no System V IPC or message queue was used";
const OF_THE_USER = "IPC objects of other services with the same user go when this one stops.";

/** The bits of a mode that let others in. */
const OTHERS = 0o007;
const GROUP = 0o070;

const NO_FILE = "no file was made, and none can be";
const PID_FILE_ALONE = "no file but that of the PID was made, and none can be";

/** Evidence that holds only of a service for which all but the kernel's file systems is read-only. */
export const OF_READ_ONLY: ReadonlySet<string> = new Set([NO_FILE, PID_FILE_ALONE]);

/** New files closed to others, where all that were made are closed already, or where none can be made. A PID file does not count: the manager reads it, as root. */
export const newFiles: LearnRule = (context) => {
  const all = context.paths
    .filter(([path]) => !/^\/(?:proc|sys|dev)\//.test(path))
    .flatMap(([path, need]) => [
      ...need.made.map((it) => ({ path, ...it })),
      ...(need.used.bind && need.made.length === 0 ? [{ path, mode: 0o777, sight: need.used.bind }] : []),
    ]);
  const others = all.filter((it) => !isPidFile(context, it.path));
  const written = writtenPlaces(context).flatMap((it) => it.paths);
  if (others.length === 0 && written.every((it) => isPidFile(context, it)))
    return [offered("UMask", "0077", all.length === 0 ? NO_FILE : PID_FILE_ALONE)];
  const made = others.length > 0 ? others : all;
  if (made.length === 0) return [];
  const modes = made.reduce((bits, it) => bits | it.mode, 0);
  const mask =
    (modes & OTHERS) !== 0 ? undefined : (modes & GROUP) === 0 ? "0077" : (modes & 0o020) === 0 ? "0027" : "0007";
  const sights = made.map((it) => it.sight);
  if (mask !== undefined) {
    const whom = mask === "0077" ? "others" : "all but the group";
    return [offered("UMask", mask, `all new files were closed to ${whom}`, sights)];
  }
  const open = made.filter((it) => (it.mode & OTHERS) !== 0);
  const [example = ""] = open.map((it) => `${stableName(context, it.path)} (mode ${it.mode.toString(8)})`).sort();
  const reason = `makes files that are open to others, such as ${example}`;
  return [refused("UMask", "0077", reason, open.map((it) => it.sight).slice(0, 1))];
};

/** Whether a path is a file that holds the number of the main process: PIDFile=, what the configuration says, or one of that name in /run. */
function isPidFile({ unit, facts: { configured } }: LearnContext, path: string): boolean {
  const named = [textOf(unit, "PIDFile"), ...configured.flatMap((it) => (it.kind === "pid" ? it.value : []))];
  // What is written beside it takes its name afterwards.
  const final = path.replace(/(?<=\.pid)\.\w{1,20}$/, "");
  return /^\/run\/.+\.pid$/.test(final) || named.includes(final);
}

const KEYS = ["add_key", "keyctl", "request_key"];

/** A keyring of its own, where the unit shares one that it never uses. */
export const ownKeyring: LearnRule = (context) => {
  if (context.settings.keyringMode === "private" || context.unit.path.scope === "user") return [];
  const sights = callSights(context, KEYS);
  return [
    sights.length > 0
      ? refused("KeyringMode", "private", "uses the kernel's keyrings", sights)
      : offered("KeyringMode", "private", "the kernel's keyrings were not used"),
  ];
};
