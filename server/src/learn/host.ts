import type { PathStatus } from "./bundle.ts";

/** What a bundle knows about the machine of a run besides its logs. */
export interface RunHost {
  /** `user:uid:gid`, of those that the unit or the logs name. */
  readonly users: readonly string[];
  /** `group:gid:user,user`, of the groups of those users; without it nobody's membership is known. */
  readonly groups?: readonly string[] | undefined;
  /** The user whose manager runs the service; undefined for services of the system. */
  readonly owner?: HostUser | undefined;
  /** By path; what is missing is not known. */
  readonly statuses: ReadonlyMap<string, PathStatus>;
}

/** A machine of which nothing is known. */
export const UNKNOWN_HOST: RunHost = { users: [], statuses: new Map() };

/** An account with its numbers. */
export interface HostUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** The account of a name or number, where the bundle brought it along. */
export function hostUser({ users }: RunHost, nameOrUid: string | number): HostUser | undefined {
  for (const line of users) {
    const [name = "", uid = "", gid = ""] = line.split(":");
    if (name !== nameOrUid && uid !== String(nameOrUid)) continue;
    if (/^\d+$/.test(uid) && /^\d+$/.test(gid)) return { name, uid: Number(uid), gid: Number(gid) };
  }
  return undefined;
}

/** The status of a path, links followed. */
export const statusAt = ({ statuses }: RunHost, path: string): PathStatus | undefined => statuses.get(path);

/** Whether a status is that of a directory. */
export const isDirectory = ({ mode }: PathStatus): boolean => (mode & 0o170000) === 0o040000;

/** The numbers of the groups that an account belongs to besides its own; undefined where that is not known. */
export const groupsOf = ({ groups }: RunHost, { name }: HostUser): readonly number[] | undefined =>
  groups?.flatMap((line) => {
    const [, gid = "", members = ""] = line.split(":");
    return members.split(",").includes(name) && /^\d+$/.test(gid) ? [Number(gid)] : [];
  });
