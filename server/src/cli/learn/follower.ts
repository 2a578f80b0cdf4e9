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
  const look = async (paths: readonly string[]): Promise<void> => {
    for (const [i, status] of (await lookAt(machine, paths)).entries()) {
      const path = paths[i];
      if (status && path !== undefined) statuses.set(path, status);
    }
  };
  const lookUp = (paths: readonly string[]): Promise<void> =>
    look([...new Set(paths.flatMap(withFolders))].filter((it) => !statuses.has(it)));
  const lookNew = async (paths: readonly string[]): Promise<void> => {
    await lookUp(paths);
    await lookUp(paths.flatMap((it) => statuses.get(it)?.real ?? []));
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
          await lookNew([...news.add(text.slice(0, end))]);
          take?.(name, text.slice(0, end));
        }
      }
    },
    lookAt: lookNew,
    async lookAgain() {
      await look([...statuses.keys()]);
      await lookForCapabilities(machine, statuses);
    },
  };
}

/** Longer lines are not of strace. */
const MOST_OPEN = 1 << 20;

/** A path and the folders above it. */
function withFolders(path: string): readonly string[] {
  const all: string[] = [];
  for (let it = path; it !== ""; it = it.slice(0, it.lastIndexOf("/")) || (it === "/" ? "" : "/")) all.push(it);
  return all;
}

/** What paths are, links followed; undefined where there is nothing. What is there of a process says nothing about the files of the machine. */
export async function lookAt(machine: Machine, paths: readonly string[]): Promise<readonly (PathStatus | undefined)[]> {
  const lasting = paths.filter((it) => !/^\/proc\/(?:\d+|self|thread-self)(?:\/|$)/.test(it));
  const files = lasting.length === 0 ? [] : await machine.look(lasting);
  const found = new Map(lasting.map((it, i) => [it, files[i]]));
  return paths.map((it) => {
    const file = found.get(it);
    return file && { mode: file.mode, uid: file.uid, gid: file.gid, capabilities: false, real: file.real };
  });
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
