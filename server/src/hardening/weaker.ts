import { USUAL_CALLS } from "../needs/usualValues.ts";
import type { Facts } from "../service/facts.ts";
import { hasTrait, isTried, type Kind } from "../service/kinds.ts";
import { packaged } from "../service/origin.ts";
import { runsCodeOf } from "../service/programNames.ts";
import { ROOT_CAPABILITIES } from "../service/rootCapabilities.ts";
import { textOf, words } from "../service/settings.ts";
import { capabilitiesRead, seldomRead } from "./callsRead.ts";
import { hasEvidence } from "./evidence.ts";
import { doubtOf, neededBy } from "./exclusions.ts";
import { neededIn } from "./needed.ts";
import { settingRead } from "./settingRead.ts";
import { DOUBTS } from "./tables/doubts.ts";

/** What a row's value depends on besides the objections; `safeValue` missing means that nothing is known to be safe. */
export interface RowChoice {
  readonly value?: string;
  readonly safeValue?: string;
  readonly lines?: readonly string[];
  readonly with?: readonly string[];
  /** What has to hold for the safe value, however well the unit shows what it is: "if" and a clause. */
  readonly doubt?: string;
}

/**
 * Which capabilities a service of root keeps, where nothing in its unit speaks of hardware, networks or the like: those of usual
 * daemons without what its programs are seen to have no use for.
 */
export function rootCapabilities(facts: Facts): RowChoice {
  if (!facts.privileged || facts.dynamic) return {};
  const { words: needed, doubt } = neededIn("CapabilityBoundingSet", facts);
  const unused = new Set(capabilitiesRead(facts)?.unused);
  const usual = ROOT_CAPABILITIES.filter((it) => !unused.has(it));
  const safeValue = [...new Set([...usual, ...needed, ...facts.ambient])].join(" ");
  if (doubt !== undefined) return { safeValue, doubt };
  return {
    safeValue,
    ...((isMeasuredAsRoot(facts) && !hasEvidence(facts)) ||
    doubtOf("CapabilityBoundingSet", facts.kinds, wasTried(facts)) !== undefined
      ? {}
      : { doubt: OTHERS }),
  };
}

const OTHERS = "if it needs no rights of root but those over files, users and ports";

/** Kinds of which several daemons were tried that start as root. */
const STARTED_AS_ROOT: ReadonlySet<Kind> = new Set(["web", "mail", "database", "printing"]);

/** Whether it is a program of the distribution that was tried, or of such a kind. */
function isMeasuredAsRoot(facts: Facts): boolean {
  return wasTried(facts) || (packaged(facts) && [...facts.kinds].some((it) => STARTED_AS_ROOT.has(it)));
}

/** Whether all that it starts was tried under the profiles. */
export const wasTried = ({ programs, unit }: Facts): boolean => isTried(programs, unit.path.name);

/** Kinds whose data is often moved to a disk of its own. */
const MOVES_DATA: ReadonlySet<Kind> = new Set(["web", "apps", "worker", "database", "media", "index", "backup"]);

/** Whether it writes below /var and /run alone, as daemons of the distribution do that are left as they come. */
export function writesToUsualPlaces(facts: Facts): boolean {
  const isOne = facts.privileged && packaged(facts) && [...facts.kinds].some((it) => WRITE_BELOW_VAR.has(it));
  const isUsual = (isOne || wasTried(facts)) && !facts.personal && ![...facts.kinds].some((it) => MOVES_DATA.has(it));
  return isUsual && facts.paths.every((it) => /^\/(?:var|run|etc|usr|dev|proc|sys|tmp)(?:\/|$)/.test(it));
}

/** A unit that is not the package's own may name a file of settings that somebody wrote for it. */
export const otherPlaces = ({ programs }: Facts): RowChoice =>
  programs.some((it) => it.setting === "ExecStart" && it.args.some(namesSettings))
    ? { doubt: "if its configuration names no place outside of /var and /run to write to" }
    : {};

const namesSettings = (word: string): boolean =>
  /^(?:-[\w-]*=)?\//.test(word) && /\.(?:conf|cfg|cnf|ini|json|toml|ya?ml)$/.test(word);

