import { kept } from "../log/lines.ts";
import type { Credentials } from "./credentials.ts";
import type { ProcessUsers } from "./processUsers.ts";

/** What threads share that were made with CLONE_FS. */
export interface FileView {
  cwd: string;
  /** The root directory, `/` where there was no chroot(). */
  root: string;
  umask: number;
}

/** A call of which the log has the first half so far. */
export interface BegunCall {
  readonly text: string;
  readonly line: number;
  readonly time: number;
}

/** A process or thread of a log. */
export interface Process {
  readonly pid: number;
  view: FileView;
  who: Credentials;
  /** The call that was begun and has not returned. */
  begun: BegunCall | undefined;
  /** What it got from the parent that was guessed, because its lines came before that of its making. */
  guessed: Credentials | undefined;
  /** Hard limits that were seen, by name. */
  limits: ReadonlyMap<string, number> | undefined;
}

/** The processes of a log, at most as many as a machine has. */
export interface Processes {
  /** Also of a process that the log names for the first time. */
  readonly of: (pid: number) => Process;
  readonly known: (pid: number) => Process | undefined;
  readonly made: (parent: Process, pid: number, sharesView: boolean) => void;
  /** The process is someone else from now on. */
  readonly becomes: (process: Process, who: Credentials) => void;
  /** The user of a process of this log or of those before, also after its end. */
  readonly userOf: (pid: number) => number | undefined;
  /** Whether all processes of this log and those before are of one user. */
  readonly areAllOf: (user: number) => boolean;
  readonly begin: (process: Process, call: BegunCall) => void;
  /** Takes the begun call out. */
  readonly finish: (process: Process) => BegunCall | undefined;
  readonly ended: (pid: number) => boolean;
  /** A thread that ran a program takes the place of the first one. */
  readonly superseded: (pid: number, by: number) => void;
  /** Every process that made a call or was made. */
  readonly count: () => number;
}

const MOST = 65536;
/** Characters of begun calls. */
const MOST_HELD = 16 * 1024 * 1024;
const CLONING = /^(?:clone3?|v?fork)\(/;

/** `users` gets the user of each process, and keeps it; `start` gives the state in which systemd starts a command. */
export function processTable(users: ProcessUsers, start: () => { view: FileView; who: Credentials }): Processes {
  const table = new Map<number, Process>();
  /** Those that are making another one. */
  const cloning = new Set<Process>();
  /** The same in their order, with those that have made it since. */
  let order: Process[] = [];
  let count = 0;
  let held = 0;

  const put = (pid: number, state: Pick<Process, "view" | "who" | "limits">): Process => {
    const fresh: Process = { pid, ...state, begun: undefined, guessed: undefined };
    table.delete(pid);
    table.set(pid, fresh);
    count++;
    note(fresh);
    if (table.size > MOST) for (const oldest of table.keys()) if (end(oldest)) break;
    return fresh;
  };
  const note = ({ pid, who }: Process): void => {
    users.put(pid, who.uid.effective);
  };
  const finish = (process: Process): BegunCall | undefined => {
    const { begun } = process;
    if (begun === undefined) return undefined;
    process.begun = undefined;
    held -= begun.text.length;
    cloning.delete(process);
    return begun;
  };
  const lastCloning = (): Process | undefined => {
    for (let last = order.at(-1); last !== undefined; last = order.at(-1)) {
      if (cloning.has(last)) return last;
      order.pop();
    }
    return undefined;
  };
  const end = (pid: number): boolean => {
    const process = table.get(pid);
    if (process !== undefined) finish(process);
    return table.delete(pid);
  };
  return {
    of: (pid) => {
      const known = table.get(pid);
      if (known !== undefined) return known;
      const parent = lastCloning();
      if (parent === undefined) return put(pid, { ...start(), limits: undefined });
      const fresh = put(pid, childOf(parent, parent.begun?.text.includes("CLONE_FS") ?? false));
      fresh.guessed = parent.who;
      return fresh;
    },
    known: (pid) => table.get(pid),
    made: (parent, pid, sharesView) => {
      const known = table.get(pid);
      if (known === undefined) {
        put(pid, childOf(parent, sharesView));
        return;
      }
      const child = childOf(parent, sharesView);
      if (known.guessed === undefined || sharesView) known.view = child.view;
      if (known.guessed === undefined || known.guessed === known.who) known.who = child.who;
      known.limits ??= child.limits;
      known.guessed = undefined;
      note(known);
    },
    becomes: (process, who) => {
      process.who = who;
      note(process);
    },
    userOf: users.of,
    areAllOf: users.areAll,
    begin: (process, call) => {
      finish(process);
      if (held + call.text.length > MOST_HELD) for (const each of table.values()) finish(each);
      process.begun = { ...call, text: kept(call.text) };
      held += call.text.length;
      if (!CLONING.test(call.text)) return;
      cloning.add(process);
      order.push(process);
      if (order.length > 2 * cloning.size + 64) order = [...cloning];
    },
    finish,
    ended: end,
    superseded: (pid, by) => {
      const successor = table.get(by);
      if (successor === undefined) return;
      const begun = finish(successor);
      table.delete(by);
      end(pid);
      table.set(pid, { ...successor, pid, begun });
      held += begun?.text.length ?? 0;
    },
    count: () => count,
  };
}

/** What a process hands down. */
function childOf({ view, who, limits }: Process, sharesView: boolean): Pick<Process, "view" | "who" | "limits"> {
  return { view: sharesView ? view : { ...view }, who, limits };
}
