import type { ProgramFiles } from "../program/files.ts";

/** What the command line reads of the machine; main/ has the one for Node, tests have one in memory. Nothing is written here. */
export interface Host {
  /**
   * The bytes of a file; throws where it cannot be read or is no file, with a message for the reader. A device has none. What
   * a folder showed to be a `file` itself need not be looked at again.
   */
  read(path: string, is?: "file"): Uint8Array;
  /** The first bytes of a file, however long it is; throws as `read` does. What `is` a file is going to be read as a whole. */
  start(path: string, most: number, is?: "file"): Uint8Array;
  /** What a path is; `other` is a device, pipe or socket, undefined nothing. Links are followed. Throws as `read` does. */
  kind(path: string): "file" | "folder" | "other" | undefined;
  /** Whether a path is a symbolic link; walks do not follow those to folders, which may lead in cycles. */
  isLink(path: string): boolean;
  /** Who owns what a path is itself, and who may do what with it; undefined where nothing is there. Links are not followed. */
  owner(path: string): HostOwner | undefined;
  /** Where a symbolic link leads, as it is written; undefined for anything else. */
  linkTarget(path: string): string | undefined;
  /** The absolute path of what is there, behind all links; throws as `read` does. */
  realPath(path: string): string;
  /** A path with the working directory before a relative one; nothing need be there. */
  absolute(path: string): string;
  /** The names in a folder, sorted; throws as `read` does. */
  list(folder: string): readonly string[];
  /** The same with what is there, which spares a walk most questions. */
  entries(folder: string): readonly HostEntry[];
  /** What the machine is called. */
  name(): string;
  /** The time now. */
  time(): Date;
  /** Standard input to its end; throws where it is longer than a unit file may be. */
  stdin(): Uint8Array;
  /** The last bytes of standard input, however long it is. */
  stdinEnd(most: number): Uint8Array;
  /** The files below a root, which programs are read from; those of the machine for `/`. Missing where there is no such machine. */
  programFiles?(root: string): ProgramFiles;
  /** The home folder of whoever runs the command, where it is known. */
  readonly home?: string | undefined;
}

/** The numbers of an owner and a group, and the bits of permissions. */
export interface HostOwner {
  readonly uid: number;
  readonly gid: number;
  readonly mode: number;
}

/** What a folder holds under a name. */
export interface HostEntry {
  readonly name: string;
  /** What it is itself; where a link leads is another question. */
  readonly is: "file" | "folder" | "link" | "other";
}

/** What `Host.kind` says of an entry of a folder. */
export const kindOfEntry = (host: Host, path: string, { is }: HostEntry): ReturnType<Host["kind"]> =>
  is === "link" ? host.kind(path) : is;
