import type { PathStatus } from "../../learn/bundle.ts";
import { processEnds } from "../../learn/log/ends.ts";
import { type Novelty, novelty } from "../../learn/novelty.ts";
import type { Machine } from "../machine.ts";
import { type LogFile, readLog } from "./logFolder.ts";
import { needRoomLeft } from "./logRoom.ts";

/** Follows the logs of a service that runs. */
export interface Follower {
  /** The logs that it follows. */
  readonly logs: readonly LogFile[];
  /** Reads what is new in all logs, and looks at the paths in it; throws where a log is not whole. */
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
  /** Whether it has read the logs from their first line on. */
  readonly fromStart: boolean;
  /** The processes of a log that have not ended by its last line. */
  aliveIn(log: string): readonly number[];
  /** Whether what was read of a log ends in the middle of a line. */
  isCut(log: string): boolean;
}

/** Where a follower begins, and who takes the lines once the paths in them were looked at. */
interface Following {
  readonly statuses?: ReadonlyMap<string, PathStatus>;
  /** Bytes of each log that were read before. */
  readonly offsets?: Readonly<Record<string, number>>;
  readonly take?: (log: string, lines: string) => void;
}

/** Follows the logs of a run. */
export function follower(machine: Machine, files: readonly LogFile[], { take, ...from }: Following = {}): Follower {
  const ends = new Map(files.map((it) => [it.name, processEnds()]));
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
    logs: files,
    fromStart: Object.values(from.offsets ?? {}).every((it) => it === 0),
    statuses,
    news,
    aliveIn: (log) => ends.get(log)?.alive() ?? [],
    isCut: (log) => (open.get(log) ?? "") !== "",
    size: () => [...offsets.values()].reduce((all, it) => all + it, 0),
    readOf: () => Object.fromEntries([...offsets].map(([log, at]) => [log, at - (open.get(log)?.length ?? 0)])),
    async poll() {
      await needRoomLeft(machine);
      for (const log of files) {
        const { name } = log;
        let at = offsets.get(name) ?? 0;
        for await (const piece of readLog(machine, log, at)) {
          at += piece.length;
          offsets.set(name, at);
          const text = (open.get(name) ?? "") + Buffer.from(piece).toString("latin1");
          const end = text.lastIndexOf("\n") + 1;
          open.set(name, text.slice(end).slice(0, MOST_OPEN));
          const lines = text.slice(0, end);
          ends.get(name)?.add(lines);
          await lookNew([...news.add(lines)]);
          take?.(name, lines);
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
