import type { PathStatus } from "./bundle.ts";
import { callKind } from "./gather/calls.ts";
import { notebook } from "./gather/notes.ts";
import { repetitions } from "./gather/repetitions.ts";
import type { Scene } from "./gather/scene.ts";
import { needsOf } from "./gather/written.ts";
import { callName, readCall, resultOf } from "./log/call.ts";
import { kept, lineCutter } from "./log/lines.ts";
import { type LogLine, logLine } from "./log/prefix.ts";
import type { Needs } from "./needs.ts";
import { pathResolver } from "./paths/resolve.ts";
import { startCredentials } from "./process/credentials.ts";
import { type Process, processTable } from "./process/processes.ts";
import { type ProcessUsers, processUsers } from "./process/processUsers.ts";

/** What has to be known to read the log of one command. */
export interface LogContext {
  /** Name of the log in evidence, as `ExecStart` or `ExecStart-2`. */
  readonly log: string;
  /** Status of paths by their names, links included. */
  readonly status?: ReadonlyMap<string, PathStatus> | undefined;
  /** Numbers of the user and group with which systemd starts the command: those of root if left out. */
  readonly user?: number | undefined;
  readonly group?: number | undefined;
  /** Supplementary groups, if they are known. */
  readonly groups?: readonly number[] | undefined;
  /** Capabilities that the unit gives to a user: `AmbientCapabilities=`. */
  readonly ambient?: readonly string[] | undefined;
  /** Users of the processes of the run, by process; this log adds its own. */
  readonly processes?: ProcessUsers | undefined;
  /** `WorkingDirectory=`, and `UMask=` as a number. */
  readonly cwd?: string | undefined;
  readonly umask?: number | undefined;
}

/** Reads a log in pieces; it never throws, and its memory does not grow with the length of the log. */
export interface NeedsReader {
  readonly add: (chunk: Uint8Array | string) => void;
  /** What the log showed up to here. */
  readonly needs: () => Needs;
  /** After the last piece. */
  readonly end: () => Needs;
}

/** Makes a reader for the log of one command. */
export function needsReader(context: LogContext): NeedsReader {
  const user = context.user ?? 0;
  const group = context.group ?? user;
  const groups = context.groups ?? (user === 0 ? [] : undefined);
  const start = startCredentials(user, group, groups, context.ambient ?? []);
  const repeated = repetitions();
  const notes = notebook(repeated.forget);
  const users = context.processes ?? processUsers();
  const processes = processTable(users, () => ({
    view: { cwd: context.cwd ?? "/", root: "/", umask: context.umask ?? 0o022 },
    who: start,
  }));
  const scene: Scene = {
    notes,
    resolver: pathResolver(context.status ?? new Map()),
    processes,
    process: processes.of(0),
    changes: false,
    owned: new Map(),
  };
  const counted = { calls: 0, lines: 0, began: 0, ended: 0 };
  const unread = { lines: 0, first: undefined as string | undefined };

  const giveUp = (line: string): void => {
    unread.lines++;
    unread.first ??= kept(line.slice(0, 200));
  };
  const readFinished = (process: Process, text: string): boolean => {
    const name = callName(text);
    if (name === undefined) return false;
    const { reader, repeats, maps } = callKind(name);
    scene.process = process;
    if (repeats && repeated.again(text, process, notes.moment.time)) {
      counted.calls++;
      return true;
    }
    const quick = reader === undefined || (maps && !text.includes("PROT_EXEC"));
    const call = quick ? undefined : readCall(text, name);
    const result = quick ? resultOf(text) : call?.result;
    if (result === undefined) return false;
    counted.calls++;
    scene.changes = false;
    notes.touched();
    notes.call(name, result.error);
    if (call !== undefined) reader?.(call, scene);
    const tallies = notes.touched();
    if (repeats && !scene.changes) repeated.remember(text, process, tallies);
    return true;
  };
  const read = (line: LogLine): boolean => {
    const { text, time } = line;
    if (time > 0 && counted.began === 0) counted.began = time;
    if (time > counted.ended) counted.ended = time;
    notes.moment.line = counted.lines;
    notes.moment.time = time;
    switch (text.charCodeAt(0)) {
      case 43: {
        const by = SUPERSEDED.exec(text)?.[1];
        if (by !== undefined) processes.superseded(line.pid, Number(by));
        else if (ENDED.test(text)) processes.ended(line.pid);
        return true;
      }
      case 45:
        return text.startsWith("--- ");
      case 91:
        if (OTHER_MODE.test(text)) notes.count("marks", "abi");
        return text.startsWith("[ ");
      case 60:
        return resume(line);
    }
    if (text.startsWith("strace: ")) return true;
    const process = processes.of(line.pid);
    if (text.endsWith(UNFINISHED)) {
      processes.begin(process, { text: text.slice(0, -UNFINISHED.length), line: counted.lines, time });
      return callName(text) !== undefined;
    }
    notes.moment.text = text;
    return readFinished(process, text);
  };
  const resume = ({ pid, text }: LogLine): boolean => {
    const process = processes.of(pid);
    const resumed = RESUMED.exec(text);
    if (resumed === null) return false;
    const begun = processes.finish(process);
    if (begun === undefined || !begun.text.startsWith(`${resumed[1]}(`)) return true;
    const whole = begun.text + text.slice(resumed[0].length);
    notes.moment.line = begun.line;
    notes.moment.time = begun.time;
    notes.moment.text = whole;
    return readFinished(process, whole);
  };
  const lines = lineCutter(
    (text) => {
      counted.lines++;
      if (text === "") return;
      const line = logLine(text);
      if (line === undefined || !read(line)) giveUp(text);
    },
    (start) => {
      counted.lines++;
      giveUp(start);
    },
  );
  const needs = (): Needs =>
    needsOf(notes.noted, { ...counted, log: context.log, processes: processes.count() - 1, unread: { ...unread } });
  return {
    add: lines.add,
    needs,
    end: () => {
      lines.end();
      return needs();
    },
  };
}

const UNFINISHED = " <unfinished ...>";
const RESUMED = /^<\.\.\. ([a-z_0-9]{1,40}) resumed>/;
const SUPERSEDED = /^\+\+\+ superseded by execve in pid (\d{1,10}) \+\+\+/;
const ENDED = /^\+\+\+ (?:exited|killed)/;
const OTHER_MODE = /^\[ Process PID=\d+ runs in (?!64 bit)/;
