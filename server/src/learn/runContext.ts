import { COMMAND_SETTINGS } from "../service/program.ts";
import { parseExec } from "../syntax/commandLine.ts";
import { linesInForce, type Unit, valuesInForce } from "../units/unit.ts";
import { groupsOf, type HostUser, hostUser, type RunHost } from "./host.ts";
import type { LogContext } from "./reader.ts";

/** What has to be known to read one log of a run, as the unit and the machine tell it. */
export function logContext(log: string, unit: Unit, host: RunHost): Omit<LogContext, "processes"> {
  const [, directive = "", number = "1"] = /^(\w+)-(\d+)$/.exec(log) ?? [];
  const user = isAsRoot(unit, directive, Number(number)) ? undefined : userOf(unit, host);
  const last = (name: "WorkingDirectory" | "UMask" | "Group"): string | undefined =>
    valuesInForce(unit, "Service", name).at(-1);
  const folder = last("WorkingDirectory")?.replace(/^-/, "");
  const mask = /^[0-7]{1,4}$/.exec(last("UMask") ?? "")?.[0];
  const group = last("Group");
  return {
    log: number === "1" ? directive : `${directive}-${number}`,
    status: host.statuses,
    user: user?.uid,
    group: (group === undefined ? undefined : hostUser(host, group)?.gid) ?? user?.gid,
    groups: user && supplementary(unit, host, user),
    ambient: user && valuesInForce(unit, "Service", "AmbientCapabilities").flatMap((it) => it.split(/\s+/)),
    cwd: folder?.startsWith("/") ? folder : undefined,
    umask: mask === undefined ? undefined : Number.parseInt(mask, 8),
  };
}

const ORDER: readonly string[] = COMMAND_SETTINGS;

/** The name of a log in the order in which systemd runs the commands. */
export function logOrder(a: string, b: string): number {
  const rank = (log: string): number => {
    const [, directive = "", number = "0"] = /^(\w+)-(\d+)$/.exec(log) ?? [];
    return ORDER.indexOf(directive) * 10_000 + Number(number);
  };
  return rank(a) - rank(b);
}

/** Whether the prefix `!` keeps the user of the manager for a command. */
function isAsRoot(unit: Unit, directive: string, number: number): boolean {
  const name = COMMAND_SETTINGS.find((it) => it === directive);
  const commands = name && linesInForce(unit, "Service", name).flatMap((it) => parseExec(it.value.text).commands);
  const prefixes = commands?.[number - 1]?.prefixes;
  return prefixes !== undefined && /(?<!!)!(?!!)/.test(prefixes);
}

/** The user of a service: that of User=, or the one that DynamicUser= names after the unit. */
function userOf(unit: Unit, host: RunHost): HostUser | undefined {
  if (unit.path.scope === "user") return host.owner ?? { name: "", uid: 65534, gid: 65534 };
  const name = userName(unit);
  if (name === undefined || name === "root" || name === "0") return undefined;
  // An ordinary user, where only its number is not known.
  return hostUser(host, name) ?? { name, uid: 65534, gid: 65534 };
}

/** Numbers of the groups that a user has by itself and by SupplementaryGroups=. */
function supplementary(unit: Unit, host: RunHost, user: HostUser): readonly number[] | undefined {
  const own = groupsOf(host, user);
  const names = valuesInForce(unit, "Service", "SupplementaryGroups").flatMap((it) => it.split(/\s+/));
  const added = (host.groups ?? []).flatMap((line) => {
    const [name = "", gid = ""] = line.split(":");
    return names.includes(name) || names.includes(gid) ? [Number(gid)] : [];
  });
  return own && [...own, ...added];
}

/** The user who runs the command of a log, such as `ExecStart-1`; undefined for root. */
export function logUser(unit: Unit, log: string): string | undefined {
  const [, directive = "", number = "0"] = /^(\w+)-(\d+)$/.exec(log) ?? [];
  const user = userName(unit);
  return user === "root" || user === "0" || isAsRoot(unit, directive, Number(number)) ? undefined : user;
}

/** Under which name a service runs; undefined for root. */
export function userName(unit: Unit): string | undefined {
  const user = valuesInForce(unit, "Service", "User").at(-1);
  if (user) return user;
  const isDynamic = /^(?:1|yes|y|true|t|on)$/i.test(valuesInForce(unit, "Service", "DynamicUser").at(-1) ?? "");
  return isDynamic ? unit.path.name?.replace(/\.service$/, "").split("@")[0] : undefined;
}