const WRITE_BELOW_VAR: ReadonlySet<Kind> = new Set(["mail", "printing"]);

/** The directories below /etc that may be a service's own: those of its kind and of its name, and those that its commands name. */
export function configurationOf({ unit, programs, paths, kinds }: Facts): readonly string[] {
  const ofKind = neededBy("ReadWritePaths", kinds);
  const named = paths.flatMap((it) => /^\/etc\/[\w.+-]+(?=\/)/.exec(it) ?? []);
  const stem = unit.path.name?.replace(/@.*|\.service$/g, "") ?? "";
  const started = programs.flatMap((it) => (it.setting === "ExecStart" && it.names.length === 1 ? it.names : []));
  const names = [stem, ...started].filter((it) => /^[a-z][\w.+-]*$/.test(it) && !runsCodeOf(it));
  return [...new Set([...ofKind, ...names.map((it) => `/etc/${it}`), ...named])].map((it) => `-${it}`);
}

/** A user namespace takes from a service of its own user only the files and users of others. */
export function usersAlone(facts: Facts): RowChoice {
  const { dynamic, user, unit, lowPort, personal } = facts;
  if (lowPort !== undefined || personal || words(unit, "SupplementaryGroups").length > 0) return {};
  if (dynamic) return { safeValue: "yes" };
  if (user === undefined || facts.privileged) return {};
  return { safeValue: "yes", ...(wasTried(facts) ? {} : { doubt: DOUBTS.PrivateUsers }) };
}

/** Files that nobody else reads: of a user that systemd makes up nobody can, of others only the group may. */
export function closedFiles(facts: Facts): RowChoice {
  const { dynamic, unit, declaredRuntime } = facts;
  const isShared = declaredRuntime.size > 0 || textOf(unit, "Group") !== undefined;
  if (dynamic && !isShared && words(unit, "SupplementaryGroups").length === 0) return { safeValue: "0077" };
  return unit.path.scope === "user" ? {} : { safeValue: "0027", doubt: "if no other users open its files and sockets" };
}

/** Shared memory goes with a service whose user nobody else has. */
export function ownMemory({ user, personal, unit }: Facts): RowChoice {
  const name = unit.path.name ?? "";
  if (user === undefined || personal || OF_MANY.test(user) || name.includes("@")) return {};
  return { safeValue: "yes", ...(`${user}.service` === name ? {} : { doubt: "if nothing else runs as its user" }) };
}

const OF_MANY = /^(?:nobody|daemon|www-data|http|apache|nginx|mail|games|backup|sys|adm)$/;

/** Run-time compilers and monitors size themselves by the files of the kernel below /proc. */
export function processesAlone(facts: Facts): RowChoice {
  const measures = facts.programs.some((it) => it.names.some((name) => hasTrait(name, "statistics", it)));
  if (facts.kinds.has("jit") || measures) return {};
  // A trial does not tell: programs go on without these files, and give other figures.
  return { safeValue: "pid", doubt: "if it reads nothing in /proc but processes" };
}

/** The list that takes groups out of the usual calls again, where nothing has to be let through besides. */
export function deniedCalls(facts: Facts): readonly string[] {
  if (wasTried(facts)) return deniedOfTried(facts);
  const isPlain = neededIn("SystemCallFilter", facts).words.length === 0;
  const groups =
    isPlain && settingRead("SystemCallFilter", facts, USUAL_CALLS.join(" "))?.says === "for" ? seldomRead(facts) : [];
  return groups.length > 0 ? [`SystemCallFilter=~${groups.join(" ")}`] : [];
}

/**
 * The groups that are taken from programs which were tried. All daemons of the proving ground did without @resources, as they go
 * on where a limit or priority cannot be set, and those that never were root without @privileged; others may not.
 */
function deniedOfTried(facts: Facts): readonly string[] {
  const isRootless = !facts.privileged && facts.ambient.length === 0;
  return [`SystemCallFilter=~${isRootless ? "@privileged @resources" : "@resources"}`];
}
