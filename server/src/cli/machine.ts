import type { ProgramFiles } from "../program/files.ts";

/** How a program ended. */
export interface Ran {
  /** Its exit status; 128 and the number of the signal where one ended it, 127 where there is no such program. */
  readonly status: number;
  /** The first megabytes of what it printed. */
  readonly stdout: string;
  readonly stderr: string;
}

/** How a program is run. */
export interface RunOptions {
  /** Its standard input; nothing by default. */
  readonly input?: string | Uint8Array;
  /** So long it may take, then it is ended and has status 124. */
  readonly seconds?: number;
  /** Ends it, and all that it started, early. */
  readonly stop?: AbortSignal;
  /** Called every two seconds while it runs; where that throws, the program is ended, and `run` throws the same. */
  readonly meanwhile?: (() => Promise<void>) | undefined;
}

/** Where a manager of systemd has its units, and we what belongs to them; absolute paths of folders. */
export interface Places {
  readonly scope: "system" | "user";
  /** What asks that manager, in a shell. */
  readonly systemctl: string;
  /** Drop-ins that a reboot takes away, and those that take precedence over all others. */
  readonly temporary: string;
  readonly strongest: string;
  /** Drop-ins that stay. */
  readonly kept: string;
  /** What is needed until a service is put back. */
  readonly state: string;
  /** Logs, and what is learnt. */
  readonly learnt: string;
}

/** What is known of a path; links are not followed. */
export interface MachineFile {
  /** Type and permissions, as `st_mode`. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  /** Distinguishes it from every other file, also from a later one at its path, and from itself with another owner. */
  readonly identity: string;
}

/** A user and a group by their numbers. */
export interface FileOwner {
  readonly uid: number;
  readonly gid: number;
}

/** What is behind all links of a path. */
export interface RealFile extends MachineFile {
  /** Its own path. */
  readonly real: string;
}

/**
 * What a command may do to the machine that it runs on, which only an errand does. main/ has the one for Node, tests have one in
 * memory. Every path is absolute; reading never follows a link at the end of a path, and never waits for a pipe.
 */
export interface Machine {
  /** Where units and what we keep of them lie; those of the system where it is missing. */
  readonly places?: Places;
  /** The number of the user that this runs as. */
  readonly uid: number;
  /** Who became root by sudo, and is to read what is saved for them. */
  readonly invoker?: FileOwner | undefined;
  /** The number of this process, for whoever watches over it. */
  readonly pid: number;
  /** As `linux`. */
  readonly platform: string;
  /** The words that start this program again, before its arguments. */
  readonly self: readonly string[];
  /** The files that programs are read from; missing where they are not at hand, as on a machine far away. */
  readonly programFiles?: ProgramFiles | undefined;
  /** Runs a program of the search path to its end, without a shell and without a terminal; does not throw where it fails. */
  run(argv: readonly string[], options?: RunOptions): Promise<Ran>;
  /** The bytes of a file from an offset, at most so many; undefined where there is no file. Throws where it is another one than that of the identity. */
  read(path: string, from?: number, most?: number, identity?: string): Promise<Uint8Array | undefined>;
  /** What a path is; undefined where there is nothing. */
  stat(path: string): Promise<MachineFile | undefined>;
  /** The path behind all links; undefined where there is nothing. */
  realPath(path: string): Promise<string | undefined>;
  /** The two of many paths at once, which is one question to a machine far away; undefined also where a path cannot be followed. */
  look(paths: readonly string[]): Promise<readonly (RealFile | undefined)[]>;
  /** The names in a folder, sorted; none where there is no folder. */
  list(folder: string): Promise<readonly string[]>;
  /** Writes a file whole or not at all, with the folders above it. Without a mode it keeps that of the file before, with its owner and attributes; a new one gets 644. An owner is set before there is any content. */
  write(path: string, content: string | Uint8Array, mode?: number, owner?: FileOwner): Promise<void>;
  /** The same where the command was called, which need not be the machine that it acts on. */
  writeHere(path: string, content: string | Uint8Array, mode?: number, owner?: FileOwner): Promise<void>;
  /** Tries whether `write` could write so many bytes there now, and leaves nothing; throws as it would. */
  tryWrite(path: string, bytes: number): Promise<void>;
  /** The same for `writeHere`. */
  tryWriteHere(path: string, bytes: number): Promise<void>;
  /** The bytes that whoever is not root may still write to the file system of a path, or of the nearest folder above it. */
  room(path: string): Promise<number>;
  /** Gives back the blocks of so many bytes at the start of a file, which keeps its length; throws where it is another one than that of the identity. */
  free(path: string, bytes: number, identity: string): Promise<void>;
  /** Makes a folder of a mode, with the folders above it, or gives it the mode. */
  makeFolder(path: string, mode: number): Promise<void>;
  /**
   * Takes the lock of a file, with a line in it that names the holder, until what this gives is called or the process ends;
   * undefined where another process has it.
   */
  lock(path: string, holder: string): Promise<(() => Promise<void>) | undefined>;
  /** Removes a file, or a folder with all in it; nothing where there is nothing. */
  remove(path: string): Promise<void>;
  /** The bytes as gzip packs them, and what it packed before, piece by piece. */
  gzip(bytes: Uint8Array): Promise<Uint8Array>;
  gunzip(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
  /** Seconds since 1970. */
  now(): number;
  sleep(seconds: number, stop?: AbortSignal): Promise<void>;
  /** Asks a question to be answered with yes or no; undefined where nobody sits at a terminal. */
  ask(question: string, stop?: AbortSignal): Promise<boolean | undefined>;
  /** Waits for the Enter key; false at once where nobody sits at a terminal. */
  enter(stop?: AbortSignal): Promise<boolean>;
  /** Shows a line of progress on standard error. */
  say(line: string): void;
}

/** The text of a file of a machine, read as UTF-8; undefined where there is no file. */
export async function textAt(machine: Machine, path: string): Promise<string | undefined> {
  const bytes = await machine.read(path);
  return bytes && Buffer.from(bytes).toString("utf8");
}

/** Where `write` of a process puts the text of a file first: what is there once the process was killed is of no use. */
export const draftPath = (path: string, pid: number | string): string => `${path}.${pid}.new`;
