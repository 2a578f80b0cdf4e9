import { gunzipSync, gzipSync } from "node:zlib";
import type { Machine, MachineFile, Ran } from "../../server/src/cli/machine.ts";

/** What a machine in memory has and knows. */
export interface MemoryMachineOptions {
  readonly files?: Readonly<Record<string, string>>;
  /** Who called sudo, and where the owners that files are given are noted. */
  readonly invoker?: Machine["invoker"];
  readonly owners?: Map<string, unknown>;
  /** Answers a program; undefined where there is none. */
  readonly program?: (argv: readonly string[], machine: MemoryMachine) => Partial<Ran> | undefined;
  /** What is answered to each question; nobody is there to answer by default. */
  readonly answer?: boolean;
  readonly uid?: number;
  readonly platform?: string;
  /** The bytes that are free at a path; more than anybody needs by default. */
  readonly room?: (path: string, machine: MemoryMachine) => number;
  /** Locks that others have. */
  readonly locked?: readonly string[];
  /** What happens before an action, from 0: to throw there, or to stop. */
  readonly before?: (step: number, action: string) => void;
}

/** A machine whose files are texts, whose clock goes on only when it is asked to sleep, and which notes all that is done. */
export interface MemoryMachine extends Machine {
  readonly files: Map<string, string>;
  /** Programs, writes and removals in their order, as `run systemctl stop x.service`, `write /run/x`, `remove /run/x`. */
  readonly actions: readonly string[];
  /** Frees all locks, as the kernel does when a process is killed. */
  readonly freeLocks: () => void;
  /** Lines of progress. */
  readonly said: readonly string[];
}

/** A machine in memory. */
export function memoryMachine(options: MemoryMachineOptions = {}): MemoryMachine {
  const files = new Map(Object.entries(options.files ?? {}));
  const actions: string[] = [];
  const said: string[] = [];
  const locks = new Set<string>();
  let [step, clock] = [0, 1_000_000];
  const note = (action: string, counts: boolean): void => {
    options.before?.(step++, action);
    if (counts) actions.push(action);
  };
  const isBelow = (folder: string) => (path: string) => path.startsWith(`${folder}/`);
  const text = (content: string | Uint8Array): string =>
    typeof content === "string" ? content : Buffer.from(content).toString("latin1");
  const machine: MemoryMachine = {
    files,
    actions,
    said,
    freeLocks: () => locks.clear(),
    uid: options.uid ?? 0,
    invoker: options.invoker,
    pid: 4711,
    platform: options.platform ?? "linux",
    self: ["/usr/bin/unit-warden"],
    async run(argv) {
      note(`run ${argv.join(" ")}`, true);
      clock += 0.1;
      const answer = options.program?.(argv, machine);
      if (!answer) return { status: 127, stdout: "", stderr: `spawn ${argv[0]} ENOENT` };
      return { status: 0, stdout: "", stderr: "", ...answer };
    },
    async read(path, from = 0, most = Number.POSITIVE_INFINITY, identity) {
      note(`read ${path}`, false);
      if (identity !== undefined && statOf(files, path)?.identity !== identity)
        throw new Error(`${path} is another file than before`);
      const content = files.get(path);
      return content === undefined ? undefined : Buffer.from(content, "latin1").subarray(from, from + most);
    },
    async stat(path) {
      note(`stat ${path}`, false);
      return statOf(files, path);
    },
    async realPath(path) {
      note(`realPath ${path}`, false);
      return statOf(files, path) && path;
    },
    look: (paths) =>
      Promise.all(
        paths.map(async (path) => {
          const file = await machine.stat(path);
          return file && { ...file, real: path };
        }),
      ),
    async list(folder) {
      note(`list ${folder}`, false);
      const names = [...files.keys()]
        .filter(isBelow(folder))
        .map((it) => it.slice(folder.length + 1).split("/")[0] ?? "");
      return [...new Set(names)].sort();
    },
    async write(path, content, _mode, owner) {
      note(`write ${path}`, true);
      files.set(path, text(content));
      if (owner) options.owners?.set(path, owner);
    },
    writeHere: (...of) => machine.write(...of),
    async makeFolder(path) {
      note(`makeFolder ${path}`, false);
    },
    async tryWrite(path) {
      note(`tryWrite ${path}`, false);
    },
    tryWriteHere: (path, bytes) => machine.tryWrite(path, bytes),
    async room(path) {
      note(`room ${path}`, false);
      return options.room?.(path, machine) ?? 2 ** 40;
    },
    async free(path, bytes) {
      note(`free ${bytes} of ${path}`, true);
    },
    async lock(path) {
      note(`lock ${path}`, false);
      if (options.locked?.includes(path) || locks.has(path)) return undefined;
      locks.add(path);
      return async () => {
        locks.delete(path);
      };
    },
    async remove(path) {
      note(`remove ${path}`, true);
      for (const it of [...files.keys()]) if (it === path || isBelow(path)(it)) files.delete(it);
    },
    gzip: async (bytes) => gzipSync(bytes),
    async *gunzip(packed) {
      const pieces: Uint8Array[] = [];
      for await (const it of packed) pieces.push(it);
      yield gunzipSync(Buffer.concat(pieces));
    },
    now: () => clock,
    async sleep(seconds) {
      note(`sleep ${seconds}`, false);
      clock += seconds;
    },
    async ask(question) {
      note(`ask ${question}`, false);
      return options.answer;
    },
    async enter() {
      note("enter", false);
      return options.answer ?? false;
    },
    say: (line) => {
      said.push(line);
    },
  };
  return machine;
}

function statOf(files: ReadonlyMap<string, string>, path: string): MachineFile | undefined {
  const content = files.get(path);
  if (content !== undefined) return { mode: 0o100644, uid: 0, gid: 0, size: content.length, identity: path };
  const isFolder = [...files.keys()].some((it) => it.startsWith(`${path}/`));
  return isFolder ? { mode: 0o40755, uid: 0, gid: 0, size: 0, identity: path } : undefined;
}
