/** What a daemon is told by its configuration: where it listens, as whom it runs, what it writes, reads, and loads. */
export type ConfigurationKind =
  | "port"
  | "address"
  | "socket"
  | "user"
  | "group"
  | "data"
  | "log"
  | "pid"
  | "root"
  | "share"
  | "read"
  | "module";

/** A port that a daemon opens. */
export interface ConfiguredPort {
  readonly from: number;
  /** The last one of a range; the same where it is none. */
  readonly to: number;
  readonly protocol: "tcp" | "udp";
}

/** A port as SocketBindAllow= takes it: `80`, or `8000-8010` for several. */
export const portText = ({ from, to }: ConfiguredPort): string => (to > from ? `${from}-${to}` : `${from}`);

/** One thing that the configuration of a daemon says, with its place. */
export interface ConfigurationFact {
  readonly kind: ConfigurationKind;
  /** A path without what a variable leaves open, a name, or an address as it stands there. */
  readonly value: string;
  /** Where the kind is a port. */
  readonly port?: ConfiguredPort;
  /** Whether the path is a directory in which files are made. */
  readonly isFolder?: true;
  /** Whether it is written: of a share where its lines say so. */
  readonly isWritten: boolean;
  /** The key as it stands there, or the word or variable of the command that sets it; empty where nothing does. */
  readonly key: string;
  /** The file; of what holds without a line the one that could say otherwise. */
  readonly path: string;
  /** From 1; missing where the daemon does so unless it is told otherwise, and where its command tells it. */
  readonly line?: number;
}
