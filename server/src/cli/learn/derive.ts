import type { PathStatus } from "../../learn/bundle.ts";
import { hostUser, type RunHost } from "../../learn/host.ts";
import { joinLogs } from "../../learn/merge.ts";
import type { Needs } from "../../learn/needs.ts";
import { processUsers } from "../../learn/process/processUsers.ts";
import { needsReader } from "../../learn/reader.ts";
import { logContext, logOrder, userName } from "../../learn/runContext.ts";
import { folderOfUser } from "../../learn/settings/ownedPlaces.ts";
import type { Unit } from "../../units/unit.ts";
import { parseUnitName } from "../../values/unitName.ts";
import type { Machine } from "../machine.ts";
import { placesOf } from "../places.ts";
import { type Follower, lookAt } from "./follower.ts";
import { type LogFile, readLog } from "./logFolder.ts";

/** Reads all logs of a run; strace has written them to their end. */
export async function needsIn(machine: Machine, logs: readonly LogFile[], unit: Unit, host: RunHost): Promise<Needs> {
  const processes = processUsers();
  const needs: Needs[] = [];
  for (const log of logs.toSorted((a, b) => logOrder(a.name, b.name))) {
    const reader = needsReader({ processes, ...logContext(log.name, unit, host) });
    for await (const piece of readLog(machine, log)) reader.add(piece);
    needs.push(reader.end());
  }
  return joinLogs(needs);
}

/** What the machine knows about the paths of a run, and the users that matter for it, those that processes became among them. */
export async function hostOf(
  machine: Machine,
  unit: Unit,
  { statuses }: Follower,
  users: Needs["users"] = {},
): Promise<RunHost> {
  const owners = new Set([...[...statuses.values()].map((it) => String(it.uid)), ...Object.keys(users)]);
  const isOfUser = placesOf(machine).scope === "user";
  const names = [isOfUser ? String(machine.uid) : userName(unit)].filter((it) => it !== undefined);
  const { stdout } = await machine.run(["getent", "passwd", ...owners, ...names]);
  const known = stdout.split("\n").flatMap((line) => {
    const [name, , uid, gid] = line.split(":");
    return name && uid && gid ? [`${name}:${uid}:${gid}`] : [];
  });
  const own = new Map<string, PathStatus>();
  const paths = ownDirectories(unit, known).filter((it) => !statuses.has(it));
  for (const [i, status] of (await lookAt(machine, paths)).entries()) {
    const path = paths[i];
    if (status && path !== undefined) own.set(path, status);
  }
  const groups = await groupsFor(machine, names, statuses);
  const owner = isOfUser ? hostUser({ users: known, statuses }, machine.uid) : undefined;
  return { users: [...new Set(known)], owner, groups, statuses: new Map([...statuses, ...own]) };
}

/** Directories that are named after the service or its user, which it need not have used while it was observed. */
function ownDirectories(unit: Unit, users: readonly string[]): readonly string[] {
  const name = parseUnitName(unit.path.name ?? "")?.prefix ?? "";
  const owners = users.filter((it) => !/^[^:]*:0:/.test(it)).map((it) => folderOfUser(it.slice(0, it.indexOf(":"))));
  const names = [...new Set([name, /^[A-Za-z]{3,}/.exec(name)?.[0] ?? name, ...owners])].filter((it) =>
    /^[\w.-]+$/.test(it),
  );
  return ["/var/lib", "/var/cache", "/var/log", "/var/spool"].flatMap((root) => names.map((it) => `${root}/${it}`));
}

/** The groups of the users of the service, and those that paths belong to. */
async function groupsFor(
  machine: Machine,
  users: readonly string[],
  statuses: Follower["statuses"],
): Promise<readonly string[]> {
  const gids = new Set([...statuses.values()].map((it) => String(it.gid)));
  for (const it of users) {
    const { stdout } = await machine.run(["id", "-G", "--", it]);
    for (const gid of stdout.trim().split(/\s+/).filter(Boolean)) gids.add(gid);
  }
  const { stdout } = await machine.run(["getent", "group", ...gids]);
  return stdout.split("\n").flatMap((line) => {
    const [name, , gid, members = ""] = line.split(":");
    return name && gid ? [`${name}:${gid}:${members}`] : [];
  });
}
