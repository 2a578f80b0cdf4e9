/** Whose files somebody may write: a user with all groups that it has. */
export interface FileUser {
  readonly name: string;
  readonly uid: number;
  readonly gids: ReadonlySet<number>;
  /** The names of these groups, as far as the machine has them. */
  readonly groups: readonly string[];
}

/** What a unit says of who it runs as. */
interface UserOfUnit {
  readonly user: string;
  /** In place of the group that /etc/passwd names. */
  readonly group?: string | undefined;
  readonly more?: readonly string[];
}

/** A user of a machine by the texts of its files of accounts; undefined for root, and where these do not tell. */
export function fileUserOf(
  read: (path: string) => string,
  { user, group, more = [] }: UserOfUnit,
): FileUser | undefined {
  const rows = (path: string): string[][] =>
    read(path)
      .split("\n")
      .map((it) => it.split(":"));
  const account = rows("/etc/passwd").find(([name, , uid]) => name === user || uid === user);
  const [name = "", , uid = "", gid = ""] = account ?? [];
  if (!account || !/^\d+$/.test(uid) || uid === "0") return undefined;
  const all = rows("/etc/group");
  const numberOf = (it: string): number => {
    const own = all.find(([groupName, , number]) => groupName === it || number === it)?.[2];
    return Number(own ?? (/^\d+$/.test(it) ? it : Number.NaN));
  };
  const members = all.filter(([, , , list = ""]) => list.split(",").includes(name)).map((it) => Number(it[2]));
  const wanted = [group ?? gid, ...more].map(numberOf);
  if (wanted.some(Number.isNaN)) return undefined;
  const gids = new Set([...wanted, ...members]);
  return { name, uid: Number(uid), gids, groups: all.flatMap(([it = "", , id]) => (gids.has(Number(id)) ? it : [])) };
}
