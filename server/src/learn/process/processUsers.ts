/** The users of the processes of a run, by process, whichever of its commands started them. */
export interface ProcessUsers {
  /** Also after the end of the process. */
  readonly of: (pid: number) => number | undefined;
  readonly put: (pid: number, user: number) => void;
  /** Whether every process is of one user. */
  readonly areAll: (user: number) => boolean;
}

/** As many as a machine has. */
const MOST = 65536;

/** Makes the list that the readers of a run share. */
export function processUsers(): ProcessUsers {
  const users = new Map<number, number>();
  const counts = new Map<number, number>();
  const count = (user: number, more: number): void => {
    const now = (counts.get(user) ?? 0) + more;
    if (now === 0) counts.delete(user);
    else counts.set(user, now);
  };
  return {
    of: (pid) => users.get(pid),
    put: (pid, user) => {
      const before = users.get(pid);
      if (before === user || (before === undefined && users.size >= MOST)) return;
      if (before !== undefined) count(before, -1);
      users.set(pid, user);
      count(user, 1);
    },
    areAll: (user) => counts.size === 1 && counts.has(user),
  };
}
