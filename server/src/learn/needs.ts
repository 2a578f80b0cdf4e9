import type { Ability } from "../needs/programAbilities.ts";
import type { ConfiguredUse } from "../needs/tables/configured.ts";

/** How often and where something was seen in the logs of an observed run. */
export interface Sight {
  readonly count: number;
  /** Seconds from the first line of all logs to the first time. */
  readonly first: number;
  /** Seconds from the first line of all logs to the last time. */
  readonly last: number;
  /** The line of the first time, as `ExecStart:183` or, of the second such command, `ExecStart-2:7`. */
  readonly at: string;
  /** That line without process and time, at most 200 characters. */
  readonly sample: string;
}

/**
 * What a service did with a path. `make` is to create an entry there, `remove` to take it away, `change` to set mode, owner,
 * times or attributes, `map` to map it executable, `look` to ask for its status or rights only, `walk` to have a path below it
 * resolved through it.
 */
export type PathUse =
  | "read"
  | "write"
  | "make"
  | "remove"
  | "change"
  | "execute"
  | "map"
  | "list"
  | "look"
  | "connect"
  | "bind";

/** What was done with one path, as the kernel resolved it. */
export interface PathNeed {
  /** What succeeded. */
  readonly used: Readonly<Partial<Record<PathUse, Sight>>>;
  /** What failed, by the name of the error, as `ENOENT`. */
  readonly failed: Readonly<Record<string, Sight>>;
  /** Modes of files made here, with the sight of the first of each; after the umask of the process. */
  readonly made: readonly { readonly mode: number; readonly sight: Sight }[];
  /** Other names by which it was reached: links of the service. */
  readonly names: readonly string[];
  /** How many paths below it were folded into this one, because there were too many to tell them apart. */
  readonly folded?: number;
}

/** A system call that was seen. */
export interface CallNeed {
  /** What succeeded. */
  readonly sight: Sight | undefined;
  /** What failed, by the name of the error. */
  readonly failed: Readonly<Record<string, Sight>>;
}

/** A capability, and the call that wants it. */
export interface CapabilityNeed {
  readonly sight: Sight;
  /** What wants it, as `bind to port 80` or `open /var/log/x (mode 640, owner 33)`. */
  readonly reason: string;
}

/** An address that was bound or connected to. */
export interface AddressNeed {
  readonly use: "listen" | "connect";
  /** As `AF_INET`. */
  readonly family: string;
  /** An IP address, or the path or `@name` of a Unix socket. */
  readonly address: string;
  /** Of IP addresses only. */
  readonly port: number | undefined;
  readonly sight: Sight;
}

/** A program that was run. */
export interface ProgramNeed {
  readonly sight: Sight;
  /** Whether it got rights by its mode or by capabilities of its file. */
  readonly privileged: boolean;
}

/** What a configuration file that was read names: whom the service may become, who may get its files, and where its root may be. */
export interface ConfiguredNeed {
  /** `owner` is who gets a file or socket, `mode` its mode. */
  readonly use: ConfiguredUse;
  /** The account, the group or the directory; of a switch such as `use chroot = yes` its value. */
  readonly name: string;
  readonly file: string;
}

/** Everything that a service was seen to need, in plain data; several runs are merged by `mergeNeeds()`. */
export interface Needs {
  /** The commands whose logs show a call, as `ExecReload`, sorted; missing in what older versions wrote. */
  readonly logs?: readonly string[];
  /** System calls in all logs. */
  readonly calls: number;
  /** Time of the first line of all logs in seconds since 1970, 0 where none has a time. */
  readonly began?: number;
  /** Seconds from the first line of all logs to the last. */
  readonly seconds: number;
  readonly processes: number;
  readonly paths: Readonly<Record<string, PathNeed>>;
  readonly syscalls: Readonly<Record<string, CallNeed>>;
  readonly capabilities: Readonly<Record<string, CapabilityNeed>>;
  /** `socket()` by family, as `AF_INET`; what `socketpair()` made does not count. */
  readonly families: Readonly<Record<string, Sight>>;
  readonly addresses: readonly AddressNeed[];
  readonly programs: Readonly<Record<string, ProgramNeed>>;
  /** Users that processes became: their numbers. */
  readonly users: Readonly<Record<string, Sight>>;
  readonly groups: Readonly<Record<string, Sight>>;
  /**
   * Things that one setting each forbids, where they were seen: `writable-executable` memory, a `namespace` by its flag
   * (`namespace:CLONE_NEWNET`), `realtime` scheduling, `personality`, a `suid-file` made, `peer-credentials` of a socket, another
   * process in /proc (`proc:other`), `proc:list`, a file of /proc that `ProcSubset=pid` hides (`proc:subset`), a `lock` of
   * memory, `ptrace`, a `priority` raised, a System V or POSIX `ipc` object, another `abi`.
   */
  readonly marks: Readonly<Record<string, Sight>>;
  /** What no call shows, but the files that were read do; missing where nobody looked. */
  readonly configured?: readonly ConfiguredNeed[];
  /** What the programs can do by their own code, whatever a run did; missing where they could not be read. */
  readonly abilities?: readonly Ability[];
  /** What the reader could not make sense of. */
  readonly unread: { readonly lines: number; readonly first: string | undefined };
}
