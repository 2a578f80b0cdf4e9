import type { PathStatus } from "../../learn/bundle.ts";
import { type Novelty, novelty } from "../../learn/novelty.ts";
import type { Machine } from "../machine.ts";
import { logsIn, readLog } from "./logFolder.ts";

/** Follows the logs of a service that runs. */
export interface Follower {
  /** Reads what is new in all logs, and looks at the paths in it. */
  poll(): Promise<void>;
  /** Looks at paths that no log names. */
  lookAt(paths: readonly string[]): Promise<void>;
  /** Looks at all paths again, before the service stops and takes its files away. */
  lookAgain(): Promise<void>;
  /** Status of the paths by their names, with the folders above them. */
  readonly statuses: ReadonlyMap<string, PathStatus>;
  readonly news: Novelty;
  /** Bytes of all logs. */
  size(): number;
  /** Bytes of each log up to the last whole line. */
  readOf(): Readonly<Record<string, number>>;
}

/** Where a follower begins, and who takes the lines once the paths in them were looked at. */
interface Following {
  readonly statuses?: ReadonlyMap<string, PathStatus>;
  /** Bytes of each log that were read before. */
  readonly offsets?: Readonly<Record<string, number>>;
  readonly take?: (log: string, lines: string) => void;
}

/** Follows the logs in a folder. */
export function follower(machine: Machine, folder: string, { take, ...from }: Following = {}): Follower {
  const statuses = new Map<string, PathStatus>(from.statuses);
  const offsets = new Map<string, number>(Object.entries(from.offsets ?? {}));
  const open = new Map<string, string>();
  const news = novelty();
  const look = async (path: string): Promise<void> => {
    const status = await lookAt(machine, path);
    if (status) statuses.set(path, status);
  };
  const lookNew = async (path: string): Promise<void> => {
    await lookUp(path);
    const real = statuses.get(path)?.real;
    if (real !== undefined && real !== path) await lookUp(real);
  };
  const lookUp = async (path: string): Promise<void> => {
    for (let it = path; it !== ""; it = it.slice(0, it.lastIndexOf("/")) || (it === "/" ? "" : "/"))
      if (!statuses.has(it)) await look(it);
  };
  return {
    statuses,
    news,
    size: () => [...offsets.values()].reduce((all, it) => all + it, 0),
    readOf: () => Object.fromEntries([...offsets].map(([log, at]) => [log, at - (open.get(log)?.length ?? 0)])),
    async poll() {
      for (const { name, path } of await logsIn(machine, folder)) {
        let at = offsets.get(name) ?? 0;
        for await (const piece of readLog(machine, path, at)) {
          at += piece.length;
          offsets.set(name, at);
          const text = (open.get(name) ?? "") + Buffer.from(piece).toString("latin1");
          const end = text.lastIndexOf("\n") + 1;
          open.set(name, text.slice(end).slice(0, MOST_OPEN));
          for (const it of news.add(text.slice(0, end))) await lookNew(it);
          take?.(name, text.slice(0, end));
        }
      }
    },
    async lookAt(paths) {
      for (const it of paths) await lookNew(it);
    },
    async lookAgain() {
      for (const path of [...statuses.keys()]) await look(path);
      await lookForCapabilities(machine, statuses);
    },
  };
}

/** Longer lines are not of strace. */
const MOST_OPEN = 1 << 20;

/** What a path is, links followed; undefined where there is nothing. */
export async function lookAt(machine: Machine, path: string): Promise<PathStatus | undefined> {
  // What is there of a process says nothing about the files of the machine.
  if (/^\/proc\/(?:\d+|self|thread-self)(?:\/|$)/.test(path)) return undefined;
  try {
    const real = (await machine.realPath(path)) ?? path;
    const stat = await machine.stat(real);
    return stat && { mode: stat.mode, uid: stat.uid, gid: stat.gid, capabilities: false, real };
  } catch {
    // A name that is too long, a link that leads in a cycle.
    return undefined;
  }
}

/** So many paths go into one command line. */
const AT_ONCE = 500;

/** Asks getcap(8), where it is installed, which programs have capabilities of their own. */
async function lookForCapabilities(machine: Machine, statuses: Map<string, PathStatus>): Promise<void> {
  const programs = [...statuses].filter(([, { mode }]) => (mode & 0o170000) === 0o100000 && (mode & 0o111) !== 0);
  for (let at = 0; at < programs.length; at += AT_ONCE) {
    const paths = programs.slice(at, at + AT_ONCE).map(([path]) => path);
    const { stdout } = await machine.run(["getcap", ...paths]);
    for (const line of stdout.split("\n")) {
      const path = paths.find((it) => line.startsWith(`${it} `));
      const status = path === undefined ? undefined : statuses.get(path);
      if (path !== undefined && status) statuses.set(path, { ...status, capabilities: true });
    }
  }
}
